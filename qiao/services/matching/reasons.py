"""Why each line stands in a list, as bits for many lines at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qiao.engines import matching as engine
from qiao.engines.matching import Market
from qiao.services.matching.models import Reason

Ints = NDArray[np.int64]
GROUP = 10_000  # 4-07-03-01 and 4-07-05-02 are of one middle group, 407


def reasons_of(market: Market, run: engine.Run, who: Ints, posts: Ints) -> Ints:
    """One number a line; `who` and `posts` are rows of the columns."""
    people, offered = market.people, market.posts
    code, wishes = offered.occupation[posts], people.wishes[who]
    same = (wishes == code[:, None]) & (code[:, None] > 0)
    near = (wishes // GROUP == code[:, None] // GROUP) & (code[:, None] > 0) & (wishes > 0)
    way, known = _ways(market, who, posts)
    pay, reserve = offered.pay[posts], people.reserve[who]
    found = {
        Reason.GIVEN: run.post[who] == posts,
        Reason.FIRST_WISH: same[:, 0],
        Reason.OTHER_WISH: same[:, 1:].any(axis=1) & ~same[:, 0],
        Reason.RELATED: near.any(axis=1) & ~same.any(axis=1),
        Reason.SAME_COMMUNITY: known & (way == 0),
        Reason.PAY: (pay > 0) & (reserve > 0) & (pay >= reserve),
        Reason.SKILLED: (people.skills[who] & offered.skills[posts]) != 0,
        Reason.HARDSHIP: run.tier[who] >= market.policy.hardship_from,
    }
    return sum((np.where(holds, int(bit), 0) for bit, holds in found.items()), np.zeros(len(who), np.int64))


def _ways(market: Market, who: Ints, posts: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    home, place = market.people.home[who], market.posts.place[posts]
    known = (home >= 0) & (place >= 0)
    if not market.distances.metres.size:
        return np.zeros(len(who), np.int64), known
    return market.distances.metres[home, place], known
