"""The figures about training. A result is counted on the day a class is finished, employment on the day the
time followed is over, so that a figure of the past does not wait for what is still to come."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.masking import mask_name
from qiao.core.indicators.declarations import Count, Ratio, Stock
from qiao.core.indicators.dimensions import Dimension, column
from qiao.core.indicators.registry import Names, list_as, register, watch
from qiao.core.records.dates import shown
from qiao.services.people import api as people
from qiao.services.training import trades
from qiao.services.training.api import EMPLOYED_AFTER
from qiao.services.training.choices import CourseKind, Ground, Result, Trade
from qiao.services.training.models import Enrolment

PEOPLE, PERCENT = _("people"), _("%")
SOURCE = _("Monthly labour statistics of employment offices")
ASSESSMENT = _("Assessment of training: pass rate and employment after training")

TRADE = Dimension(
    "trade",
    pgettext_lazy("training", "Trade"),
    dict(Trade.choices),
    lambda path, day: F(f"{path}training_class__course__trade"),
)
COURSE_KIND = Dimension(
    "course_kind",
    _("Kind of training"),
    dict(CourseKind.choices),
    lambda path, day: F(f"{path}training_class__course__kind"),
)
GROUND = column("ground", pgettext_lazy("training", "Group"), Ground.choices)
WISHED = Dimension(
    "trade",
    pgettext_lazy("training", "Trade"),
    dict(Trade.choices),
    lambda path, day: trades.expression(f"{path}wish_training"),
)
OF_PEOPLE = [*people.along("resident__", people.PERSON), COURSE_KIND, TRADE, GROUND]
watch(Enrolment, subject="resident_id", begins=("entered_on",))


def _finished(code: str, name: Any, definition: Any, where: Q = Q()) -> Any:  # noqa: B008 - a Q is never changed
    return Count(
        Enrolment,
        at="finished_on",
        where=where,
        by=OF_PEOPLE,
        code=code,
        name=name,
        unit=PEOPLE,
        definition=definition,
        source=SOURCE,
    )


def _followed(code: str, name: Any, definition: Any, where: Q = Q()) -> Any:  # noqa: B008
    return Count(
        Enrolment,
        at="followed_until",
        where=where,
        by=OF_PEOPLE,
        code=code,
        name=name,
        unit=PEOPLE,
        definition=definition,
        source=ASSESSMENT,
    )


people_trained = _finished(
    "people_trained",
    _("People trained"),
    _("People who finished a class in the period, whatever the result; who finished two counts twice."),
)
training_passed = _finished(
    "training_passed",
    _("People who passed"),
    _("Of those who finished a class in the period, the ones who passed."),
    Q(result=Result.PASSED),
)
training_followed = _followed(
    "training_followed",
    _("Trained people followed to the end"),
    _("People whose time followed after a class (six months by the parameter) ended in the period."),
)
training_employed = _followed(
    "training_employed",
    _("Trained and employed"),
    _("Of those, the ones who were at work on some day of that time, by the spells of their status."),
    Q(EMPLOYED_AFTER),
)
training_demand = Stock(
    people.Spell,
    since="counted_from",
    until="until",
    where=~Q(resident__wish_training="") & Q(state=people.State.UNEMPLOYED),
    by=people.along("resident__", (*people.PERSON, WISHED)),
    code="training_demand",
    name=_("Training demand"),
    unit=PEOPLE,
    definition=_(
        "Residents out of work whose file names a training they wish. A wish is assigned to the first trade "
        "of which it holds a word."
    ),
    source=SOURCE,
)
register(
    people_trained,
    training_passed,
    Ratio(
        "training_pass_rate",
        _("Pass rate of training"),
        PERCENT,
        _("People who passed, of those who finished a class in the period."),
        ASSESSMENT,
        numerator=training_passed,
        denominator=people_trained,
    ),
    training_followed,
    training_employed,
    Ratio(
        "training_employment_rate",
        _("Employed within six months after training"),
        PERCENT,
        _("People at work within the time followed after a class, of those whose time ended in the period."),
        ASSESSMENT,
        numerator=training_employed,
        denominator=training_followed,
    ),
    training_demand,
)
list_as(
    Enrolment,
    Names(
        columns=[
            (_("Name"), lambda one: mask_name(one.resident.name)),
            (_("Sex"), lambda one: one.resident.get_sex_display()),
            (pgettext_lazy("training", "Class"), lambda one: str(one.training_class)),
            (_("Community"), lambda one: one.region.name),
            (_("Finished on"), lambda one: shown(one.finished_on)),
            (_("Result"), lambda one: one.get_result_display()),
        ],
        address=lambda one: reverse("ledgers:file", args=["enrolments", one.pk]),
        prepare=lambda rows: rows.select_related("region", "resident", "training_class__course"),
    ),
)
