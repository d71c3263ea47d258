"""`qiao loans schedule`: a case in, its rows out, and plain words for what is wrong."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

CASE = {
    "principal": "20000",
    "annual_rate_pct": "5.76",
    "start": "2006-03-15",
    "periods": 9,
    "every": "quarter",
    "method": "interest_only_bullet",
    "day_count": "ACT/360",
}
VECTORS = Path(__file__).parents[2] / "engines" / "amortisation" / "loan_vectors.json"
pytestmark = pytest.mark.django_db


def schedule(given, monkeypatch, *options):
    text = given if isinstance(given, bytes) else json.dumps(given).encode()
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text)))
    out = io.StringIO()
    call_command("loans", "schedule", *options, stdout=out)
    return out.getvalue()


def test_a_case_is_answered_with_its_rows(monkeypatch):
    found = json.loads(schedule(CASE, monkeypatch, "--json"))
    assert found["rows"][0] == {
        "due_date": "2006-03-20",
        "principal": "0.00",
        "interest": "16.00",
        "balance": "20000.00",
    }
    assert found["totals"] == {"principal": "20000.00", "interest": "2339.20"}


def test_the_whole_file_is_answered_by_name_with_the_official_calendar(monkeypatch):
    found = json.loads(schedule(VECTORS.read_bytes(), monkeypatch, "--json"))
    stated = json.loads(VECTORS.read_text("utf-8"))["vectors"]
    assert [one["id"] for one in found] == [one["id"] for one in stated]
    shifted = next(one for one in stated if one["id"] == "cn-08-holiday-follow")
    assert next(one for one in found if one["id"] == shifted["id"])["rows"] == shifted["expected"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (CASE | {"annual_rate": 6}, "write 0.06 for 6 %"),
        (CASE | {"principal": "-1"}, "negative"),
        ([CASE | {"id": "a"}, CASE | {"id": "b", "start": "yesterday"}], "Case b: start"),
        (b"{", "no JSON: line 1"),
        (b"\xff\xfe", "not UTF-8"),
        (b"7", "no case"),
    ],
)
def test_what_is_wrong_is_said(given, said, monkeypatch):
    with pytest.raises(CommandError, match=said):
        schedule(given, monkeypatch, "--json")


def test_days_are_closed_from_the_command_line_once(district):
    district.lent()
    district.now(date(2006, 5, 3))

    def close(*options):
        out = io.StringIO()
        call_command("loans", "close", "--region", "130103", *options, stdout=out)
        return out.getvalue()

    assert "1 loans, 20000.00 yuan outstanding" in close("--day", "2006-05-01")
    assert close("--check").startswith("130103 2006-05-02")
    assert "every day is closed already" in close("--check")
    with pytest.raises(CommandError, match="not over yet"):
        close("--day", "2006-05-03")
    with pytest.raises(CommandError, match="no code of a district"):
        call_command("loans", "close", "--region", "13x")
