"""Schedules to the fen: a million loans at once, one at a time, and the rival that counts in decimals one by one.

    python benchmarks/amortisation.py [--loans 1000000] [--rows 36] [--sample 5000] [--seed 2006]

Processor seconds of one thread. The rival is `decimal` with 28 digits, measured on a sample and extrapolated; its rows
are compared with ours.
"""

from __future__ import annotations

import argparse
import os
import timeit
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from time import process_time

import numpy as np

from qiao.engines.amortisation import Method, Step, Terms, schedule, schedules
from qiao.engines.amortisation.batch import RATE_UNIT

FEN = Decimal("0.01")
START = date(2006, 3, 15)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (("loans", 1_000_000), ("rows", 36), ("sample", 5000), ("seed", 2006)):
        options.add_argument(f"--{name}", type=int, default=default)
    given = options.parse_args()
    random = np.random.default_rng(given.seed)
    lent = random.integers(1_000_00, 300_000_00, given.loans)
    rate = random.choice([36_000, 38_500, 43_500, 57_600, 60_000], given.loans)
    months = np.ones(given.rows, np.int64)
    print(f"{given.loans:,} loans x {given.rows} rows, seed {given.seed}, load {os.getloadavg()[0]:.1f}")
    print(f"{'work':<44} {'CPU s':>9}  reach")
    for method in (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL, Method.BULLET):
        begun = process_time()
        made = schedules(lent, rate, months, 12, method)
        print(f"{method.value + ', all at once':<44} {process_time() - begun:9.2f}  < 3")
        assert (made.principal.sum(axis=0) == lent).all()
    made = schedules(lent[: given.sample], rate[: given.sample], months, 12, Method.EQUAL_INSTALMENT)
    begun = process_time()
    rival = [by_decimals(int(lent[one]), int(rate[one]), given.rows) for one in range(given.sample)]
    spent = (process_time() - begun) * given.loans / given.sample
    print(f"{'decimals one by one (extrapolated)':<44} {spent:9.2f}")
    ours = np.stack([made.principal, made.interest], axis=2).transpose(1, 0, 2)
    print(f"{'rows of the rival that differ':<44} {int((ours != np.array(rival)).any(axis=2).sum()):9}")
    one_by_one(given.rows)


def one_by_one(rows: int) -> None:
    due = [Step(months=1).after(START, number) for number in range(1, rows + 1)]
    for method in (Method.EQUAL_INSTALMENT, Method.EQUAL_PRINCIPAL):
        terms = Terms(300_000_00, Fraction(36, 1000), START, due, method)
        spent = min(timeit.repeat(lambda terms=terms: schedule(terms), number=200, repeat=5)) / 200  # type: ignore[misc]
        print(f"{'one schedule, ' + method.value + ', us':<44} {spent * 1e6:9.1f}  < 50")


def by_decimals(lent: int, rate: int, rows: int) -> list[tuple[int, int]]:
    """Principal and interest by row, in fen, as careful programs count them one loan after another."""
    balance = Decimal(lent) / 100
    monthly = Decimal(rate) / RATE_UNIT / 12
    level = (balance * monthly / (1 - (1 + monthly) ** -rows)).quantize(FEN, ROUND_HALF_UP)
    made = []
    for number in range(rows):
        interest = (balance * rate / (RATE_UNIT * 12)).quantize(FEN, ROUND_HALF_UP)
        principal = balance if number == rows - 1 else min(balance, level - interest)
        balance -= principal
        made.append((int(principal * 100), int(interest * 100)))
    return made


if __name__ == "__main__":
    main()
