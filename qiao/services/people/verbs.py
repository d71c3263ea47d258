"""What a colleague records about a resident, each verb declared once: its page and its button follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer
from qiao.services.people.actions import households, status, transfer, willingness
from qiao.services.people.forms import verbs as forms
from qiao.services.people.models import Answer, Membership, Resident, Transfer, WillingnessChange
from qiao.services.people.models.choices import State

Given = dict[str, Any]

WORK, HOME, CHANGE = gettext_lazy("Work status"), gettext_lazy("Household"), gettext_lazy("Changes")


@dataclass(frozen=True, slots=True)
class Verb:
    """`run` changes the record, raises Refused or ValidationError; `result` says what will happen."""

    code: str
    name: Any
    submit: Any
    result: Any
    done: Any
    form: type[forms.VerbForm]
    run: Callable[[Resident, Viewer, Given], object]
    menu: Any = WORK
    why_not: Callable[[Viewer, Resident], object] = lambda viewer, resident: ""

    @property
    def action(self) -> Action:
        return Action(
            self.code,
            self.name,
            Right.EDIT_PEOPLE,
            url=lambda resident: reverse("people_verb", args=[resident.pk, self.code]),
            why_not=self.why_not,
            menu=self.menu,
            aside=self.menu != WORK,
        )


def employ(resident: Resident, viewer: Viewer, given: Given) -> object:
    return status.begin(resident, State.EMPLOYED, today=viewer.today, by=viewer.user, **given)


def lose_work(resident: Resident, viewer: Viewer, given: Given) -> object:
    registered_on = viewer.today if given.pop("register", False) else None
    return status.begin(
        resident, State.UNEMPLOYED, today=viewer.today, by=viewer.user, registered_on=registered_on, **given
    )


def leave_labour_force(resident: Resident, viewer: Viewer, given: Given) -> object:
    return status.begin(resident, State.OUTSIDE, today=viewer.today, by=viewer.user, **given)


def register(resident: Resident, viewer: Viewer, given: Given) -> object:
    return status.register(resident, given["on"], given["certificate_no"])


def cancel(resident: Resident, viewer: Viewer, given: Given) -> object:
    return status.cancel(resident, given["on"], given["reason"])


def ask_to_leave(resident: Resident, viewer: Viewer, given: Given) -> object:
    return willingness.ask(resident, given["what"], given["reason"], viewer.user, viewer.today)


def ask_to_move(resident: Resident, viewer: Viewer, given: Given) -> object:
    return transfer.propose(
        resident, given["to_region"], given["moved_on"], given["reason"], viewer.user, viewer.today
    )


def join(resident: Resident, viewer: Viewer, given: Given) -> object:
    if given["household"] is None:
        return households.found(resident, given["since"], viewer.user, viewer.today)
    return households.join(
        resident, given["household"], given["relation"], given["since"], viewer.user, viewer.today
    )


def part(resident: Resident, viewer: Viewer, given: Given) -> object:
    return households.leave(resident, given["until"], viewer.today)


def head(resident: Resident, viewer: Viewer, given: Given) -> object:
    return households.appoint_head(resident)


def has_no_work(viewer: Viewer, resident: Resident) -> str:
    return _("This person is recorded as out of work already.") if resident.state == State.UNEMPLOYED else ""


def stands_outside(viewer: Viewer, resident: Resident) -> str:
    return _("This person is outside the labour force already.") if resident.state == State.OUTSIDE else ""


def cannot_register(viewer: Viewer, resident: Resident) -> str:
    if resident.registered:
        return _("Registered already.")
    if resident.state != State.UNEMPLOYED:
        return _("Only a person without work can be registered.")
    return ""


def is_not_registered(viewer: Viewer, resident: Resident) -> str:
    return "" if resident.registered else _("There is no registration to cancel.")


def cannot_leave(viewer: Viewer, resident: Resident) -> str:
    if resident.willing is False or not resident.able:
        return _("Recorded already as unwilling or unable.")
    if WillingnessChange.objects.filter(resident=resident, answer=Answer.OPEN).exists():
        return _("Asked for already; it waits for a second person.")
    return ""


def cannot_move(viewer: Viewer, resident: Resident) -> str:
    if Transfer.objects.filter(resident=resident, answer=Answer.OPEN).exists():
        return _("Proposed already; it waits for an answer.")
    return ""


def has_no_household(viewer: Viewer, resident: Resident) -> str:
    present = Membership.objects.filter(resident=resident, until=None).exists()
    return "" if present else _("This resident belongs to no household.")


VERBS = {
    verb.code: verb
    for verb in (
        Verb(
            "employ",
            gettext_lazy("Record work"),
            gettext_lazy("Save the work"),
            gettext_lazy("The present status ends that day; a registration as unemployed is cancelled."),
            gettext_lazy("The work of %s is recorded."),
            forms.WorkForm,
            employ,
        ),
        Verb(
            "lose-work",
            gettext_lazy("Record loss of work"),
            gettext_lazy("Save the loss of work"),
            gettext_lazy("The present status ends that day and unemployment begins."),
            gettext_lazy("The loss of work of %s is recorded."),
            forms.LossForm,
            lose_work,
            why_not=has_no_work,
        ),
        Verb(
            "outside",
            gettext_lazy("Record leaving the labour force"),
            gettext_lazy("Save the change"),
            gettext_lazy("The present status ends that day; a registration as unemployed is cancelled."),
            gettext_lazy("%s is recorded as outside the labour force."),
            forms.OutsideForm,
            leave_labour_force,
            why_not=stands_outside,
        ),
        Verb(
            "register",
            gettext_lazy("Register as unemployed"),
            gettext_lazy("Register"),
            gettext_lazy("The person counts among the registered unemployed from that day."),
            gettext_lazy("%s is registered as unemployed."),
            forms.RegisterForm,
            register,
            why_not=cannot_register,
        ),
        Verb(
            "cancel",
            gettext_lazy("Cancel the registration"),
            gettext_lazy("Cancel the registration"),
            gettext_lazy(
                "The registration ends. The person stays out of work until another status is recorded."
            ),
            gettext_lazy("The registration of %s is cancelled."),
            forms.CancelForm,
            cancel,
            why_not=is_not_registered,
        ),
        Verb(
            "leave",
            gettext_lazy("Propose: no longer willing or able"),
            gettext_lazy("Send to a second person"),
            gettext_lazy(
                "Nothing changes yet. A colleague of the street office answers; "
                "only then the person leaves the labour force."
            ),
            gettext_lazy("The change for %s waits for a second person."),
            forms.LeaveForm,
            ask_to_leave,
            CHANGE,
            cannot_leave,
        ),
        Verb(
            "transfer",
            gettext_lazy("Propose a transfer"),
            gettext_lazy("Send to the receiving community"),
            gettext_lazy(
                "Nothing changes yet. When the receiving community accepts, "
                "record, status and open cases go there; "
                "past figures stay here."
            ),
            gettext_lazy("The transfer of %s waits for the receiving community."),
            forms.TransferForm,
            ask_to_move,
            CHANGE,
            cannot_move,
        ),
        Verb(
            "join",
            gettext_lazy("Enter into a household"),
            gettext_lazy("Save the membership"),
            gettext_lazy("A membership of another household ends that day."),
            gettext_lazy("%s is entered into the household."),
            forms.JoinForm,
            join,
            HOME,
        ),
        Verb(
            "part",
            gettext_lazy("Leave the household"),
            gettext_lazy("End the membership"),
            gettext_lazy("The membership ends that day. If this was the head, the household needs another."),
            gettext_lazy("%s no longer belongs to the household."),
            forms.LeaveHouseholdForm,
            part,
            HOME,
            has_no_household,
        ),
        Verb(
            "head",
            gettext_lazy("Make head of household"),
            gettext_lazy("Make head of household"),
            gettext_lazy(
                "The former head stays a member; how the others are related to the new head is asked anew."
            ),
            gettext_lazy("%s is now the head of the household."),
            forms.NothingForm,
            head,
            HOME,
            has_no_household,
        ),
    )
}
