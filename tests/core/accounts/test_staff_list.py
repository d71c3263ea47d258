import json
from datetime import date

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from django.utils import translation

from qiao.core.accounts import staff_list
from qiao.core.accounts.models import Appointment, User

TODAY = date(2006, 8, 31)
HEADING = ["序号", "姓名", "登录名", "角色代码", "行政区划代码", "联系电话"]
GOOD = [
    [1, "王小明", "wang", "station", 130103001001, "13903111111"],
    [2, "李秀英", "li", "街道所", "130103001000", ""],
]


@pytest.fixture
def sheet(tmp_path, small_tree):
    def write(*rows, heading=HEADING):
        path = tmp_path / "staff.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, ["桥东区工作人员名单"])
            for number, row in enumerate([heading, *rows], start=1):
                page.write_row(number, 0, row)
        return path

    return write


def test_accounts_and_posts_are_made_once(sheet):
    path = sheet(*GOOD)
    first = staff_list.take(path, TODAY)
    assert (first.people, first.appointments, first.problems) == (2, 2, [])
    wang = User.objects.get(username="wang")
    assert wang.check_password(first.passwords["wang"]) and wang.must_change_password
    post = Appointment.objects.get(user__username="li")
    assert (post.role, post.region_id, post.since) == ("office", 130103001000, TODAY)
    again = staff_list.take(path, TODAY)
    assert (again.people, again.appointments, again.unchanged, again.passwords) == (0, 0, 2, {})


def test_one_password_for_a_demonstration_stays(sheet):
    done = staff_list.take(sheet(*GOOD), TODAY, "a-bridge-of-2006")
    assert done.passwords == {}
    user = User.objects.get(username="li")
    assert user.check_password("a-bridge-of-2006") and not user.must_change_password


def test_bad_rows_are_told_and_the_others_taken(sheet):
    with translation.override("en"):
        done = staff_list.take(
            sheet(
                *GOOD,
                [3, "", "x1", "station", "130103001001"],
                [4, "赵", "x2", "emperor", "130103001001"],
                [5, "钱", "x3", "station", "13010300100X"],
                [6, "孙", "x4", "station", "130199000000"],
                [7, "周", "wang", "station", "130103001002"],
                [8, "吴", "wu", "system_admin", "130103000000"],
                [9, "吴", "wu", "audit_admin", "130103000000"],
            ),
            TODAY,
        )
    assert done.people == 3
    assert [line.split(":")[0] for line in done.problems] == [f"Line {n}" for n in (5, 6, 7, 8, 9, 11)]
    assert "three different people" in done.problems[-1]
    assert not User.objects.filter(username__in=["x1", "x2", "x3", "x4"]).exists()


def test_the_command(sheet, capsys):
    call_command("staff", "import", str(sheet(*GOOD)), "--json")
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["people"] == 2 and set(outcome["passwords"]) == {"wang", "li"}
    with pytest.raises(SystemExit) as ended:
        call_command("staff", "import", str(sheet([1, "", "z", "station", "1"])))
    assert ended.value.code == 1


def test_what_is_no_list_is_refused(sheet, tmp_path):
    with pytest.raises(CommandError):
        call_command("staff", "import", str(sheet(heading=["a", "b"])))
    (tmp_path / "x.xlsx").write_bytes(b"nonsense")
    with pytest.raises(CommandError):
        call_command("staff", "import", str(tmp_path / "x.xlsx"))
