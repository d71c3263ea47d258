"""The figures about posts and about people placed in work."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.duties.spans import FixedSpan, Shifted, Unit
from qiao.core.indicators.declarations import Cohort, Count, Ratio, Sum, Tally
from qiao.core.indicators.dimensions import Dimension, column
from qiao.core.indicators.registry import Names, list_as, register, watch
from qiao.core.indicators.windows import Window, months_before
from qiao.core.records.dates import shown
from qiao.services.employers import api as employers
from qiao.services.occupations import api as occupations
from qiao.services.people import api as people
from qiao.services.vacancies.models import Placement, Post, Referral
from qiao.services.vacancies.models.choices import Channel, PostState, Source
from qiao.services.vacancies.models.placement import BEGUN
from qiao.services.vacancies.models.referral import REASONS
from qiao.services.vacancies.wording import CLASSES, class_name
from qiao.services.visits import api as visits

POSTS, PEOPLE, REFERRALS, PERCENT = pgettext_lazy("unit", "posts"), _("people"), _("referrals"), _("%")
WORK_REPORT = _("Work reports of the district on full-employment communities, 2006")
REGISTERS = _("Rules on employment services and employment management, 2007")

CLASS = Dimension("class", _("Class"), CLASSES, lambda path, day: F(f"{path}category"))
SOURCE = column("source", _("Source"), Source.choices)
CHANNEL = column("channel", _("Came about through"), Channel.choices)
OCCUPATION = occupations.by_occupation("occupation_code")
FORM = Dimension(
    "form", _("Form of employment"), dict(people.Form.choices), lambda path, day: F(f"{path}kind")
)
REASON = column("reason", _("Why nothing came of it"), REASONS)
WHO = people.along("resident__", (*people.PERSON, people.CATEGORY))
FOUND_TRUE = ~Q(state=PostState.DRAFT)

watch(Post, begins=("opened_on",))
watch(Referral, subject="resident_id", begins=("opened_on",))
watch(Placement, subject="resident_id", begins=("started_on",), heeds=("employer_id",))


def _posts(code: str, name: Any, definition: Any, where: Q) -> Tally:
    return Sum(
        Post,
        of="openings",
        at="opened_on",
        where=FOUND_TRUE & where,
        by=(SOURCE, CLASS, OCCUPATION),
        code=code,
        name=name,
        unit=POSTS,
        definition=definition,
        source=WORK_REPORT,
    )


posts_created = _posts(
    "posts_created",
    _("Posts created"),
    _("Openings of the posts offered in the period. Drafts that nobody has checked are not counted."),
    Q(),
)
posts_from_information_officers = _posts(
    "posts_from_information_officers",
    _("Posts from information officers"),
    _("Openings of the posts offered in the period that an information officer told of."),
    Q(source=Source.OFFICER),
)


class YearBegins(Func):
    """The first of January of a day's year."""

    template = "date_trunc('year', %(expressions)s)::date"
    output_field = DateField()


def first_of_the_year(w: Window) -> Q:
    """A person counts once a calendar year, with the first placement in it."""
    before = Q(started_on__lt=OuterRef("started_on")) | Q(
        started_on=OuterRef("started_on"), pk__lt=OuterRef("pk")
    )
    earlier = Placement.objects.filter(
        before & BEGUN, resident=OuterRef("resident"), started_on__gte=YearBegins(OuterRef("started_on"))
    )
    return Q(~Exists(earlier))


def _placed(code: str, name: Any, definition: Any, where: Q) -> Tally:
    return Count(
        Placement,
        at="started_on",
        where=lambda w: BEGUN & first_of_the_year(w) & where,
        by=(CHANNEL, FORM, CLASS, *WHO),
        code=code,
        name=name,
        unit=PEOPLE,
        definition=definition,
        source=WORK_REPORT,
    )


people_placed = _placed(
    "people_placed",
    _("People placed in work"),
    _(
        "People who began work in the period, each counted once a calendar year with the first placement in it."
    ),
    Q(),
)
placed_in_community_posts = _placed(
    "placed_in_community_posts",
    _("Placed in community posts"),
    _("People counted as placed in work who came to it through their community's own posts."),
    Q(channel=Channel.COMMUNITY),
)
placed_in_market = _placed(
    "placed_in_market",
    _("Placed in the market"),
    _("People counted as placed in work who came to it through a market."),
    Q(channel=Channel.MARKET),
)
placed_at_bases = Count(
    Placement,
    at="started_on",
    where=BEGUN & Q(Exists(employers.base_on(OuterRef("employer"), OuterRef("started_on")))),
    by=(FORM, *WHO),
    code="placed_at_bases",
    name=_("Placed at re-employment bases"),
    unit=pgettext_lazy("unit", "placements"),
    definition=_(
        "Placements that began in the period with an employer that held the title of a re-employment base on that day."
    ),
    source=WORK_REPORT,
)
referrals_made = Count(
    Referral,
    at="opened_on",
    by=WHO,
    code="referrals_made",
    name=_("Referrals made"),
    unit=REFERRALS,
    definition=_("Times somebody was referred to a post in the period."),
    source=REGISTERS,
)
posts_refused = Count(
    Referral,
    at="closed_on",
    where=Q(stage__in=("refused", "declined")),
    by=(REASON, *WHO),
    code="posts_refused",
    name=_("Referrals refused"),
    unit=REFERRALS,
    definition=_("Referrals that ended in the period because the person refused or the employer declined."),
    source=REGISTERS,
)
register(
    posts_created,
    posts_from_information_officers,
    people_placed,
    placed_in_community_posts,
    placed_in_market,
    placed_at_bases,
    referrals_made,
    posts_refused,
)


def reached(months: int) -> Any:
    """Those whose so-many-th month at work ended in the month before: a month is left to look."""
    return lambda w: (
        BEGUN
        & Q(
            started_on__gte=months_before(w.start, months + 1),
            started_on__lt=months_before(w.end, months + 1),
        )
    )


def seen(months: int) -> Any:
    """Of those, who was seen at work on that day or later, by the end of the period."""
    span = FixedSpan(months, Unit.MONTHS)

    def holds(w: Window) -> Q:
        looked = visits.found_working(OuterRef("resident")).filter(
            visited_on__gte=Shifted(OuterRef("started_on"), span), visited_on__lte=w.as_of
        )
        lasting = Q(ended_on=None) | Q(ended_on__gte=Shifted(F("started_on"), span))
        return reached(months)(w) & lasting & Q(Exists(looked))

    return holds


def stability(months: int, name: Any, begun: Any, lasting: Any) -> Ratio:
    by = (CHANNEL, FORM, CLASS, *WHO)
    whole = Cohort(
        Placement,
        where=reached(months),
        by=by,
        code=f"placed_{months}_months_ago",
        name=begun,
        unit=PEOPLE,
        definition=_("Placements whose months at work were complete in the month before the period; a month is left to look after them."),
        source=WORK_REPORT,
    )  # fmt: skip
    part = Cohort(
        Placement,
        where=seen(months),
        by=by,
        code=f"stable_{months}_months",
        name=lasting,
        unit=PEOPLE,
        definition=_(
            "Of these, those whom a visit found at work when the months were complete or later. "
            "Nobody is taken to be at work unseen."
        ),
        source=WORK_REPORT,
    )  # fmt: skip
    return Ratio(
        f"stability_{months}",
        name,
        PERCENT,
        _(
            "Share of placements that were seen to last so many months. A month is left to look after them; "
            "who was not seen does not count as lasting."
        ),
        WORK_REPORT,
        numerator=part,
        denominator=whole,
    )  # fmt: skip


register(
    stability(
        1,
        _("Still at work after 1 month"),
        _("Placements 1 month old"),
        _("Seen at work after 1 month"),
    ),
    stability(
        3,
        _("Still at work after 3 months"),
        _("Placements 3 months old"),
        _("Seen at work after 3 months"),
    ),
    stability(
        6,
        _("Still at work after 6 months"),
        _("Placements 6 months old"),
        _("Seen at work after 6 months"),
    ),
)

list_as(
    Post,
    Names(
        columns=[
            (pgettext_lazy("vacancy", "Post"), lambda one: one.title),
            (_("Employer"), lambda one: one.employer),
            (_("Openings"), lambda one: one.openings),
            (_("Filled"), lambda one: one.filled),
            (_("Class"), lambda one: class_name(one.category)),
            (_("Source"), lambda one: one.get_source_display()),
            (_("Offered on"), lambda one: shown(one.opened_on)),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: people.file_address("posts", one.pk),
        prepare=lambda rows: rows.select_related("region", "employer"),
    ),
)
list_as(
    Placement,
    Names(
        columns=[
            *people.person_columns(lambda one: one.resident),
            (_("Employer"), lambda one: one.employer_name),
            (pgettext_lazy("placement", "Work"), lambda one: one.title),
            (_("At work since"), lambda one: shown(one.started_on, one.started_precision)),
            (_("Work ended on"), lambda one: shown(one.ended_on)),
        ],
        address=lambda one: people.file_address("placements", one.pk),
        prepare=lambda rows: rows.select_related("region", "resident"),
    ),
)
list_as(
    Referral,
    Names(
        columns=[
            *people.person_columns(lambda one: one.resident),
            (pgettext_lazy("vacancy", "Post"), lambda one: one.post),
            (_("Referred on"), lambda one: shown(one.opened_on)),
            (_("Why nothing came of it"), lambda one: one.get_reason_display()),
        ],
        address=lambda one: people.file_address("referrals", one.pk),
        prepare=lambda rows: rows.select_related("region", "resident", "post"),
    ),
)
