"""The rest of a schedule, drawn up anew from a day between two due dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qiao.engines.amortisation.accrual import share_between
from qiao.engines.amortisation.daycount import year_share
from qiao.engines.amortisation.schedule import Row, rows_over
from qiao.engines.amortisation.terms import Method, Terms


def recut(terms: Terms, since: date, keep: int = 0) -> list[Row]:
    """Rows of `terms`, which start within the period [since, first due date) of an earlier schedule.

    The first row bears interest for the rest of that period only. `keep`, in fen: the level instalment, or with equal
    principal the principal of a row, that stays as it was; the loan then ends earlier. Without it the dates stay.
    """
    rule = terms.convention.day_count
    first = share_between(rule, (since, terms.due[0]), terms.start, terms.due[0], terms.step)
    later = [
        year_share(rule, begin, end, terms.step) for begin, end in zip(terms.due, terms.due[1:], strict=False)
    ]
    shares = [first, *later]
    if keep and terms.method is Method.EQUAL_INSTALMENT:
        return rows_over(replace(terms, level=keep), shares)
    if keep and terms.method is Method.EQUAL_PRINCIPAL:
        return _of_parts(terms, shares, keep)
    return rows_over(terms, shares)


def _of_parts(terms: Terms, shares: Sequence[tuple[int, int]], keep: int) -> list[Row]:
    paying = min(len(terms.due) - terms.grace, -(-terms.principal // keep))
    count = terms.grace + paying
    parts = [0] * terms.grace + [keep] * (paying - 1)
    weights = [*parts, terms.principal - sum(parts)]
    short = replace(terms, method=Method.CUSTOM, due=terms.due[:count], weights=weights, grace=0)
    return rows_over(short, shares[:count])
