"""Posts are gone or have fewer openings: the people around are settled anew, and nobody moves who need not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from qiao.engines.matching.arrays import Flags, Ints
from qiao.engines.matching.assignment import NOBODY, Assignment, rooms_of
from qiao.engines.matching.auction import go_on
from qiao.engines.matching.augmenting import serve_tiers
from qiao.engines.matching.edges import Edges, edges_of
from qiao.engines.matching.market import Market, Offer
from qiao.engines.matching.model import UNKNOWN, Mode
from qiao.engines.matching.results import Run
from qiao.engines.matching.run import match
from qiao.engines.matching.tiers import bonus_of


@dataclass(frozen=True, slots=True, eq=False)
class Resettled:
    """`people` of the area, the post each of them has now, UNKNOWN for none, and the score at it, 0 for none."""

    people: Ints
    post: Ints
    score: Ints


def close(
    market: Market, run: Run, posts: Ints, within: int = 5000, movable: Flags | None = None
) -> Resettled:
    """`posts` (rows) lost openings since the run; the openings of `market` are those of now, 0 where a post is gone.

    The area is those who held them, and all who live `within` metres of them and are `movable`. Openings that others
    hold stay theirs; of too few openings the lowest in tier and score lose theirs. Those who lost a post bid on the
    prices that stand, and so does whoever they outbid. In fair mode, where prices do not settle anything, the area is
    matched anew.
    """
    fewer = np.zeros(len(market.posts), bool)
    fewer[posts] = True
    who = np.flatnonzero(
        ((run.post >= 0) & fewer[run.post]) | (_near(market, posts, within) & (movable is None or movable))
    )
    others = np.delete(run.post, who)
    openings = market.posts.openings - np.bincount(others[others >= 0], minlength=len(fewer))
    area = replace(
        market,
        people=market.people.take(who),
        posts=replace(market.posts, openings=np.maximum(0, openings)),
    )
    if market.policy.mode is Mode.FAIR:
        anew = match(area)
        return Resettled(who, anew.post, anew.score)
    return Resettled(who, *_settled(area, run, who))


def _near(market: Market, posts: Ints, within: int) -> Flags:
    places = market.posts.place[posts]
    homes = (market.distances.metres[:, places[places >= 0]] <= within).any(axis=1)
    near: Flags = np.append(homes, False)[market.people.home]
    return near


def _settled(area: Market, run: Run, who: Ints) -> tuple[Ints, Ints]:
    offer, policy = area.offer, area.policy
    post = _still_held(run.post[who], run.score[who] + bonus_of(run.tier[who], policy), area.posts.openings)
    edges = edges_of(offer, area.people)
    rooms, tier = rooms_of(edges, offer.capacity), run.tier[who]
    bonus = bonus_of(tier, policy)
    before = np.where(post >= 0, offer.kind_of[post], UNKNOWN)
    found = Assignment(_edges_to(edges, before), run.price[offer.first].astype(np.int32))
    found = go_on(edges, rooms, bonus, found, policy.gap)
    if policy.mode is Mode.LEXICOGRAPHIC:
        found = serve_tiers(edges, rooms, tier, 1, found)
    return _seats(offer, post, before, found.kinds(edges)), found.scores(edges)


def _still_held(post: Ints, comes: Ints, openings: Ints) -> Ints:
    """As many of each post's holders as it has openings, those who come first; UNKNOWN for the others."""
    order = np.lexsort((-comes, post))
    sorted_posts = post[order]
    place = np.arange(len(post)) - np.searchsorted(sorted_posts, sorted_posts)
    kept = np.full(len(post), UNKNOWN, np.int64)
    stay = (sorted_posts >= 0) & (place < np.append(openings, 0)[sorted_posts])
    kept[order[stay]] = sorted_posts[stay]
    return kept


def _edges_to(edges: Edges, kinds: Ints) -> Ints:
    """The edge from each person to the kind, -1 where there is none."""
    held = np.full(len(kinds), NOBODY, np.int64)
    for i in np.flatnonzero(kinds >= 0):
        own = edges.kinds[edges.start[i] : edges.start[i + 1]]
        at = int(np.searchsorted(own, kinds[i]))
        if at < len(own) and own[at] == kinds[i]:
            held[i] = edges.start[i] + at
    return held


def _seats(offer: Offer, post: Ints, before: Ints, after: Ints) -> Ints:
    """Whoever stays with a kind stays in the post; the others get what is left of theirs."""
    now = np.where((before == after) & (after >= 0), post, UNKNOWN)
    left = offer.posts.openings - np.bincount(now[now >= 0], minlength=len(offer.posts))
    for i in np.flatnonzero((after >= 0) & (now < 0)):
        members = offer.members(int(after[i]))
        now[i] = members[left[members] > 0][0]
        left[now[i]] -= 1
    return now
