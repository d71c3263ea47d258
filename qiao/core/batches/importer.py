"""What a ledger declares to be filled from rosters, and how staged rows become records, in sets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.db import connection
from django.utils.functional import Promise

from qiao.core.accounts.rights import Right
from qiao.core.batches import sets
from qiao.core.batches.models import ImportBatch
from qiao.core.intake.vocabulary import Vocabulary
from qiao.core.ledgers import registry
from qiao.core.ledgers.ledger import Ledger
from qiao.core.records.models import Record
from qiao.core.regions import codes


class Importer:
    """Declares a roster. `columns`: model field -> roster field; `match_on`: the fields that name a record.

    `numbered`: further tables of which each row gets a number in advance, as values["_<table>"].
    `about`: the ledger of the records that rows point at, where it is not `ledger`.
    `seal`: the costly part of `derive`, the dotted path of a function that knows no database; it takes what `derive`
    returned of many rows and gives (look-up key, what is stored encrypted, further values) of each. Where there is one,
    rows may be handed to another process: their values are plain ones, an entry of choices stands as its text.
    `labels` and `choices` name the fields that no column of the model carries; of a list of choices some may be given
    as {value: label}.
    `right`: what a person needs beside the right to import. `placed`: False where rows do not say their community,
    because it is that of the record they point at. `checked`: somebody else than who sent the file must import it.
    `lasting`: the import is not taken back as a whole.
    A row that names a record changes it; any other becomes a new one.
    """

    code: ClassVar[str]
    name: ClassVar[str | Promise]
    ledger: ClassVar[str]
    model: ClassVar[type[Record]]
    columns: ClassVar[Mapping[str, str]]
    match_on: ClassVar[tuple[str, ...]]
    labels: ClassVar[Mapping[str, str | Promise]] = {}
    choices: ClassVar[Mapping[str, Any]] = {}
    numbered: ClassVar[tuple[str, ...]] = ()
    about: ClassVar[str] = ""
    seal: ClassVar[str] = ""
    right: ClassVar[Right | None] = None
    placed: ClassVar[bool] = True
    checked: ClassVar[bool] = False
    lasting: ClassVar[bool] = False

    @cached_property
    def vocabulary(self) -> Vocabulary:
        raise NotImplementedError

    def derive(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """May add to a row's values, asking no database; returns its look-up key and what is stored encrypted,
        or, where there is `seal`, what that takes."""
        return None, None

    def classify(self, batch: ImportBatch) -> None:
        """Says which staged rows change a record or nothing; the others stay new ones."""
        raise NotImplementedError

    def forget_deleted(self, batch: ImportBatch) -> None:
        """A row whose record was deleted since the last check stands for a new one again."""
        table = self.model._meta.db_table
        run(
            f"""
            UPDATE batches_importrow AS i
            SET act = 'insert', target = nextval(pg_get_serial_sequence('{table}', 'id'))
            WHERE i.batch_id = %s AND {WAITING_I} AND i.act IN ('update', 'same', 'move')
              AND NOT EXISTS (SELECT FROM {sets.quoted(table)} AS t
                              WHERE t.id = i.target AND t.deleted_at IS NULL)
            """,
            [batch.pk],
        )

    def merge(self, batch: ImportBatch) -> None:
        """Writes the ready rows, in the caller's transaction."""
        self.insert(batch)
        self.update(batch)
        self.follow(batch)
        self.mark(batch)

    def insert(self, batch: ImportBatch) -> None:
        columns = self.staged_columns()
        names = ", ".join(one.column for one in columns)
        values = ", ".join(one.value for one in columns)
        run(
            f"""
            INSERT INTO {sets.quoted(self.model._meta.db_table)}
                (id, region_id, batch_id, created_by_id, created_at, changed_at, {names})
            SELECT i.target, i.region_id, i.batch_id, %s, now(), now(), {values}
            FROM batches_importrow AS i WHERE i.batch_id = %s AND i.act = 'insert' AND {MERGEABLE_I}
            """,
            [batch.created_by_id, batch.pk],
        )

    def update(self, batch: ImportBatch) -> None:
        table = sets.quoted(self.model._meta.db_table)
        columns = self.staged_columns()
        run(
            f"""
            UPDATE batches_importrow AS i SET before = {sets.before(columns, "t")}
            FROM {table} AS t WHERE t.id = i.target AND i.batch_id = %s AND i.act = 'update' AND {MERGEABLE_I}
            """,
            [batch.pk],
        )
        run(
            f"""
            UPDATE {table} AS t SET {sets.assignments(columns, "t")}, changed_at = now()
            FROM batches_importrow AS i
            WHERE t.id = i.target AND i.batch_id = %s AND i.act = 'update' AND {MERGEABLE_I}
            """,
            [batch.pk],
        )

    def staged_columns(self) -> list[sets.ColumnSql]:
        return sets.columns_of(self.model, self.columns)

    def follow(self, batch: ImportBatch) -> None:
        """What else the rows say: further tables, written from the same staged rows."""

    def after(self, batch: ImportBatch) -> dict[str, int]:
        """What follows from the merged rows for others; returns counts to show on the result page."""
        return {}

    def mark(self, batch: ImportBatch) -> None:
        """What went in is in the registry now; the staged copy of it is not kept, the file is."""
        run(
            f"""
            UPDATE batches_importrow SET merged_at = now(), cells = '[]', values = '{{}}', cipher = NULL
            WHERE batch_id = %s AND {MERGEABLE}
            """,
            [batch.pk],
        )

    def undo(self, batch: ImportBatch) -> int:
        """Takes back every row whose record nobody has changed since; returns how many rows stay.

        Rules that keep records from being deleted give way: what came in by mistake was never true.
        Must run inside a transaction.
        """
        run(
            f"""
            UPDATE batches_importrow AS i SET stayed = true
            WHERE i.batch_id = %(batch)s AND i.merged_at IS NOT NULL AND i.act IN ('insert', 'update')
              AND ({self.touched()})
            """,
            {"batch": batch.pk, "moments": moments(batch)},
        )
        run("SET LOCAL qiao.taking_back = 'on'", [])
        self.take_back(batch)
        run("SET LOCAL qiao.taking_back = ''", [])
        return int(batch.rows.filter(stayed=True).count())

    def touched(self) -> str:
        """SQL over a merged row `i`: what it wrote was changed since. `moments`: when the batch wrote."""
        table = sets.quoted(self.model._meta.db_table)
        return f"""EXISTS (SELECT FROM {table} AS t WHERE t.id = i.target AND t.deleted_at IS NULL
            AND t.changed_at <> ALL(%(moments)s))"""

    def take_back(self, batch: ImportBatch) -> None:
        """Gives changed records their former values and deletes new ones, except for rows that stay."""
        table = sets.quoted(self.model._meta.db_table)
        back = ", ".join(f"{one.column} = old.{one.column}" for one in self.staged_columns())
        params = {"batch": batch.pk, "moments": moments(batch)}
        mine = """t.id = i.target AND i.batch_id = %(batch)s AND i.merged_at IS NOT NULL AND NOT i.stayed
            AND t.deleted_at IS NULL AND t.changed_at = ANY(%(moments)s)"""
        run(
            f"""
            UPDATE {table} AS t SET {back}, changed_at = now()
            FROM batches_importrow AS i, jsonb_populate_record(NULL::{table}, i.before) AS old
            WHERE i.act = 'update' AND {mine}
            """,
            params,
        )
        run(
            f"""
            UPDATE {table} AS t SET deleted_at = now(), changed_at = now()
            FROM batches_importrow AS i WHERE i.act = 'insert' AND {mine}
            """,
            params,
        )


def moments(batch: ImportBatch) -> list[datetime | None]:
    """When the batch wrote: once, and again for rows put right later."""
    return list(batch.rows.exclude(merged_at=None).values_list("merged_at", flat=True).distinct())


MERGEABLE = "status IN ('ready', 'fixed') AND merged_at IS NULL"
WAITING_I = "i.status IN ('ready', 'fixed', 'confirm') AND i.merged_at IS NULL"
MERGEABLE_I = "i.status IN ('ready', 'fixed') AND i.merged_at IS NULL"


def run(sql: str, params: list[Any] | dict[str, Any]) -> int:
    """Executes a statement over the staged rows and returns how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def district_of(batch: ImportBatch) -> int:
    """The leading digits of the district whose registry the batch writes to."""
    span = codes.SPANS[codes.Level.DISTRICT]
    return codes.at_level(batch.region_id, codes.Level.DISTRICT) // span


_importers: dict[str, Importer] = {}


def register(declared: type[Importer]) -> type[Importer]:
    """Class decorator."""
    _importers[declared.code] = declared()
    return declared


def get(code: str) -> Importer:
    """An importer that was declared, else the one that a ledger brings. Raises KeyError."""
    from qiao.core.batches import from_ledger

    return _importers.get(code) or from_ledger.of(_brought()[code])


def importers() -> list[Importer]:
    from qiao.core.batches import from_ledger

    return [*_importers.values(), *map(from_ledger.of, _brought().values())]


def _brought() -> dict[str, Ledger]:
    """Ledgers that people write and that no importer of their own fills."""
    return {
        one.code: one for one in registry.ledgers() if one.rosters == one.code and one.code not in _importers
    }
