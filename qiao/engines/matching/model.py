"""What goes in: people who seek work, posts, the way between them. One row a person or post, one array a column."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from qiao.engines.matching.arrays import Ints, Words
from qiao.engines.matching.weights import WEIGHTS, Weights

UNKNOWN = -1
MOST_NAMES = 64
HIGHEST_TIER = 100


class BadColumns(ValueError):
    """Columns that do not fit together or hold impossible values; `column` names the first of them."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(f"{column}: {message}")
        self.column = column


class Mode(StrEnum):
    SOFT = "soft"  # a tier adds its bonus to every score of the person
    LEXICOGRAPHIC = "lexicographic"  # no lower tier is served while a higher one could be
    FAIR = "fair"  # deferred acceptance: nobody justly envies anybody


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Those who seek work. All columns have one length; ids are the caller's and come back unchanged.

    id            int
    home          row of the distances, UNKNOWN where the address is not known
    wishes        occupation codes in order of wish, shape (n, w), 0 = none: 4-07-03-01 is 4070301 (occupations.number_of)
    education     step of the caller's ladder 0..15, 0 = none or unknown
    age           whole years on the day of the run, UNKNOWN passes every window
    experience    whole years
    reserve       least monthly pay the person takes, fen, 0 = none
    commute       farthest way, metres, UNKNOWN = any
    certified     certified hardship: may take public-welfare posts
    skills, certificates   sets of bits, see `bits`
    tier          0 = ordinary, higher is served first, at most 100
    household     number of the person's zero-employment household, UNKNOWN = none: one member at a time has the
                  tier above all others
    """

    id: Ints
    home: Ints
    wishes: Ints
    education: Ints
    age: Ints
    experience: Ints
    reserve: Ints
    commute: Ints
    certified: Ints
    skills: Words
    certificates: Words
    tier: Ints
    household: Ints

    @classmethod
    def of(cls, id: ArrayLike, **columns: ArrayLike) -> People:
        """From any sequences; a column left out holds what is said above for "none" or "unknown"."""
        unset = {"home": UNKNOWN, "age": UNKNOWN, "commute": UNKNOWN, "household": UNKNOWN}
        return _checked(_filled(cls, np.asarray(id, np.int64), unset, columns))

    def take(self, rows: ArrayLike) -> People:
        return _taken(self, rows)

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True, eq=False)
class Posts:
    """Posts with openings.

    id            int
    place         column of the distances, UNKNOWN where it is not known
    occupation    code as in `wishes`, 0 = not coded
    openings      how many are left; a post without any is not shown to anybody
    reserved      how many of them the fair mode keeps for hardship tiers as long as such people ask
    education, experience   least required; 0 = none
    age_from, age_to        window stated by the employer; UNKNOWN = open on that side
    pay           a month, fen; 0 = not stated, which nobody's reserve rules out
    welfare       public-welfare post: only for certified people
    skills        what the work asks for: raises the score
    certificates  without which the work may not be done: a hard rule
    """

    id: Ints
    place: Ints
    occupation: Ints
    openings: Ints
    reserved: Ints
    education: Ints
    experience: Ints
    age_from: Ints
    age_to: Ints
    pay: Ints
    welfare: Ints
    skills: Words
    certificates: Words

    @classmethod
    def of(cls, id: ArrayLike, **columns: ArrayLike) -> Posts:
        """From any sequences; a column left out holds what is said above, and one opening a post."""
        unset = {"place": UNKNOWN, "age_from": UNKNOWN, "age_to": UNKNOWN, "openings": 1}
        return _checked(_filled(cls, np.asarray(id, np.int64), unset, columns))

    def take(self, rows: ArrayLike) -> Posts:
        return _taken(self, rows)

    def __len__(self) -> int:
        return len(self.id)


@dataclass(frozen=True, slots=True)
class Policy:
    """How to choose. `bonuses` are points of score a tier adds in soft mode, by tier; the last serves all above it.

    `gap` is what the auction aims at, as a share of the total score; what it reached is certified in the run.
    `hardship_from` is the lowest tier that counts as hardship, in the figures and for reserved openings.
    """

    mode: Mode = Mode.SOFT
    weights: Weights = WEIGHTS[-1]
    bonuses: tuple[int, ...] = (0, 500, 1500, 3000)
    gap: float = 0.0005
    list_rows: int = 10
    hardship_from: int = 1

    def __post_init__(self) -> None:
        if not self.bonuses or min(self.bonuses) < 0 or max(self.bonuses) > 10_000:
            raise BadColumns("bonuses", "one bonus of 0..10000 points for each tier")
        if not 0 < self.gap < 1 or not 1 <= self.list_rows <= 100 or self.hardship_from < 1:
            raise BadColumns(
                "policy", "gap within 0..1, 1..100 rows in a list, hardship from tier 1 or above"
            )


DEFAULT = Policy()


def bits(sets: list[list[str]], names: list[str]) -> Words:
    """Each set of names as bits; `names` are the at most 64 in use. Names not among them are left out."""
    if len(names) > MOST_NAMES:
        raise BadColumns(
            "names", f"at most {MOST_NAMES} different skills or certificates, {len(names)} given"
        )
    bit = {name: 1 << place for place, name in enumerate(names)}
    return np.array([sum({bit.get(name, 0) for name in one}) for one in sets], np.uint64)


Table = TypeVar("Table", People, Posts)


def _filled(table: type[Table], id: Ints, unset: dict[str, int], given: dict[str, Any]) -> Table:
    columns: dict[str, NDArray[Any]] = {"id": id}
    for name in (one.name for one in fields(table) if one.name != "id"):
        kind: type[Any] = np.uint64 if name in ("skills", "certificates") else np.int64
        if name in given:
            columns[name] = np.ascontiguousarray(given.pop(name), dtype=kind)
        else:
            columns[name] = np.full((len(id), 1) if name == "wishes" else len(id), unset.get(name, 0), kind)
    if given:
        raise BadColumns(next(iter(given)), "no such column")
    return table(**columns)


def _checked(table: Table) -> Table:
    for one in fields(table):
        column = getattr(table, one.name)
        shape = (len(table), max(1, column.shape[-1])) if one.name == "wishes" else (len(table),)
        if column.shape != shape:
            raise BadColumns(one.name, f"shape {shape} expected, {column.shape} found")
        if column.dtype == np.int64 and one.name != "id" and len(column) and column.min() < UNKNOWN:
            raise BadColumns(one.name, f"{column.min()} is not possible")
    if isinstance(table, People) and table.tier.max(initial=0) > HIGHEST_TIER:
        raise BadColumns("tier", f"{table.tier.max()} is above {HIGHEST_TIER}")
    return table


def _taken(table: Table, rows: ArrayLike) -> Table:
    which = np.asarray(rows)
    which = which if which.dtype == bool else which.astype(np.int64)
    return replace(table, **{one.name: getattr(table, one.name)[which] for one in fields(table)})
