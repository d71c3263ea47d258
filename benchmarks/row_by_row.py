"""The rival of the rules engine: the same clauses, read by plain Python one row at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qiao.engines.rules import (
    AllOf,
    AnyFlag,
    AnyOf,
    AtLeast,
    AtMost,
    BySex,
    Elapsed,
    Flag,
    IsOneOf,
    Not,
    Param,
    Policy,
    Test,
    Verdict,
    Within,
)
from qiao.engines.rules.days import shifted

Row = Mapping[str, Any]


def read(value: Any, values: Row) -> Any:
    if not isinstance(value, Param):
        return value
    return values[value.code] * value.times if value.times != 1 else values[value.code]


def either(found: list[bool | None]) -> bool | None:
    return True if True in found else None if None in found else False


def holds(test: Test, row: Row, on: date, values: Row) -> bool | None:
    match test:
        case AnyOf():
            return either([holds(one, row, on, values) for one in test.tests])
        case AnyFlag():
            return either([row[name] for name in read(test.named, values)])
        case AllOf():
            found = [holds(one, row, on, values) for one in test.tests]
            return False if False in found else None if None in found else True
        case Not():
            met = holds(test.test, row, on, values)
            return None if met is None else not met
    value = row[test.column]
    if value is None:
        return None
    match test:
        case Flag():
            return value is test.wanted
        case IsOneOf():
            return value in read(test.entries, values)
        case AtLeast():
            return bool(value >= read(test.least, values))
        case AtMost():
            return bool(value <= read(test.most, values))
        case Within():
            return bool(value <= shifted(on, read(test.months, values)))
        case Elapsed(months=BySex() as months):
            women = shifted(value, read(months.female, values)) <= on
            men = shifted(value, read(months.male, values)) <= on
            return {"F": women, "M": men}.get(row[test.sex], women if women == men else None)
        case Elapsed():
            return shifted(value, read(test.months, values)) <= on
    raise TypeError(test)


def judged(policy: Policy, row: Row, on: date, values: Row) -> tuple[list[bool | None], Verdict]:
    met = [holds(clause.test, row, on, values) for clause in policy.clauses]
    failed = [clause for clause, found in zip(policy.clauses, met, strict=True) if found is False]
    unknown = None in met
    if any(clause.firm for clause in failed) or len(failed) + unknown * bool(failed) > 1:
        return met, Verdict.NO
    return met, Verdict.NEARLY if failed or unknown else Verdict.FITS
