"""The fair of 29 June 2006: who said yes to which post, and who of them was taken on."""

import random

from qiao.demo.model import Community, Resident
from qiao.demo.population import District
from qiao.demo.words import load
from qiao.demo.work.model import Intention, Placement, Post
from qiao.demo.work.placed import FAIR_DAY


def intentions(
    seed: int,
    district: District,
    known: set[int],
    placements: list[Placement],
    posts: list[Post],
    scale: float,
) -> list[Intention]:
    """One a person, as many as the report says; everybody who was taken on at the fair is among them."""
    rng = random.Random(f"{seed}:intentions")
    hired = {p.person.key: p for p in placements if p.source == "fair"}
    total = round(load("report")["fair_intentions"]["value"] * scale)
    came: list[tuple[Resident, Community]] = [
        (person, home)
        for home in district.communities
        for person in home.residents
        if person.key in known and person.key not in hired and _without_work(person)
    ]
    rng.shuffle(came)
    made = [Intention(p.person, p.home, p.post, p) for p in hired.values() if p.post]
    made += [Intention(person, home, rng.choice(posts)) for person, home in came[: total - len(made)]]
    return sorted(made, key=lambda one: one.person.key)


def _without_work(person: Resident) -> bool:
    return any(spell.state == "unemployed" and spell.covers(FAIR_DAY) for spell in person.spells)
