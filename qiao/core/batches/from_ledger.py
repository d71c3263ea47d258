"""Excel in for every ledger: the roster's fields, headings and words follow from the ledger's columns.

A ledger that names no importer of its own is read by its columns, in every language of the product. The
hidden record number of an export finds its record; without one, the values of `match_on` do, else equality in
everything that the row says.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.functional import Promise

from qiao.core.batches import sets
from qiao.core.batches.importer import WAITING_I, Importer, run
from qiao.core.batches.models import ImportBatch
from qiao.core.intake.vocabulary import Vocabulary
from qiao.core.intake.words import squeeze
from qiao.core.ledgers import columns as ledger_columns
from qiao.core.ledgers import workbook
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger

RECORD = "record_number"
PLACE = "community"
KINDS = {
    Kind.NAME: "person_name",
    Kind.ID_NUMBER: "id_number",
    Kind.PHONE: "phone",
    Kind.CHOICE: "choice",
    Kind.FLAG: "boolean",
    Kind.DATE: "date",
    Kind.NUMBER: "integer",
    Kind.MONEY: "money",
    Kind.TEXT: "text",
    Kind.ADDRESS: "text",
    Kind.LINK: "text",
}


class LedgerImporter(Importer):
    """The importer of one ledger, by its declaration alone."""

    def __init__(self, ledger: Ledger) -> None:
        self.declared = ledger
        self.code = self.ledger = ledger.code  # type: ignore[misc]
        self.name = ledger.name  # type: ignore[misc]
        self.model = ledger.model  # type: ignore[misc]
        self.match_on = tuple(key for key in ledger.match_on if key in self.written)  # type: ignore[misc]
        self.columns = {**{key: key for key in self.written}, **self._precisions()}  # type: ignore[misc]

    @cached_property
    def written(self) -> dict[str, Column]:
        """The columns that are stored in the record itself."""
        return {
            key: column
            for key, column in self.declared.resolved.items()
            if column.kind in KINDS and column.source in ("", key) and _concrete(self.declared.model, key)
        }

    def _precisions(self) -> dict[str, str]:
        """Model field of a date's precision -> where a row keeps it."""
        names = {
            key: ledger_columns.precision_name(key)
            for key, one in self.written.items()
            if one.kind is Kind.DATE
        }
        return {
            name: f"{key}_precision" for key, name in names.items() if _concrete(self.declared.model, name)
        }

    @property
    def labels(self) -> dict[str, str | Promise]:  # type: ignore[override]
        names = {key: column.name for key, column in self.written.items()}
        return {**names, PLACE: self.declared.label("region"), RECORD: workbook.record_heading()}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Raises ValueError when two columns of the ledger bear one name."""
        fields: dict[str, dict[str, Any]] = {
            RECORD: {"kind": "integer", "aliases": list(_in_every_language(workbook.record_heading))},
            PLACE: {
                "kind": "region",
                "aliases": list(_in_every_language(lambda: self.declared.label("region"))),
            },
        }
        fields |= {key: self._field(key, column) for key, column in self.written.items()}
        return Vocabulary.from_dict(
            {"fields": fields, "identity": [list(self.match_on)] if self.match_on else []}
        )

    def _field(self, key: str, column: Column) -> dict[str, Any]:
        stored = self.model._meta.get_field(key)
        assert isinstance(stored, models.Field)
        field: dict[str, Any] = {
            "kind": KINDS[column.kind],
            "aliases": list(_in_every_language(lambda: column.name)),
            "required": key in self.declared.required
            or not (stored.null or stored.blank or stored.has_default()),
        }
        if column.kind is Kind.CHOICE:
            field["choices"] = _words(column)
        elif column.kind in (Kind.TEXT, Kind.ADDRESS) and stored.max_length:
            field["limit"] = stored.max_length
        elif column.kind is Kind.DATE:
            field["future"] = True
        return field

    def classify(self, batch: ImportBatch) -> None:
        self._refuse_unknown_links(batch)
        self.forget_deleted(batch)
        table = sets.quoted(self.model._meta.db_table)
        columns = self.staged_columns()
        matched = [one for one in columns if one.column.strip('"') in self.match_on] or columns
        same = " AND ".join(
            f"(NOT {one.given} OR t.{one.column} IS NOT DISTINCT FROM {one.value})" for one in matched
        )
        if self.match_on:
            same = " AND ".join(one.given for one in matched) + " AND " + same
        run(
            f"""
            UPDATE batches_importrow AS i
            SET target = f.id, act = f.act
            FROM (
                SELECT DISTINCT ON (i.id) i.id AS row_id, t.id,
                       CASE WHEN {sets.differs(columns, "t")} THEN 'update' ELSE 'same' END AS act
                FROM batches_importrow AS i
                JOIN {table} AS t ON t.region_id = i.region_id AND t.deleted_at IS NULL
                    AND (t.id = (i.values->>'{RECORD}')::bigint OR {same})
                WHERE i.batch_id = %s AND {WAITING_I}
                ORDER BY i.id, t.id = (i.values->>'{RECORD}')::bigint DESC NULLS LAST, t.id
            ) AS f
            WHERE i.id = f.row_id
            """,
            [batch.pk],
        )

    def _refuse_unknown_links(self, batch: ImportBatch) -> None:
        """A row that names a record which the district does not hold waits until it does."""
        links = {key: key for key, column in self.written.items() if column.kind is Kind.LINK}
        for key, one in zip(links, sets.columns_of(self.model, links), strict=True):
            run(
                f"""
                UPDATE batches_importrow AS i SET status = 'error', notes = i.notes || jsonb_build_array(
                    jsonb_build_object('code', 'link_unknown', 'column', NULL,
                        'params', jsonb_build_object('value', i.values->>'{key}')))
                WHERE i.batch_id = %s AND {WAITING_I} AND {one.given} AND {one.value} IS NULL
                """,
                [batch.pk],
            )


@cache
def of(ledger: Ledger) -> LedgerImporter:
    return LedgerImporter(ledger)


def _concrete(model: type[models.Model], name: str) -> bool:
    """Whether a statement may write the field: a column of its own, not computed; a link where its record has a name."""
    found = next((field for field in model._meta.concrete_fields if field.name == name), None)
    if found is None or found.generated:
        return False
    return not found.is_relation or bool(sets.called_by(found))


def _in_every_language(text: Any) -> Iterator[str]:
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield str(text())


def _words(column: Column) -> dict[str, list[str]]:
    """Each value with its labels; a word that two values share means the first of them."""
    claimed = {squeeze(str(value)): str(value) for value in column.choices}
    found: dict[str, list[str]] = {}
    for value, label in column.choices.items():
        said = dict.fromkeys(_in_every_language(lambda label=label: label))
        found[str(value)] = [
            word for word in said if claimed.setdefault(squeeze(word), str(value)) == str(value)
        ]
    return found
