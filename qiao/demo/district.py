"""The area codes of the demo district: 9 street offices, 1 town, 59 communities."""

import csv
import re
from dataclasses import dataclass
from functools import cache

from qiao.demo.words import DATA, load


@dataclass(frozen=True, slots=True)
class Area:
    code: int
    name: str
    level: str

    @property
    def street(self) -> int:
        return self.code // 1000 * 1000

    @property
    def short(self) -> str:
        return short_name(self.name)


def short_name(name: str) -> str:
    """The name that people use, without the word for community or street office."""
    return re.sub(load("places")["area_suffix"], "", name)


@cache
def areas() -> tuple[Area, ...]:
    with (DATA / "district.csv").open(encoding="utf-8") as file:
        return tuple(Area(int(row["code"]), row["name"], row["level"]) for row in csv.DictReader(file))


def district() -> Area:
    return next(area for area in areas() if area.level == "district")


def streets() -> list[Area]:
    return [area for area in areas() if area.level in ("street", "town")]


def communities(street: int | None = None) -> list[Area]:
    return [a for a in areas() if a.level == "community" and street in (None, a.street)]
