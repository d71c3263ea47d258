"""What a resident lives from, spell after spell. Spells of one person never overlap."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.models import DateRange
from qiao.core.records.dates import precision_field
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.people.models import choices
from qiao.services.people.models.choices import State
from qiao.services.people.models.resident import Resident, choice


@tracked()
class Spell(Record):
    """`since` is when the status began; `counted_from` when it began to count in this region.

    The two differ only after a move: the old region keeps the time before it, the new one counts on,
    and the length of the spell is still measured from `since`. `until` is the first day it no longer holds.
    """

    resident = models.ForeignKey(
        Resident,
        models.PROTECT,
        db_index=False,  # that of `spell_resident` begins with it
        related_name="spells",
        verbose_name=_("Resident"),
    )
    state = models.CharField(_("Status"), max_length=20, choices=State)
    form = choice(_("Form of employment"), choices.Form)
    reason = choice(_("Reason"), choices.Reason)
    since = models.DateField(_("Since"))
    since_precision = precision_field()
    counted_from = models.DateField(_("Counted here from"))
    until = models.DateField(_("Until"), null=True, blank=True)
    employer = text(_("Employer"), 120)
    post = text(_("Post"), 80)
    registered_on = models.DateField(_("Registered unemployed on"), null=True, blank=True)
    certificate_no = text(_("Certificate number"), 40)
    cancelled_on = models.DateField(_("Registration cancelled on"), null=True, blank=True)
    cancel_reason = choice(_("Reason of cancellation"), choices.CancelReason)
    note = text(_("Note"), 200)

    counted_between = ("counted_from", "until")

    class Meta(Record.Meta):
        verbose_name = _("status spell")
        verbose_name_plural = _("status spells")
        constraints = [
            ExclusionConstraint(
                name="spells_do_not_overlap",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    (DateRange("counted_from", "until", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
                condition=Q(deleted_at=None),
                violation_error_message=_("This person already has a status in that time. End it first."),
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("counted_from")),
                name="spell_ends_after_it_begins",
                violation_error_message=_("A status must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(counted_from__gte=F("since")),
                name="spell_counts_from_its_beginning",
                violation_error_message=_("A status cannot be counted before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(form="") | ~Q(state=State.EMPLOYED),
                name="spell_of_work_has_a_form",
                violation_error_message=_("Say in which form this person works."),
            ),
            models.CheckConstraint(
                condition=Q(form="") | Q(state=State.EMPLOYED),
                name="spell_form_is_of_work",
                violation_error_message=_("Only employment has a form."),
            ),
            models.CheckConstraint(
                condition=Q(registered_on=None) | Q(state=State.UNEMPLOYED),
                name="spell_registration_is_of_unemployment",
                violation_error_message=_("Only an unemployed person can be registered unemployed."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on=None)
                | (Q(cancelled_on__gte=F("registered_on")) & ~Q(cancel_reason="")),
                name="spell_cancellation_has_a_reason",
                violation_error_message=_("A registration is cancelled after it was made, with a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.OUTSIDE) | ~Q(reason=""),
                name="spell_outside_has_a_reason",
                violation_error_message=_("Say why this person is not in the labour force."),
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(until=None, deleted_at=None),
                name="spell_is_open_once",
                violation_error_message=_("This person's present status is still open. End it first."),
            ),
        ]
        indexes = [
            *level_indexes("spell", "-id", condition=Q(deleted_at=None)),
            models.Index(fields=["resident", "-since"], name="spell_resident"),
            models.Index(
                fields=["region", "since"],
                name="spell_unemployed_open",
                condition=Q(until=None, state=State.UNEMPLOYED, deleted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.since}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.counted_from is None:
            self.counted_from = self.since
        super().save(*args, **kwargs)

    def is_registered_on(self, day: date) -> bool:
        return bool(
            self.registered_on
            and self.registered_on <= day
            and (self.cancelled_on is None or self.cancelled_on > day)
            and (self.until is None or self.until > day)
        )
