"""What is really so, as CSV files beside the rosters, so that it can be measured what an import recovers."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path

from qiao.demo.arrangements import Placed
from qiao.demo.model import Community, Household, Recognition, Resident, Spell, ZeroEmployment
from qiao.demo.population import District

NESTED = ("spells", "recognitions", "visits", "members", "zero", "households")


def _columns(kind: type) -> list[str]:
    return [field.name for field in fields(kind) if field.name not in NESTED]


def _values(thing: object) -> list[object]:
    return [getattr(thing, name) for name in _columns(type(thing))]


def _table(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows([_plain(value) for value in row] for row in rows)


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def write_truth(folder: Path, district: District, placed: dict[str, list[Placed]]) -> None:
    """The facts, one table a kind, and rows.csv: which resident each roster line is and its slips."""
    folder.mkdir(parents=True, exist_ok=True)
    residents, houses = list(district.residents), list(district.households)
    spells = ([r.key, *_values(spell)] for r in residents for spell in r.spells)
    recognitions = ([r.key, *_values(made)] for r in residents for made in r.recognitions)
    lines = ([file, p.sheet, p.row, p.key, ";".join(p.defects)] for file in placed for p in placed[file])
    _table(folder / "residents.csv", _columns(Resident), map(_values, residents))
    _table(folder / "spells.csv", ["resident", *_columns(Spell)], spells)
    _table(folder / "recognitions.csv", ["resident", *_columns(Recognition)], recognitions)
    _table(
        folder / "households.csv", [*_columns(Household), "head"], ([*_values(h), h.head.key] for h in houses)
    )
    zero = ([house.key, *_values(house.zero)] for house in houses if house.zero)
    _table(folder / "zero_households.csv", ["household", *_columns(ZeroEmployment)], zero)
    _table(folder / "communities.csv", _columns(Community), map(_values, district.communities))
    _table(folder / "rows.csv", ["file", "sheet", "row", "resident", "slips"], lines)
