"""Figures about outlets, labour-service enterprises and bases."""

from __future__ import annotations

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.glossary.dictionaries import Dictionary
from qiao.core.indicators.declarations import Count, Stock, Sum
from qiao.core.indicators.dimensions import Dimension
from qiao.core.indicators.registry import Names, list_as, register, watch
from qiao.services.employers.models import Base, LabourEnterprise, Outlet

BY_TRADE = (Dimension("trade", _("Trade"), Dictionary("outlet_trades"), lambda path, day: F(f"{path}trade")),)

watch(Outlet, begins=("opened_on",))
watch(LabourEnterprise, begins=("opened_on",))
watch(Base, subject="employer_id", begins=("recognised_on",))

outlets_new = Count(
    Outlet,
    at="opened_on",
    by=BY_TRADE,
    code="outlets_new",
    name=_("New community outlets"),
    unit=_("outlets"),
    definition=_("Outlets that opened in the period, also those that have closed since."),
)
outlets_standing = Stock(
    Outlet,
    since="opened_on",
    until="closed_on",
    by=BY_TRADE,
    code="outlets_standing",
    name=_("Community outlets"),
    unit=_("outlets"),
    definition=_("Outlets open on the last day of the period."),
)
jobs_carried = Sum(
    Outlet,
    of="jobs",
    at="opened_on",
    by=BY_TRADE,
    code="jobs_carried",
    name=_("Jobs carried by new outlets"),
    unit=_("people"),
    definition=_("People at work in the outlets that opened in the period, as last recorded."),
)
enterprises_new = Count(
    LabourEnterprise,
    at="opened_on",
    code="labour_service_enterprises_new",
    name=_("New labour-service enterprises"),
    unit=_("enterprises"),
    definition=_("Labour-service enterprises that opened in the period."),
)
bases = Stock(
    Base,
    since="recognised_on",
    until="withdrawn_on",
    where=Q(recognised_on__isnull=False),
    code="reemployment_bases",
    name=_("Re-employment bases"),
    unit=_("bases"),
    definition=_(
        "Employers recognised as re-employment bases whose title holds on the last day of the period."
    ),
)
register(outlets_new, outlets_standing, jobs_carried, enterprises_new, bases)

list_as(
    Outlet,
    Names(
        columns=[
            (_("Outlet"), lambda one: one.name),
            (_("Opened for business on"), lambda one: one.opened_on),
            (_("People at work"), lambda one: one.jobs),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: reverse("ledgers:file", args=["outlets", one.pk]),
        prepare=lambda rows: rows.select_related("region"),
    ),
)
list_as(
    LabourEnterprise,
    Names(
        columns=[
            (_("Enterprise"), lambda one: one.employer.name),
            (_("Opened for business on"), lambda one: one.opened_on),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: reverse("ledgers:file", args=["enterprises", one.pk]),
        prepare=lambda rows: rows.select_related("region", "employer"),
    ),
)
list_as(
    Base,
    Names(
        columns=[
            (_("Employer"), lambda one: one.employer.name),
            (_("Recognised on"), lambda one: one.recognised_on),
            (_("Responsible"), lambda one: one.carrier or ""),
            (_("Community"), lambda one: one.region.name),
        ],
        address=lambda one: reverse("case", args=["base", one.pk]),
        prepare=lambda rows: rows.select_related("region", "employer", "carrier"),
    ),
)
