"""One matching of a district: what went in, what came out, and whom it gives or shows which post."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.models import Record
from qiao.core.regions.models import Region


class Mode(models.TextChoices):
    SOFT = "soft", _("Best fit, hardship with a bonus")
    LEXICOGRAPHIC = "lexicographic", _("Hardship first")
    FAIR = "fair", _("No justified envy")


class Reason(models.IntegerChoices):
    """Why a post stands in a list, as bits."""

    GIVEN = 1, _("the matching gives this post")
    FIRST_WISH = 2, _("first wish")
    OTHER_WISH = 4, _("further wish")
    RELATED = 8, _("related to a wish")
    SAME_COMMUNITY = 16, _("in the person's community")
    PAY = 64, _("pays what is wished")
    SKILLED = 128, _("skills are asked for")
    HARDSHIP = 256, _("in hardship")


class Run(Record):
    """Written once, with its lists, in one transaction. `figures` are those of this mode, `others` of `other_mode`,
    over the same people and posts: what the choice costs."""

    shared_in_district: ClassVar[bool] = True

    mode = models.CharField(_("Mode"), max_length=16, choices=Mode)
    other_mode = models.CharField(_("Compared with"), max_length=16, choices=Mode)
    on = models.DateField(_("As of"))
    read_at = models.DateTimeField(_("Records read at"))
    milliseconds = models.IntegerField(_("Took (ms)"))
    weights = models.CharField(pgettext_lazy("matching", "Weights"), max_length=60)
    inputs = models.CharField(_("Fingerprint of what went in"), max_length=64)
    figures = models.JSONField(_("Figures"))
    others = models.JSONField(_("Figures of the other mode"))

    class Meta(Record.Meta):
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        indexes = [models.Index(fields=["district", "-id"], name="matching_run_district")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.on}"


class Snapshot(models.Model):
    """The columns of a run as the engine read them, and its prices: pages explain and go on from here.

    It names everybody of the district, so that only the district itself may read it; pages cut out what they show.
    """

    region_columns: ClassVar[tuple[str, ...]] = ("region_id",)

    run = models.OneToOneField(Run, models.CASCADE, primary_key=True, related_name="snapshot")
    region = models.ForeignKey(Region, models.PROTECT, db_index=False, related_name="+")
    packed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.run_id)


def derived(to: str) -> models.ForeignKey[int, int]:
    """Not checked by the database: a run writes ten lines a person, and checking keys it has just read takes longer
    than writing them. Whoever reads a line joins what it names."""
    return models.ForeignKey(to, models.CASCADE, db_index=False, db_constraint=False, related_name="+")


class Match(models.Model):
    """One line of a person's list. Derived, hence no history; the lists of the last runs are kept, older ones go."""

    region_columns: ClassVar[tuple[str, ...]] = ("region_id",)

    id = models.BigAutoField(primary_key=True)
    run = derived("matching.Run")
    region = derived("regions.Region")
    resident = derived("people.Resident")
    post = derived("vacancies.Post")
    tier = models.SmallIntegerField()
    rank = models.SmallIntegerField()
    score = models.SmallIntegerField()
    occupation = models.SmallIntegerField()
    distance = models.SmallIntegerField()
    wage = models.SmallIntegerField()
    skills = models.SmallIntegerField()
    education = models.SmallIntegerField()
    reasons = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "resident", "rank"], name="match_has_one_post_a_rank"),
            models.CheckConstraint(condition=Q(rank__range=(1, 10)), name="match_rank_is_1_to_10"),
            models.CheckConstraint(condition=Q(score__range=(0, 10_000)), name="match_score_is_in_points"),
        ]
        indexes = [
            models.Index(fields=["resident", "-run"], name="match_resident"),
            models.Index(fields=["post", "-run"], name="match_post"),
        ]

    def __str__(self) -> str:
        return f"{self.resident_id} → {self.post_id}"
