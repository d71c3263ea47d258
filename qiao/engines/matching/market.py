"""Posts and people laid out for scoring.

Posts nobody can tell apart (same demands, work, pay and place) are one *kind* with the sum of their openings and of
those reserved: ten thousand identical posts are one kind. Kinds lie ordered by place and occupation. A post without
openings is in none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qiao.engines.matching import rules
from qiao.engines.matching.arrays import Ints, Shares, Words
from qiao.engines.matching.distances import Distances
from qiao.engines.matching.model import DEFAULT, UNKNOWN, BadColumns, People, Policy, Posts
from qiao.engines.matching.rules import LARGEST, Rule
from qiao.engines.matching.weights import FULL, Weights

BLOCK = 64


class Asked(NamedTuple):
    """What each kind of post asks and gives; padded to whole blocks with kinds that everybody fails."""

    needs: Words
    skills: Words
    wanted: Ints
    pay: Ints
    education: Ints
    occupation: Ints


class Had(NamedTuple):
    """What each person has and wishes."""

    word: Words
    lack: Words
    skills: Words
    reserve: Ints
    education: Ints
    wishes: Ints
    home: Ints


class Scale(NamedTuple):
    """The weights as the kernels read them; `grades` is the occupation component by wish and shared levels."""

    parts: Ints
    grades: Ints
    neutral: int
    overqualified: int
    wage_full: int


class Row(NamedTuple):
    """The kinds as seen from one home."""

    asks: Words
    near: Shares
    nearest: Ints


@dataclass(frozen=True, eq=False)
class Offer:
    """The side of the posts, which serves any number of people."""

    posts: Posts
    distances: Distances
    weights: Weights

    @cached_property
    def _kinds(self) -> tuple[Ints, Ints]:
        posts, opened = self.posts, np.flatnonzero(self.posts.openings > 0)
        sets = posts.skills.view(np.int64), posts.certificates.view(np.int64), self._words.view(np.int64)
        keys = [one[opened] for one in (self._places, posts.occupation, posts.pay, *sets)]
        order = np.lexsort([opened, *reversed(keys)])
        differs = np.ones(len(order), bool)
        if len(order):
            differs[1:] = np.any([one[order][1:] != one[order][:-1] for one in keys], axis=0)
        return opened[order], np.append(np.flatnonzero(differs), len(order))

    @property
    def order(self) -> Ints:
        """The posts with openings, kind after kind."""
        return self._kinds[0]

    @property
    def start(self) -> Ints:
        """Where each kind begins in `order`."""
        return self._kinds[1]

    @property
    def size(self) -> int:
        return len(self.start) - 1

    @cached_property
    def kind_of(self) -> Ints:
        """The kind of each post, UNKNOWN for one without openings."""
        kinds = np.full(len(self.posts), UNKNOWN, np.int64)
        kinds[self.order] = np.repeat(np.arange(self.size), np.diff(self.start))
        return kinds

    @property
    def first(self) -> Ints:
        """One post of each kind."""
        return self.order[self.start[:-1]]

    def members(self, kind: int) -> Ints:
        return self.order[self.start[kind] : self.start[kind + 1]]

    def summed(self, column: Ints) -> Ints:
        """A column of the posts, added up by kind."""
        return np.add.reduceat(column[self.order], self.start[:-1]) if self.size else np.zeros(0, np.int64)

    @cached_property
    def capacity(self) -> Ints:
        return self.summed(self.posts.openings)

    @cached_property
    def reserved(self) -> Ints:
        return self.summed(np.minimum(self.posts.reserved, self.posts.openings))

    @cached_property
    def asked(self) -> Asked:
        posts, first = self.posts, self.first
        return Asked(
            needs=_padded(posts.certificates[first], 0),
            skills=_padded(posts.skills[first], 0),
            wanted=_padded(np.bitwise_count(posts.skills[first]).astype(np.int64), 0),
            pay=_padded(posts.pay[first] // rules.FEN, 0),
            education=_padded(posts.education[first], 0),
            occupation=_padded(np.searchsorted(self.classes, posts.occupation[first]), 0),
        )

    @cached_property
    def classes(self) -> Ints:
        """The occupation codes that occur, ascending."""
        return np.unique(self.posts.occupation)

    @cached_property
    def metres(self) -> Ints:
        """The distances with a last row and column for unknown homes and places, which are UNKNOWN."""
        return np.pad(self.distances.metres, (0, 1), constant_values=UNKNOWN)

    def row(self, home: int) -> Row:
        """`home` as in `Had`: the row after the last stands for unknown ones."""
        metres = self.metres[home, self._places[self.first]]
        hectometres = np.minimum(-(-np.maximum(metres, 0) // rules.HECTOMETRE), LARGEST[Rule.COMMUTE])
        near = np.where(metres < 0, self.weights.neutral, self._decay[hectometres])
        asks = rules.with_way(self._words[self.first], hectometres)
        blocks = _padded(hectometres, LARGEST[Rule.COMMUTE] + 1).reshape(-1, BLOCK)
        return Row(_padded(asks, rules.GUARDS), _padded(near, 0).astype(np.uint8), blocks.min(axis=1))

    @cached_property
    def _words(self) -> Words:
        return rules.of_posts(self.posts)

    @cached_property
    def _decay(self) -> Ints:
        ways = np.arange(LARGEST[Rule.COMMUTE] + 1) * rules.HECTOMETRE
        return np.rint(FULL * 0.5 ** (ways / self.weights.half_way)).astype(np.int64)

    @cached_property
    def _places(self) -> Ints:
        return _within(self.posts.place, self.distances.metres.shape[1], "place")


@dataclass(frozen=True, eq=False)
class Market:
    """Everything a run reads."""

    people: People
    posts: Posts
    distances: Distances
    policy: Policy = DEFAULT

    @cached_property
    def offer(self) -> Offer:
        return Offer(self.posts, self.distances, self.policy.weights)

    def with_people(self, people: People) -> Market:
        """The same posts for others; how they are laid out is kept."""
        other = replace(self, people=people)
        other.__dict__["offer"] = self.offer
        return other


def had(people: People, offer: Offer) -> Had:
    reserve = people.reserve // rules.FEN
    return Had(
        word=rules.of_people(people),
        lack=~people.certificates,
        skills=people.skills,
        reserve=reserve,
        education=people.education,
        wishes=people.wishes,
        home=_within(people.home, len(offer.distances.metres), "home"),
    )


def scale_of(weights: Weights, people: People) -> Scale:
    ranks = [weights.rank[min(k, len(weights.rank) - 1)] for k in range(people.wishes.shape[1])]
    grades = np.outer(ranks, weights.kinship) // FULL
    return Scale(
        np.array(weights.parts),
        grades.astype(np.int64),
        weights.neutral,
        weights.overqualified,
        weights.wage_full,
    )


def _within(column: Ints, size: int, name: str) -> Ints:
    """Rows of the distances, unknown ones the last row that `metres` adds."""
    if len(column) and column.max() >= size:
        raise BadColumns(name, f"{column.max()} is not among the {size} of the distances")
    return np.where(column < 0, size, column)


def _padded(column: NDArray[Any], value: Any) -> NDArray[Any]:
    return np.pad(column, (0, -len(column) % BLOCK), constant_values=value)
