"""Entries of the journal: written whole, once for each key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.core.regions import codes
from qiao.services.loans.models.journal import Account, Entry, EntryKind, Line


@dataclass(frozen=True, slots=True)
class Move:
    """`fen` goes from `credit` into `debit`."""

    debit: Account
    credit: Account
    fen: int


@dataclass(frozen=True, slots=True)
class Booked:
    """Who makes an entry, who checks it, under which key, on which day."""

    key: str
    on: date
    by: Any = None
    checked_by: Any = None


def district_of(region: int) -> int:
    return codes.at_level(region, codes.Level.DISTRICT)


def earlier(key: str, kind: EntryKind, total: int = 0) -> Entry | None:
    """The entry that a repeated call made the first time. Raises Refused when the key stands for another."""
    found: Entry | None = Entry.objects.filter(key=key).first()
    if found and (found.kind != kind or total not in (0, found.total_fen)):
        raise Refused(_("The key %(key)s already stands for another entry.") % {"key": key})
    return found


def book(
    booked: Booked,
    kind: EntryKind,
    region: int,
    moves: Sequence[Move],
    *,
    value_on: date,
    loan: Any = None,
    fund: Any = None,
    reverses: Entry | None = None,
    words: str = "",
) -> Entry:
    """Writes header and lines of an entry in a district. Moves of nothing are left out."""
    lines = [move for move in moves if move.fen]
    entry: Entry = Entry.objects.create(
        region_id=district_of(region),
        kind=kind,
        key=booked.key,
        booked_on=booked.on,
        value_on=value_on,
        line_count=len(lines),
        total_fen=sum(move.fen for move in lines),
        made_by=booked.by,
        created_by=booked.by,
        checked_by=booked.checked_by,
        reverses=reverses,
        words=words[:200],
    )
    Line.objects.bulk_create(
        Line(
            entry=entry,
            region_id=entry.region_id,
            loan=loan,
            fund=fund,
            debit=move.debit,
            credit=move.credit,
            fen=move.fen,
        )
        for move in lines
    )
    return entry


def opposite(booked: Booked, entry: Entry, words: str) -> Entry:
    """The exact opposite of an entry. Raises Refused when it was reversed before."""
    if Entry.objects.filter(reverses=entry).exists():
        raise Refused(_("This entry is already reversed."))
    lines = list(entry.lines.all())
    moves = [Move(Account(one.credit), Account(one.debit), one.fen) for one in lines]
    return book(
        booked,
        EntryKind.REVERSAL,
        entry.region_id,
        moves,
        value_on=booked.on,
        loan=lines[0].loan,
        fund=lines[0].fund,
        reverses=entry,
        words=words,
    )
