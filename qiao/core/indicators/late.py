"""Whether a change of a record reaches the figures of closed periods, and why it was made all the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Model, Q

from qiao.core.indicators import registry
from qiao.core.indicators.columns import Read, read_by
from qiao.core.indicators.declarations import Tally
from qiao.core.indicators.facts import counting, rows_sql, windows_sql
from qiao.core.indicators.models import Closing, LateChange
from qiao.core.indicators.windows import window
from qiao.core.records.binding import beyond_scope
from qiao.core.regions import codes

Counted = frozenset[tuple[Any, ...]]


class Correction:
    """Made before a record is written: `reached()` afterwards, in the same transaction, gives the closings whose
    figures it changes. Whether somebody is entered who lived here then is no correction: a new record without a
    date of its own reaches none. Costs one query while no period is closed, three where figures read what changes.
    """

    def __init__(self, record: Model, today: date) -> None:
        self.record, self.today = record, today
        self.closings = _in_force(record.region_id)  # type: ignore[attr-defined]
        self.tallies = list(_concerned(record)) if self.closings else []
        self.before = self._counted()

    def reached(self) -> list[Closing]:
        differing = {place for place, *_ in self.before ^ self._counted()}
        return [one for place, one in enumerate(self.closings) if place in differing]

    def _counted(self) -> Counted:
        """(closing, tally, record, amount, values of its breakdowns) of what the record is counted in."""
        parts, values = [], []
        moments, moment_values = windows_sql([window(one.of, self.today) for one in self.closings])
        for tally in self.tallies:
            if (mine := _speaks_of(tally, self.record)) is None:
                continue
            within = mine & Q(region=self.record.region_id)  # type: ignore[attr-defined]
            rows, given = rows_sql(tally, within, tally.by, identified=True)
            names = [
                "region",
                "record",
                *(["amount"] if tally.of else []),
                *(f"k{no}" for no in range(len(tally.by))),
            ]
            keys = ", ".join(f"f.{name}::text" for name in names[2:])
            parts.append(
                f'SELECT w."no", %s, f.record, ARRAY[{keys}]::text[] FROM {moments} '
                f"CROSS JOIN LATERAL ({rows}) AS f({', '.join(names)})"
            )
            values += [tally.code, *moment_values, *given]
        if not parts:
            return frozenset()
        with beyond_scope("a figure counts every fact of its region"), counting() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            return frozenset((no, code, pk, tuple(keys)) for no, code, pk, keys in cursor.fetchall())


def keep(closings: Iterable[Closing], ledger: str, record: Any, reason: str, by: Any) -> None:
    """The reason, with each closing that the change reaches."""
    LateChange.objects.bulk_create(
        LateChange(
            closing=one, region=record.region_id, ledger=ledger, record_id=record.pk, reason=reason, by=by
        )
        for one in closings
    )


def _in_force(region: int | None) -> list[Closing]:
    if region is None:
        return []
    with beyond_scope("a closing above the scope holds in it"):
        above = [codes.NATION, *codes.ancestors(region), region]
        return list(Closing.objects.filter(region__in=above, reopened_on=None).order_by("pk"))


def _concerned(record: Any) -> Iterable[Tally]:
    """The tallies that read what changes."""
    if record.pk is None:
        changed = (
            {field.column for field in record._meta.fields}
            if registry.watch_of(type(record)).begins
            else set()
        )
    else:
        stored = type(record)._base_manager.filter(pk=record.pk).values().get()
        names = {field.attname: field.column for field in record._meta.concrete_fields if not field.generated}
        changed = {column for name, column in names.items() if stored[name] != getattr(record, name)}
    return [tally for tally in registry.tallies().values() if _read(tally).get(type(record), set()) & changed]


@cache
def _read(tally: Tally) -> Read:
    return read_by(tally)


def _speaks_of(tally: Tally, record: Any) -> Q | None:
    """Which records of a tally follow from this one: itself, or what else is said of the same person."""
    if tally.model is type(record):
        return Q(pk=record.pk)
    mine, theirs = registry.watch_of(type(record)).subject, registry.watch_of(tally.model).subject
    subject = getattr(record, mine, None) if mine and theirs else None
    return Q(**{theirs: subject}) if subject is not None else None


def periods(closings: Sequence[Closing]) -> str:
    """The closed periods in words, each once."""
    return ", ".join(dict.fromkeys(str(one.of.label) for one in closings))
