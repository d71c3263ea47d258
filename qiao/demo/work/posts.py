"""The openings behind the placements, those that are still free, and those of the fair."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from qiao.demo.model import TODAY, WINDOW
from qiao.demo.words import load
from qiao.demo.work.firms import Firms
from qiao.demo.work.model import Firm, Placement, Post
from qiao.demo.work.placed import FAIR_DAY, title_class

FAIR_FIRMS = 96
LASTS = timedelta(62)


def behind(seed: int, placements: list[Placement], firms: Firms, scale: float) -> list[Post]:
    """A post for all who were taken on for the same work in the same quarter, and further openings that are free.

    Together with those of the fair they are as many openings as the report says were created.
    """
    rng = random.Random(f"{seed}:posts")
    groups: dict[tuple[object, ...], list[Placement]] = defaultdict(list)
    for placement in placements:
        firm = firms.behind(placement.spell.employer, placement.home)
        if firm and placement.source != "fair":
            quarter = placement.on.year, (placement.on.month - 1) // 3
            welfare = placement.spell.form == "welfare_post"
            groups[firm.name, placement.spell.trade, placement.source, welfare, quarter].append(placement)
    posts = [_for(rng, firms, group) for group in groups.values()]
    _top_up(posts, scale)
    report = load("report")
    total = round((report["posts_created"]["value"] - report["fair_posts"]["value"]) * scale)
    _widen(rng, posts, total - sum(post.openings for post in posts))
    return sorted(posts, key=lambda post: (post.published_on, post.firm.name, post.title))


def _for(rng: random.Random, firms: Firms, group: list[Placement]) -> Post:
    first = min(placement.on for placement in group)
    last = max(placement.on for placement in group)
    one = group[0]
    firm = firms.behind(one.spell.employer, one.home)
    assert firm
    post = make(
        rng,
        firm,
        one.spell.trade,
        one.source,
        len(group),
        max(WINDOW, first - timedelta(rng.randrange(3, 21))),
    )
    post.valid_until = max(post.valid_until, last + timedelta(rng.randrange(2, 15)))
    post.welfare = one.spell.form == "welfare_post"
    if post.welfare:
        post.pay, post.ages = (load("work")["welfare_pay"],) * 2, None
    for placement in group:
        placement.post = post
    post.filled = len(group)
    return post


def make(rng: random.Random, firm: Firm, title: str, source: str, openings: int, on: date) -> Post:
    words = load("work")
    middle = words["pay"].get(title, words["usual_pay"])
    low = max(words["least_pay"], round(middle * rng.uniform(0.85, 1.1), -1) // 1)
    pay = (int(low), int(low) + rng.choice((0, 0, 100, 200)))
    ages = words["age_caps"].get(title) if rng.random() < 0.6 else None
    education = rng.choice(words["education"])
    hours = rng.choice(words["hours"])
    ages = tuple(ages) if ages else None
    kind = title_class(title)
    return Post(
        firm, title, kind, source, openings, on, on + LASTS, pay, hours, education, ages, firm.community
    )


def set_apart(posts: Iterable[Post]) -> None:
    """No employer offers the same work twice on one day: a book could not tell the two apart."""
    seen = set()
    for post in posts:
        while (post.firm.name, post.title, post.published_on) in seen:
            post.published_on += timedelta(1)
        seen.add((post.firm.name, post.title, post.published_on))


def _top_up(posts: list[Post], scale: float) -> None:
    """What the information officers brought in was more than what was filled."""
    for name, openings in load("work")["officer_firms"].items():
        brought = [post for post in posts if post.source == "officer" and post.firm.name == name]
        if not brought:
            continue
        brought[-1].openings += round(openings * scale) - sum(post.openings for post in brought)


def _widen(rng: random.Random, posts: list[Post], missing: int) -> None:
    """Further openings, in posts that can still be filled today."""
    fresh = [
        post for post in posts if post.valid_until >= TODAY and not post.welfare and post.source != "officer"
    ]
    for number in range(missing):
        fresh[rng.randrange(len(fresh)) if number >= len(fresh) else number].openings += 1


def of_fair(seed: int, placements: list[Placement], firms: Firms, scale: float) -> list[Post]:
    """What the employers at the fair offered: at least what people were taken on for, and as much as the report says."""
    rng = random.Random(f"{seed}:fair")
    hired: dict[tuple[str, str], list[Placement]] = defaultdict(list)
    for placement in placements:
        if placement.source == "fair":
            hired[placement.spell.employer, placement.spell.trade].append(placement)
    posts = []
    for name in _at_fair(firms, scale):
        for title in firms.titles[name]:
            group = hired.pop((name, title), [])
            post = make(rng, firms.by_name[name], title, "fair", max(1, len(group)), FAIR_DAY - timedelta(9))
            post.valid_until, post.filled = date(2006, 9, 30), len(group)
            for placement in group:
                placement.post = post
            posts.append(post)
    missing = round(load("report")["fair_posts"]["value"] * scale) - sum(post.openings for post in posts)
    for _ in range(missing):
        rng.choice(posts).openings += 1
    return posts


def _at_fair(firms: Firms, scale: float) -> Iterable[str]:
    standing = list(load("places")["employers"]["unit"])
    invented = [firm.name for firm in firms.invented]
    return [*standing, *invented[: max(4, round((FAIR_FIRMS - len(standing)) * scale))]]
