"""Patterns that honest records hardly make, each one statement over the spells of a region.

A flag stands once for its region, pattern and key. Until somebody settles it, it follows the records; a settled
one is left as it was. The thresholds are parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from qiao.core.accounts.scope import Scope
from qiao.core.records.dates import Precision
from qiao.core.standards import api as standards
from qiao.services.people.models import PatternFlag

Pattern = PatternFlag.Pattern
LAST_DAYS = 3
LOOK_BACK = 366

INSCOPE = "s.deleted_at IS NULL AND r.deleted_at IS NULL AND s.region_id >= %(lo)s AND s.region_id < %(hi)s"
SPELLS = f"""people_spell s JOIN people_resident r ON r.id = s.resident_id
    WHERE {INSCOPE} AND s.since_precision = {Precision.DAY.value} AND s.counted_from = s.since"""

SAME_LENGTH = f"""
SELECT s.region_id, 'length ' || (s.until - s.since) AS key, array_agg(DISTINCT s.resident_id) AS people
FROM {SPELLS} AND s.state = 'unemployed' AND s.until > %(from)s
GROUP BY 1, 2 HAVING count(DISTINCT s.resident_id) >= %(pattern_same_spells)s
"""
SAME_BEGIN = f"""
SELECT s.region_id, 'begin ' || s.since AS key, array_agg(DISTINCT s.resident_id) AS people
FROM {SPELLS} AND s.state = 'unemployed' AND s.since > %(from)s
GROUP BY 1, 2 HAVING count(DISTINCT s.resident_id) >= %(pattern_same_spells)s
"""
MONTH_END = f"""
WITH begun AS (
    SELECT s.region_id, s.resident_id, date_trunc('month', s.since)::date AS month,
           s.since >= (date_trunc('month', s.since) + interval '1 month')::date - {LAST_DAYS} AS late
    FROM {SPELLS} AND s.state = 'employed' AND s.since > %(from)s
)
SELECT region_id, to_char(month, 'YYYY-MM') AS key,
       array_agg(DISTINCT resident_id) FILTER (WHERE late) AS people
FROM begun GROUP BY 1, 2
HAVING count(DISTINCT resident_id) FILTER (WHERE late) >= %(pattern_month_end_people)s
   AND 2 * count(*) FILTER (WHERE late) >= count(*)
"""
ONE_PHONE = """
SELECT r.region_id, md5(p.phone) AS key, array_agg(DISTINCT r.id) AS people
FROM people_resident r CROSS JOIN LATERAL (VALUES (r.phone), (r.phone2)) AS p(phone)
WHERE r.deleted_at IS NULL AND r.region_id >= %(lo)s AND r.region_id < %(hi)s AND p.phone <> ''
GROUP BY 1, 2 HAVING count(DISTINCT r.id) >= %(pattern_one_phone)s
"""
ONE_EMPLOYER = f"""
SELECT s.region_id, s.employer AS key, array_agg(DISTINCT s.resident_id) AS people
FROM people_spell s JOIN people_resident r ON r.id = s.resident_id
WHERE {INSCOPE} AND s.state = 'employed' AND s.until IS NULL AND s.employer <> ''
GROUP BY 1, 2 HAVING count(DISTINCT s.resident_id) >= %(pattern_one_employer)s
"""
LEFT_BEFORE = """
SELECT w.region_id, assessed.day::text AS key, array_agg(DISTINCT w.resident_id) AS people
FROM people_willingnesschange w JOIN people_resident r ON r.id = w.resident_id AND r.deleted_at IS NULL
JOIN unnest(%(assessed)s::date[]) AS assessed(day)
  ON w.answered_on <= assessed.day AND w.answered_on > assessed.day - %(pattern_before_assessment)s
WHERE w.deleted_at IS NULL AND w.answer = 'yes' AND w.region_id >= %(lo)s AND w.region_id < %(hi)s
GROUP BY 1, 2 HAVING count(DISTINCT w.resident_id) >= %(pattern_left_people)s
"""

FOUND: tuple[tuple[str, str], ...] = (
    (Pattern.IDENTICAL_SPELLS, SAME_LENGTH),
    (Pattern.IDENTICAL_SPELLS, SAME_BEGIN),
    (Pattern.MONTH_END_BURST, MONTH_END),
    (Pattern.ONE_PHONE, ONE_PHONE),
    (Pattern.ONE_EMPLOYER, ONE_EMPLOYER),
    (Pattern.LEFT_BEFORE_ASSESSMENT, LEFT_BEFORE),
)
CODES = (
    "pattern_same_spells",
    "pattern_month_end_people",
    "pattern_one_phone",
    "pattern_one_employer",
    "pattern_before_assessment",
    "pattern_left_people",
)

FLAG = """
INSERT INTO people_patternflag (region_id, pattern, key, resident_ids, people, found_on, verdict, explanation)
SELECT region_id, %(pattern)s, left(key, 160), to_jsonb(people), cardinality(people), %(on)s, 'open', ''
FROM ({found}) AS found WHERE cardinality(people) > 1
ON CONFLICT (region_id, pattern, key) DO UPDATE
SET resident_ids = EXCLUDED.resident_ids, people = EXCLUDED.people, changed_at = now()
WHERE people_patternflag.verdict = 'open'
  AND people_patternflag.resident_ids IS DISTINCT FROM EXCLUDED.resident_ids
"""


def sweep(region: int, on: date) -> int:
    """Flags set or changed. Run it as the owner; run again, it changes nothing."""
    scope = Scope(region)
    params: Mapping[str, Any] = {
        "lo": scope.lo,
        "hi": scope.hi,
        "on": on,
        "from": on - timedelta(days=LOOK_BACK),
        "assessed": assessments(on),
        **{code: int(standards.value(code, region, on)) for code in CODES},
    }
    with transaction.atomic(), connection.cursor() as cursor:
        changed = 0
        for pattern, found in FOUND:
            cursor.execute(FLAG.format(found=found), {**params, "pattern": pattern})
            changed += cursor.rowcount
    return changed


def assessments(on: date) -> list[date]:
    """The ends of half-years of this year and the last."""
    return [date(year, month, day) for year in (on.year - 1, on.year) for month, day in ((6, 30), (12, 31))]
