"""What comes out: a run with its lists and figures. Posts and people are rows of the columns that went in."""

from __future__ import annotations

from dataclasses import dataclass

from qiao.engines.matching.arrays import Flags, Ints, Shares
from qiao.engines.matching.model import Mode
from qiao.engines.matching.rules import Rule


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Each person's posts, shape (people, rows): row 0 the assigned one, then by score minus price. Missing: -1.

    Of posts nobody can tell apart one stands for all; which one goes round, so that each is shown as often.
    """

    post: Ints
    score: Ints
    components: Shares  # 0..100, shape (people, rows, 5), as in weights.COMPONENTS


@dataclass(frozen=True, slots=True)
class Gap:
    """What the duals prove: no assignment that places as many people of each tier scores more than `bound`.

    In fair mode the difference is what fairness costs.
    """

    total: int  # score of all who were placed
    bound: int

    @property
    def share(self) -> float:
        return (self.bound - self.total) / self.bound if self.bound else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """`hardship` counts people of the policy's tiers; its bound is the most that could be placed if they were alone.

    pairs          feasible ones of a person and a kind of post
    envious        people who justly envy: they prefer a post whose last holder comes after them, or that is free
    coverage       posts with openings that stand in at least one list
    exposure_gini  of how often a post is listed for each opening, 0 = all alike
    rivals_p95     people who have a post in their list for each of its openings; a post in twenty has more
    binding        of those with nothing feasible, how many are held back by each rule above all others
    """

    people: int
    posts: int
    openings: int
    pairs: int
    placed: int
    placed_by_tier: tuple[int, ...]
    hardship: int
    hardship_placed: int
    hardship_bound: int
    envious: int
    gap: Gap
    exposure_gini: float
    coverage: float
    rivals_p95: float
    nothing_feasible: int
    binding: dict[Rule, int]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One matching. A caller keeps who asked and when beside it."""

    mode: Mode
    weights: str  # version
    inputs: str  # SHA-256 of all that went in
    post: Ints  # of each person, -1 = none
    score: Ints  # at that post, 0 = none
    tier: Ints  # of each person in this run: one member of each zero-employment household is above all
    price: Ints  # of each post in points, by which it is dear; in fair mode, score and bonus of the last one accepted
    envious: Flags  # of each person, as counted in the figures
    nothing: Flags  # of each person: no post is feasible
    held_by: Ints  # of each of them, the Rule that rules out most posts alone; -1 for everybody else
    lists: Lists
    figures: Figures
