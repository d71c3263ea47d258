"""The steps from being out of work to being asked after and referred, for the funnel of the leader's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.indicators.declarations import Stock, Tally
from qiao.core.indicators.registry import register
from qiao.core.indicators.windows import Window, months_before
from qiao.services.people import api as people
from qiao.services.vacancies import api as vacancies
from qiao.services.visits import api as visits

OUT_OF_WORK = Q(state=people.State.UNEMPLOYED, resident__deleted_at=None)
RECENT = 3  # months


def _step(code: str, name: Any, definition: Any, where: Any) -> Tally:
    return Stock(
        people.Spell,
        since="counted_from",
        until="until",
        where=lambda w: OUT_OF_WORK & where(w),
        by=people.along("resident__", people.PERSON),
        code=code,
        name=name,
        unit=_("people"),
        definition=definition,
        source=_("Work reports of the district on full-employment communities, 2006"),
    )


def _met(w: Window) -> Q:
    met = visits.Visit.objects.filter(
        resident=OuterRef("resident"),
        outcome=visits.Outcome.MET,
        visited_on__gt=months_before(w.as_of, RECENT),
        visited_on__lte=w.as_of,
    )
    return Q(Exists(met))


def _referred(w: Window) -> Q:
    made = vacancies.Referral.objects.filter(
        resident=OuterRef("resident"), opened_on__gte=OuterRef("counted_from"), opened_on__lte=w.as_of
    )
    return Q(Exists(made))


unemployed_contacted = _step(
    "unemployed_contacted",
    _("Unemployed and asked after"),
    _(
        "Residents unemployed on the day who were met by a visit, at the door or by phone, in the three months before."
    ),
    _met,
)
unemployed_referred = _step(
    "unemployed_referred",
    _("Unemployed and referred"),
    _("Residents unemployed on the day who have been referred to a post since they are out of work."),
    _referred,
)
register(unemployed_contacted, unemployed_referred)
