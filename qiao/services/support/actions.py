"""What changes relief and subsidies: granting, ending, demanding back, telling people."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from qiao.core.calendars.periods import shift
from qiao.core.procedures.declaration import Move
from qiao.core.procedures.refusal import Refused
from qiao.core.records import broken
from qiao.core.standards import api as standards
from qiao.engines.rules import Verdict
from qiao.services.support import facts, judging
from qiao.services.support.models import Benefit, Entitlement, Kind, Line, Reclaim, YearUse
from qiao.services.support.models.choices import MONTHS, PAID, RELIEF
from qiao.services.support.sweeping import GIVEN_AS


def tell(resident: int, by: Any, on: date, answer: str = "") -> int:
    """Somebody told the person of everything found so far; returns how many policies that were."""
    news = Entitlement.objects.filter(resident=resident, told_on=None)
    return int(news.update(told_on=on, told_by=by, answer=answer[:200]))


def person_of(benefit: Benefit) -> int | None:
    """The resident whose standing decides: the person, or the owner of the outlet."""
    return benefit.resident_id or (benefit.outlet.resident_id if benefit.outlet else None)


def judged(benefit: Benefit, on: date) -> list[judging.Shown]:
    """What the records say of the policies behind a kind of help; empty for an employer."""
    policies = GIVEN_AS.get(benefit.kind, ())
    who = person_of(benefit)
    if who is None or not policies:
        return []
    said = judging.answers(facts.of_person(who, on), benefit.region_id, on)
    return [one for one in said if one.code in policies]


def records_speak_against(benefit: Benefit, move: Move) -> str | None:
    said = judged(benefit, benefit.opened_on)
    if not said or any(one.verdict is not Verdict.NO for one in said):
        return None
    why = _(", ").join(line.asked for line in said[0].against)
    return _(
        "By the records it does not fit: %(why)s. If the papers prove otherwise, give that as the reason."
    ) % {"why": why}


def months_by_rule(benefit: Benefit, on: date) -> int | None:
    if benefit.kind not in MONTHS:
        return None
    code, times = MONTHS[Kind(benefit.kind)]
    held = standards.value_or_none(code, benefit.region_id, on)
    return None if held is None else int(held) * times


def grant(benefit: Benefit, move: Move) -> None:
    """From the first of a month, for the months given, at most those of the rule; those close to retirement are
    helped until then."""
    first: date = move.extra["from_on"].replace(day=1)
    allowed = months_by_rule(benefit, first)
    wanted: int | None = move.extra.get("months_allowed") or allowed
    if allowed and wanted and wanted > allowed and not _near_retirement(benefit, first, wanted):
        raise Refused(_("The rule allows %(months)s months here.") % {"months": allowed})
    benefit.from_on = first
    benefit.months_allowed = wanted
    benefit.until_on = shift(first, wanted) if wanted else None
    benefit.monthly_fen = move.extra.get("monthly") or benefit.monthly_fen


def _near_retirement(benefit: Benefit, first: date, wanted: int) -> bool:
    """Whether the person retires within the years of the rule, and the months do not go beyond that."""
    who = facts.of_person(person_of(benefit) or 0, first)
    retires: date | None = who.get("retires")
    years = standards.value("near_retirement_years", benefit.region_id, first)
    return bool(retires and retires <= shift(first, 12 * years) and shift(first, wanted) <= retires)


def end(benefit: Benefit, move: Move) -> None:
    """It ends with the day before `until_on`; months already given beyond that have to be demanded back."""
    benefit.stop_reason = move.extra["stop_reason"]
    last: date = move.extra["last_on"]
    until = shift(last.replace(day=1), 1)
    if benefit.from_on and until <= benefit.from_on:
        raise Refused(
            _("It began in %(month)s: it cannot end before.") % {"month": f"{benefit.from_on:%Y-%m}"}
        )
    if benefit.until_on is None or until < benefit.until_on:
        benefit.until_on = until


def demand_back(benefit: Benefit, move: Move) -> None:
    try:
        with transaction.atomic():
            Reclaim.objects.create(
                benefit=benefit,
                region_id=benefit.region_id,
                amount_fen=move.extra["amount"],
                because=move.reason[:200],
                demanded_on=move.on,
                created_by=move.by,
            )
    except IntegrityError as error:
        raise Refused(in_words(error)) from error
    benefit.refresh_from_db(fields=["reclaimed_fen"])


@transaction.atomic
def repaid(reclaims: list[Reclaim], on: date) -> int:
    return Reclaim.objects.filter(pk__in=[one.pk for one in reclaims], repaid_on=None).update(repaid_on=on)


def is_no_relief(benefit: Benefit, move: Move) -> str | None:
    return (
        None if benefit.kind in RELIEF else _("This help is paid by the district: it enters what was paid.")
    )


def is_not_paid(benefit: Benefit, move: Move) -> str | None:
    return None if benefit.kind in PAID else _("Relief is entered by the street office: nothing is paid.")


def give(benefit: Benefit, move: Move) -> None:
    """A line for whole months within the time granted."""
    given = dict(move.extra)
    first: date = given["month"].replace(day=1)
    months: int = given.get("months") or 1
    if benefit.from_on and first < benefit.from_on:
        raise Refused(_("It began in %(month)s.") % {"month": f"{benefit.from_on:%Y-%m}"})
    if benefit.until_on and shift(first, months) > benefit.until_on:
        raise Refused(_("It runs until %(day)s; these months go beyond.") % {"day": benefit.until_on})
    try:
        with transaction.atomic():
            Line.objects.create(
                benefit=benefit,
                region_id=benefit.region_id,
                item=given["item"],
                month=first,
                months=months,
                amount_fen=given["amount"],
                given_on=given["given_on"],
                office=given.get("office", ""),
                created_by=move.by,
            )
    except IntegrityError as error:
        raise Refused(in_words(error)) from error
    benefit.refresh_from_db(fields=["months_used", "paid_fen"])


def years(benefit: Benefit) -> list[YearUse]:
    """What the holder has had of this kind, year by year."""
    rows = YearUse.objects.filter(
        kind=benefit.kind,
        resident=benefit.resident_id,
        outlet=benefit.outlet_id,
        employer=benefit.employer_id,
    )
    return list(rows.order_by("year"))


def in_words(error: IntegrityError) -> str:
    """What a broken constraint of these records says."""
    told = broken.message(error, (Benefit, Line, YearUse, Reclaim))
    return told or _("The records do not allow this step.")


@transaction.atomic
def take_back(lines: list[Line], by: Any, because: str) -> int:
    """A wrong entry is struck out with its reason and stays readable in the history."""
    chosen = Line.objects.filter(pk__in=[one.pk for one in lines])
    chosen.update(note=because[:200])
    return chosen.soft_delete(by)
