"""Who was placed through the offices and by which way, so many as the work report says."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from qiao.demo.model import TODAY, WINDOW, Resident, Spell
from qiao.demo.population import District
from qiao.demo.words import load, weighted
from qiao.demo.work.firms import Firms
from qiao.demo.work.model import Placement

THIS_YEAR = date(2006, 1, 1)
FAIR_DAY = date(2006, 6, 29)
OTHER_WAYS = {"employer": 74.0, "phone": 26.0}
FAIR_SHARE = 0.75
REGISTERED = 0.94


def title_class(title: str) -> str:
    words = load("work")
    return next((kind for kind, titles in words["classes"].items() if title in titles), words["other_class"])


class Candidates:
    """People who began work in the window, each with the last time that they did; drawn without return."""

    def __init__(self, seed: int, district: District, known: set[int]) -> None:
        self.rng = random.Random(f"{seed}:placed")
        self.starts = list(_starts(district, known))
        self.rng.shuffle(self.starts)
        self.waiting = dict.fromkeys(range(len(self.starts)))

    def draw(self, count: int, source: str, fits: Callable[[Placement, Spell], bool]) -> list[Placement]:
        """Up to `count` of those that fit, with `source` written on them."""
        chosen: list[Placement] = []
        for number in list(self.waiting):
            if len(chosen) == count:
                break
            placement, before = self.starts[number]
            if fits(placement, before):
                del self.waiting[number]
                placement.source = source
                chosen.append(placement)
        return chosen


def _starts(district: District, known: set[int]) -> Iterator[tuple[Placement, Spell]]:
    for home in district.communities:
        for person in home.residents:
            if person.key in known and (last := _last_start(person)):
                before, after = last
                yield Placement(person, home, after, ""), before


def _last_start(person: Resident) -> tuple[Spell, Spell] | None:
    begun = [
        (before, after)
        for before, after in pairwise(person.spells)
        if before.state == "unemployed" and after.state == "employed" and WINDOW <= after.since <= TODAY
    ]
    return begun[-1] if begun else None


def choose(seed: int, district: District, known: set[int], firms: Firms, scale: float) -> list[Placement]:
    """The placements, each person once. `known`: keys of people whom a book's line will find in the registry."""
    words, report = load("work"), load("report")
    market = {*words["market_stalls"], *(n for n, f in words["behind"].items() if f == words["market_firm"])}

    def goal(code: str) -> int:
        return round(report[code]["value"] * scale)

    def in_community(placement: Placement, before: Spell) -> bool:
        spell = placement.spell
        fitting = title_class(spell.trade) in words["community_classes"] or spell.form == "welfare_post"
        return spell.since >= THIS_YEAR and spell.form != "self" and fitting and spell.employer not in market

    def at_fair(placement: Placement, before: Spell) -> bool:
        spell = placement.spell
        return spell.form == "unit" and spell.since > FAIR_DAY and before.since <= FAIR_DAY

    people = Candidates(seed, district, known)
    chosen = people.draw(goal("placed_in_market"), "market", lambda p, _: p.spell.employer in market)
    for name, openings in words["officer_firms"].items():
        chosen += people.draw(round(openings * scale), "officer", _brought_by_officers(name))
    chosen += people.draw(goal("placed_in_community_posts"), "community", in_community)
    chosen += people.draw(
        len(people.waiting), "fair", lambda p, b: at_fair(p, b) and people.rng.random() < FAIR_SHARE
    )
    rest = goal("people_placed") - len(chosen)
    chosen += people.draw(rest, "", lambda p, _: p.spell.employer not in market)
    for placement in chosen:
        _arrange(people.rng, placement)
    return sorted(chosen, key=lambda p: (p.on, p.person.key))


def _brought_by_officers(employer: str) -> Callable[[Placement, Spell], bool]:
    return lambda placement, before: placement.spell.employer == employer and placement.on.year == 2005


def _arrange(rng: random.Random, placement: Placement) -> None:
    """The way of those placed by no special one, and what was agreed."""
    form = placement.spell.form
    if not placement.source:
        placement.source = "outlet" if form == "self" else weighted(rng, OTHER_WAYS)
    placement.contract = load("work")["contracts"].get(form, "")
    if form in ("unit", "welfare_post"):
        placement.contract_until = placement.on + timedelta(365 * rng.choice((1, 1, 2, 3)) - 1)
    if rng.random() < REGISTERED:
        placement.registered_on = min(placement.on + timedelta(rng.randrange(3, 29)), TODAY)
    following = next((s for s in placement.person.spells if s.since == placement.spell.until), None)
    placement.end_reason = following.reason if following else ""
