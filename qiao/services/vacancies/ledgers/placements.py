"""The ledger of placements, and their place in a resident's file."""

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
from qiao.core.ledgers.parts import Action, Sort, Tab
from qiao.core.ledgers.registry import register
from qiao.core.ledgers.timeline import Source
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.models import RecordQuerySet
from qiao.services.people import api as people
from qiao.services.vacancies import wording
from qiao.services.vacancies.actions import placing, taking_back
from qiao.services.vacancies.forms import end_form, registered_form, take_back_form
from qiao.services.vacancies.models import Placement
from qiao.services.vacancies.models.placement import HERE
from qiao.services.visits import api as visits


def register_employment(viewer: Viewer, chosen: list[Placement], given: dict[str, Any]) -> object:
    done = Placement.objects.filter(pk__in=[one.pk for one in chosen], started_on__lte=given["on"]).update(
        registered_on=given["on"]
    )
    said = ngettext("%d employment is registered.", "%d employments are registered.", done) % done
    if late := len(chosen) - done:
        said += " " + _("%d began later than that day and are left as they were.") % late
    return said


def still_works(viewer: Viewer, chosen: list[Placement], given: dict[str, Any]) -> object:
    """A telephone visit that found the person at work."""
    for placement in chosen:
        visits.record(
            visits.Visit(
                resident_id=placement.resident_id,
                region_id=placement.region_id,
                why=visits.Why.PLACEMENT,
                target=visits.Target.PERSON,
                way=visits.Way.PHONE,
                outcome=visits.Outcome.MET,
                situation=visits.Situation.WORKING,
                visited_on=viewer.today,
                by=viewer.user,
                created_by=viewer.user,
            )
        )
    return ngettext("%d person is still at work.", "%d people are still at work.", len(chosen)) % len(chosen)


def end(viewer: Viewer, chosen: list[Placement], given: dict[str, Any]) -> object:
    (placement,) = chosen
    placing.end(placement, given["on"], given["reason"], viewer.user, viewer.today, given["register"])
    return _("The end of this work is recorded.")


def take_back(viewer: Viewer, chosen: list[Placement], given: dict[str, Any]) -> object:
    (placement,) = chosen
    opened = taking_back.take_back(placement, given["because"], viewer.user, viewer.today)
    said = _("The work is taken back; the status before it goes on.")
    if opened:
        said += " " + ngettext("%d referral is open again.", "%d referrals are open again.", opened) % opened
    return said


def moved_away(viewer: Viewer, placement: Placement) -> str:
    return (
        _("The person moved on %s; the record goes on there.") % placement.moved_on
        if placement.moved_on
        else ""
    )


def registered_already(viewer: Viewer, placement: Placement) -> str:
    if placement.registered_on:
        return _("Registered on %s already.") % placement.registered_on
    return moved_away(viewer, placement)


def ended_already(viewer: Viewer, placement: Placement) -> str:
    return _("This work has ended.") if placement.ended_on else moved_away(viewer, placement)


def end_is_known(viewer: Viewer, placement: Placement) -> str:
    known = placement.ended_on and placement.end_reason
    return _("The end of this work is recorded already.") if known else moved_away(viewer, placement)


ACTIONS = (
    Action(
        "still",
        gettext_lazy("Still at work (by phone)"),
        Right.EDIT_PEOPLE,
        run=still_works,
        why_not=ended_already,
        batch=True,
    ),
    Action(
        "registered",
        gettext_lazy("Employment registered"),
        Right.EDIT_PEOPLE,
        run=register_employment,
        form=registered_form,
        why_not=registered_already,
        batch=True,
    ),
    Action("end", gettext_lazy("Work has ended"), Right.EDIT_PEOPLE, run=end, form=end_form, why_not=end_is_known),
    Action(
        "take_back",
        gettext_lazy("Recorded by mistake"),
        Right.EDIT_PEOPLE,
        run=take_back,
        form=take_back_form,
        why_not=moved_away,
        danger=True,
        aside=True,
    ),
    Action(
        "terms",
        gettext_lazy("Correct the terms"),
        Right.EDIT_PEOPLE,
        url=lambda placement: reverse("placement_terms", args=[placement.pk]),
        aside=True,
    ),
)  # fmt: skip


def at_work(placement: Placement, today: date) -> str:
    if placement.moved_on:
        return "moved"
    return "ended" if placement.ended_on else "working"


STATES = {
    "working": gettext_lazy("At work"),
    "moved": pgettext_lazy("state of work", "Person moved"),
    "ended": pgettext_lazy("state of work", "Ended"),
}


@register
class PlacementLedger(Ledger):
    """Placements are recorded from a person's file or a referral, and come in by rosters."""

    code = "placements"
    model = Placement
    name = gettext_lazy("Placements")
    one = gettext_lazy("Placement")
    icon = "user-check"
    columns = (
        Column("resident", gettext_lazy("Resident"), Kind.NAME, "resident.name", needs=("resident",)),
        Column("sex", gettext_lazy("Sex"), Kind.TEXT, lambda one, today: one.resident.get_sex_display()),
        Column("id_number", gettext_lazy("Identity number"), Kind.ID_NUMBER, "resident.id_number"),
        Column("personal_phone", gettext_lazy("Phone"), Kind.PHONE, "resident.phone"),
        "employer_name",
        "title",
        "kind",
        Column("category", kind=Kind.CHOICE, choices=wording.CLASSES),
        "channel",
        "channel_name",
        "started_on",
        Column("pay_fen", gettext_lazy("Monthly pay (yuan)"), Kind.MONEY),
        "contract",
        "contract_until",
        "registered_on",
        "ended_on",
        "end_reason",
        "moved_on",
        Column("state", gettext_lazy("State"), Kind.CHOICE, at_work, STATES, tones={"working": "good"}),
        Column("created_by"),
        "note",
        "region",
    )  # fmt: skip
    listed = (
        "resident",
        "employer_name",
        "title",
        "kind",
        "channel",
        "started_on",
        "contract",
        "registered_on",
        "state",
        "region",
    )
    tabs = {
        "working": Tab(gettext_lazy("At work"), HERE & Q(ended_on=None)),
        "unregistered": Tab(
            gettext_lazy("Not registered"), HERE & Q(registered_on=None, ended_on=None), danger=True
        ),
        "ended": Tab(pgettext_lazy("state of work", "Ended"), Q(ended_on__isnull=False)),
        "unsaid": Tab(
            gettext_lazy("Ended, reason not said"), HERE & Q(ended_on__isnull=False, end_reason="")
        ),
        "all": Tab(gettext_lazy("All")),
    }
    filters = ("q", "region", "kind", "channel", "category", "contract", "started_on", "ended_on")
    sorts = {
        "entered": Sort(gettext_lazy("Entered last"), "id", descending=True),
        "started": Sort(gettext_lazy("Begun last"), "started_on", descending=True),
    }
    groups = ("region", "kind", "channel", "category", "contract", "end_reason")
    sections = ()
    tags = ("state", "kind")
    actions = ACTIONS
    intake = "placements"
    edit = None
    sheet_title = gettext_lazy("People placed in work")

    def records(self, viewer: Viewer, *, deleted: bool = False) -> RecordQuerySet:
        """What was taken back does not lie in the bin: restoring the record alone would restore nothing else."""
        rows = super().records(viewer, deleted=deleted)
        return rows.filter(taken_back="") if deleted else rows

    def search(self, text: str, viewer: Viewer) -> Q:
        return people.search(text, "resident__") | Q(employer_name__icontains=text)


STARTED = Source(
    "placements",
    rows=lambda resident: Placement.objects.filter(HERE, resident=resident).select_related("created_by"),
    at="started_on",
    title=lambda one: _("Placed in work: %s") % one.named,
    text=lambda one: " · ".join(
        str(part)
        for part in (one.employer_name, one.get_channel_display(), one.get_contract_display())
        if part
    ),
    by=lambda one: one.created_by,
    url=lambda one: reverse("ledgers:file", args=["placements", one.pk]),
    tone=lambda one: "good",
)

TAKEN_BACK = Source(
    "placements_taken_back",
    rows=lambda resident: Placement.everything.filter(resident=resident, moved_on=None)
    .exclude(taken_back="")
    .select_related("deleted_by"),
    at="deleted_at",
    title=lambda one: _("Work taken back: %s") % one.named,
    text=lambda one: one.taken_back,
    by=lambda one: one.deleted_by,
    tone=lambda one: "warn",
)  # fmt: skip

PLACE = Action(
    "employ",
    gettext_lazy("Record work"),
    Right.EDIT_PEOPLE,
    url=lambda resident: reverse("place", args=[resident.pk]),
)

registry.add_source("residents", STARTED)
registry.add_source("residents", TAKEN_BACK)
registry.replace_action("residents", PLACE)
