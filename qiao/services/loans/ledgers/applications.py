"""The applications for loans as a list, and their place in a resident's file."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import Filter
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.declaration import procedure_of
from qiao.core.records.models import RecordQuerySet
from qiao.services.loans.access import case_url, seen
from qiao.services.loans.models import Application
from qiao.services.people import api as people


@register
class ApplicationLedger(Ledger):
    """Applications as they stand; they move by the procedure."""

    code = "loan-applications"
    model = Application
    name, one = _("Applications for loans"), _("Application for a loan")
    icon = "file-dollar"
    see = Right.SEE_LOANS
    edit = None
    columns = (
        Column("resident", _("Borrower"), Kind.NAME, "resident.name", needs=("resident",)),
        Column("stage", source=lambda case, today: procedure_of(case).stage_by_code[case.stage].label),
        "kind",
        "business",
        "outlet",
        "employer",
        "address",
        "purpose",
        Column("amount_fen", _("Amount asked for (yuan)"), Kind.MONEY),
        "term_months",
        "counter_guarantee",
        "jobs",
        "came",
        "certificate",
        "bank",
        "opened_on",
        "recommended_on",
        "sent_on",
        "guaranteed_on",
        Column("granted_fen", _("Amount granted (yuan)"), Kind.MONEY),
        "granted_months",
        "lent_on",
        "refused_because",
        "advice",
        "due_on",
        "helper",
        "note",
        "region",
    )
    listed = ("resident", "stage", "business", "amount_fen", "opened_on", "due_on", "helper", "region")
    tabs = {
        "open": Tab(_("Under way"), Q(closed_on=None)),
        "late": Tab(_("Overdue"), lambda viewer: Q(closed_on=None, due_on__lt=viewer.today), danger=True),
        "mine": Tab(_("Mine"), lambda viewer: Q(helper=viewer.user)),
        "lent": Tab(_("Paid out"), Q(lent_on__isnull=False)),
        "refused": Tab(pgettext_lazy("loan", "Refused"), Q(stage="refused")),
        "all": Tab(_("All")),
    }
    filters = (
        "q",
        "region",
        Filter("stage", "stage", _("Stage"), "choice"),
        "kind",
        "bank",
        "counter_guarantee",
        "opened_on",
        "helper",
    )
    groups = ("region", "kind", "counter_guarantee", "came", "bank", "helper")
    sorts = {
        "entered": Sort(_("Entered"), "id", descending=True),
        "due": Sort(_("Due on"), "due_on", nullable=True, tabs=("open", "late")),
    }

    def records(self, viewer: Viewer, *, deleted: bool = False) -> RecordQuerySet:
        rows = super().records(viewer, deleted=deleted)
        return rows.filter(seen(viewer.appointment.role, viewer.user.pk))

    def file_url(self, record: Any) -> str:
        return case_url(record.pk)

    def search(self, text: str, viewer: Viewer) -> Q:
        return people.search(text, "resident__")


TIMELINE = Source(
    "loan-applications",
    lambda record: Application.objects.filter(resident=record.pk),
    "opened_on",
    lambda one: _("Applied for a loan: %s") % one.business,
    url=lambda one: case_url(one.pk),
)
registry.add_source("residents", TIMELINE)
registry.add_action(
    "residents",
    Action(
        "loan",
        _("Apply for a loan"),
        Right.APPLY_LOANS,
        url=lambda record: f"{reverse('case_new', args=['loan'])}?resident={record.pk}",
        aside=True,
    ),
)
