"""Who belongs to the groups that figures are about, as conditions on a window."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.lookups import Exact

from qiao.core.indicators.windows import Window, months_before, years_before
from qiao.services.people.models import HardshipCase, Spell
from qiao.services.people.models.choices import Sex, State

WORKING_FROM = 16
MEN_TO = 60
WOMEN_TO = 55

LIVING = Q(resident__deleted_at=None)
EMPLOYED = Q(state=State.EMPLOYED)
UNEMPLOYED = Q(state=State.UNEMPLOYED)
BEGUN_HERE = Q(counted_from=F("since"))


def of_working_age(w: Window, path: str = "") -> Q:
    """From 16 up to the day of the 60th birthday of men, the 55th of women."""
    born, sex = f"{path}birth_date", f"{path}sex"
    men = Q(**{sex: Sex.MALE, f"{born}__gt": years_before(w.as_of, MEN_TO)})
    women = Q(**{sex: Sex.FEMALE, f"{born}__gt": years_before(w.as_of, WOMEN_TO)})
    return Q(**{f"{born}__lte": years_before(w.as_of, WORKING_FROM)}) & (men | women)


def able_and_willing(w: Window) -> Q:
    able = Q(resident__able=True) & (Q(resident__willing=True) | Q(resident__willing=None))
    return LIVING & (EMPLOYED | UNEMPLOYED) & able & of_working_age(w, "resident__")


def registered(w: Window) -> Q:
    return (
        LIVING
        & UNEMPLOYED
        & Q(registered_on__lte=w.as_of)
        & (Q(cancelled_on=None) | Q(cancelled_on__gt=w.as_of))
    )


def lasting(column: str, day: Any) -> Q:
    return Q(**{column: None}) | Q(**{f"{column}__gt": day})


def in_work(w: Window) -> Exists:
    held = Spell.objects.filter(EMPLOYED, lasting("until", w.as_of), counted_from__lte=w.as_of)
    return Exists(held.filter(resident=OuterRef("resident")))


def _registered_within(w: Window) -> Q:
    return (
        UNEMPLOYED
        & Q(registered_on__lt=w.end, counted_from__lt=w.end)
        & lasting("until", w.start)
        & lasting("cancelled_on", w.start)
    )


def registered_group(w: Window) -> Q:
    """Each person once: by the last of the spells in question."""
    later = Spell.objects.filter(
        _registered_within(w), resident=OuterRef("resident"), counted_from__gt=OuterRef("counted_from")
    )
    return LIVING & _registered_within(w) & ~Q(Exists(later))


def _helped_within(w: Window) -> Q:
    return Q(recognised_on__lt=w.end) & lasting("exited_on", w.start)


def hardship_group(w: Window) -> Q:
    later = HardshipCase.objects.filter(
        _helped_within(w), resident=OuterRef("resident"), pk__gt=OuterRef("pk")
    )
    return LIVING & _helped_within(w) & ~Q(Exists(later))


def after_unemployment() -> Q:
    """The spell before this one was unemployment."""
    before = Spell.objects.filter(resident=OuterRef("resident"), counted_from__lt=OuterRef("counted_from"))
    return Q(Exact(Subquery(before.order_by("-counted_from").values("state")[:1]), State.UNEMPLOYED))


def unemployed_for(w: Window, months: int, less_than: int = 0) -> Q:
    """Unemployed for so many whole months on the day, however often the person moved meanwhile."""
    long = Q(since__lte=months_before(w.as_of, months))
    if less_than:
        long &= Q(since__gt=months_before(w.as_of, less_than))
    return LIVING & UNEMPLOYED & long
