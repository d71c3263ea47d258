"""An invented labour market on the real occupation tree and the real communities of the demo district; by seed.

    make(people=100_000, posts=20_000, openings=50_000, seed=2006) -> Market

Distributions. Homes: communities by a heavy-tailed size. Communities lie in a town of 16 x 12 km, those of a street
close together. Posts: four in ten in five trade centres, the others by community. Occupations: groups of the tree
by a Zipf law, people and posts with the same ranks, people's two to three wishes near each other. Pay: log-normal
around 900 yuan (2006), reserve log-normal around 980, one in ten asks 2.2
times that, one in ten nothing. Age window stated by six in ten of the posts. Tiers: 6 % certified
hardship (tier 2), 15 % long without work (tier 1), 3 % in zero-employment households of one or two seekers.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qiao.engines.matching import Distances, Market, People, Policy, Posts
from qiao.engines.matching.model import DEFAULT
from qiao.engines.occupations import tree

ROOT = Path(__file__).parent.parent
DISTRICT = ROOT / "qiao/demo/data/district.csv"


def make(
    people: int = 100_000,
    posts: int = 20_000,
    openings: int = 50_000,
    seed: int = 2006,
    policy: Policy = DEFAULT,
) -> Market:
    dice = np.random.default_rng(seed)
    distances, sizes = town(dice)
    works = occupations(dice)
    return Market(
        seekers(dice, people, works, sizes),
        offers(dice, posts, openings, works, sizes),
        distances,
        policy,
    )


def communities() -> NDArray[np.int64]:
    with DISTRICT.open(encoding="utf-8-sig", newline="") as file:
        return np.array([int(row["code"]) for row in csv.DictReader(file) if row["level"] == "community"])


def town(dice: np.random.Generator) -> tuple[Distances, NDArray[np.float64]]:
    codes = communities()
    streets, street = np.unique(codes // 1000, return_inverse=True)
    centres = dice.uniform((0, 0), (16, 12), (len(streets), 2))
    km = centres[street] + dice.normal(0, 1.0, (len(codes), 2))
    degrees = np.column_stack([38.0 + km[:, 1] / 111.2, 114.4 + km[:, 0] / (111.2 * np.cos(np.radians(38)))])
    sizes = dice.lognormal(0, 0.5, len(codes))
    return Distances.between(degrees, degrees), sizes / sizes.sum()


def occupations(dice: np.random.Generator) -> list[NDArray[np.int64]]:
    """Occupations by minor group, the groups in the order of how common they are."""
    codes = np.array([one.number for one in tree().level(4)])
    _, cuts = np.unique(codes // 100, return_index=True)
    groups = np.split(codes, cuts[1:])
    return [groups[k] for k in dice.permutation(len(groups))]


def drawn(dice: np.random.Generator, works: list[NDArray[np.int64]], size: int) -> NDArray[np.int64]:
    common = 1 / (8 + np.arange(len(works)))
    group = dice.choice(len(works), size, p=common / common.sum())
    lengths = np.array([len(one) for one in works])
    flat, start = np.concatenate(works), np.append(0, np.cumsum(lengths)[:-1])
    return flat[start[group] + (dice.random(size) ** 2 * lengths[group]).astype(int)]


def sets(dice: np.random.Generator, size: int, names: int, often: float, most: int) -> NDArray[np.uint64]:
    """Up to `most` of so many names, the first ones more often."""
    chosen = np.zeros(size, np.uint64)
    for _ in range(most):
        name = (names * dice.random(size) ** 2).astype(np.uint64)
        chosen |= np.where(dice.random(size) < often, np.uint64(1) << name, np.uint64(0))
    return chosen


def seekers(
    dice: np.random.Generator, size: int, works: list[NDArray[np.int64]], sizes: NDArray[np.float64]
) -> People:
    first = drawn(dice, works, size)
    near = np.where(dice.random(size) < 0.5, first // 10_000 * 10_000, drawn(dice, works, size))
    third = np.where(dice.random(size) < 0.4, drawn(dice, works, size), 0)
    fate = dice.random(size)
    zero = np.flatnonzero(fate > 0.97)
    household = np.full(size, -1)
    household[zero] = np.arange(len(zero)) * 2 // 3
    reserve = dice.lognormal(np.log(98_000), 0.35, size) * np.where(dice.random(size) < 0.1, 2.2, 1)
    reserve[dice.random(size) < 0.1] = 0
    return People.of(
        np.arange(size),
        home=dice.choice(len(sizes), size, p=sizes),
        wishes=np.column_stack([first, near, third]),
        education=dice.choice(8, size, p=[0.02, 0.08, 0.36, 0.2, 0.16, 0.11, 0.06, 0.01]),
        age=np.clip(dice.normal(38, 11, size), 16, 60).astype(int),
        experience=dice.geometric(0.3, size) - 1,
        reserve=reserve // 1000 * 1000,
        commute=dice.choice(
            [1000, 2000, 3000, 5000, 8000, 15_000], size, p=[0.2, 0.22, 0.24, 0.2, 0.09, 0.05]
        ),
        certified=(fate < 0.06) | (fate > 0.97),
        skills=sets(dice, size, 40, 0.5, 4),
        certificates=sets(dice, size, 24, 0.25, 2),
        tier=np.where((fate < 0.06) | (fate > 0.97), 2, np.where(fate < 0.21, 1, 0)),
        household=household,
    )


def offers(
    dice: np.random.Generator,
    size: int,
    openings: int,
    works: list[NDArray[np.int64]],
    sizes: NDArray[np.float64],
) -> Posts:
    spread = dice.lognormal(0, 0.9, size)
    left = 1 + dice.multinomial(openings - size, spread / spread.sum())
    centres = dice.choice(len(sizes), 5, replace=False)
    stated = dice.random(size) < 0.6
    youngest = dice.choice([16, 18, 20, 22], size)
    return Posts.of(
        np.arange(size),
        place=np.where(
            dice.random(size) < 0.4, dice.choice(centres, size), dice.choice(len(sizes), size, p=sizes)
        ),
        occupation=drawn(dice, works, size),
        openings=left,
        reserved=left // 5,
        education=dice.choice(7, size, p=[0.06, 0.06, 0.26, 0.24, 0.18, 0.14, 0.06]),
        experience=dice.choice([0, 1, 2, 3, 5], size, p=[0.32, 0.22, 0.2, 0.16, 0.1]),
        age_from=np.where(stated, youngest, -1),
        age_to=np.where(stated, dice.choice([30, 35, 40, 45, 50], size), -1),
        pay=np.where(dice.random(size) < 0.03, 0, dice.lognormal(np.log(90_000), 0.25, size) // 1000 * 1000),
        welfare=dice.random(size) < 0.04,
        skills=sets(dice, size, 40, 0.5, 3),
        certificates=sets(dice, size, 24, 0.2, 1),
    )
