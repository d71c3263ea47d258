"""Every case of loan_vectors.json, fen for fen, and what is said about cases that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import chinese_calendar
import pytest

from qiao.engines.amortisation.cases import BadCase, answer

VECTORS = {
    case["id"]: case
    for case in json.loads((Path(__file__).parent / "loan_vectors.json").read_text("utf-8"))["vectors"]
}
GOOD = {
    "principal": "20000",
    "annual_rate_pct": "5.76",
    "start": "2006-03-15",
    "periods": 3,
    "every": "1M",
    "method": "equal_principal",
}


def expected(case):
    """What a case states, in the shape of the answer."""
    if case["type"] == "schedule":
        return case["expected"]
    if "expected_cumulative" in case:
        daily = {"daily": case["expected_daily"]} if "expected_daily" in case else {}
        return daily | {"cumulative": case["expected_cumulative"]}
    stated = case.get("expected", case.get("cases"))
    if isinstance(stated, dict):
        return {name: value for name, value in stated.items() if not name.startswith("wrong")}
    return stated


def agrees(stated, found):
    """Every name that the case states is answered with its value; a case repeats some of its questions."""
    asked = ("after_compensation_paid", "fund_balance", "note", "bad", "outstanding")
    if isinstance(stated, dict):
        return all(agrees(value, found[name]) for name, value in stated.items() if name not in asked)
    if isinstance(stated, list):
        return len(stated) == len(found) and all(map(agrees, stated, found))
    return stated == found


@pytest.mark.parametrize("name", VECTORS)
def test_vector(name):
    stated = VECTORS[name]
    case = {key: value for key, value in stated.items() if not key.startswith(("expected", "totals"))}
    if "loan" in case:
        case["loan"] = VECTORS[case["loan"]]
    found = answer(case, chinese_calendar.is_workday)
    if stated["type"] == "schedule":
        rows = found["rows"][stated.get("expected_rows_from", 1) - 1 :]
        assert rows == expected(stated)
        for part, total in stated.get("totals", {}).items():
            if part in found["totals"]:
                assert float(found["totals"][part]) == float(total)
    else:
        assert agrees(expected(stated), found["answer"]), found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"annual_rate": 6, "annual_rate_pct": None}, "write 0.06 for 6 %"),
        ({"annual_rate_pct": "576"}, "per cent a year"),
        ({"annual_rate_pct": "-1"}, "negative"),
        ({"annual_rate_pct": "six"}, "not a number"),
        ({"principal": "-20000"}, "negative"),
        ({"principal": "0"}, "above zero"),
        ({"principal": "20000.001"}, "two decimals"),
        ({"principal": "1e99"}, "more money than there is"),
        ({"start": "2006-02-30"}, "not a day"),
        ({"start": "15.3.2006"}, "not a day"),
        ({"periods": 0}, "whole number"),
        ({"periods": 2.5}, "whole number"),
        ({"every": "1X"}, "no period"),
        ({"every": "0M"}, "no period"),
        ({"method": "by heart"}, "not known"),
        ({"day_count": "ACT/361"}, "not known"),
        ({"grace_principal": 3}, "at least one row"),
        ({"type": "horoscope"}, "not known"),
        ({"every": "quarter", "maturity": "2006-01-01"}, "not after the start"),
        ({"events": [{"date": "2006-04-15", "prepay_principal": "30000"}]}, "more was repaid than is owed"),
        ({"events": [{"date": "2005-04-15", "prepay_principal": "300"}]}, "between the start and the end"),
        ({"events": [{"date": "2006-04-15", "prepay_principal": "-1"}]}, "negative"),
        ({"type": "payoff", "payoff_date": "2005-01-01"}, "before the loan was paid out"),
    ],
)
def test_what_is_wrong_is_said(change, said):
    case = {name: value for name, value in (GOOD | change).items() if value is not None}
    with pytest.raises(BadCase, match=said):
        answer(case)


def test_a_case_without_a_name_says_which():
    for name in GOOD:
        with pytest.raises(BadCase, match=name):
            answer({key: value for key, value in GOOD.items() if key != name})
