"""Whether the business can carry the loan: what it needs, earns and costs. All amounts in fen."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.records.history import tracked
from qiao.core.records.models import Record
from qiao.services.loans.models.application import Application

NEEDS = ("fitting_fen", "equipment_fen", "transfer_fen", "stock_fen")
COSTS = ("goods_fen", "rent_fen", "utilities_fen", "wages_fen", "tax_fen", "transport_fen", "other_fen")


def fen(label: Any) -> Any:
    return models.BigIntegerField(label, default=0, blank=True)


def total(names: tuple[str, ...]) -> Any:
    return reduce(add, (F(name) for name in names))


def kept(label: Any, expression: Any) -> Any:
    """An amount that the database works out."""
    field = models.BigIntegerField(label)
    return models.GeneratedField(expression=expression, output_field=field, db_persist=True, editable=False)


@tracked()
class Feasibility(Record):
    """The sheet of one application. `gap` is what is missing beside the own money; `net` the month's profit."""

    application = models.OneToOneField(
        Application, models.PROTECT, related_name="feasibility", verbose_name=_("Application")
    )
    fitting_fen = fen(_("Fitting out"))
    equipment_fen = fen(_("Equipment"))
    transfer_fen = fen(_("Taking over the place"))
    stock_fen = fen(_("Stock"))
    own_fen = fen(_("Own money"))
    income_fen = fen(_("Income a month"))
    goods_fen = fen(_("Goods and material a month"))
    rent_fen = fen(_("Rent a month"))
    utilities_fen = fen(_("Water, power and phone a month"))
    wages_fen = fen(_("Wages a month"))
    tax_fen = fen(_("Taxes and fees a month"))
    transport_fen = fen(_("Transport a month"))
    other_fen = fen(_("Other costs a month"))
    household_fen = fen(_("The family's other income a month"))
    need_fen = kept(_("Needed in all"), total(NEEDS))
    gap_fen = kept(_("Gap"), total(NEEDS) - F("own_fen"))
    net_fen = kept(_("Profit a month"), F("income_fen") - total(COSTS))

    class Meta(Record.Meta):
        verbose_name = _("feasibility sheet")
        verbose_name_plural = _("feasibility sheets")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    **{
                        f"{name}__gte": 0
                        for name in (*NEEDS, *COSTS, "own_fen", "income_fen", "household_fen")
                    }
                ),
                name="feasibility_is_not_negative",
                violation_error_message=_("Amounts on the sheet cannot be negative."),
            )
        ]

    def __str__(self) -> str:
        return str(self.application)
