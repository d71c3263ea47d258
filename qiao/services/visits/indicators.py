"""The figures about visits, outreach and helpers."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.indicators.declarations import Count, Ratio, Stock
from qiao.core.indicators.dimensions import Dimension, column
from qiao.core.indicators.registry import Names, list_as, register, watch
from qiao.core.records.dates import shown
from qiao.services.people import api as people
from qiao.services.visits import campaigns
from qiao.services.visits.duties import helped, later
from qiao.services.visits.models import Campaign, HelperPair, Need, Outcome, Visit, Why

VISITS, HOUSEHOLDS, PERCENT = pgettext_lazy("unit", "visits"), _("households"), _("%")
PEOPLE_OR_HOUSEHOLDS = _("people and households")
WORK_REPORT = _("Work reports of the district on full-employment communities, 2006")
RULES = _("Rules of the district on visits")
WHY = column("why", _("Why"), Why.choices)
TOPIC = Dimension(
    "topic", _("What is explained"), dict(Need.choices), lambda path, day: F(f"{path}campaign__topic")
)

ON_TIME = Q(Exists(later().filter(outcome=Outcome.MET, visited_on__lte=OuterRef("next_on"))))

watch(Visit, subject="resident_id", begins=("visited_on",))
watch(HelperPair, begins=("since",))
watch(Campaign, begins=("starts_on",))

visits_made = Count(
    Visit,
    at="visited_on",
    where=Q(outcome=Outcome.MET),
    by=(WHY,),
    code="visits_made",
    name=_("Visits made"),
    unit=VISITS,
    definition=_("Visits in the period at which somebody was met, by phone or at the door."),
    source=RULES,
)
visits_fallen_due = Count(
    Visit,
    at="next_on",
    by=(WHY,),
    code="visits_fallen_due",
    name=_("Next visits fallen due"),
    unit=VISITS,
    definition=_(
        "Visits that named the day of the next one, by rule or as agreed, if that day lies in the period and has "
        "come."
    ),
    source=RULES,
)
visits_followed = Count(
    Visit,
    at="next_on",
    where=ON_TIME,
    by=(WHY,),
    code="visits_followed",
    name=_("Next visits made on time"),
    unit=VISITS,
    definition=_("Of these, those after which somebody was met at the same door by that day."),
    source=RULES,
)
visits_on_time = Ratio(
    "visits_on_time",
    _("Visits met on time"),
    PERCENT,
    _(
        "Share of the next visits fallen due in the period that met somebody by the day. A visit in vain does not "
        "count; that no further visit is needed is said at the last one."
    ),
    RULES,
    numerator=visits_followed,
    denominator=visits_fallen_due,
)


def _doors(code: str, name: Any, definition: Any, where: Q) -> Any:
    return Count(
        Visit,
        at="visited_on",
        where=where,
        by=(TOPIC,),
        code=code,
        name=name,
        unit=HOUSEHOLDS,
        definition=definition,
        source=WORK_REPORT,
    )


households_reached = _doors(
    "households_reached",
    _("Households reached by outreach"),
    _(
        "Households, outlets or people without a household on record at which a campaign met somebody, each "
        "counted once a campaign, on the day of the first visit."
    ),
    campaigns.reached(),
)
households_interested = _doors(
    "households_interested",
    _("Households interested"),
    _(
        "Households that said at a visit of a campaign that they are interested, each counted once a campaign."
    ),
    campaigns.interested(),
)
campaigns_held = Count(
    Campaign,
    at="starts_on",
    by=(column("topic", _("What is explained"), Need.choices),),
    code="campaigns_held",
    name=_("Campaigns held"),
    unit=pgettext_lazy("unit", "campaigns"),
    definition=_("Campaigns of outreach that began in the period, each at the region that holds it."),
    source=WORK_REPORT,
)
pairs_open = Stock(
    HelperPair,
    since="since",
    until="ended_on",
    by=(column("helper_kind", _("Helper is"), HelperPair._meta.get_field("helper_kind").flatchoices),),
    code="pairs_open",
    name=_("Helpers and helped"),
    unit=PEOPLE_OR_HOUSEHOLDS,
    definition=_("Pairs of a helper and a person or household, in which help is given on the day."),
    source=WORK_REPORT,
)
zero_with_helper = Stock(
    people.zero_employment_cases().model,
    since="found_on",
    until="cleared_on",
    where=lambda w: people.zero_open().where(w) & Q(Exists(helped(OuterRef("household"), w.as_of))),
    code="zero_with_helper",
    name=_("Zero-employment households with a helper"),
    unit=HOUSEHOLDS,
    definition=_("Open zero-employment households that, or a member of which, a helper helps on the day."),
    source=WORK_REPORT,
)
zero_helped_rate = Ratio(
    "zero_helped_rate",
    _("Zero-employment households with a helper (%)"),
    PERCENT,
    _("Share of the zero-employment households open on the day that have a helper."),
    WORK_REPORT,
    numerator=zero_with_helper,
    denominator=people.zero_open(),
)
register(
    visits_made,
    visits_fallen_due,
    visits_followed,
    visits_on_time,
    campaigns_held,
    households_reached,
    households_interested,
    pairs_open,
    zero_with_helper,
    zero_helped_rate,
)

list_as(
    Visit,
    Names(
        columns=[
            (_("Visited"), lambda one: people.masked(str(one.whom))),
            (_("Why"), lambda one: one.get_why_display()),
            (_("Visited on"), lambda one: shown(one.visited_on)),
            (_("Result"), lambda one: one.get_outcome_display()),
            (_("Next visit on"), lambda one: shown(one.next_on)),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: people.file_address("visits", one.pk),
        prepare=lambda rows: rows.select_related(
            "region", "resident", "household__head", "outlet", "employer"
        ),
    ),
)
list_as(
    Campaign,
    Names(
        columns=[
            (_("Campaign"), str),
            (_("What is explained"), lambda one: one.get_topic_display()),
            (_("Campaign begins on"), lambda one: shown(one.starts_on)),
            (_("Campaign ends on"), lambda one: shown(one.ends_on)),
            (_("Region"), lambda one: one.region.name),
        ],
        address=lambda one: people.file_address("campaigns", one.pk),
        prepare=lambda rows: rows.select_related("region"),
    ),
)
list_as(
    HelperPair,
    Names(
        columns=[
            (_("Helped"), lambda one: people.masked(str(one.whom))),
            (_("Helper"), lambda one: one.helper),
            (_("Help since"), lambda one: shown(one.since)),
            (_("Help ended on"), lambda one: shown(one.ended_on)),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: people.file_address("pairs", one.pk),
        prepare=lambda rows: rows.select_related("region", "resident", "household__head"),
    ),
)
