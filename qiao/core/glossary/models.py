"""What people have changed in the lists of words that are theirs to keep."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from qiao.core.glossary.wording import Words


class Entry(models.Model):
    """A word of a dictionary, new or in place of the one that the program brings. A retired word is no longer
    offered; what was recorded under it keeps its name."""

    dictionary = models.CharField(max_length=40)
    code = models.SlugField(_("Code"), max_length=24)
    zh = models.CharField(_("In Chinese"), max_length=60, blank=True)
    en = models.CharField(_("In English"), max_length=60, blank=True)
    retired = models.BooleanField(_("No longer offered"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["dictionary", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dictionary", "code"],
                name="entry_is_stated_once",
                violation_error_message=_("This code is in the list already."),
            ),
            models.CheckConstraint(
                condition=~Q(zh="") | ~Q(en=""),
                name="entry_has_a_word",
                violation_error_message=_("Give the word in Chinese, in English or both."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.words)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            self.changed_at = Now()
        super().save(*args, **kwargs)

    @property
    def words(self) -> Words:
        return Words(en=self.en, zh=self.zh)
