"""A post: what an employer offers, to how many, on which terms, and whether it may be shown."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.people.api import Education
from qiao.services.vacancies import checks
from qiao.services.vacancies.models.choices import PayUnit, PostState, Shift, Source


def choice(label: Any, options: Any, width: int = 16, **kwargs: Any) -> models.CharField[str, str]:
    return text(label, width, choices=options, **kwargs)


OPEN = Q(state=PostState.PUBLISHED, left__gt=0)


def open_on(day: date) -> Q:
    """Posts that are published, have an opening left and are not past their last day."""
    return OPEN & (Q(valid_until=None) | Q(valid_until__gte=day))


@tracked("filled", "left")
class Post(Record):
    """`filled` counts the living placements at this post: the database keeps it, under a lock on this row."""

    shared_in_district: ClassVar[bool] = True

    employer = models.ForeignKey(
        "employers.Employer", models.PROTECT, related_name="posts", verbose_name=_("Employer")
    )
    title = models.CharField(pgettext_lazy("vacancy", "Post"), max_length=80)
    occupation_code = text(_("Occupation code"), 16)
    category = text(_("Class"), 24)
    source = choice(_("Source"), Source.choices)
    source_name = text(_("Which market, outlet or person"), 80)
    opened_on = models.DateField(_("Offered on"))

    openings = models.IntegerField(_("Openings"), default=1)
    filled = models.IntegerField(_("Filled"), default=0, db_default=0, editable=False)
    left = models.GeneratedField(
        expression=F("openings") - F("filled"),
        output_field=models.IntegerField(_("Openings left")),
        db_persist=True,
        editable=False,
    )

    pay_from_fen = models.BigIntegerField(_("Pay from (fen)"), null=True, blank=True)
    pay_to_fen = models.BigIntegerField(_("Pay to (fen)"), null=True, blank=True)
    pay_unit = choice(_("Paid"), PayUnit.choices)
    pay_confirmed = models.BooleanField(
        _("Unusual pay confirmed"), default=False, db_default=False, editable=False
    )
    hours = text(_("Hours"), 60)
    shift = choice(_("Shift"), Shift.choices)

    address = text(_("Place of work"), 160)
    latitude = models.FloatField(_("Latitude"), null=True, blank=True)
    longitude = models.FloatField(_("Longitude"), null=True, blank=True)

    education = choice(_("Education at least"), Education.choices, 20)
    experience_years = models.SmallIntegerField(_("Years of experience"), null=True, blank=True)
    certificates = text(_("Certificates"), 120)
    skills = text(_("Skills"), 120)
    requirements = text(_("Further requirements"), 300)
    age_from = models.SmallIntegerField(_("Age from, as stated"), null=True, blank=True)
    age_to = models.SmallIntegerField(_("Age to, as stated"), null=True, blank=True)
    welfare = models.BooleanField(_("Public-welfare post"), default=False, db_default=False)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)

    contact = text(_("Contact"), 60)
    phone = text(_("Phone"), 20)
    note = text(_("Note"), 300)

    state = models.CharField(
        _("State"),
        max_length=12,
        choices=PostState,
        default=PostState.DRAFT,
        db_default=PostState.DRAFT.value,
        editable=False,
    )
    checked_on = models.DateField(_("Checked on"), null=True, blank=True, editable=False)
    published_on = models.DateField(_("Published on"), null=True, blank=True, editable=False)
    confirmed_on = models.DateField(_("Last asked whether open"), null=True, blank=True, editable=False)
    withdrawn_on = models.DateField(_("Day of withdrawal"), null=True, blank=True, editable=False)
    withdrawn_because = text(_("Withdrawn because"), 120, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [
            models.CheckConstraint(
                condition=Q(openings__gt=0),
                name="post_has_openings",
                violation_error_message=_("A post needs at least one opening."),
            ),
            models.CheckConstraint(
                condition=Q(filled__gte=0) & Q(filled__lte=F("openings")),
                name="post_openings_are_given_once",
                violation_error_message=_(
                    "The last opening of this post has been given. Choose another post, "
                    "or ask the employer for a further opening and raise their number."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(pay_from_fen=None) | Q(pay_from_fen__gte=0))
                & (Q(pay_to_fen=None) | Q(pay_from_fen=None) | Q(pay_to_fen__gte=F("pay_from_fen"))),
                name="post_pay_is_in_order",
                violation_error_message=_("The highest pay lies below the lowest. Swap them."),
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="post_ages_are_in_order",
                violation_error_message=_("The highest age lies below the lowest. Swap them."),
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="post_coordinates_are_whole",
                violation_error_message=_("Give latitude and longitude together, or neither."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PostState.PUBLISHED) | Q(published_on__isnull=False),
                name="post_published_on_a_day",
                violation_error_message=_("A published post needs the day of its publication."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PostState.WITHDRAWN)
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                name="post_withdrawal_has_a_reason",
                violation_error_message=_("Say why the post is withdrawn."),
            ),
        ]
        indexes = [
            *level_indexes("post", "-id", condition=Q(deleted_at=None)),
            *level_indexes("post_open", "-id", condition=Q(deleted_at=None) & OPEN),
            models.Index(fields=["employer", "title"], name="post_of_employer"),
            models.Index(fields=["batch_id"], name="post_batch", condition=Q(batch_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Raises ValidationError where a text would choose among people unlawfully."""
        found: dict[str, list[str]] = {}
        for one in checks.barred_words(self):
            found.setdefault(one.field, []).append(str(one))
        if found:
            raise ValidationError(found)

    def is_open(self, day: date) -> bool:
        return self.state == PostState.PUBLISHED and self.left > 0 and not self.expired(day)

    def expired(self, day: date) -> bool:
        return self.valid_until is not None and self.valid_until < day
