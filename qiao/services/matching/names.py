"""The people and posts behind each figure of a run, in its own mode and in the one it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qiao.core.accounts.scope import Scope
from qiao.engines.matching import UNKNOWN, Rule
from qiao.services.matching.board import inside, kept
from qiao.services.matching.models import Run, Snapshot
from qiao.services.matching.packing import Outcome, Packed
from qiao.services.matching.places import Codes

Flags = NDArray[np.bool_]


def _everybody(packed: Packed, _outcome: Outcome) -> Flags:
    return np.ones(len(packed.market.people), bool)


def _placed(_packed: Packed, outcome: Outcome) -> Flags:
    return outcome.post >= 0


def _hardship(packed: Packed, _outcome: Outcome) -> Flags:
    found: Flags = packed.run.tier >= packed.market.policy.hardship_from
    return found


PEOPLE: Mapping[str, Callable[[Packed, Outcome], Flags]] = {
    "people": _everybody,
    "placed": _placed,
    "hardship": _hardship,
    "hardship_placed": lambda packed, outcome: _hardship(packed, outcome) & _placed(packed, outcome),
    "envious": lambda _packed, outcome: outcome.envious,
    "nothing_feasible": lambda packed, _outcome: packed.run.nothing,
}
"""By the name of the figure. Those held back by a rule go by its name, as `held_by_commute`."""
HELD = "held_by_"


def known(figure: str) -> bool:
    return figure in PEOPLE or figure.removeprefix(HELD).upper() in Rule.__members__


@dataclass(frozen=True, slots=True)
class Given:
    """A person, and the post they are given if any."""

    resident: int
    post: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A post: its openings at the time, how many were given, and in how many lists it stands."""

    post: int
    openings: int
    given: int
    listed: int


def people_of(run: Run, figure: str, other: bool, scope: Scope, after: int, most: int) -> list[Given] | None:
    """Those of a scope behind a figure, by number, from the one after `after`; None where only figures are kept."""
    packed = _kept(run)
    if packed is None:
        return None
    outcome, ids = _outcome(packed, other), packed.market.people.id
    counted = PEOPLE[figure](packed, outcome) if figure in PEOPLE else packed.run.held_by == _rule(figure)
    rows = np.flatnonzero(counted & inside(packed, run, scope) & (ids > after))
    rows = rows[np.argsort(ids[rows], kind="stable")][:most]
    posts = np.append(packed.market.posts.id, UNKNOWN)[outcome.post[rows]]
    return [
        Given(int(who), int(post) if post != UNKNOWN else None)
        for who, post in zip(ids[rows], posts, strict=True)
    ]


def posts_of(run: Run, other: bool, start: int, most: int) -> list[Shown] | None:
    """Posts with openings, those that stand in most lists for each opening first; None as above."""
    packed = _kept(run)
    if packed is None:
        return None
    outcome, posts = _outcome(packed, other), packed.market.posts
    given = np.bincount(outcome.post[outcome.post >= 0], minlength=len(posts))
    rows = np.flatnonzero(posts.openings > 0)
    rows = rows[np.lexsort((posts.id[rows], -outcome.listed[rows] / posts.openings[rows]))]
    rows = rows[start : start + most]
    columns: list[Codes] = [posts.id[rows], posts.openings[rows], given[rows], outcome.listed[rows]]
    return [Shown(*(int(one) for one in row)) for row in np.column_stack(columns)]


def _rule(figure: str) -> Rule:
    return Rule[figure.removeprefix(HELD).upper()]


def _outcome(packed: Packed, other: bool) -> Outcome:
    return packed.other if other else Outcome.of(packed.run)


def _kept(run: Run) -> Packed | None:
    try:
        return kept(run.pk)
    except Snapshot.DoesNotExist:
        return None
