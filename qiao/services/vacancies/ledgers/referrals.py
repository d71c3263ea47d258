"""The ledger of referrals; they move by the procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.core.procedures.declaration import procedure
from qiao.services.people import api as people
from qiao.services.vacancies.models import Referral
from qiao.services.vacancies.models.choices import Lapse

GONE = (Lapse.WITHDRAWN, Lapse.ALL_GIVEN)
TO_TELL = Q(stage="lapsed", reason__in=GONE, told_on=None)
TONES = {"placed": "good", "refused": "warn", "declined": "warn"}


def stage(referral: Referral, today: date) -> str:
    return str(procedure("referrals").stage_by_code[referral.stage].label)


def told(viewer: Viewer, chosen: list[Referral], given: dict[str, Any]) -> object:
    Referral.objects.filter(pk__in=[one.pk for one in chosen]).update(told_on=viewer.today)
    return ngettext("%d person is told.", "%d people are told.", len(chosen)) % len(chosen)


def nothing_to_tell(viewer: Viewer, referral: Referral) -> str:
    if referral.told_on:
        return _("Told on %s already.") % referral.told_on
    return "" if referral.reason in GONE else _("Only of a post that is gone a person has to be told.")


def closed_already(viewer: Viewer, referral: Referral) -> str:
    return _("This referral is closed.") if referral.closed_on else ""


ACTIONS = (
    Action(
        "decide",
        gettext_lazy("Record what came of it"),
        Right.EDIT_PEOPLE,
        url=lambda referral: reverse("case", args=["referrals", referral.pk]),
        why_not=closed_already,
        primary=True,
    ),
    Action(
        "letter",
        gettext_lazy("Letter of introduction"),
        Right.EDIT_PEOPLE,
        url=lambda referral: reverse("referral_letter", args=[referral.pk]),
        why_not=closed_already,
    ),
    Action(
        "told",
        gettext_lazy("The person is told"),
        Right.EDIT_PEOPLE,
        run=told,
        why_not=nothing_to_tell,
        batch=True,
    ),
)


@register
class ReferralLedger(Ledger):
    code = "referrals"
    model = Referral
    name = gettext_lazy("Referrals")
    one = gettext_lazy("Referral")
    icon = "send"
    columns = (
        Column("resident", gettext_lazy("Resident"), Kind.NAME, "resident.name", needs=("resident",)),
        Column("post", pgettext_lazy("vacancy", "Post"), Kind.TEXT, "post.title", needs=("post",)),
        Column("employer", gettext_lazy("Employer"), Kind.TEXT, "post.employer.name", needs=("post__employer",)),
        Column("opened_on", gettext_lazy("Referred on"), Kind.DATE),
        Column("stage", gettext_lazy("Stage"), source=stage),
        "stage_since",
        "due_on",
        "reason",
        "suitable",
        "told_on",
        "closed_on",
        Column("created_by", gettext_lazy("Referred by")),
        "note",
        "region",
    )  # fmt: skip
    listed = (
        "resident",
        "post",
        "employer",
        "opened_on",
        "stage",
        "due_on",
        "reason",
        "created_by",
        "region",
    )
    tabs = {
        "open": Tab(gettext_lazy("Under way"), Q(closed_on=None)),
        "tell": Tab(gettext_lazy("To be told"), TO_TELL, danger=True),
        "placed": Tab(gettext_lazy("At work"), Q(stage="placed")),
        "refused": Tab(gettext_lazy("Refused by the person"), Q(stage="refused")),
        "declined": Tab(gettext_lazy("Declined by the employer"), Q(stage="declined")),
        "all": Tab(gettext_lazy("All")),
    }
    filters = ("q", "region", "reason", "opened_on")
    groups = ("region", "reason")
    actions = ACTIONS
    edit = None

    def search(self, text: str, viewer: Viewer) -> Q:
        return people.search(text, "resident__") | Q(post__title__icontains=text)


TIMELINE = Source(
    "referrals",
    rows=lambda resident: Referral.objects.filter(resident=resident).select_related(
        "post__employer", "created_by"
    ),
    at="opened_on",
    title=lambda referral: _("Referred: %s") % referral.post.title,
    text=lambda referral: " · ".join(
        str(part)
        for part in (referral.post.employer, stage(referral, referral.opened_on), referral.get_reason_display())
        if part
    ),
    by=lambda referral: referral.created_by,
    url=lambda referral: reverse("case", args=["referrals", referral.pk]),
    tone=lambda referral: TONES.get(referral.stage, ""),
)  # fmt: skip

REFER = Action(
    "refer",
    gettext_lazy("Refer to a post"),
    Right.EDIT_PEOPLE,
    url=lambda resident: reverse("refer", args=[resident.pk]),
)

registry.add_source("residents", TIMELINE)
registry.add_action("residents", REFER)
