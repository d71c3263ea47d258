"""The offices' own books, imported: registrations, re-employments, recognitions, households, zero-employment."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from qiao.core.batches import sets
from qiao.core.batches.importer import Importer, district_of, register
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.core.calendars.clock import today
from qiao.core.intake.vocabulary import Vocabulary
from qiao.services.people.importers import ResidentImporter
from qiao.services.people.importing import case_lists, histories, registers, relations
from qiao.services.people.importing.weaving import Stretch
from qiao.services.people.importing.words import NAMES, WORDS
from qiao.services.people.models import HardshipCase, Spell, ZeroEmploymentCase


class PeopleRegister(Importer):
    """A book whose rows speak of residents who are recorded already."""

    match_on = ()
    about = "residents"
    labels: ClassVar = NAMES
    choices: ClassVar = WORDS
    number_field: ClassVar[str] = "id_number"

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return registers.vocabulary(self.code)

    def derive(self, values: dict[str, Any]) -> tuple[bytes | None, bytes | None]:
        return registers.derive(values, self.number_field)

    def classify(self, batch: ImportBatch) -> None:
        registers.find_people(batch, district_of(batch))


class HistoryImporter(PeopleRegister):
    model = Spell
    ledger = "spells"
    columns: ClassVar = {}

    @staticmethod
    def told(values: dict[str, Any]) -> list[Stretch]:
        """The stretches of a life that a row tells of."""
        raise NotImplementedError

    def merge(self, batch: ImportBatch) -> None:
        rows = list(
            batch.rows.filter(status__in=("ready", "fixed"), merged_at=None).order_by("sheet", "number")
        )
        histories.merge(batch, rows, self.told, today())
        told = [
            {"id": row.pk, "before": row.before, "notes": row.notes}
            for row in rows
            if row.before or row.notes
        ]
        sets.write_back(ImportRow, ("before", "notes"), told)
        self.mark(batch)

    def touched(self) -> str:
        return histories.TOUCHED

    def take_back(self, batch: ImportBatch) -> None:
        histories.undo(batch)


@register
class RegistrationImporter(HistoryImporter):
    code = "registrations"
    name = _("Register of the unemployed")
    told = staticmethod(histories.registration)


@register
class PlacementImporter(HistoryImporter):
    code = "reemployments"
    name = _("Book of re-employment")
    told = staticmethod(histories.placement)


@register
class RecognitionImporter(PeopleRegister):
    code = "recognitions"
    name = _("List of people in hardship")
    ledger = "hardship"
    model = HardshipCase
    columns: ClassVar = {
        "category": "hardship_category",
        "recognised_on": "recognised_on",
        "exited_on": "exited_on",
    }

    def merge(self, batch: ImportBatch) -> None:
        case_lists.write_recognitions(batch)
        self.mark(batch)

    def touched(self) -> str:
        return case_lists.touched(HardshipCase, case_lists.RECOGNISED)

    def take_back(self, batch: ImportBatch) -> None:
        case_lists.undo(batch, HardshipCase)


@register
class HouseholdImporter(ResidentImporter):
    """One row a member. A member whom no roster has named yet becomes a resident whose status is not known."""

    code = "households"
    name = _("Register of households")
    ledger = "households"
    about = "residents"
    columns: ClassVar = {
        "name": "name",
        "sex": "sex",
        "birth_date": "birth",
        "birth_precision": "birth_precision",
        "address": "address",
        "low_income": "low_income",
    }

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return registers.vocabulary(self.code)

    def classify(self, batch: ImportBatch) -> None:
        super().classify(batch)
        batch.rows.filter(act=ImportRow.Act.SAME, merged_at=None).update(act=ImportRow.Act.UPDATE)

    def follow(self, batch: ImportBatch) -> None:
        relations.leave_makeshift_households(batch)
        super().follow(batch)
        relations.close_empty_households(batch)


@register
class ZeroEmploymentImporter(PeopleRegister):
    code = "zero_households"
    name = _("List of zero-employment households")
    ledger = "zero-employment"
    model = ZeroEmploymentCase
    number_field = "head_id"
    columns: ClassVar = {"found_on": "found_on", "recognised_on": "recognised_on", "cleared_on": "cleared_on"}
    labels: ClassVar = {
        **NAMES,
        "head_id": _("Identity number of the head"),
        "persons": _("Persons"),
        "cleared_how": _("How it ended"),
        "employed_name": _("Member at work"),
        "employed_id": _("Identity number of the member at work"),
    }

    def merge(self, batch: ImportBatch) -> None:
        case_lists.write_zero_employment(batch)
        self.mark(batch)

    def touched(self) -> str:
        return case_lists.touched(ZeroEmploymentCase, case_lists.FOUND)

    def take_back(self, batch: ImportBatch) -> None:
        case_lists.undo(batch, ZeroEmploymentCase)
