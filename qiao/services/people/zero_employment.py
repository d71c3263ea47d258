"""Households in which nobody works: the judgement in one statement, the sweep that lists and strikes off.

A household counts when at least one member of working age, able and not unwilling, is unemployed, no member
is employed, nobody of working age has a status that is not known, and there is no business or investment
income (local rules after the Employment Promotion Law,
art. 56). Working age follows the statistical usage: from `working_age_from` to the retirement ages of men
and of women cadres.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qiao.core.accounts.scope import Scope
from qiao.core.procedures.declaration import Move
from qiao.core.procedures.moves import opened_many, take
from qiao.core.procedures.refusal import Refused
from qiao.core.standards import api as standards
from qiao.services.people import hardship
from qiao.services.people.identity.age import years_before
from qiao.services.people.models import Household, Membership
from qiao.services.people.models.cases import ZeroEmploymentCase

AGES = "working_age_from", "retirement_age_male", "retirement_age_female_cadre"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`because`: {"code": …} and the counts the words need."""

    household: int
    region: int
    zero: bool
    because: Mapping[str, Any]


JUDGE = """
SELECT h.id, h.region_id, h.business_income,
       count(m.id) AS members,
       count(*) FILTER (WHERE s.state = 'employed') AS employed,
       count(*) FILTER (WHERE {of_age}) AS of_age,
       count(*) FILTER (
           WHERE {of_age} AND s.state = 'unemployed' AND r.able AND r.willing IS NOT FALSE
       ) AS seeking,
       count(*) FILTER (WHERE {of_age} AND s.id IS NULL) AS unknown
FROM people_household h
LEFT JOIN people_membership m ON m.household_id = h.id AND m.deleted_at IS NULL
     AND (m.since IS NULL OR m.since <= %(on)s) AND (m.until IS NULL OR m.until > %(on)s)
LEFT JOIN people_resident r ON r.id = m.resident_id AND r.deleted_at IS NULL
LEFT JOIN people_spell s ON s.resident_id = r.id AND s.deleted_at IS NULL
     AND s.counted_from <= %(on)s AND (s.until IS NULL OR s.until > %(on)s)
WHERE h.deleted_at IS NULL AND {chosen}
GROUP BY h.id
ORDER BY h.id
"""

OF_AGE = """(r.birth_date <= %(youngest)s
    AND r.birth_date > CASE r.sex WHEN 'M' THEN %(oldest_man)s::date ELSE %(oldest_woman)s::date END)"""


def judge(households: Iterable[int], region: int, on: date) -> Iterator[Verdict]:
    """The verdict on each household, by id, by the ages that hold in `region` on `on`."""
    return _judged("h.id = ANY(%(ids)s)", {"ids": list(households)}, region, on)


def judge_region(scope: Scope, on: date) -> Iterator[Verdict]:
    """The verdict on every household of a region, in one pass."""
    return _judged(
        "h.region_id >= %(lo)s AND h.region_id < %(hi)s", {"lo": scope.lo, "hi": scope.hi}, scope.code, on
    )


def verdict_of(household: int, on: date) -> Verdict | None:
    place = Household.objects.filter(pk=household).values_list("region", flat=True).first()
    return None if place is None else next(judge([household], place, on), None)


def _judged(chosen: str, params: Mapping[str, Any], region: int, on: date) -> Iterator[Verdict]:
    youngest, man, woman = (int(standards.value(code, region, on)) for code in AGES)
    with connection.cursor() as cursor:
        cursor.execute(
            JUDGE.format(of_age=OF_AGE, chosen=chosen),
            {
                **params,
                "on": on,
                "youngest": years_before(on, youngest),
                "oldest_man": years_before(on, man),
                "oldest_woman": years_before(on, woman),
            },
        )
        rows = cursor.fetchall()
    for household, place, business, members, employed, of_age, seeking, unknown in rows:
        because = _because(business, members, employed, of_age, seeking, unknown)
        yield Verdict(household, place, because["code"] == "zero", because)


def _because(
    business: bool, members: int, employed: int, of_age: int, seeking: int, unknown: int
) -> dict[str, Any]:
    if not members:
        return {"code": "no_members"}
    if employed:
        return {"code": "employed", "count": employed}
    if business:
        return {"code": "business"}
    if not seeking:
        return {"code": "nobody_seeks", "count": of_age}
    if unknown:
        return {"code": "unknown", "count": unknown}
    return {"code": "zero", "count": seeking, "of_age": of_age, "members": members}


def in_words(because: Mapping[str, Any]) -> str:
    count = int(because.get("count") or 0)
    match because.get("code"):
        case "no_members":
            return _("No member is recorded.")
        case "employed":
            return ngettext("%(count)s member works.", "%(count)s members work.", count) % {"count": count}
        case "business":
            return _("The household has business or investment income.")
        case "unknown":
            return ngettext(
                "The status of %(count)s member of working age is not recorded.",
                "The status of %(count)s members of working age is not recorded.",
                count,
            ) % {"count": count}
        case "nobody_seeks":
            return _("No member of working age is unemployed, able and willing to work.")
        case "zero":
            return _(
                "Of %(members)s members %(of_age)s are of working age; %(count)s of them are unemployed, "
                "able and willing to work, nobody works, and there is no business income."
            ) % {**because, "count": count}
        case _:
            return ""


def days_open(case: ZeroEmploymentCase, on: date) -> int:
    """From the day it was found to the day it ended, or to `on`."""
    return ((case.closed_on or on) - case.found_on).days


@dataclass(frozen=True, slots=True)
class Swept:
    found: int
    cleared: int
    struck: int


def sweep(region: int, on: date) -> Swept:
    """Lists the households that now count and closes the cases of those that no longer do.

    A pure function of (region, day) over the records: run again, it changes nothing. Run it as the owner.
    """
    scope = Scope(region)
    judged = {one.household: one for one in judge_region(scope, on)}
    open_cases = {
        case.household_id: case
        for case in ZeroEmploymentCase.objects.within(scope).filter(closed_on=None).order_by("id")
    }
    left_alone = set(open_cases) | refused_help(scope)
    cleared = struck = 0
    for household, case in open_cases.items():
        verdict = judged.get(household)
        if verdict is None or verdict.zero:
            continue
        works = verdict.because["code"] == "employed" and case.stage == "recognised"
        try:
            take(case, "found_work" if works else "no_longer_fits", on=on, reason=in_words(verdict.because))
        except Refused:
            continue
        cleared, struck = cleared + works, struck + (not works)
    found = [
        ZeroEmploymentCase(
            household_id=one.household, region_id=one.region, found_on=on, because=dict(one.because)
        )
        for one in judged.values()
        if one.zero and one.household not in left_alone
    ]
    opened_many(ZeroEmploymentCase, found, on)
    return Swept(len(found), cleared, struck)


def refused_help(scope: Scope) -> set[int]:
    """Households whose help ended by refusal or lost contact: only a person opens such a case again."""
    given_up = (ZeroEmploymentCase.Ending.REFUSED, ZeroEmploymentCase.Ending.NO_CONTACT)
    last = ZeroEmploymentCase.objects.within(scope).order_by("household", "-id").distinct("household")
    return {case.household_id for case in last if case.ending in given_up}


def no_longer_so(case: ZeroEmploymentCase, move: Move) -> str | None:
    verdict = verdict_of(case.household_id, move.on)
    if verdict is None or verdict.zero:
        return None
    return _("By the records this is no longer such a household: %(why)s") % {
        "why": in_words(verdict.because)
    }


def nobody_works_yet(case: ZeroEmploymentCase, move: Move) -> str | None:
    verdict = verdict_of(case.household_id, move.on)
    if verdict and verdict.because["code"] == "employed":
        return None
    return _("By the records no member works yet. Record the work in the member's file first.")


def contact_is_recent(case: ZeroEmploymentCase, move: Move) -> str | None:
    members = Membership.objects.filter(household=case.household_id, until=None)
    heard = members.aggregate(last=Max("resident__verified_on"))["last"]
    last = max(filter(None, (heard, case.recognised_on, case.found_on)))
    return hardship.contact_too_recent(last, case.region_id, move.on)


def recognise(case: ZeroEmploymentCase, move: Move) -> None:
    case.recognised_on = move.on
    case.helper, case.measures = move.extra["helper"], move.extra["measures"]


def ends(ending: str) -> Callable[[ZeroEmploymentCase, Move], None]:
    def effect(case: ZeroEmploymentCase, move: Move) -> None:
        case.cleared_on, case.ending = move.on, ending

    return effect
