"""Names and words of roster fields that no single column of a model carries."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from qiao.services.people.models import HardshipCase, choices


class Told(TextChoices):
    """How far a recognition has come, as lists tell it."""

    APPLIED = "applied", _("Applied, checked by the community")
    COMMUNITY_CHECKED = "community_checked", _("Checked by the community, before the notice")
    PUBLICISED = "publicised", _("On public notice")
    PUBLICISED_OVER = "publicised_over", _("Notice over, with the street")
    STREET_REVIEWED = "street_reviewed", _("With the district")


NAMES = {
    "seq": _("Running number"),
    "name": _("Name"),
    "sex": _("Sex"),
    "age": _("Age"),
    "id_number": _("Identity number"),
    "community": _("Community"),
    "street": _("Street or town"),
    "phone": _("Phone"),
    "address": _("Address"),
    "education": _("Education"),
    "kind": _("Kind of resident"),
    "certificate_no": _("Certificate number"),
    "former_unit": _("Former unit"),
    "relation": _("Relation to head"),
    "state": _("Status"),
    "state_since": _("Status since"),
    "inactive_reason": _("Reason for being outside the labour force"),
    "registered": _("Registered unemployed"),
    "unemployed_since": _("Out of work since"),
    "unemployed_reason": _("Reason of unemployment"),
    "registered_on": _("Registered unemployed on"),
    "cancelled_on": _("Registration cancelled on"),
    "cancel_reason": _("Reason of cancellation"),
    "employed_on": _("In work since"),
    "employer": _("Employer"),
    "post": _("Post"),
    "employment_form": _("Form of employment"),
    "household_no": _("Household number"),
    "household_head": _("Head of household"),
    "hardship_category": _("Category"),
    "recognised_on": _("Recognised on"),
    "applied_on": _("Applied on"),
    "exit_reason": _("Reason of exit"),
    "stage": _("Stage"),
    "verified_on": _("Checked on"),
    "wish_pay": _("Expected monthly pay"),
    "owner": _("Responsible"),
}
WORDS = {
    "sex": choices.Sex,
    "state": choices.State,
    "inactive_reason": choices.Reason,
    "unemployed_reason": choices.Reason,
    "cancel_reason": choices.CancelReason,
    "employment_form": choices.Form,
    "hardship_category": choices.HardshipCategory,
    "exit_reason": HardshipCase.Exit,
    "relation": choices.Relation,
    "education": choices.Education,
    "kind": choices.Kind,
    "stage": Told,
}
