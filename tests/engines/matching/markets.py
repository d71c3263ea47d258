"""Small markets for the tests, and the rules and the score once more: slowly, in plain Python, one pair at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from typing import Any

import numpy as np
from hypothesis import strategies as st

from qiao.engines.matching import Distances, Market, Mode, People, Policy, Posts, Run

OCCUPATIONS = (4_07_03_01, 4_07_03_02, 4_07_05_01, 4_08_01_01, 6_01_01_01)
WISHES = (0, *OCCUPATIONS, 4_07_03_00, 4_07_00_00, 4_00_00_00)
METRES = np.array([[0, 1500, 4000], [1500, 0, 2600], [4000, 2600, 0], [950, 3050, 9000]])
PERSON = {
    "home": st.integers(-1, 3),
    "wishes": st.lists(st.sampled_from(WISHES), min_size=2, max_size=2),
    "education": st.integers(0, 7),
    "age": st.integers(-1, 60),
    "experience": st.integers(0, 5),
    "reserve": st.sampled_from([0, 60_000, 80_000, 90_050, 120_000]),
    "commute": st.sampled_from([-1, 0, 1000, 3000, 5000]),
    "certified": st.integers(0, 1),
    "skills": st.integers(0, 15),
    "certificates": st.integers(0, 3),
    "tier": st.integers(0, 2),
    "household": st.sampled_from([-1, -1, -1, 0, 1]),
}
POST = {
    "place": st.integers(-1, 2),
    "occupation": st.sampled_from((0, *OCCUPATIONS)),
    "openings": st.integers(0, 3),
    "reserved": st.integers(0, 2),
    "education": st.sampled_from([0, 0, 2, 4]),
    "experience": st.sampled_from([0, 0, 1]),
    "age_from": st.sampled_from([-1, -1, 18, 25]),
    "age_to": st.sampled_from([-1, -1, 35, 50]),
    "pay": st.sampled_from([0, 70_000, 90_000, 100_000, 150_000, 800_000_000]),
    "welfare": st.sampled_from([0, 0, 0, 1]),
    "skills": st.integers(0, 15),
    "certificates": st.sampled_from([0, 0, 0, 1, 2]),
}


@st.composite
def markets(draw: st.DrawFn, people: int = 9, posts: int = 7, **policy: Any) -> Market:
    """Any rules may fail; scores tie often, posts are often alike."""
    seekers = draw(st.lists(st.fixed_dictionaries(PERSON), max_size=people))
    offers = draw(st.lists(st.fixed_dictionaries(POST), max_size=posts))
    return Market(
        People.of(range(len(seekers)), **_columns(PERSON, seekers)),
        Posts.of(range(len(offers)), **_columns(POST, offers)),
        Distances.of(METRES),
        Policy(**policy),
    )


def _columns(names: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = {name: [row[name] for row in rows] for name in names}
    if "wishes" in columns and not rows:
        columns["wishes"] = np.zeros((0, 2))
    return columns


def crowded(people: int, posts: int, openings: int, seed: int, mode: Mode = Mode.SOFT) -> Market:
    """A market in which nearly everybody may take nearly everything and two seek each opening."""
    dice = np.random.default_rng(seed)
    return Market(
        People.of(
            range(people),
            home=dice.integers(0, 4, people),
            wishes=dice.choice(WISHES[1:], (people, 2)),
            education=dice.integers(0, 7, people),
            reserve=dice.integers(500, 1100, people) * 100,
            skills=dice.integers(0, 256, people),
            commute=dice.choice([-1, 3000, 5000], people),
            tier=dice.choice([0, 0, 0, 1, 2], people),
        ),
        Posts.of(
            range(posts),
            place=dice.integers(0, 3, posts),
            occupation=dice.choice(OCCUPATIONS, posts),
            openings=1 + dice.multinomial(openings - posts, np.ones(posts) / posts),
            reserved=dice.integers(0, 2, posts),
            education=dice.integers(0, 3, posts),
            pay=dice.integers(700, 1600, posts) * 100,
            skills=dice.integers(0, 256, posts),
        ),
        Distances.of(METRES),
        Policy(mode),
    )


def failed(market: Market, i: int, j: int) -> set[str]:
    """Names of the rules the pair fails."""
    person, post = row(market.people, i), row(market.posts, j)
    way = metres(market, i, j)
    checks = {
        "EDUCATION": person["education"] >= post["education"],
        "EXPERIENCE": person["experience"] >= post["experience"],
        "AGE_FROM": person["age"] < 0 or person["age"] >= post["age_from"],
        "AGE_TO": person["age"] < 0 or post["age_to"] < 0 or person["age"] <= post["age_to"],
        "WAGE": post["pay"] == 0 or post["pay"] // 100 >= person["reserve"] // 100,
        "COMMUTE": way is None or person["commute"] < 0 or way <= person["commute"],
        "WELFARE": not post["welfare"] or bool(person["certified"]),
        "CERTIFICATE": not post["certificates"] & ~person["certificates"],
    }
    return {name for name, met in checks.items() if not met}


def score(market: Market, i: int, j: int) -> int:
    person, post, weights = row(market.people, i), row(market.posts, j), market.policy.weights
    way, neutral = metres(market, i, j), weights.neutral
    wished = [(rank, wish) for rank, wish in enumerate(person["wishes"]) if wish]
    occupation = neutral
    if wished and post["occupation"]:
        occupation = max(
            weights.rank[rank] * weights.kinship[levels(wish, post["occupation"])] // 100
            for rank, wish in wished
        )
    distance = neutral if way is None else round(100 * 0.5 ** (-(-way // 100) * 100 / weights.half_way))
    wage, reserve, pay = neutral, person["reserve"] // 100, post["pay"] // 100
    if reserve and pay:
        wage = max(0, min(100, (pay - reserve) * 10_000 // (reserve * weights.wage_full)))
    wanted = bin(post["skills"]).count("1")
    both = bin(post["skills"] & person["skills"]).count("1")
    skills = (200 * both + wanted) // (2 * wanted) if wanted else neutral
    education = max(0, min(100, 100 - weights.overqualified * (person["education"] - post["education"])))
    parts = zip(weights.parts, (occupation, distance, wage, skills, education), strict=True)
    return sum(weight * value for weight, value in parts)


def levels(wish: int, occupation: int) -> int:
    """Of 4-07-03-01 by its digits; a wish that ends in zeros is a group."""
    cuts = (1, 3, 5, 7)
    asked, given = f"{wish:07d}", f"{occupation:07d}"
    depth = next(k for k, cut in enumerate(cuts, 1) if set(asked[cut:]) <= {"0"})
    common = max((k for k, cut in enumerate(cuts, 1) if asked[:cut] == given[:cut]), default=0)
    return 4 if common >= depth else common


def metres(market: Market, i: int, j: int) -> int | None:
    home, place = int(market.people.home[i]), int(market.posts.place[j])
    return None if min(home, place) < 0 else int(market.distances.metres[home, place])


def row(table: People | Posts, at: int) -> dict[str, Any]:
    return {one.name: getattr(table, one.name)[at].tolist() for one in fields(table)}


def table(market: Market) -> np.ndarray:
    """Scores of all pairs, -1 where a rule fails or the post has no openings."""
    shape = len(market.people), len(market.posts)
    return np.array(
        [
            [
                score(market, i, j) if market.posts.openings[j] and not failed(market, i, j) else -1
                for j in range(shape[1])
            ]
            for i in range(shape[0])
        ]
    ).reshape(shape)


def valid(market: Market, run: Run, scores: np.ndarray) -> None:
    """Openings are not exceeded and everybody placed may take the post at the score said."""
    for post, many in Counter(run.post[run.post >= 0].tolist()).items():
        assert many <= market.posts.openings[post]
    for i, post in enumerate(run.post):
        assert run.score[i] == (scores[i, post] if post >= 0 else 0)
        assert post < 0 or scores[i, post] >= 0
