"""Words whose occupation somebody has confirmed: the coder asks here first."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class LearnedTitle(models.Model):
    """`title` is normalised; the latest confirmation holds, whether for a post or for a wish."""

    title = models.CharField(_("Title"), max_length=80, unique=True)
    occupation_code = models.CharField(_("Occupation code"), max_length=16)
    times = models.IntegerField(_("Confirmed so often"), default=1)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("Confirmed by")
    )
    confirmed_at = models.DateTimeField(_("Confirmed at"), db_default=Now())

    class Meta:
        verbose_name = _("learned title")
        verbose_name_plural = _("learned titles")
        ordering = ["title"]
        db_table = "vacancies_learnedtitle"

    def __str__(self) -> str:
        return self.title
