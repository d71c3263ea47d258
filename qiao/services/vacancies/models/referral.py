"""A person is sent to a post: what came of it, and who said no."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.procedures.models import Case, case_indexes
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import level_indexes
from qiao.services.vacancies.models.choices import EmployerRefusal, Lapse, PersonRefusal
from qiao.services.vacancies.models.post import Post, choice

REASONS = [*PersonRefusal.choices, *EmployerRefusal.choices, *Lapse.choices]


@tracked()
class Referral(Case):
    """It belongs to the person's community, wherever the post is. `reason` says why nothing came of it;
    `told_on` when the person was told that the post is gone; `ended_by` is the placement because of which it
    lapsed."""

    resident = models.ForeignKey(
        "people.Resident", models.PROTECT, related_name="referrals", verbose_name=_("Resident")
    )
    post = models.ForeignKey(
        Post, models.PROTECT, related_name="referrals", verbose_name=pgettext_lazy("vacancy", "Post")
    )
    reason = choice(_("Why nothing came of it"), REASONS)
    suitable = models.BooleanField(_("The post was suitable"), default=True, db_default=True)
    told_on = models.DateField(_("Person told on"), null=True, blank=True)
    ended_by = models.ForeignKey(
        "vacancies.Placement", models.SET_NULL, null=True, blank=True, editable=False, related_name="ended"
    )
    note = text(_("Note"), 200)

    class Meta(Case.Meta):
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            models.UniqueConstraint(
                fields=["resident", "post"],
                condition=Q(closed_on=None, deleted_at=None),
                name="referral_is_open_once",
                violation_error_message=_("This person has been referred to this post already."),
            )
        ]
        indexes = [
            *case_indexes("referral"),
            *level_indexes("referral_list", "-id", condition=Q(deleted_at=None)),
            models.Index(fields=["post"], name="referral_post", condition=Q(deleted_at=None)),
            models.Index(fields=["resident", "-id"], name="referral_resident", condition=Q(deleted_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.resident} · {self.post}"
