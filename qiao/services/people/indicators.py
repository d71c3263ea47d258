"""The figures about people. Each states in words what it counts, and from where that definition comes.

A survey unemployment rate cannot be had from registers (it asks who worked an hour in the week of the survey,
and who searched), so none is declared; it may only ever be shown as a figure brought in from a survey.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

import qiao.services.people.counted  # noqa: F401 - how the records behind each figure are listed
from qiao.core.indicators.declarations import Cohort, Count, Ratio, Stock
from qiao.core.indicators.registry import register, watch
from qiao.core.indicators.windows import months_before
from qiao.services.people.breakdowns import CATEGORY, FORM, OWN_CATEGORY, PERSON, REASON, along
from qiao.services.people.models import HardshipCase, PatternFlag, Resident, Spell, ZeroEmploymentCase
from qiao.services.people.models.choices import HukouKind
from qiao.services.people.populations import (
    BEGUN_HERE,
    EMPLOYED,
    LIVING,
    UNEMPLOYED,
    able_and_willing,
    after_unemployment,
    hardship_group,
    in_work,
    lasting,
    of_working_age,
    registered,
    registered_group,
    unemployed_for,
)
from qiao.services.people.quality import (
    PEOPLE,
    REGISTERS,
    open_patterns,
    record_quality,
    residents,
)

HOUSEHOLDS = _("households")
PERCENT = _("%")
CRITERIA = _("National criteria for full-employment communities, 4th and 5th batch")
STATISTICS = _("Monthly labour statistics of employment offices")
LAW = _("Employment Promotion Law, articles 52 and 56")

PERSON_OF_SPELL = along("resident__", (*PERSON, CATEGORY))
PERSON_OF_CASE = [*along("resident__", PERSON), OWN_CATEGORY]
watch(Resident, subject="id")
watch(Spell, subject="resident_id", begins=("counted_from", "registered_on"))
watch(HardshipCase, subject="resident_id", begins=("recognised_on",))
watch(ZeroEmploymentCase, begins=("found_on",))
watch(PatternFlag, begins=("found_on",))


labour_resources = Stock(
    Resident,
    where=lambda w: Q(able=True) & of_working_age(w),
    by=(*PERSON, CATEGORY),
    code="labour_resources",
    name=_("Labour resources"),
    unit=PEOPLE,
    definition=_("Residents able to work, aged 16 and over and under 60 (men) or 55 (women) on the day."),
    source=STATISTICS,
)
able_willing = Stock(
    Spell,
    since="counted_from",
    until="until",
    where=able_and_willing,
    by=PERSON_OF_SPELL,
    code="able_willing",
    name=_("Able and willing to work"),
    unit=PEOPLE,
    definition=_(
        "Residents of working age who are employed or unemployed on the day and not recorded as unable or "
        "unwilling. Whoever has no status on record is not among them."
    ),
    source=CRITERIA,
)
able_willing_employed = Stock(
    Spell,
    since="counted_from",
    until="until",
    where=lambda w: EMPLOYED & able_and_willing(w),
    by=PERSON_OF_SPELL,
    code="able_willing_employed",
    name=_("Able, willing and employed"),
    unit=PEOPLE,
    definition=_("Those able and willing to work who are employed on the day."),
    source=CRITERIA,
)
employed = Stock(
    Spell,
    since="counted_from",
    until="until",
    where=EMPLOYED & LIVING,
    by=[*PERSON_OF_SPELL, FORM],
    code="employed",
    name=_("Employed"),
    unit=PEOPLE,
    definition=_(
        "Residents employed on the day: in a unit, self-employed, in flexible work or on "
        "a public-welfare post."
    ),
    source=REGISTERS,
)
unemployed = Stock(
    Spell,
    since="counted_from",
    until="until",
    where=UNEMPLOYED & LIVING,
    by=[*PERSON_OF_SPELL, REASON],
    code="unemployed",
    name=_("Unemployed"),
    unit=PEOPLE,
    definition=_("Residents unemployed on the day, registered or not."),
    source=REGISTERS,
)
registered_unemployed = Stock(
    Spell,
    since="counted_from",
    until="until",
    where=registered,
    by=[*PERSON_OF_SPELL, REASON],
    code="registered_unemployed",
    name=_("Registered unemployed"),
    unit=PEOPLE,
    definition=_("Residents unemployed on the day whose registration was made by then and not cancelled."),
    source=REGISTERS,
)
urban_labour = Stock(
    Spell,
    since="counted_from",
    until="until",
    where=lambda w: registered(w) | (LIVING & EMPLOYED & ~Q(resident__hukou_kind=HukouKind.RURAL)),
    by=PERSON_OF_SPELL,
    code="urban_labour",
    name=_("Urban employed and registered unemployed"),
    unit=PEOPLE,
    definition=_("Residents without rural hukou who are employed on the day, and the registered unemployed."),
    source=STATISTICS,
)
registered_group_all = Cohort(
    Spell,
    where=registered_group,
    by=PERSON_OF_SPELL,
    code="registered_group",
    name=_("Were registered unemployed"),
    unit=PEOPLE,
    definition=_(
        "Residents registered unemployed at the start of the period or at any time in it, each once."
    ),
    source=CRITERIA,
)
registered_group_employed = Cohort(
    Spell,
    where=lambda w: registered_group(w) & Q(in_work(w)),
    by=PERSON_OF_SPELL,
    code="registered_group_employed",
    name=_("Were registered unemployed, now employed"),
    unit=PEOPLE,
    definition=_(
        "Of those registered unemployed at the start of the period or in it, the ones employed at its end."
    ),
    source=CRITERIA,
)
hardship_group_all = Cohort(
    HardshipCase,
    where=hardship_group,
    by=PERSON_OF_CASE,
    code="hardship_group",
    name=_("Were in hardship"),
    unit=PEOPLE,
    definition=_(
        "Residents recognised as in hardship at the start of the period or at any time in it, each once."
    ),
    source=CRITERIA,
)
hardship_group_employed = Cohort(
    HardshipCase,
    where=lambda w: hardship_group(w) & Q(in_work(w)),
    by=PERSON_OF_CASE,
    code="hardship_group_employed",
    name=_("Were in hardship, now employed"),
    unit=PEOPLE,
    definition=_("Of those in hardship at the start of the period or in it, the ones employed at its end."),
    source=CRITERIA,
)
over_six_months = Stock(
    Spell,
    since="counted_from",
    until="until",
    where=lambda w: unemployed_for(w, 6),
    by=PERSON_OF_SPELL,
    code="over_six_months",
    name=_("Unemployed for over six months"),
    unit=PEOPLE,
    definition=_("Residents unemployed on the day for six months or more without a break."),
    source=CRITERIA,
)
sixth_month = Stock(
    Spell,
    since="counted_from",
    until="until",
    where=lambda w: unemployed_for(w, 5, less_than=6),
    by=PERSON_OF_SPELL,
    code="sixth_month",
    name=_("About to be unemployed for six months"),
    unit=PEOPLE,
    definition=_("Residents unemployed on the day for five months or more and less than six."),
    source=CRITERIA,
)
new_registrations = Count(
    Spell,
    at="registered_on",
    where=UNEMPLOYED & LIVING & (BEGUN_HERE | Q(registered_on__gte=F("counted_from"))),
    by=[*PERSON_OF_SPELL, REASON],
    code="new_registrations",
    name=_("New registrations of unemployment"),
    unit=PEOPLE,
    definition=_("Registrations of unemployment made in the period; one brought along by a move is not new."),
    source=REGISTERS,
)
reemployed = Count(
    Spell,
    at="counted_from",
    where=EMPLOYED & LIVING & BEGUN_HERE & after_unemployment(),
    by=[*PERSON_OF_SPELL, FORM],
    code="reemployed",
    name=_("Re-employed"),
    unit=PEOPLE,
    definition=_(
        "Employment that began in the period and followed unemployment. Whoever was "
        "re-employed twice counts twice."
    ),
    source=STATISTICS,
)
hardship_recognised = Count(
    HardshipCase,
    at="recognised_on",
    where=LIVING,
    by=PERSON_OF_CASE,
    code="hardship_recognised",
    name=_("Hardship recognised"),
    unit=PEOPLE,
    definition=_("Recognitions of hardship in employment decided in the period."),
    source=LAW,
)
hardship_helped = Stock(
    HardshipCase,
    since="recognised_on",
    until="exited_on",
    where=LIVING,
    by=PERSON_OF_CASE,
    code="hardship_helped",
    name=_("In hardship, being helped"),
    unit=PEOPLE,
    definition=_("Residents recognised as in hardship whose help had not ended on the day."),
    source=LAW,
)
hardship_exited = Count(
    HardshipCase,
    at="exited_on",
    where=LIVING & Q(recognised_on__isnull=False),
    by=PERSON_OF_CASE,
    code="hardship_exited",
    name=_("Left hardship"),
    unit=PEOPLE,
    definition=_("Recognised residents whose help ended in the period, for whatever reason."),
    source=LAW,
)
zero_found = Count(
    ZeroEmploymentCase,
    at="found_on",
    code="zero_found",
    name=_("Zero-employment households found"),
    unit=HOUSEHOLDS,
    definition=_("Households found in the period in which nobody of those able and willing works."),
    source=LAW,
)
zero_cleared = Count(
    ZeroEmploymentCase,
    at="cleared_on",
    where=Q(ending=ZeroEmploymentCase.Ending.EMPLOYED),
    code="zero_cleared",
    name=_("Zero-employment households cleared"),
    unit=HOUSEHOLDS,
    definition=_("Zero-employment households of which a member found work in the period."),
    source=LAW,
)
zero_open = Stock(
    ZeroEmploymentCase,
    since="found_on",
    until="cleared_on",
    where=lambda w: lasting("closed_on", w.as_of),
    code="zero_open",
    name=_("Zero-employment households open"),
    unit=HOUSEHOLDS,
    definition=_("Zero-employment households found by the day that had neither ended nor been closed."),
    source=CRITERIA,
)
zero_open_month = Stock(
    ZeroEmploymentCase,
    since="found_on",
    until="cleared_on",
    where=lambda w: lasting("closed_on", w.as_of) & Q(found_on__lte=months_before(w.as_of, 1)),
    code="zero_open_month",
    name=_("Zero-employment households open for over a month"),
    unit=HOUSEHOLDS,
    definition=_("Zero-employment households found a month ago or earlier that are still open on the day."),
    source=CRITERIA,
)


def _rate(code: str, name: Any, numerator: Any, denominator: Any, definition: Any, source: Any) -> Ratio:
    return Ratio(code, name, PERCENT, definition, source, numerator, denominator)


registered_rate = _rate(
    "registered_rate",
    _("Registered unemployment rate"),
    registered_unemployed,
    urban_labour,
    _(
        "Registered unemployed, divided by urban employed and registered unemployed, at "
        "the end of the period."
    ),
    STATISTICS,
)
able_willing_rate = _rate(
    "able_willing_rate",
    _("Employment rate: able and willing"),
    able_willing_employed,
    able_willing,
    _(
        "Of those able and willing to work, the share employed at the end of the period. "
        "The criterion is 95%."
    ),
    CRITERIA,
)
registered_group_rate = _rate(
    "registered_group_rate",
    _("Employment rate: registered unemployed"),
    registered_group_employed,
    registered_group_all,
    _(
        "Of those registered unemployed at the start of the period or in it, the share employed at its end. "
        "The criterion is 95%."
    ),
    CRITERIA,
)
hardship_group_rate = _rate(
    "hardship_group_rate",
    _("Employment rate: in hardship"),
    hardship_group_employed,
    hardship_group_all,
    _(
        "Of those recognised as in hardship at the start of the period or in it, the "
        "share employed at its end. "
        "The criterion is 95%."
    ),
    CRITERIA,
)

register(
    labour_resources,
    able_willing,
    employed,
    unemployed,
    registered_unemployed,
    registered_rate,
    able_willing_rate,
    registered_group_rate,
    hardship_group_rate,
    over_six_months,
    sixth_month,
    new_registrations,
    reemployed,
    zero_found,
    zero_cleared,
    zero_open,
    zero_open_month,
    hardship_recognised,
    hardship_helped,
    hardship_exited,
    residents,
    record_quality,
    open_patterns,
)
