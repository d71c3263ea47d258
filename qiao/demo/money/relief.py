"""Taxes and local fees of which outlets were relieved in the first half of 2006."""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import date

from qiao.demo.words import load
from qiao.demo.work.model import Outlet, Work


@dataclass(slots=True)
class Relieved:
    outlet: Outlet
    item: str
    office: str
    month: date
    given_on: date
    yuan: int


def relief(seed: int, work: Work, scale: float) -> list[Relieved]:
    """As much as the report says, spread over the outlets that stood when the year began."""
    rng, words = random.Random(f"{seed}:relief"), load("money")["relief"]
    total = round(load("report")["relief_amount"]["value"] * scale)
    names = Counter(outlet.name for outlet in work.outlets)
    outlets = [one for one in work.outlets if one.opened_on <= words["opened_by"] and names[one.name] == 1]
    made, weights = [], []
    for outlet in outlets:
        size = rng.uniform(0.7, 1.3)
        for item in words["items"]:
            if item.get("stalls", "") in outlet.trade:
                for quarter in words["quarters"]:
                    made.append(
                        Relieved(
                            outlet, item["word"], item["office"], quarter["month"], quarter["given_on"], 0
                        )
                    )
                    weights.append(item["weight"] * size)
    unit = total / (sum(weights) or 1)
    for one, weight in zip(made, weights, strict=True):
        one.yuan = int(weight * unit)
    for one in made[: total - sum(one.yuan for one in made)]:
        one.yuan += 1
    return [one for one in made if one.yuan]
