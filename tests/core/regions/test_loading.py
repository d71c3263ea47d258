from pathlib import Path

import pytest
from django.utils import translation

from qiao.core.regions.loading import Unreadable, load
from qiao.core.regions.models import Region
from qiao.core.regions.naming import initials

pytestmark = pytest.mark.django_db

TREE = """code,name,level,parent
130000000000,河北省,province,
130100000000,石家庄市,city,130000000000
130103000000,桥东区,district,130100000000
130103001000,中山东路街道,street,130103000000
130103001001,栗康街南社区,community,130103001000
130103100000,桃园镇,town,130103000000
"""


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def lines(result):
    return {problem.line: problem.message for problem in result.problems}


def test_a_tree_is_loaded_once_and_then_left_alone():
    first = load(TREE.encode())
    assert (first.created, first.problems) == (6, [])
    town = Region.objects.get(code=130103100000)
    assert (town.level, town.initials) == (Region.Level.STREET, "tyz")
    again = load(TREE.encode())
    assert (again.created, again.renamed, again.unchanged) == (0, 0, 6)


def test_a_new_name_renames():
    load(TREE.encode())
    result = load(TREE.replace("桃园镇", "桃园街道").encode())
    assert (result.created, result.renamed) == (0, 1)
    assert Region.objects.get(code=130103100000).initials == "tyjd"


def test_the_national_list_has_no_heading_short_codes_and_another_encoding():
    result = load("13,河北省\n1301,石家庄市\n130102,长安区\n".encode("gb18030"))
    assert result.created == 3
    assert Region.objects.get(code=130102000000).level == Region.Level.DISTRICT


def test_bad_rows_are_told_by_line_and_the_rest_is_loaded():
    text = TREE + (
        "13010300100X,谁社区,community,130103001000\n"
        "130103001002,,community,130103001000\n"
        "130103001003,三社区,street,130103001000\n"
        "130103001004,四社区,community,130103002000\n"
        "130103001001,别名社区,community,130103001000\n"
        "130103009001,九社区,community,130103009000\n"
        "130103001005,五社区,community,130103001000\n"
    )
    result = load(text.encode())
    assert result.created == 7
    assert sorted(lines(result)) == [8, 9, 10, 11, 12, 13]
    assert "keep the column as text" in lines(result)[8]
    assert "line 6" in lines(result)[12]
    assert "neither in the file nor in the system" in lines(result)[13]


@pytest.mark.parametrize("content", [b"", b"code,name\n", b"PK\x03\x04\x00\x00\xff"])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(Unreadable):
        load(content)
    assert not Region.objects.exists()


def test_initials_keep_letters_and_digits():
    assert initials("长安区") == "caq"
    assert initials("A3小区") == "a3xq"


def test_the_district_of_the_demo():
    import qiao

    result = load(Path(qiao.__file__).parent / "demo" / "data" / "district.csv")
    assert result.problems == []
    assert Region.objects.filter(level=Region.Level.COMMUNITY).count() == 59
