"""How the people behind a figure are listed: masked, each leading to the record's file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.masking import mask_id, mask_name
from qiao.core.indicators.registry import Names, list_as
from qiao.core.records.dates import shown
from qiao.services.people.models import HardshipCase, PatternFlag, Resident, Spell, ZeroEmploymentCase

Show = Callable[[Any], object]


def file_address(ledger: str, pk: int | None) -> str:
    try:
        return reverse("ledgers:file", args=[ledger, pk]) if pk else ""
    except NoReverseMatch:
        return ""


def person_columns(path: Callable[[Any], Resident]) -> list[tuple[Any, Show]]:
    """Who a record is about, masked; `path` leads from the record to the resident."""
    return [
        (_("Name"), lambda one: mask_name(path(one).name)),
        (_("Sex"), lambda one: path(one).get_sex_display()),
        (_("Birth date"), lambda one: shown(path(one).birth_date, path(one).birth_precision)),
        (_("ID number"), lambda one: mask_id(path(one).id_number)),
        (_("Community"), lambda one: one.region.name),
    ]


def _of_resident(one: Any) -> Resident:
    resident: Resident = one.resident
    return resident


list_as(
    Resident,
    Names(
        columns=[*person_columns(lambda one: one), (_("Status"), lambda one: one.get_state_display())],
        address=lambda one: file_address("residents", one.pk),
        prepare=lambda rows: rows.select_related("region"),
    ),
)
list_as(
    Spell,
    Names(
        columns=[
            *person_columns(_of_resident),
            (_("Status"), lambda one: one.get_state_display()),
            (_("Since"), lambda one: shown(one.since, one.since_precision)),
            (_("Until"), lambda one: shown(one.until)),
            (_("Registered unemployed on"), lambda one: shown(one.registered_on)),
        ],
        address=lambda one: file_address("residents", one.resident_id),
        prepare=lambda rows: rows.select_related("region", "resident"),
    ),
)
list_as(
    HardshipCase,
    Names(
        columns=[
            *person_columns(_of_resident),
            (_("Category"), lambda one: one.get_category_display()),
            (_("Recognised on"), lambda one: shown(one.recognised_on)),
            (_("Exited on"), lambda one: shown(one.exited_on)),
        ],
        address=lambda one: file_address("residents", one.resident_id),
        prepare=lambda rows: rows.select_related("region", "resident"),
    ),
)
list_as(
    ZeroEmploymentCase,
    Names(
        columns=[
            (_("Head of household"), lambda one: mask_name(str(getattr(one.household.head, "name", "")))),
            (_("Community"), lambda one: one.region.name),
            (_("Found on"), lambda one: shown(one.found_on)),
            (_("Ended on"), lambda one: shown(one.cleared_on)),
            (_("How it ended"), lambda one: one.get_ending_display()),
        ],
        address=lambda one: file_address("households", one.household_id),
        prepare=lambda rows: rows.select_related("region", "household__head"),
    ),
)
list_as(
    PatternFlag,
    Names(
        columns=[
            (_("Pattern"), lambda one: one.get_pattern_display()),
            (_("Community"), lambda one: one.region.name),
            (_("People"), lambda one: one.people),
            (_("Found on"), lambda one: shown(one.found_on)),
            (_("Verdict"), lambda one: one.get_verdict_display()),
        ],
        address=lambda one: reverse("pattern", args=[one.pk]),
        prepare=lambda rows: rows.select_related("region"),
    ),
)
