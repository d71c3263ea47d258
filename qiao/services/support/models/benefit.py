"""Relief and subsidies: who is given what for how long, month by month, and what has to come back.

`months_used`, `paid_fen` and the use of each year are kept by the database from the lines, under a lock on the
benefit, so that no cap is passed twice at once.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.models import DateRange
from qiao.core.procedures.models import Case, case_indexes
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.support.models.choices import OF_EMPLOYERS, OF_OUTLETS, OF_PEOPLE, Kind, StopReason

LIVING = Q(deleted_at=None)
ONE_HOLDER = (
    Q(kind__in=OF_OUTLETS, outlet__isnull=False, resident=None, employer=None)
    | Q(kind__in=OF_EMPLOYERS, employer__isnull=False, resident=None, outlet=None)
    | Q(kind__in=OF_PEOPLE, resident__isnull=False, outlet=None, employer=None)
)


def called(path: str = "") -> Coalesce:
    """The name of who has a benefit, for a query."""
    return Coalesce(f"{path}outlet__name", f"{path}employer__name", f"{path}resident__name")


def holder(model: str, label: Any, related: str) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        model, models.PROTECT, null=True, blank=True, related_name=related, verbose_name=label
    )


@tracked("months_used", "paid_fen", "reclaimed_fen")
class Benefit(Case):
    """One kind of relief or subsidy for one outlet, person or employer, from the application to its end.

    `from_on`..`until_on` is the time it is granted for, the last day excluded; `heads` are the people hired
    through whom an employer has it.
    """

    kind = models.CharField(_("Kind of help"), max_length=14, choices=Kind)
    resident = holder("people.Resident", _("Resident"), "benefits")
    outlet = holder("employers.Outlet", _("Outlet"), "benefits")
    employer = holder("employers.Employer", _("Employer"), "benefits")
    heads = models.IntegerField(_("People hired"), default=1, db_default=1)
    monthly_fen = models.BigIntegerField(_("Amount a month (fen)"), null=True, blank=True)
    from_on = models.DateField(pgettext_lazy("benefit", "From"), null=True, blank=True)
    until_on = models.DateField(pgettext_lazy("benefit", "Until"), null=True, blank=True)
    months_allowed = models.IntegerField(_("Months allowed"), null=True, blank=True)
    months_used = models.IntegerField(_("Months used"), default=0, db_default=0, editable=False)
    paid_fen = models.BigIntegerField(_("Given so far (fen)"), default=0, db_default=0, editable=False)
    reclaimed_fen = models.BigIntegerField(_("Demanded back (fen)"), default=0, db_default=0, editable=False)
    stop_reason = text(_("Ended because"), 8, choices=StopReason.choices)
    note = text(_("Note"), 300)

    class Meta(Case.Meta):
        verbose_name = _("relief or subsidy")
        verbose_name_plural = _("relief and subsidies")
        constraints = [
            models.CheckConstraint(
                condition=ONE_HOLDER,
                name="benefit_has_the_right_holder",
                violation_error_message=_(
                    "Tax relief and fees go to an outlet, relief for hiring to an employer, subsidies to a resident."
                ),
            ),
            *(
                ExclusionConstraint(
                    name=f"benefit_runs_once_for_{name}",
                    expressions=[
                        ("kind", RangeOperators.EQUAL),
                        (name, RangeOperators.EQUAL),
                        (DateRange("from_on", "until_on", RangeBoundary()), RangeOperators.OVERLAPS),
                    ],
                    condition=LIVING & Q(from_on__isnull=False, **{f"{name}__isnull": False}),
                    violation_error_message=_("This help already runs in that time. Open its file."),
                )
                for name in ("resident", "outlet", "employer")
            ),
            models.UniqueConstraint(
                fields=["kind", "resident", "outlet", "employer"],
                condition=LIVING & Q(closed_on=None),
                nulls_distinct=False,
                name="benefit_is_open_once",
                violation_error_message=_("An application of this kind is open already. Open its file."),
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
                name="benefit_ends_after_it_begins",
                violation_error_message=_("It must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(months_allowed=None)
                | Q(months_allowed__gt=0, months_used__lte=F("months_allowed")),
                name="benefit_months_are_enough",
                violation_error_message=_("All months of this help are used."),
            ),
            models.CheckConstraint(
                condition=Q(heads__gt=0) & (Q(monthly_fen=None) | Q(monthly_fen__gt=0)),
                name="benefit_amounts_are_positive",
                violation_error_message=_("People hired and the amount must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(reclaimed_fen__lte=F("paid_fen")),
                name="benefit_reclaims_what_was_given",
                violation_error_message=_("No more can be demanded back than was given."),
            ),
        ]
        indexes = [
            *case_indexes("benefit"),
            *level_indexes("benefit_list", "-id", condition=LIVING),
            *(
                models.Index(fields=[name], name=f"benefit_{name}", condition=LIVING)
                for name in ("resident", "outlet", "employer")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} · {self.get_kind_display()}"

    @property
    def holder_name(self) -> str:
        return str(self.outlet or self.employer or self.resident or "")

    @property
    def months_left(self) -> int | None:
        return None if self.months_allowed is None else self.months_allowed - self.months_used


@tracked()
class Line(Record):
    """What was given for a month, or for several months in a row of one year: one item, one amount, by one office."""

    benefit = models.ForeignKey(
        Benefit, models.PROTECT, related_name="lines", verbose_name=_("Relief or subsidy")
    )
    item = models.CharField(_("Item"), max_length=24)
    month = models.DateField(_("First month"), help_text=_("The first day of the month."))
    months = models.SmallIntegerField(_("Months"), default=1, db_default=1)
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    given_on = models.DateField(_("Given on"))
    office = text(_("Office that waives or pays"), 60)
    note = text(_("Note"), 200)

    class Meta(Record.Meta):
        verbose_name = _("amount given")
        verbose_name_plural = _("amounts given")
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "item", "month"],
                condition=LIVING,
                name="line_is_given_once",
                violation_error_message=_("This item has been given for that month already."),
            ),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="line_amount_is_positive",
                violation_error_message=_("An amount must be above zero."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1, months__gte=1, month__month__lte=13 - F("months")),
                name="line_stays_within_a_year",
                violation_error_message=_("Months of one line lie in one year and begin with a whole month."),
            ),
        ]
        indexes = [
            *level_indexes("line", "-given_on", "-id", condition=LIVING),
            models.Index(fields=["benefit", "month"], name="line_benefit", condition=LIVING),
            models.Index(fields=["batch_id"], name="line_batch", condition=Q(batch_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.item}"


class YearUse(Record):
    """What one holder has had of one kind in a year, against the cap of that year. The database keeps it."""

    kind = models.CharField(_("Kind of help"), max_length=14, choices=Kind)
    resident = holder("people.Resident", _("Resident"), "+")
    outlet = holder("employers.Outlet", _("Outlet"), "+")
    employer = holder("employers.Employer", _("Employer"), "+")
    year = models.SmallIntegerField(_("Year"))
    used_fen = models.BigIntegerField(_("Used (fen)"))
    cap_fen = models.BigIntegerField(_("Cap (fen)"), null=True)

    class Meta(Record.Meta):
        verbose_name = _("use of a year")
        verbose_name_plural = _("use of years")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "resident", "outlet", "employer", "year"],
                nulls_distinct=False,
                name="year_is_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(cap_fen=None) | Q(used_fen__lte=F("cap_fen")),
                name="year_stays_under_its_cap",
                violation_error_message=_(
                    "That is more than the cap of the year allows. What is not used in a year does not carry over."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.kind}"


@tracked()
class Reclaim(Record):
    """What was wrongly given and has to come back."""

    benefit = models.ForeignKey(
        Benefit, models.PROTECT, related_name="reclaims", verbose_name=_("Relief or subsidy")
    )
    amount_fen = models.BigIntegerField(_("Amount (fen)"))
    because = models.CharField(_("Reason"), max_length=200)
    demanded_on = models.DateField(_("Demanded on"))
    repaid_on = models.DateField(_("Repaid on"), null=True, blank=True)
    note = text(_("Note"), 200)

    class Meta(Record.Meta):
        verbose_name = _("amount demanded back")
        verbose_name_plural = _("amounts demanded back")
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0),
                name="reclaim_amount_is_positive",
                violation_error_message=_("An amount must be above zero."),
            ),
            models.CheckConstraint(
                condition=~Q(because=""),
                name="reclaim_says_why",
                violation_error_message=_("Say why the money has to come back."),
            ),
            models.CheckConstraint(
                condition=Q(repaid_on=None) | Q(repaid_on__gte=F("demanded_on")),
                name="reclaim_is_repaid_after_demand",
                violation_error_message=_("It cannot be repaid before it was demanded."),
            ),
        ]
        indexes = [
            *level_indexes("reclaim", "-id", condition=LIVING),
            models.Index(fields=["benefit"], name="reclaim_benefit", condition=LIVING),
        ]

    def __str__(self) -> str:
        return f"{self.benefit} {self.demanded_on}"
