"""The hard rules. All that compare sizes lie side by side in one 64-bit word, each under a guard bit of its own.

A person's word holds what they have, a post's word what it asks. Subtracting the second from the first with all
guards set leaves exactly the guards of those rules standing that are met: seven comparisons, no branch, and each
failed rule is a bit of its own. Certificates are a set, and are compared as one. What is beyond a field counts as the
largest it holds: a pay of a million yuan a month, a way of 102 km, an age of 127.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np

from qiao.engines.matching.arrays import Ints, Words
from qiao.engines.matching.model import People, Posts


class Rule(IntEnum):
    EDUCATION = 0
    EXPERIENCE = 1
    AGE_FROM = 2  # too young for the stated window
    AGE_TO = 3  # too old for it
    WAGE = 4  # less than the person's reserve
    COMMUTE = 5
    WELFARE = 6  # a public-welfare post, and the person is not certified
    CERTIFICATE = 7


WIDTHS: Final = {
    Rule.EDUCATION: 4,
    Rule.EXPERIENCE: 6,
    Rule.AGE_FROM: 7,
    Rule.AGE_TO: 7,
    Rule.WAGE: 20,
    Rule.COMMUTE: 10,
    Rule.WELFARE: 1,
}
SHIFTS: Final = {rule: sum(WIDTHS[one] + 1 for one in WIDTHS if one < rule) for rule in WIDTHS}
LARGEST: Final = {rule: (1 << width) - 1 for rule, width in WIDTHS.items()}
GUARDS: Final = np.uint64(sum(1 << (SHIFTS[rule] + WIDTHS[rule]) for rule in WIDTHS))
HECTOMETRE: Final = 100
FEN: Final = 100


def of_people(people: People) -> Words:
    """What each person has, guards set. Pay counts in whole yuan, ways in begun 100 metres."""
    oldest = LARGEST[Rule.AGE_TO]
    unknown = people.age < 0
    return GUARDS | _packed(
        {
            Rule.EDUCATION: people.education,
            Rule.EXPERIENCE: people.experience,
            Rule.AGE_FROM: np.where(unknown, oldest, people.age),
            Rule.AGE_TO: np.where(unknown, oldest, oldest - np.minimum(people.age, oldest)),
            Rule.WAGE: LARGEST[Rule.WAGE] - np.minimum(people.reserve // FEN, LARGEST[Rule.WAGE]),
            Rule.COMMUTE: np.where(people.commute < 0, LARGEST[Rule.COMMUTE], people.commute // HECTOMETRE),
            Rule.WELFARE: people.certified,
        }
    )


def of_posts(posts: Posts) -> Words:
    """What each post asks, but for the way, which differs by home: see `with_way`."""
    oldest, richest = LARGEST[Rule.AGE_TO], LARGEST[Rule.WAGE]
    return _packed(
        {
            Rule.EDUCATION: posts.education,
            Rule.EXPERIENCE: posts.experience,
            Rule.AGE_FROM: np.maximum(posts.age_from, 0),
            Rule.AGE_TO: np.where(posts.age_to < 0, 0, oldest - np.minimum(posts.age_to, oldest)),
            Rule.WAGE: np.where(posts.pay > 0, richest - np.minimum(posts.pay // FEN, richest), 0),
            Rule.WELFARE: posts.welfare,
        }
    )


def with_way(words: Words, hectometres: Ints) -> Words:
    return words + (hectometres.astype(np.uint64) << np.uint64(SHIFTS[Rule.COMMUTE]))


def failed(person: np.uint64, posts: Words) -> Words:
    """The guards of the rules each post fails for this person; 0 where all are met."""
    return ~(person - posts) & GUARDS


def guard(rule: Rule) -> np.uint64:
    return np.uint64(1 << (SHIFTS[rule] + WIDTHS[rule]))


def _packed(columns: dict[Rule, Ints]) -> Words:
    word = np.zeros(len(columns[Rule.EDUCATION]), np.uint64)
    for rule, column in columns.items():
        word |= np.minimum(column, LARGEST[rule]).astype(np.uint64) << np.uint64(SHIFTS[rule])
    return word
