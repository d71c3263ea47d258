"""From outreach to the loan: what was held and handed out, who was visited, who applied, and how far they came.

Somebody with a business of their own counts once, on the day of the first visit; each further step is the same
people, narrowed, so that a later step never holds anybody an earlier one leaves out.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.masking import mask_name
from qiao.core.indicators.declarations import Count, Ratio, Sum, Tally
from qiao.core.indicators.dimensions import column
from qiao.core.indicators.registry import Names, list_as, register, watch
from qiao.core.records.dates import shown
from qiao.services.loans.access import case_url
from qiao.services.loans.models import Application, Publicity, choices
from qiao.services.people import api as people
from qiao.services.visits import api as visits

Visit = visits.Visit
PEOPLE, APPLICATIONS = _("people"), pgettext_lazy("unit", "applications")
REPORT = _("Work report of the district: outreach for guaranteed small loans")

watch(Publicity, begins=("held_on",))
watch(Application, subject="resident_id", begins=("opened_on",))


def _held(code: str, of: str, name: Any, unit: Any, definition: Any, where: Q = Q()) -> Tally:  # noqa: B008
    return Sum(
        Publicity,
        of=of,
        at="held_on",
        where=where,
        by=(column("kind", _("Kind"), choices.Publicity.choices),),
        code=code,
        name=name,
        unit=unit,
        definition=definition,
        source=REPORT,
    )


sessions = _held(
    "outreach_sessions",
    "sessions",
    _("Information sessions"),
    pgettext_lazy("unit", "sessions"),
    _("Sessions held in the period to explain guaranteed loans and policies."),
    Q(kind=choices.Publicity.SESSION),
)
leaflets = _held(
    "outreach_leaflets",
    "leaflets",
    _("Leaflets handed out"),
    _("leaflets"),
    _("Leaflets handed out in the period, at sessions or elsewhere."),
)

MET = Q(why=visits.Why.OUTREACH, outcome=visits.Outcome.MET)
RUNS_BUSINESS = Q(findings__contains=[visits.Finding.RUNS_BUSINESS]) | people.self_employed_on(
    OuterRef("resident"), OuterRef("visited_on")
)
BEFORE = Q(visited_on__lt=OuterRef("visited_on")) | Q(
    visited_on=OuterRef("visited_on"), pk__lt=OuterRef("pk")
)
EARLIER = Visit.objects.filter(MET & RUNS_BUSINESS, BEFORE, resident=OuterRef("resident"))
FIRST = MET & RUNS_BUSINESS & Q(resident__isnull=False) & ~Q(Exists(EARLIER))


def _applied(**reached: Any) -> Q:
    """Whether the person visited applied from that day on, and how far it came."""
    asked = Application.objects.filter(
        resident=OuterRef("resident"), opened_on__gte=OuterRef("visited_on"), **reached
    )
    return Q(Exists(asked))


INTERESTED = Exists(
    Visit.objects.filter(MET, resident=OuterRef("resident"), findings__contains=[visits.Finding.INTERESTED])
)


def _visited(code: str, name: Any, definition: Any, also: Q = Q()) -> Tally:  # noqa: B008
    return Count(
        Visit,
        at="visited_on",
        where=FIRST & also,
        by=people.along("resident__", people.PERSON),
        code=code,
        name=name,
        unit=PEOPLE,
        definition=definition,
        source=REPORT,
    )


visited = _visited(
    "self_employed_visited",
    _("Self-employed people visited"),
    _(
        "People with a business of their own, by the register or as found at the visit, whom an outreach visit "
        "met. Each counts once, on the day of the first visit."
    ),
)
interested = _visited(
    "self_employed_interested",
    _("Of them interested"),
    _("Those visited who said by now at an outreach visit that they are interested, or who applied."),
    Q(INTERESTED) | _applied(),
)
applied = _visited(
    "self_employed_loan_applications",
    _("Of them applied for a loan"),
    _("Those visited who by now applied for a guaranteed loan, on the day of the visit or later."),
    _applied(),
)
came_recommended = _visited(
    "self_employed_recommended",
    _("Of them recommended by the street"),
    _("Those visited whose application the street office recommended by now."),
    _applied(recommended_on__isnull=False),
)
came_through = _visited(
    "self_employed_lent",
    _("Of them received the loan"),
    _("Those visited to whom the loan was paid out by now."),
    _applied(lent_on__isnull=False),
)


def _applications(code: str, at: str, name: Any, definition: Any) -> Tally:
    return Count(
        Application,
        at=at,
        by=(column("came", _("What brought them"), choices.Came.choices),),
        code=code,
        name=name,
        unit=APPLICATIONS,
        definition=definition,
        source=REPORT,
    )


applications = _applications(
    "loan_applications",
    "opened_on",
    _("Applications for loans"),
    _("Applications for a guaranteed loan received in the period, whatever brought the person."),
)
recommended = _applications(
    "loan_applications_recommended",
    "recommended_on",
    _("Applications recommended"),
    _("Applications for which the street office wrote the letter of recommendation in the period."),
)

register(
    sessions,
    leaflets,
    visited,
    interested,
    applied,
    came_recommended,
    came_through,
    Ratio(
        "self_employed_application_rate",
        _("Applicants among the self-employed visited"),
        _("%"),
        _("Of the self-employed people visited in the period, those who by now applied for a loan."),
        REPORT,
        numerator=applied,
        denominator=visited,
    ),
    applications,
    recommended,
)

list_as(
    Publicity,
    Names(
        columns=[
            (_("Place"), lambda one: one.place),
            (_("Held on"), lambda one: shown(one.held_on)),
            (_("Kind"), lambda one: one.get_kind_display()),
            (_("Sessions"), lambda one: one.sessions),
            (_("Leaflets"), lambda one: one.leaflets),
            (_("Region"), lambda one: one.region.name),
        ],
        address=lambda one: reverse("ledgers:file", args=["loan-publicity", one.pk]),
        prepare=lambda rows: rows.select_related("region"),
    ),
)
list_as(
    Application,
    Names(
        columns=[
            (_("Name"), lambda one: mask_name(one.resident.name)),
            (_("Business"), lambda one: one.business),
            (_("Amount asked for (yuan)"), lambda one: f"{one.amount_fen / 100:,.2f}"),
            (_("Applied on"), lambda one: shown(one.opened_on)),
            (_("Recommended on"), lambda one: shown(one.recommended_on)),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: case_url(one.pk),
        prepare=lambda rows: rows.select_related("region", "resident"),
    ),
)
