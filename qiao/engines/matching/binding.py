"""Which rule holds a person back from whom nothing is feasible: the one that alone rules out most posts."""

from __future__ import annotations

import numpy as np

from qiao.engines.matching.arrays import Ints, Words
from qiao.engines.matching.edges import by_home
from qiao.engines.matching.kernel import kernel
from qiao.engines.matching.market import Asked, Had, Offer, Row
from qiao.engines.matching.rules import GUARDS, Rule, guard

BITS = np.array([guard(rule) if rule is not Rule.CERTIFICATE else np.uint64(1 << 63) for rule in Rule])
UNMET = np.uint64(1 << 63)
ONE = np.uint64(1)


def failures(offer: Offer, had: Had, who: Ints) -> tuple[Ints, Ints]:
    """By person and rule: how many posts fail it, and how many fail it alone. Shape (len(who), rules)."""
    every, alone = (np.zeros((len(who), len(Rule)), np.int64) for _ in range(2))
    posts = np.diff(offer.start)
    for home, rows in by_home(had.home[who]):
        tally(had, who[rows], rows, offer.row(home), offer.asked, posts, BITS, every, alone)
    return every, alone


def binding_rules(offer: Offer, had: Had, who: Ints) -> Ints:
    """The rule of each person; where none does it alone, the one that most posts fail."""
    every, alone = failures(offer, had, who)
    found: Ints = np.where(alone.any(axis=1), alone.argmax(axis=1), every.argmax(axis=1))
    return found


@kernel
def tally(
    had: Had,
    who: Ints,
    rows: Ints,
    row: Row,
    asked: Asked,
    posts: Ints,
    bits: Words,
    every: Ints,
    alone: Ints,
) -> None:
    for n in range(len(who)):
        word, lack = had.word[who[n]], had.lack[who[n]]
        for kind in range(len(posts)):
            unmet = ~(word - row.asks[kind]) & GUARDS
            if asked.needs[kind] & lack != 0:
                unmet |= UNMET
            single = unmet & (unmet - ONE) == 0
            for rule in range(len(bits)):
                if unmet & bits[rule] != 0:
                    every[rows[n], rule] += posts[kind]
                    if single:
                        alone[rows[n], rule] += posts[kind]
