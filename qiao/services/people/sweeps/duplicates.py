"""Pairs of records of a district that may be one person, stated once for a person to settle.

The exact keys are joined in SQL. Everything else is weighed by splink with fixed weights, so that the same
records always give the same pairs. A pair ever stated is left as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from qiao.core.accounts.scope import Scope
from qiao.core.standards import api as standards
from qiao.services.people.duplicates import LIKELY, Found
from qiao.services.people.sweeps import likeness

THRESHOLD = "duplicate_likelihood"
KEEP = "ON CONFLICT (resident_id, other_id) DO NOTHING"

EXACT = f"""
INSERT INTO people_duplicatepair
    (resident_id, other_id, region_id, other_region_id, found, weight, verdict, note)
SELECT one.id, two.id, one.region_id, two.region_id, %(found)s, %(weight)s, 'open', ''
FROM people_resident one
JOIN people_resident two
  ON two.name = one.name AND two.id > one.id AND two.district = one.district AND {{alike}}
WHERE one.deleted_at IS NULL AND two.deleted_at IS NULL AND one.region_id >= %(lo)s AND one.region_id < %(hi)s
{KEEP}
"""

SAME_PHONE = """(
    one.phone <> '' AND one.phone IN (two.phone, two.phone2)
    OR one.phone2 <> '' AND one.phone2 IN (two.phone, two.phone2)
)"""
# Two known numbers that differ under one name and birth date are two people.
SAME_BIRTH = """one.birth_date = two.birth_date AND one.birth_precision = 3 AND two.birth_precision = 3
    AND (one.id_hash IS NULL OR two.id_hash IS NULL)"""

STATE = f"""
INSERT INTO people_duplicatepair
    (resident_id, other_id, region_id, other_region_id, found, weight, verdict, note)
SELECT one.id, two.id, one.region_id, two.region_id, '{Found.SWEEP.value}', pair.weight, 'open', ''
FROM unnest(%(ones)s::bigint[], %(twos)s::bigint[], %(weights)s::float8[]) AS pair(one, two, weight)
JOIN people_resident one ON one.id = pair.one AND one.deleted_at IS NULL
JOIN people_resident two ON two.id = pair.two AND two.deleted_at IS NULL
{KEEP}
"""

ROWS = """
SELECT r.id, r.name, r.name_sort, r.sex, r.birth_date::text, r.birth_precision, NULLIF(r.phone, ''),
       encode(r.id_hash, 'hex'), NULLIF(r.address, ''), m.household_id
FROM people_resident r
LEFT JOIN people_membership m ON m.resident_id = r.id AND m.until IS NULL AND m.deleted_at IS NULL
WHERE r.deleted_at IS NULL AND r.region_id >= %(lo)s AND r.region_id < %(hi)s
ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Swept:
    """New pairs by the way they were found."""

    name_phone: int
    name_birth: int
    alike: int


def sweep(region: int, on: date) -> Swept:
    """Run it as the owner. Run again, it states nothing new."""
    scope = Scope(region)
    with transaction.atomic():
        return Swept(
            _exact(scope, Found.NAME_PHONE, SAME_PHONE),
            _exact(scope, Found.NAME_BIRTH, SAME_BIRTH),
            _alike(scope, float(standards.value(THRESHOLD, region, on))),
        )


def _exact(scope: Scope, found: str, alike: str) -> int:
    params: dict[str, str | float | int] = {
        "found": found,
        "weight": LIKELY[Found(found)],
        "lo": scope.lo,
        "hi": scope.hi,
    }
    with connection.cursor() as cursor:
        cursor.execute(EXACT.format(alike=alike), params)
        return int(cursor.rowcount)


def _alike(scope: Scope, threshold: float) -> int:
    with connection.cursor() as cursor:
        cursor.execute(ROWS, {"lo": scope.lo, "hi": scope.hi})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    if len(rows) < 2:
        return 0
    return _state(likeness.pairs(rows, threshold))


def _state(pairs: Iterable[tuple[int, int, float]]) -> int:
    ordered = sorted((min(one, two), max(one, two), round(weight, 4)) for one, two, weight in pairs)
    if not ordered:
        return 0
    ones, twos, weights = (list(column) for column in zip(*ordered, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(STATE, {"ones": ones, "twos": twos, "weights": weights})
        return int(cursor.rowcount)
