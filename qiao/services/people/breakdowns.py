"""How figures about people are broken down: declared once, hung on a path that leads to the resident."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from qiao.core.indicators.dimensions import Dimension, column
from qiao.core.indicators.windows import Day, outer, years_before
from qiao.services.people.identity.age import MEN, WOMEN
from qiao.services.people.models import HardshipCase, choices

BANDS = {
    "0-15": _("Under 16"),
    "16-24": _("16 to 24"),
    "25-34": _("25 to 34"),
    "35-44": _("35 to 44"),
    "45-59": _("45 to 59"),
    "60+": _("60 and over"),
}
OLDER = {"4050": _("4050"), "younger": _("Younger than 4050")}


def _band(path: str, day: Day) -> Case:
    limits = ((60, "60+"), (45, "45-59"), (35, "35-44"), (25, "25-34"), (16, "16-24"))
    born = f"{path}birth_date"
    return Case(
        *(When(**{f"{born}__lte": years_before(day, years)}, then=Value(band)) for years, band in limits),
        When(**{f"{born}__isnull": False}, then=Value("0-15")),
        default=None,
    )


def is_4050(path: str, day: Day) -> Q:
    """Women of 40 and over, men of 50 and over on a day."""
    born, sex = f"{path}birth_date__lte", f"{path}sex"
    women = Q(**{sex: choices.Sex.FEMALE, born: years_before(day, WOMEN)})
    return women | Q(**{sex: choices.Sex.MALE, born: years_before(day, MEN)})


def _older(path: str, day: Day) -> Case:
    known = Q(**{f"{path}birth_date__isnull": False}) & ~Q(**{f"{path}sex": ""})
    return Case(
        When(is_4050(path, day), then=Value("4050")), When(known, then=Value("younger")), default=None
    )


def _category(path: str, day: Day) -> Case:
    """The category of the recognition that holds on the day; the latest, were there several.

    Most people were never recognised: they are told apart first, at once for all."""
    on = outer(day)
    holding = HardshipCase.objects.filter(
        Q(exited_on=None) | Q(exited_on__gt=on), resident=OuterRef(f"{path}pk"), recognised_on__lte=on
    )
    ever = HardshipCase.objects.filter(recognised_on__isnull=False).values("resident")
    latest = Subquery(holding.order_by("-recognised_on", "-pk").values("category")[:1])
    return Case(When(**{f"{path}pk__in": ever}, then=latest), default=None)


SEX = column("sex", _("Sex"), choices.Sex.choices)
AGE = Dimension("age", _("Age band"), BANDS, _band)
AGE_4050 = Dimension("4050", _("4050"), OLDER, _older)
EDUCATION = column("education", _("Education"), choices.Education.choices)
KIND = column("kind", _("Kind of resident"), choices.Kind.choices)
CATEGORY = Dimension(
    "category",
    _("Hardship category"),
    dict(choices.HardshipCategory.choices),
    _category,
    _("Not in hardship"),
)
OWN_CATEGORY = column("category", _("Hardship category"), choices.HardshipCategory.choices)
FORM = column("form", _("Form of employment"), choices.Form.choices)
REASON = column("reason", _("Reason"), choices.Reason.choices)

PERSON = (SEX, AGE, AGE_4050, EDUCATION, KIND)


def along(path: str, dimensions: Iterable[Dimension]) -> list[Dimension]:
    return [one.along(path) for one in dimensions]
