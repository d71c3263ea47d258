"""A policy is a list of clauses. What it says of a row:

- fits: every clause holds;
- nearly: one clause fails that may still come to hold, or nothing fails and something is not known;
- no: a clause fails that cannot come to hold, or more than one thing stands against it.

A policy whose parameters have no value where and when it is asked is not in force there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

import polars as pl

from qiao.engines.rules.clauses import Test, Values


class Verdict(IntEnum):
    NO = 0
    NEARLY = 1
    FITS = 2


@dataclass(frozen=True, slots=True)
class Clause:
    """`firm`: nobody can bring it about, such as an age that is past. `paper`: the code of what proves it."""

    code: str
    test: Test
    firm: bool = False
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """`wants`: parameters without which it is not in force although no clause reads them, such as an amount."""

    code: str
    clauses: tuple[Clause, ...]
    wants: tuple[str, ...] = ()

    def params(self) -> set[str]:
        return {code for clause in self.clauses for code in clause.test.params()}.union(self.wants)


@dataclass(frozen=True, slots=True)
class Reason:
    """`met` is None where it is not known; `missing` are the columns to be learnt, `paper` what proves it."""

    clause: str
    met: bool | None
    missing: tuple[str, ...] = ()
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    policy: str
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(column for reason in self.reasons for column in reason.missing))


def in_force(policies: Sequence[Policy], values: Values) -> list[Policy]:
    """Those whose parameters all have a value."""
    return [policy for policy in policies if policy.params() <= values.keys()]


def sweep(policies: Sequence[Policy], rows: pl.DataFrame, on: date, values: Values) -> pl.DataFrame:
    """One column a policy in force, named by its code: 0 no, 1 nearly, 2 fits, in the order of the rows."""
    held = in_force(policies, values)
    tests, places = _compiled(held, on, values)
    judged = rows.lazy().select(tests).select([_verdict(policy, places) for policy in held])
    return judged.collect()


def explain(
    policies: Sequence[Policy], facts: Mapping[str, Any], on: date, values: Values, schema: Mapping[str, Any]
) -> list[Answer]:
    """What each policy in force says of one person. `facts` may leave columns out; `schema` gives their types."""
    held = in_force(policies, values)
    row = pl.DataFrame({name: [facts.get(name)] for name in schema}, schema=dict(schema))
    tests, places = _compiled(held, on, values)
    found = row.select(tests)
    met: dict[str, bool | None] = found.row(0, named=True)
    verdicts = found.select([_verdict(policy, places) for policy in held]).row(0, named=True)
    return [
        Answer(
            policy.code,
            Verdict(verdicts[policy.code]),
            tuple(_reason(clause, met[places[clause.test]], facts, values) for clause in policy.clauses),
        )
        for policy in held
    ]


def _reason(clause: Clause, met: bool | None, facts: Mapping[str, Any], values: Values) -> Reason:
    if met is not None:
        return Reason(clause.code, met, paper=clause.paper)
    missing = tuple(dict.fromkeys(name for name in clause.test.columns(values) if facts.get(name) is None))
    return Reason(clause.code, None, missing, clause.paper)


def _compiled(policies: Sequence[Policy], on: date, values: Values) -> tuple[list[pl.Expr], dict[Test, str]]:
    """Each test once, however many policies share it, and the name its column goes by."""
    places: dict[Test, str] = {}
    for policy in policies:
        for clause in policy.clauses:
            places.setdefault(clause.test, f"t{len(places)}")
    return [test.expr(on, values).alias(name) for test, name in places.items()], places


def _verdict(policy: Policy, places: Mapping[Test, str]) -> pl.Expr:
    def failing(clauses: Sequence[Clause]) -> list[pl.Expr]:
        return [pl.col(places[clause.test]).eq_missing(False) for clause in clauses]

    unknown = [pl.col(places[clause.test]).is_null() for clause in policy.clauses]
    soft = failing([clause for clause in policy.clauses if not clause.firm])
    firm = failing([clause for clause in policy.clauses if clause.firm])
    failed = pl.sum_horizontal([one.cast(pl.UInt8) for one in soft]) if soft else pl.lit(0, pl.UInt8)
    barred = pl.any_horizontal(firm) if firm else pl.lit(False)
    open_ = pl.any_horizontal(unknown) if unknown else pl.lit(False)
    return (
        pl.when(barred | (failed > 1) | ((failed == 1) & open_))
        .then(pl.lit(Verdict.NO.value, pl.UInt8))
        .when((failed == 1) | open_)
        .then(pl.lit(Verdict.NEARLY.value, pl.UInt8))
        .otherwise(pl.lit(Verdict.FITS.value, pl.UInt8))
        .alias(policy.code)
    )
