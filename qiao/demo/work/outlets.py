"""Community outlets, labour-service enterprises and re-employment bases."""

import random
from datetime import date, timedelta

from qiao.demo.careers import day_between
from qiao.demo.district import communities
from qiao.demo.model import TODAY, WINDOW, Community
from qiao.demo.words import load, weighted
from qiao.demo.work.firms import Firms
from qiao.demo.work.model import Base, Enterprise, Outlet, Placement

OWNED_BY_FIRMS = 0.14
BASE_KINDS = ("unit", "public")


def outlets(
    seed: int, placements: list[Placement], firms: Firms, homes: list[Community], scale: float
) -> list[Outlet]:
    """As many as the report says: stalls and shops of people placed in self-employment, a few of firms."""
    rng = random.Random(f"{seed}:outlets")
    words, count = load("work")["outlets"], round(load("report")["outlets_new"]["value"] * scale)
    owners = [placement for placement in placements if placement.spell.form == "self"]
    rng.shuffle(owners)
    of_firms = round(count * OWNED_BY_FIRMS)
    made = [_owned(rng, placement) for placement in owners[: count - of_firms]]
    while len(made) < count:
        home, trade = rng.choice(homes), rng.choice(words["firm_trades"])
        firm = rng.choice(firms.invented)
        name = f"{words['firm_name'].format(short=home.short, trade=trade)}{len(made) + 1}"
        opened = day_between(rng, WINDOW + timedelta(30), TODAY - timedelta(30))
        made.append(
            Outlet(
                name,
                trade,
                home.code,
                opened,
                None,
                firm,
                _help(rng),
                rng.randrange(2, 9),
                home.station_worker,
            )
        )
    return sorted(made, key=lambda outlet: (outlet.opened_on, outlet.name))


def _owned(rng: random.Random, placement: Placement) -> Outlet:
    words, home = load("work")["outlets"], placement.home
    stall = placement.spell.employer
    trade = next(
        (trade for trade, stalls in words["trades"].items() if stall in stalls), next(iter(words["trades"]))
    )
    name = words["name"].format(owner=placement.person.name, stall=stall)
    jobs = weighted(rng, {1: 46.0, 2: 30.0, 3: 14.0, 4: 6.0, 6: 4.0})
    return Outlet(
        name, trade, home.code, placement.on, placement.person, None, _help(rng), jobs, home.station_worker
    )


def _help(rng: random.Random) -> tuple[str, ...]:
    kinds = load("work")["outlets"]["help"]
    return tuple(kind for kind in kinds if rng.random() < 0.36)


def enterprises(seed: int, firms: Firms) -> list[Enterprise]:
    rng = random.Random(f"{seed}:enterprises")
    words = load("work")["enterprises"]
    made = []
    for name, section, opened in zip(
        words["names"],
        words["sections"],
        (date(2004, 5, 18), date(2005, 3, 9), date(2006, 2, 21)),
        strict=True,
    ):
        staff = rng.randrange(24, 60)
        firm = firms.add(name, "unit", section, [])
        made.append(Enterprise(firm, opened, staff, round(staff * rng.uniform(0.64, 0.82))))
    return made


def bases(seed: int, firms: Firms, office_staff: dict[int, list[str]]) -> list[Base]:
    """As many as the report says; each is carried by one of the street office's three. `office_staff`: names by street."""
    rng = random.Random(f"{seed}:bases")
    count = load("report")["reemployment_bases"]["value"]
    streets = {area.code: area.street for area in communities()}
    suited = [firm for name, firm in firms.by_name.items() if firm.kind in BASE_KINDS and firms.titles[name]]
    carriers = {street: list(names) for street, names in office_staff.items()}
    made: list[Base] = []
    for firm in suited:
        free = carriers[streets[firm.community]]
        if not free or len(made) == count:
            continue
        staff = rng.randrange(26, 180)
        hardship = max(10, round(staff * rng.uniform(0.3, 0.48)))
        on = day_between(rng, date(2004, 3, 1), date(2006, 7, 20))
        made.append(Base(firm, on, staff, hardship, hardship + rng.randrange(4, 20), 2, free.pop(0)))
    return made
