"""What the clauses ask of a resident, as columns: the whole of a scope, or one person. What is not recorded is null."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import polars as pl
from django.db.models import Min, OuterRef, Q, Subquery

from qiao.core.accounts.scope import Scope
from qiao.core.regions import codes
from qiao.core.regions.codes import Level
from qiao.core.standards import retirement
from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.support.models import Benefit, Kind

NEVER = date(9999, 12, 31)
"""In `insured_since` and `welfare_since`: this help was never had."""
COLLEGE = (people.Education.COLLEGE, people.Education.BACHELOR, people.Education.POSTGRADUATE)
FLAGS = (
    "certificate",
    "registered",
    "hardship",
    "low_income",
    "disabled",
    "idle_household",
    "new_entrant",
    "rural_worker",
    "unemployed",
    "able",
    "college",
)
DAYS = ("birth", "retires", "business", "graduated", "insured_since", "welfare_since")
SCHEMA: dict[str, Any] = {
    **dict.fromkeys(("sex", "work", "trade"), pl.String),
    **dict.fromkeys(FLAGS, pl.Boolean),
    **dict.fromkeys(DAYS, pl.Date),
}
WHOLE: dict[str, Any] = {"resident": pl.Int64, "region": pl.Int64, **SCHEMA}

READ = (
    "pk",
    "region_id",
    "sex",
    "state",
    "form",
    "trade",
    "certificate_no",
    "registered",
    "in_hardship",
    "low_income",
    "disability",
    "health",
    "idle_household",
    "kind",
    "able",
    "education",
    "birth_date",
    "outlet_since",
    "state_since",
    "graduated_on",
    "insured_since",
    "welfare_since",
)


def _known(residents: Any, on: date) -> Iterator[tuple[Any, ...]]:
    outlets = employers.Outlet.objects.filter(resident=OuterRef("pk"), closed_on=None).order_by(
        "-opened_on", "-id"
    )
    spells = people.Spell.objects.filter(pk=OuterRef("current_spell"))

    def since(kind: str) -> Subquery:
        had = Benefit.objects.filter(resident=OuterRef("pk"), kind=kind, from_on__isnull=False)
        return Subquery(had.order_by().values("resident").annotate(first=Min("from_on")).values("first"))

    rows = people.standing(residents, on).annotate(
        form=Subquery(spells.values("form")[:1]),
        trade=Subquery(outlets.values("trade")[:1]),
        outlet_since=Subquery(outlets.values("opened_on")[:1]),
        insured_since=since(Kind.INSURANCE),
        welfare_since=since(Kind.WELFARE_POST),
    )
    found: Iterator[tuple[Any, ...]] = rows.order_by("pk").values_list(*READ).iterator(chunk_size=20_000)
    return found


def _facts(row: dict[str, Any], retires: Any) -> dict[str, Any]:
    work = _work(row)
    kind = row["kind"]
    return {
        "resident": row["pk"],
        "region": row["region_id"],
        "sex": row["sex"] or None,
        "birth": row["birth_date"],
        "retires": retires(row["sex"], row["birth_date"], row["region_id"]),
        "work": work,
        "trade": row["trade"] or None,
        "business": row["outlet_since"] or (row["state_since"] if work == "self" else None),
        "certificate": True if row["certificate_no"] else None,
        "registered": row["registered"],
        "hardship": row["in_hardship"],
        "low_income": row["low_income"],
        "disabled": bool(row["disability"]) or row["health"] == "disabled",
        "idle_household": row["idle_household"] is not None,
        "new_entrant": kind == "new_entrant" if kind else None,
        "rural_worker": kind == "rural_worker" if kind else None,
        "unemployed": work == "unemployed" if work else None,
        "able": row["able"],
        "college": row["education"] in COLLEGE if row["education"] else None,
        "graduated": row["graduated_on"],
        "insured_since": row["insured_since"] or NEVER,
        "welfare_since": row["welfare_since"] or NEVER,
    }


def _work(row: dict[str, Any]) -> str | None:
    """An open outlet of one's own is a business, whatever the last spell says."""
    if row["outlet_since"] and row["state"] != people.State.UNEMPLOYED:
        return "self"
    if row["state"] == people.State.EMPLOYED:
        return row["form"] or None
    return row["state"] or None


def retiring(on: date) -> Any:
    """The month in which somebody retires by sex, birth date and region; women as workers, which is the earlier
    age, since the kind of post is not recorded."""

    @cache
    def rules(district: int) -> retirement.Rules:
        return retirement.rules(district, on)

    @cache
    def month(sex: str, born: date, district: int) -> date:
        return rules(district)[sex, retirement.WORKER].month(born)

    def retires(sex: str, birth: date | None, region: int) -> date | None:
        if not sex or birth is None:
            return None
        return month(sex, birth.replace(day=1), codes.at_level(region, Level.DISTRICT))

    return retires


def of_scope(scope: Scope, on: date, where: Q = Q()) -> pl.DataFrame:  # noqa: B008 - a Q is never changed
    return _frame(people.residents(scope).filter(where), on)


def _frame(residents: Any, on: date) -> pl.DataFrame:
    retires = retiring(on)
    columns: dict[str, list[Any]] = {name: [] for name in WHOLE}
    for row in _known(residents, on):
        for name, value in _facts(dict(zip(READ, row, strict=True)), retires).items():
            columns[name].append(value)
    return pl.DataFrame(columns, schema=WHOLE)


def of_person(resident: int, on: date) -> dict[str, Any]:
    """Empty where nobody has that number."""
    rows = _frame(people.Resident.objects.filter(pk=resident), on).to_dicts()
    return rows[0] if rows else {}


__all__ = ["NEVER", "SCHEMA", "WHOLE", "of_person", "of_scope", "retiring"]
