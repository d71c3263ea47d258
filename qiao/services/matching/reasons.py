"""Why each line stands in a list, as bits for many lines at once."""

from __future__ import annotations

import numpy as np
from django.db import models
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from qiao.engines.matching import Market

Ints = NDArray[np.int64]
GROUP = 10_000  # 4-07-03-01 and 4-07-05-02 are of one middle group, 407


class Reason(models.IntegerChoices):
    """Why a post stands in a list, as bits."""

    FIRST_WISH = 1, _("first wish")
    OTHER_WISH = 2, _("further wish")
    RELATED = 4, _("related to a wish")
    SAME_COMMUNITY = 8, _("in the person's community")
    PAY = 16, _("pays what is wished")
    SKILLED = 32, _("skills are asked for")


def reasons_of(market: Market, who: Ints, posts: Ints) -> Ints:
    """One number a line; `who` and `posts` are rows of the columns."""
    people, offered = market.people, market.posts
    code, wishes = offered.occupation[posts], people.wishes[who]
    same = (wishes == code[:, None]) & (code[:, None] > 0)
    near = (wishes // GROUP == code[:, None] // GROUP) & (code[:, None] > 0) & (wishes > 0)
    way, known = _ways(market, who, posts)
    pay, reserve = offered.pay[posts], people.reserve[who]
    found = {
        Reason.FIRST_WISH: same[:, 0],
        Reason.OTHER_WISH: same[:, 1:].any(axis=1) & ~same[:, 0],
        Reason.RELATED: near.any(axis=1) & ~same.any(axis=1),
        Reason.SAME_COMMUNITY: known & (way == 0),
        Reason.PAY: (pay > 0) & (reserve > 0) & (pay >= reserve),
        Reason.SKILLED: (people.skills[who] & offered.skills[posts]) != 0,
    }
    return sum((np.where(holds, int(bit), 0) for bit, holds in found.items()), np.zeros(len(who), np.int64))


def _ways(market: Market, who: Ints, posts: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    home, place = market.people.home[who], market.posts.place[posts]
    known = (home >= 0) & (place >= 0)
    if not market.distances.metres.size:
        return np.zeros(len(who), np.int64), known
    return market.distances.metres[home, place], known
