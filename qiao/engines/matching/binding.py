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


def failing(offer: Offer, had: Had, who: Ints, alone: bool) -> Ints:
    """How many posts each person fails by each rule, or by that rule and no other; shape (len(who), rules)."""
    out = np.zeros((len(who), len(Rule)), np.int64)
    posts = np.diff(offer.start)
    for home, rows in by_home(had.home[who]) if offer.size else ():
        tally(had, who[rows], rows, offer.row(home), offer.asked, posts, BITS, alone, out)
    return out


def binding_rules(offer: Offer, had: Had, who: Ints) -> Ints:
    """The rule of each person; where none does it alone, the one that most posts fail."""
    alone = failing(offer, had, who, alone=True)
    found: Ints = alone.argmax(axis=1)
    rest = np.flatnonzero(~alone.any(axis=1))
    found[rest] = failing(offer, had, who[rest], alone=False).argmax(axis=1)
    return found


@kernel
def tally(
    had: Had, who: Ints, rows: Ints, row: Row, asked: Asked, posts: Ints, bits: Words, alone: bool, out: Ints
) -> None:
    for n in range(len(who)):
        word, lack = had.word[who[n]], had.lack[who[n]]
        for kind in range(len(posts)):
            unmet = ~(word - row.asks[kind]) & GUARDS
            if asked.needs[kind] & lack != 0:
                unmet |= UNMET
            if alone and unmet & (unmet - ONE) != 0:
                continue
            for rule in range(len(bits)):
                if unmet & bits[rule] != 0:
                    out[rows[n], rule] += posts[kind]
