"""Who employs: the firms that stand in the rosters, the residents' committees, and those that came to the fair."""

import random
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from qiao.demo import papers
from qiao.demo.district import Area, communities
from qiao.demo.families import Addresses
from qiao.demo.model import Community
from qiao.demo.names import given_name, surname
from qiao.demo.words import load
from qiao.demo.work.model import Firm

INVENTED = 74


class Firms:
    """Every employer by name. `titles` are the trades each of them offers work in."""

    def __init__(self, seed: int, homes: list[Community]) -> None:
        self.rng = random.Random(f"{seed}:firms")
        self.places = communities()
        self.taken: set[str] = set()
        self.licences: set[str] = set()
        self.homes = {home.code: home for home in homes}
        self.by_name: dict[str, Firm] = {}
        self.titles: dict[str, list[str]] = {}
        words = load("work")
        for name, titles in load("places")["employers"]["unit"].items():
            self.add(
                name, "public" if words["standing"][name] == "N" else "unit", words["standing"][name], titles
            )
        for name, section in words["extra_firms"].items():
            self.add(name, "individual" if section == "P" else "unit", section, [])
        self.add(words["market_firm"], "market", "H", [])
        for home in homes:
            self.add(words["committee"].format(short=home.short), "committee", "S", [], home.code)
        self.invented = [self.add(*made) for made in self._invent()]

    def behind(self, employer: str, home: Community) -> Firm | None:
        """The firm behind what a roster calls the employer; None for one's own stall or shop."""
        words = load("work")
        name = words["behind"].get(employer, employer)
        if name == "community":
            name = words["committee"].format(short=home.short)
        return self.by_name.get(name)

    def _invent(self) -> Iterator[tuple[str, str, str, list[str]]]:
        made = load("work")["made_names"]
        pairs = list(product(made["place"], made["core"]))
        self.rng.shuffle(pairs)
        trades: list[tuple[str, dict[str, Any]]] = list(made["trades"].items())
        for number, (place, core) in enumerate(pairs[:INVENTED]):
            suffix, trade = trades[number % len(trades)]
            yield place + core + suffix, "unit", trade["section"], trade["titles"]

    def add(
        self, name: str, kind: str, section: str, titles: list[str], community: int | None = None
    ) -> Firm:
        rng = self.rng
        area = self._area(community)
        address = Addresses(rng, area, self.taken).next()
        contact = surname(rng, "") + given_name(
            rng, rng.choice(("male", "female")), date(rng.randrange(1950, 1978), 1, 1)
        )
        firm = Firm(name, kind, section, area.code, self._licence(), contact, papers.mobile(rng), address)
        firm.carrier = self.homes[area.code].station_worker
        self.by_name[name], self.titles[name] = firm, list(titles)
        return firm

    def _area(self, code: int | None) -> Area:
        return next(a for a in self.places if a.code == code) if code else self.rng.choice(self.places)

    def _licence(self) -> str:
        """A business licence of the years before the unified code: 13 digits, the registry's first."""
        while True:
            number = f"1301032{self.rng.randrange(10**6):06}"
            if number not in self.licences:
                self.licences.add(number)
                return number
