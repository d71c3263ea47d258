"""What is really so, as CSV files beside the rosters, so that it can be measured what an import recovers."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path

from qiao.demo.model import Recognition, Resident, Spell, ZeroEmployment
from qiao.demo.population import District
from qiao.demo.rosters import Placed

NESTED = ("spells", "recognitions")


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
    """residents, spells, recognitions, households, zero_households: the facts. rows: roster line -> resident, slips."""
    folder.mkdir(parents=True, exist_ok=True)
    residents = list(district.residents)
    _table(folder / "residents.csv", _columns(Resident), map(_values, residents))
    _table(folder / "spells.csv", ["resident", *_columns(Spell)], ([r.key, *_values(s)] for r in residents for s in r.spells))
    _table(
        folder / "recognitions.csv", ["resident", *_columns(Recognition)],
        ([r.key, *_values(made)] for r in residents for made in r.recognitions),
    )  # fmt: skip
    _table(
        folder / "households.csv", ["key", "number", "community", "address", "head", "members", "minors", "low_income"],
        ([h.key, h.number, h.community, h.address, h.head.key, len(h.members), h.minors, h.low_income] for h in district.households),
    )  # fmt: skip
    _table(
        folder / "zero_households.csv", ["household", *_columns(ZeroEmployment)],
        ([house.key, *_values(house.zero)] for house in district.households if house.zero),
    )  # fmt: skip
    _table(
        folder / "communities.csv", ["code", "name", "good", "station_worker"],
        ([c.code, c.name, c.good, c.station_worker] for c in district.communities),
    )  # fmt: skip
    _table(
        folder / "rows.csv", ["file", "sheet", "row", "resident", "slips"],
        ([file, p.sheet, p.row, p.key, ";".join(p.defects)] for file, lines in placed.items() for p in lines),
    )  # fmt: skip
