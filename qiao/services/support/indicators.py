"""Figures of relief and subsidies: amounts by the day they were given, holders who were given something."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.masking import mask_name
from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.indicators.declarations import YUAN, Cohort, Sum, Tally
from qiao.core.indicators.dimensions import Dimension, column
from qiao.core.indicators.registry import Names, list_as, register, watch
from qiao.core.indicators.windows import Window
from qiao.services.support.models import Benefit, Kind, Line
from qiao.services.support.models.choices import PAID, RELIEF

KIND = Dimension("kind", _("Kind of help"), dict(Kind.choices), lambda path, day: F(f"{path}benefit__kind"))
ITEM = Dimension("item", _("Item"), Dictionary("relief_items"), lambda path, day: F(f"{path}item"))
OFFICE = Dimension("office", _("Office that waives or pays"), {}, lambda path, day: F(f"{path}office"))

watch(Line, begins=("given_on",))
watch(Benefit, begins=("from_on",))


def _amount(code: str, name: Any, definition: Any, kinds: tuple[Kind, ...]) -> Tally:
    return Sum(
        Line,
        of="amount_fen",
        at="given_on",
        where=Q(benefit__kind__in=kinds),
        by=(KIND, ITEM, OFFICE),
        code=code,
        name=name,
        unit=YUAN,
        definition=definition,
    )


def _given(kinds: tuple[Kind, ...]) -> Any:
    def where(w: Window) -> Q:
        lines = Line.objects.filter(benefit=OuterRef("pk"), given_on__gte=w.start, given_on__lt=w.end)
        return Q(kind__in=kinds) & Q(Exists(lines))

    return where


def _helped(code: str, name: Any, unit: Any, definition: Any, kinds: tuple[Kind, ...]) -> Tally:
    return Cohort(
        Benefit,
        where=_given(kinds),
        by=(column("kind", _("Kind of help"), Kind.choices),),
        code=code,
        name=name,
        unit=unit,
        definition=definition,
    )


relief_amount = _amount(
    "relief_amount",
    _("Taxes and fees relieved"),
    _("Taxes and local fees relieved or waived, by the day on which that was granted."),
    RELIEF,
)
subsidy_amount = _amount(
    "subsidy_amount",
    _("Subsidies paid"),
    _("Subsidies paid, by the day of payment; what was demanded back is not taken off."),
    PAID,
)
relief_holders = _helped(
    "relief_holders",
    _("Relief given to"),
    pgettext_lazy("unit", "outlets and employers"),
    _(
        "Outlets and employers that were given relief in the period; one that has several kinds counts once for each."
    ),
    RELIEF,
)
subsidy_holders = _helped(
    "subsidy_holders",
    _("Subsidies paid to"),
    _("people"),
    _("People paid a subsidy in the period; somebody with several kinds counts once for each."),
    PAID,
)
register(relief_amount, relief_holders, subsidy_amount, subsidy_holders)


def _called(benefit: Benefit) -> str:
    return mask_name(benefit.holder_name) if benefit.resident_id else benefit.holder_name


HOLDERS = ("resident", "outlet", "employer")
list_as(
    Line,
    Names(
        columns=[
            (_("For whom"), lambda one: _called(one.benefit)),
            (_("Kind of help"), lambda one: one.benefit.get_kind_display()),
            (_("Item"), lambda one: Dictionary("relief_items").get(one.item, one.item)),
            (_("Month"), lambda one: f"{one.month:%Y-%m}"),
            (_("Amount (yuan)"), lambda one: f"{one.amount_fen / 100:.2f}"),
            (_("Office that waives or pays"), lambda one: one.office),
            (_("Given on"), lambda one: one.given_on),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: reverse("case", args=["support", one.benefit_id]),
        prepare=lambda rows: rows.select_related("region", *(f"benefit__{name}" for name in HOLDERS)),
    ),
)
list_as(
    Benefit,
    Names(
        columns=[
            (_("For whom"), _called),
            (_("Kind of help"), lambda one: one.get_kind_display()),
            (pgettext_lazy("benefit", "From"), lambda one: one.from_on or ""),
            (_("Months used"), lambda one: one.months_used),
            (_("Given so far (yuan)"), lambda one: f"{one.paid_fen / 100:.2f}"),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: reverse("case", args=["support", one.pk]),
        prepare=lambda rows: rows.select_related("region", *HOLDERS),
    ),
)
