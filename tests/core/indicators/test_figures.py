"""Each figure is the number of the records it opens to: in every region, period and breakdown."""

from __future__ import annotations

import random
from itertools import product

import pytest
from figure_world import CITY, COMMUNITIES, DISTRICT, PROVINCE, STREETS, TODAY, populate

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry, rollup
from qiao.core.indicators.declarations import Ratio

REGIONS = (0, PROVINCE, CITY, DISTRICT, STREETS[0], COMMUNITIES[0])
PERIODS = [
    Period.parse(text)
    for text in ("2006-08", "2006-07", "2005-11", "2006Q1", "2005H2", "2006", "2005-03-10..2005-06-20")
]
INDICATORS = list(registry.indicators())


def opened(indicator, scope, period, by, value, part="numerator"):
    """What the names behind a figure come to."""
    tally = getattr(indicator, part if part != "missing" else "denominator", indicator)
    return tally.total(figures.drill(indicator, scope, period, by, value, part, today=TODAY))


@pytest.mark.parametrize(("seed", "from_facts"), [(2, False), (3, True), (4, False)])
def test_every_figure_opens_to_as_many_names(district, seed, from_facts):
    populate(seed, people=30)
    rollup.merge_all(Scope.everything(), TODAY)
    dice = random.Random(seed)
    codes = {"", *(one.code for indicator in INDICATORS for one in indicator.dimensions)}
    checked = 0
    for by in codes:
        chosen = [one for one in INDICATORS if not by or one.dimension(by)]
        for region in REGIONS[seed % 2 :: 2]:
            scope = Scope(region)
            table = figures.table(chosen, scope, scope.level, PERIODS, by, TODAY, from_facts)
            cells = list(product(enumerate(PERIODS), chosen, sorted(table.keys() | {""})))
            for (no, period), indicator, key in dice.sample(cells, min(8, len(cells))):
                shown = table.total(indicator, no, key)
                parts = {"numerator": shown.value}
                if isinstance(indicator, Ratio):
                    missing = shown.denominator - shown.numerator
                    parts = {
                        "numerator": shown.numerator,
                        "denominator": shown.denominator,
                        "missing": missing,
                    }
                for part, number in parts.items():
                    place = (indicator.code, part, region, str(period), by, key)
                    assert number == opened(indicator, scope, period, by, key, part), place
                    checked += number
    assert checked > 0
