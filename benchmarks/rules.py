"""Rules: a million people against the twelve policies of support, one person with reasons, and the same clauses read row by row.

    python benchmarks/rules.py [--people 1000000] [--rival 20000] [--rounds 3] [--seed 2006]

CPU seconds of the whole process (polars computes on every core it finds). The rival reads some of the rows and is
extrapolated; its answers are compared with the sweep's.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiao.config.settings")
import django

django.setup()

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
from row_by_row import judged  # noqa: E402

from qiao.core.standards.declarations import declared  # noqa: E402
from qiao.engines.rules import Policy, explain, in_force, sweep  # noqa: E402
from qiao.services.support.facts import DAYS, FLAGS, NEVER, SCHEMA  # noqa: E402
from qiao.services.support.policies import PARAMETERS, POLICIES  # noqa: E402

ON = date(2006, 8, 31)
REACH_CPU, REACH_ONE, ONES = 3.0, 0.005, 200


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("people", 1_000_000), ("rival", 20_000), ("rounds", 3), ("seed", 2006)):
        options.add_argument(f"--{name}", type=int, default=default)
    given = options.parse_args()
    rows, values = people(given.people, given.seed), held()
    policies = in_force(POLICIES, values)
    print(
        f"{given.people:,} people x {len(policies)} policies, seed {given.seed}, load {os.getloadavg()[0]:.1f}"
    )
    print(f"{'work':<44} {'seconds':>9}  reach")
    taken = statistics.median(cpu(lambda: sweep(policies, rows, ON, values)) for _ in range(given.rounds))
    print(f"{'sweep, CPU':<44} {taken:>9.2f}  {'<' if taken < REACH_CPU else 'MISSED, above'} {REACH_CPU} s")
    some = rows.head(ONES).to_dicts()
    one = cpu(lambda: [explain(policies, row, ON, values, SCHEMA) for row in some]) / ONES
    print(
        f"{'one person with reasons, CPU':<44} {one:>9.4f}  {'<' if one < REACH_ONE else 'MISSED, above'} {REACH_ONE} s"
    )
    rival(policies, rows, values, min(given.rival, given.people), taken)


def rival(
    policies: list[Policy], rows: pl.DataFrame, values: dict[str, Any], count: int, taken: float
) -> None:
    part = rows.head(count)
    read = part.to_dicts()
    found: list[list[int]] = []
    spent = cpu(
        lambda: found.extend(
            [judged(policy, row, ON, values)[1].value for policy in policies] for row in read
        )
    )
    whole = spent * rows.height / count
    swept = sweep(policies, part, ON, values)
    same = np.array_equal(np.array(found), swept.select([one.code for one in policies]).to_numpy())
    print(
        f"{f'row by row in Python, of {count:,} rows':<44} {whole:>9.1f}  {whole / taken:,.0f} times the sweep"
    )
    print(f"answers are {'equal' if same else 'NOT EQUAL'}")


def cpu(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def held() -> dict[str, Any]:
    """The values as declared for the whole country; where none holds on the day, the first that was declared, so that
    all twelve policies are in force."""
    values = {}
    for code in PARAMETERS:
        parameter = declared()[code]
        standing = [
            one
            for one in parameter.given
            if one.place == 0 and (one.valid_from or ON) <= ON and (one.valid_to is None or one.valid_to > ON)
        ]
        values[code] = parameter.kind.read((standing or parameter.given)[0].value)
    return values


def people(count: int, seed: int) -> pl.DataFrame:
    """Invented people; a tenth of each fact is not recorded."""
    draw = np.random.default_rng(seed)

    def some(values: Any) -> pl.Series:
        return pl.Series(values).scatter(np.flatnonzero(draw.random(count) < 0.1), None)

    def days(first: str, last: str) -> pl.Series:
        span = (np.datetime64(last) - np.datetime64(first)).astype(int)
        return some((np.datetime64(first) + draw.integers(0, span, count)).astype("datetime64[D]"))

    spans = {
        "birth": ("1940-01-01", "1990-01-01"),
        "retires": ("1995-01-01", "2050-01-01"),
        "business": ("2001-01-01", "2006-08-30"),
        "graduated": ("1960-01-01", "2006-07-01"),
    }
    columns: dict[str, pl.Series] = {
        "sex": some(draw.choice(["F", "M"], count)),
        "work": some(draw.choice(["unemployed", "self", "flexible", "unit"], count)),
        "trade": some(draw.choice(["shop", "repair", "stall", "massage", "net_cafe"], count)),
    }
    columns |= {name: some(draw.random(count) < 0.5) for name in FLAGS}
    columns |= {name: days(*spans[name]) for name in DAYS if name in spans}
    columns |= {
        name: pl.Series([NEVER], dtype=pl.Date).new_from_index(0, count) for name in DAYS if name not in spans
    }
    return pl.DataFrame(columns).select([pl.col(name).cast(kind) for name, kind in SCHEMA.items()])


if __name__ == "__main__":
    main()
