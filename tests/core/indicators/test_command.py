"""`qiao figures`."""

from __future__ import annotations

import json
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from qiao.core.indicators.models import Rollup
from qiao.services.people.models import Resident


def run(*words):
    out = StringIO()
    call_command("figures", *words, stdout=out)
    return out.getvalue()


def test_a_table_and_its_json_say_the_same(district):
    found = json.loads(run("--region", "130103", "--period", "2006-08", "--indicator", "residents", "--json"))
    number = Resident.objects.filter(district=130103).count()
    assert found["rows"][-1]["residents"] == number
    assert sum(row["residents"] for row in found["rows"][:-1]) == number
    assert str(number) in run("--region", "130103", "--period", "2006-08", "--indicator", "residents")


def test_a_workbook_is_written(district, tmp_path):
    target = tmp_path / "figures.xlsx"
    run("--by", "sex", "--xlsx", str(target))
    assert len(openpyxl.load_workbook(target).worksheets) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--region", "99"),
        ("--region", "abc"),
        ("--period", "some day"),
        ("--period", "2099"),
        ("--indicator", "nothing"),
        ("--by", "nothing"),
    ],
)
def test_what_does_not_exist_is_said_in_one_line(district, words):
    with pytest.raises(CommandError) as wrong:
        run(*words)
    assert len(str(wrong.value).splitlines()) == 1


def test_check_finds_a_difference(district):
    assert "equal" in run("--check")
    Rollup.objects.filter(pk=Rollup.objects.filter(value__gt=0).first().pk).update(value=99999)
    with pytest.raises(CommandError):
        run("--check")


def test_list_names_every_figure(district):
    assert "residents" in run("--list")
