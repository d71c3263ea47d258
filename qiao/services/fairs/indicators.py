"""The figures of job fairs. Openings are counted where the fair is held, people at their own community."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.masking import mask_name
from qiao.core.indicators.declarations import Count, Ratio, Sum
from qiao.core.indicators.dimensions import column
from qiao.core.indicators.registry import Names, list_as, register, watch
from qiao.core.records.dates import shown
from qiao.services.fairs.models import Offer, Visitor
from qiao.services.fairs.results import AT_WORK, HIRED, INTENDED
from qiao.services.people import api as people

PEOPLE, OPENINGS, PERCENT = _("people"), _("openings"), _("%")
SOURCE = _("Service ledger of job fairs")
GROUP = column("group", _("Invited as"), people.Group.choices)
OF_PEOPLE = [*people.along("resident__", people.PERSON), GROUP]
watch(Visitor, subject="resident_id")


def _people(code: str, name: Any, definition: Any, where: Q, at: str = "fair__held_on") -> Any:
    return Count(
        Visitor,
        at=at,
        where=where,
        by=OF_PEOPLE,
        code=code,
        name=name,
        unit=PEOPLE,
        definition=definition,
        source=SOURCE,
    )


fair_posts = Sum(
    Offer,
    of="openings",
    at="booth__fair__held_on",
    code="fair_posts",
    name=_("Posts offered at fairs"),
    unit=OPENINGS,
    definition=_("Openings of the posts at the booths of the fairs held in the period."),
    source=SOURCE,
)
fair_visitors = _people(
    "fair_visitors",
    _("Visitors of fairs"),
    _("People who came to a fair of the period, each once for each fair."),
    Q(came_on__isnull=False),
)
fair_intentions = _people(
    "fair_intentions",
    _("People with an intention at fairs"),
    _("People who stated at least one intention at a fair of the period, each once for each fair."),
    Q(came_on__isnull=False) & Q(INTENDED),
)
fair_hired = _people(
    "fair_hired",
    _("Hired after fairs"),
    _("Of those with an intention, the ones whom an employer of the fair hired by its own word."),
    Q(came_on__isnull=False) & Q(HIRED),
)
fair_followed = _people(
    "fair_followed",
    _("Intentions followed to the end"),
    _("People with an intention at a fair whose three months were over in the period."),
    Q(INTENDED),
    at="fair__followed_on",
)
fair_at_work = _people(
    "fair_at_work",
    _("At work three months after a fair"),
    _("Of those, the ones who were at work on that day, by the spells of their status."),
    Q(INTENDED) & Q(AT_WORK),
    at="fair__followed_on",
)
register(
    fair_posts,
    fair_visitors,
    fair_intentions,
    Ratio(
        "fair_intention_rate",
        _("Visitors of fairs with an intention"),
        PERCENT,
        _(
            "People with an intention, of those who came. Intentions to openings stand in the file of the fair."
        ),
        SOURCE,
        numerator=fair_intentions,
        denominator=fair_visitors,
    ),
    fair_hired,
    fair_followed,
    fair_at_work,
    Ratio(
        "fair_at_work_rate",
        _("Intentions that became lasting work"),
        PERCENT,
        _("People at work three months after a fair, of those with an intention at it."),
        SOURCE,
        numerator=fair_at_work,
        denominator=fair_followed,
    ),
)
list_as(
    Visitor,
    Names(
        columns=[
            (_("Name"), lambda one: mask_name(one.called)),
            (pgettext_lazy("fair", "Job fair"), lambda one: str(one.fair)),
            (_("Held on"), lambda one: shown(one.fair.held_on)),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: reverse("ledgers:file", args=["fair-visitors", one.pk]),
        prepare=lambda rows: rows.select_related("region", "resident", "fair"),
    ),
)
list_as(
    Offer,
    Names(
        columns=[
            (pgettext_lazy("fair", "Post"), lambda one: one.title),
            (_("Openings"), lambda one: one.openings),
            (_("Booth"), lambda one: one.booth.number),
            (_("Employer"), lambda one: str(one.booth.employer)),
        ],
        address=lambda one: reverse("ledgers:file", args=["fair-offers", one.pk]),
        prepare=lambda rows: rows.select_related("booth__employer"),
    ),
)
