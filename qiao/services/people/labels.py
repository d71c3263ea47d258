"""What a clerk tells residents apart by at a glance, as tags in the list and on the file."""

from __future__ import annotations

from datetime import date

from django.db.models import CharField, Exists, OuterRef, Subquery
from django.utils.translation import pgettext_lazy

from qiao.core.ledgers.columns import Column, Kind
from qiao.services.people.models import HardshipCase, Membership, Resident, ZeroEmploymentCase
from qiao.services.people.models.choices import State

LONG = 6


def months_before(day: date, months: int) -> date:
    """The same day that many months earlier; a day that month lacks becomes its last."""
    month = day.year * 12 + day.month - 1 - months
    for last in range(day.day, 0, -1):
        try:
            return date(month // 12, month % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError


HARDSHIP = Subquery(
    HardshipCase.objects.filter(
        resident=OuterRef("pk"), recognised_on__isnull=False, exited_on=None, closed_on=None
    ).values("category")[:1],
    output_field=CharField(),
)
# A scalar, for the database would answer EXISTS by reading every open case first.
ZERO = Subquery(
    Membership.objects.filter(
        Exists(ZeroEmploymentCase.objects.filter(household=OuterRef("household"), closed_on=None)),
        resident=OuterRef("pk"),
        until=None,
    ).values("household")[:1]
)
NAMES = {
    "older": pgettext_lazy("tag", "4050"),
    "registered": pgettext_lazy("tag", "Registered"),
    "long": pgettext_lazy("tag", "Over 6 months"),
    "zero": pgettext_lazy("tag", "Zero-employment household"),
    "low_income": pgettext_lazy("tag", "Low income"),
    "hardship_older_4050": pgettext_lazy("tag", "Hardship: 4050"),
    "hardship_zero_employment": pgettext_lazy("tag", "Hardship: zero employment"),
    "hardship_low_income": pgettext_lazy("tag", "Hardship: low income"),
    "hardship_disabled": pgettext_lazy("tag", "Hardship: disabled"),
    "hardship_long_unemployed": pgettext_lazy("tag", "Hardship: long unemployed"),
    "hardship_lost_land": pgettext_lazy("tag", "Hardship: lost land"),
    "hardship_single_parent": pgettext_lazy("tag", "Hardship: single parent"),
    "hardship_graduate": pgettext_lazy("tag", "Hardship: graduate"),
    "hardship_veteran": pgettext_lazy("tag", "Hardship: veteran"),
    "hardship_other": pgettext_lazy("tag", "Hardship: other"),
}
# A recognition says it already.
SAID_BY = {
    "hardship_older_4050": "older",
    "hardship_low_income": "low_income",
    "hardship_zero_employment": "zero",
}


def labels(person: Resident, today: date) -> list[str]:
    """Codes of NAMES. `hardship` and `in_zero` are read from the database with the record."""
    out_of_work = person.state == State.UNEMPLOYED
    since = person.state_since
    hardship = f"hardship_{category}" if (category := getattr(person, "hardship", None)) else ""
    told = {
        hardship: bool(hardship),
        "zero": getattr(person, "in_zero", None) is not None,
        "older": person.is_4050_on(today),
        "low_income": person.low_income,
        "registered": out_of_work and person.registered,
        "long": out_of_work and since is not None and since <= months_before(today, LONG),
    }
    return [code for code, holds in told.items() if holds and code != SAID_BY.get(hardship)]


LABELS = Column(
    "labels",
    pgettext_lazy("column", "Tags"),
    Kind.TAGS,
    labels,
    choices=NAMES,
    tones={
        "long": "warn",
        "zero": "warn",
        **{code: "info" for code in NAMES if code.startswith("hardship_")},
    },
    annotations={"hardship": HARDSHIP, "in_zero": ZERO},
)
