"""A resident who is, was or will be in the labour force: one living record per person and district."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from qiao.core.records.dates import precision_field
from qiao.core.records.fields import text
from qiao.core.records.history import tracked
from qiao.core.records.models import Record, level_indexes
from qiao.services.people.identity import age, cipher, keys
from qiao.services.people.models import choices


def choice(label: Any, options: type[models.TextChoices]) -> models.CharField[str, str]:
    width = max(len(value) for value in options.values)
    return models.CharField(
        label, max_length=max(width, 12), choices=options, blank=True, default="", db_default=""
    )


LIVING = Q(deleted_at=None)
UNEMPLOYED = Q(deleted_at=None, state=choices.State.UNEMPLOYED)


# What a list is narrowed by, as trailing keys of the order in which it is read: a rare combination in a whole
# district is then decided within the index, without a look at the rows that do not fit.
NARROWED_BY = (
    "state",
    "registered",
    "sex",
    "education",
    "party",
    "health",
    "hukou_kind",
    "kind",
    "low_income",
    "able",
    "willing",
)


def confirmation_indexes() -> list[models.Index]:
    """The unemployed by the day they were last heard of; a community's few are found by `resident_out`."""
    heard = Coalesce("verified_on", "state_since")
    return [
        models.Index(F(level), heard, F("id"), name=f"resident_heard_{level}", condition=UNEMPLOYED)
        for level in ("street", "district")
    ]


@tracked("search_keys", "name_sort", "state", "state_since", "registered", "current_spell")
class Resident(Record):
    name = models.CharField(_("Name"), max_length=60)
    sex = choice(_("Sex"), choices.Sex)
    birth_date = models.DateField(_("Birth date"), null=True, blank=True)
    birth_precision = precision_field()

    id_kind = models.CharField(
        _("Identity document"),
        max_length=12,
        choices=choices.IdKind,
        default=choices.IdKind.RESIDENT,
        db_default=choices.IdKind.RESIDENT.value,
    )
    id_cipher = models.BinaryField(_("Identity number, encrypted"), null=True, blank=True, editable=False)
    id_hash = models.BinaryField(_("Identity number, blind index"), max_length=32, null=True, editable=False)

    search_keys = ArrayField(models.TextField(), default=list, db_default=[], editable=False)
    name_sort = models.CharField(max_length=80, blank=True, default="", db_default="", editable=False)

    ethnicity = text(_("Ethnicity"), 20)
    education = choice(_("Education"), choices.Education)
    school = text(_("School"), 80)
    graduated_on = models.DateField(_("Graduated"), null=True, blank=True)
    graduated_precision = precision_field()
    major = text(_("Major"), 60)
    marital = choice(_("Marital status"), choices.Marital)
    party = choice(_("Party membership"), choices.Party)
    health = choice(_("Health"), choices.Health)
    disability = text(_("Disability"), 60)
    hukou_kind = choice(_("Hukou"), choices.HukouKind)
    hukou_address = text(_("Hukou address"), 160)
    address = text(_("Address"), 160)
    phone = text(_("Phone"), 20)
    phone2 = text(_("Second phone"), 20)

    kind = choice(_("Kind of resident"), choices.Kind)
    certificate_no = text(_("Certificate number"), 40)
    skill = text(_("Skills"), 120)
    former_unit = text(_("Former unit"), 120)
    low_income = models.BooleanField(_("Draws low-income allowance"), default=False, db_default=False)
    able = models.BooleanField(_("Able to work"), default=True, db_default=True)
    willing = models.BooleanField(_("Wishes to work"), null=True, blank=True)

    wish_occupation = text(_("Occupation wished"), 80)
    wish_occupation_code = text(_("Occupation code"), 12)
    wish_pay_fen = models.BigIntegerField(_("Monthly pay wished (fen)"), null=True, blank=True)
    wish_hours = text(_("Hours wished"), 40)
    wish_distance_m = models.IntegerField(_("Distance accepted (m)"), null=True, blank=True)
    wish_training = text(_("Training wished"), 80)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("Responsible"),
    )
    note = text(_("Note"), 500)
    extras = models.JSONField(_("Further columns"), default=dict, db_default={}, blank=True)
    verified_on = models.DateField(_("Last confirmed on"), null=True, blank=True)

    state = models.CharField(
        _("Status"),
        max_length=20,
        choices=choices.State,
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    state_since = models.DateField(_("Status since"), null=True, editable=False)
    registered = models.BooleanField(
        _("Registered unemployed"), default=False, db_default=False, editable=False
    )
    current_spell = models.BigIntegerField(null=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("resident")
        verbose_name_plural = _("residents")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "id_hash"],
                condition=Q(deleted_at=None, id_hash__isnull=False),
                name="resident_is_recorded_once",
                violation_error_message=_(
                    "A resident with this identity number is already recorded in the district."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="resident_has_a_name",
                violation_error_message=_("A resident needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(id_cipher=None, id_hash=None) | Q(id_cipher__isnull=False, id_hash__isnull=False),
                name="resident_id_is_kept_whole",
                violation_error_message=_(
                    "The identity number is kept encrypted with its index, or not at all."
                ),
            ),
            models.CheckConstraint(
                condition=Q(id_kind=choices.IdKind.UNKNOWN) | Q(id_hash__isnull=False),
                name="resident_id_is_given_or_unknown",
                violation_error_message=_("Give the identity number, or say that it is not known yet."),
            ),
            models.CheckConstraint(
                condition=Q(wish_pay_fen=None) | Q(wish_pay_fen__gte=0),
                name="resident_pay_wish_is_not_negative",
                violation_error_message=_("Pay cannot be negative."),
            ),
        ]
        indexes = [
            *level_indexes("resident", "-id", condition=LIVING, levels=("region", "street")),
            models.Index(
                fields=["district", "-id", *NARROWED_BY], name="resident_listed_district", condition=LIVING
            ),
            *level_indexes(
                "resident_name", "name_sort", "id", condition=LIVING, levels=("street", "district")
            ),
            *level_indexes("resident_out", "state_since", "id", condition=UNEMPLOYED),
            *level_indexes(
                "resident_aged", "sex", "birth_date", condition=UNEMPLOYED, levels=("street", "district")
            ),
            *confirmation_indexes(),
            models.Index(
                fields=["owner", "-id"],
                name="resident_owner",
                condition=Q(deleted_at=None, owner__isnull=False),
            ),
            GinIndex(fields=["search_keys"], name="resident_search"),
            models.Index(fields=["batch_id"], name="resident_batch", condition=Q(batch_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Writes what people say of the resident; the present status is the database's to keep."""
        self.index()
        names = kwargs.get("update_fields")
        if names is not None:
            kwargs["update_fields"] = {*names, "search_keys", "name_sort"}
        elif not self._state.adding:
            kwargs["update_fields"] = SAVED
        super().save(*args, **kwargs)

    def index(self) -> None:
        """What a search finds this person by follows from the name, the number and the phones."""
        self.search_keys = keys.of(self.name, self.id_number, self.phone, self.phone2)
        self.name_sort = keys.sort_key(self.name)

    @property
    def id_number(self) -> str:
        """The identity number in clear, or the empty string when it is not known."""
        return cipher.decrypt(self.id_cipher) if self.id_cipher else ""

    @id_number.setter
    def id_number(self, number: str) -> None:
        self.id_cipher = cipher.encrypt(number) if number else None
        self.id_hash = cipher.blind_index(number) if number else None
        if not number:
            self.id_kind = choices.IdKind.UNKNOWN
        elif self.id_kind == choices.IdKind.UNKNOWN:
            self.id_kind = choices.IdKind.RESIDENT

    def age_on(self, day: date) -> int | None:
        return age.on(self.birth_date, day)

    def is_4050_on(self, day: date) -> bool:
        return age.is_4050(self.sex, self.birth_date, day)


KEPT_BY_TRIGGER = ("state", "state_since", "registered", "current_spell")
SAVED = frozenset(
    field.name
    for field in Resident._meta.concrete_fields
    if not field.primary_key and not field.generated and field.name not in KEPT_BY_TRIGGER
)
