"""A run from columns to figures."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np

from qiao.engines.matching.arrays import Ints
from qiao.engines.matching.assignment import Assignment, rooms_of
from qiao.engines.matching.auction import auction
from qiao.engines.matching.augmenting import most_placeable, serve_tiers
from qiao.engines.matching.components import components_of
from qiao.engines.matching.deferred import deferred_acceptance
from qiao.engines.matching.edges import Edges, edges_of
from qiao.engines.matching.envy import envious
from qiao.engines.matching.figures import by_rule, exposure, held_back
from qiao.engines.matching.lists import lists_of
from qiao.engines.matching.market import Market
from qiao.engines.matching.model import UNKNOWN, Mode, Policy
from qiao.engines.matching.results import Figures, Gap, Lists, Run
from qiao.engines.matching.seats import seated, shown
from qiao.engines.matching.tiers import Standing, standing_of


def match(market: Market) -> Run:
    """Assigns, lists and counts."""
    return match_edges(market, edges_of(market.offer, market.people))


def match_edges(market: Market, edges: Edges) -> Run:
    """For a caller who has all feasible edges of the market already."""
    offer, policy = market.offer, market.policy
    standing = standing_of(market.people, edges, policy)
    rooms = rooms_of(edges, offer.capacity)
    found, bound = assign(edges, rooms, offer.reserved, standing, policy)
    score = found.scores(edges)
    post = seated(offer, found.kinds(edges), standing.tier, score)
    lists = _lists(market, edges, found, post)
    reserved = offer.reserved if policy.mode is Mode.FAIR else np.zeros_like(offer.reserved)
    favoured = standing.tier >= policy.hardship_from
    envies = envious(edges, rooms, reserved, standing.bonus, favoured, found)
    held = held_back(market, edges)
    return Run(
        mode=policy.mode,
        weights=policy.weights.version,
        inputs=fingerprint(market),
        post=post,
        score=score,
        tier=standing.tier,
        price=np.append(found.price, 0)[offer.kind_of],
        envious=envies,
        nothing=edges.degrees == 0,
        held_by=held,
        lists=lists,
        figures=_figures(market, edges, rooms, standing, found, bound, lists, int(envies.sum()), held),
    )


def choose(market: Market) -> tuple[Run, Run]:
    """The run as the policy says and, beside it, the fair one; for a fair policy, the soft one and the fair one.

    The first places or scores more, the second leaves no justified envy: the figures of both are what the choice costs.
    Both are solved at the same time: compiled functions hold no lock, and neither writes what the other reads.
    """
    edges = edges_of(market.offer, market.people)
    first = Mode.SOFT if market.policy.mode is Mode.FAIR else market.policy.mode
    by_score, fair = (
        replace(market, policy=replace(market.policy, mode=mode)) for mode in (first, Mode.FAIR)
    )
    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(match_edges, fair, edges)
        return match_edges(by_score, edges), other.result()


def assign(
    edges: Edges, rooms: Ints, reserved: Ints, standing: Standing, policy: Policy
) -> tuple[Assignment, int]:
    """The assignment, and the bound that the auction's prices prove on score and bonus together.

    In fair mode too the bound is that of the auction: the gap is what fairness costs.
    """
    by_score, bound = auction(edges, rooms, standing.bonus, policy.gap)
    if policy.mode is Mode.LEXICOGRAPHIC:
        return serve_tiers(edges, rooms, standing.tier, 1, by_score), bound
    if policy.mode is Mode.FAIR:
        favoured = standing.tier >= policy.hardship_from
        return deferred_acceptance(edges, rooms, reserved, standing.bonus, favoured), bound
    return by_score, bound


def fingerprint(market: Market) -> str:
    digest = hashlib.sha256(repr(market.policy).encode())
    for table in (market.people, market.posts, market.distances):
        for one in fields(table):
            column = getattr(table, one.name)
            digest.update(f"{one.name} {column.dtype} {column.shape}".encode())
            digest.update(column.tobytes())
    return digest.hexdigest()


def _lists(market: Market, edges: Edges, found: Assignment, post: Ints) -> Lists:
    offer, people = market.offer, market.people
    chosen = lists_of(edges, found, market.policy.list_rows)
    listed = chosen >= 0
    kinds, scores = (np.full(chosen.shape, UNKNOWN, np.int64) for _ in range(2))
    kinds[listed], scores[listed] = edges.kinds[chosen[listed]], edges.scores[chosen[listed]]
    posts = shown(offer, kinds)
    posts[found.placed, 0] = post[found.placed]
    return Lists(posts, scores, components_of(offer, people, kinds))


def _figures(
    market: Market,
    edges: Edges,
    rooms: Ints,
    standing: Standing,
    found: Assignment,
    bound: int,
    lists: Lists,
    envies: int,
    held: Ints,
) -> Figures:  # fmt: skip
    offer, policy, tier = market.offer, market.policy, standing.tier
    hardship = tier >= policy.hardship_from
    total = int(found.scores(edges).sum())
    gini, coverage, rivals = exposure(market.posts, lists)
    return Figures(
        people=len(tier),
        posts=int((market.posts.openings > 0).sum()),
        openings=int(offer.capacity.sum()),
        pairs=len(edges),
        placed=int(found.placed.sum()),
        placed_by_tier=tuple(
            int(one) for one in np.bincount(tier[found.placed], minlength=tier.max(initial=0) + 1)
        ),
        hardship=int(hardship.sum()),
        hardship_placed=int((hardship & found.placed).sum()),
        hardship_bound=most_placeable(edges, rooms, np.flatnonzero(hardship)),
        envious=envies,
        gap=Gap(total, bound - int(standing.bonus[found.placed].sum())),
        exposure_gini=gini,
        coverage=coverage,
        rivals_p95=rivals,
        nothing_feasible=int((edges.degrees == 0).sum()),
        binding=by_rule(held),
    )
