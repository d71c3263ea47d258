"""Matching: exact lists, edges, the auction with its certified gap, tiers, arrivals; OR-Tools in the same run.

    python benchmarks/matching.py [--people 100000] [--posts 20000] [--openings 50000] [--rounds 3] [--seed 2006]

Processor seconds of one thread (median of the rounds), which other programs on the machine blur little; the load is
printed. The market comes from `market_instance.py`. Compiling happens before, on a small market, and is printed.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import market_instance
import numpy as np
from numpy.typing import NDArray
from ortools.graph.python.max_flow import SimpleMaxFlow
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from qiao.engines.matching import Board, Market, Mode, Run, close, match, warm
from qiao.engines.matching.assignment import rooms_of
from qiao.engines.matching.auction import auction
from qiao.engines.matching.edges import Edges, edges_of
from qiao.engines.matching.run import match_edges
from qiao.engines.matching.tiers import standing_of
from qiao.engines.matching.top import best

T = TypeVar("T")
GAP = 0.001


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    for name, default in (
        ("people", 100_000),
        ("posts", 20_000),
        ("openings", 50_000),
        ("rounds", 3),
        ("seed", 2006),
    ):
        options.add_argument(f"--{name}", type=int, default=default)
    given = options.parse_args()
    compiling = seconds(warm)
    best(market_instance.make(100, 50, 60).offer, market_instance.make(100, 50, 60).people, 10)
    market = market_instance.make(given.people, given.posts, given.openings, given.seed)
    print(f"{given.people:,} people x {given.posts:,} posts, {given.openings:,} openings, seed {given.seed}")
    print(f"load {os.getloadavg()[0]:.1f}; compiling or loading what is compiled took {compiling:.1f} s")
    print(f"{'work':<46} {'CPU s':>8}  {'reach':<8} found")
    edges = scoring(market, given.rounds)
    assigning(market, edges, given.rounds)
    tiers(market, edges, given.rounds)
    runs(market, edges)
    rival(market, given.rounds)
    print(f"load {os.getloadavg()[0]:.1f}")


def scoring(market: Market, rounds: int) -> Edges:
    spent, (kinds, _) = timed(lambda: best(fresh(market).offer, market.people, 10), rounds)
    line("exact top 10 of all feasible pairs", spent, 3.0, f"{(kinds >= 0).sum():,} rows")
    spent, edges = timed(lambda: edges_of(fresh(market).offer, market.people), rounds)
    line("all feasible edges with their scores", spent, 6.0, f"{len(edges):,} edges")
    return edges


def assigning(market: Market, edges: Edges, rounds: int) -> None:
    rooms, bonus = rooms_of(edges, market.offer.capacity), np.zeros(len(market.people), np.int64)
    spent, (found, bound) = timed(lambda: auction(edges, rooms, bonus, GAP), rounds)
    total = int(found.scores(edges).sum())
    line("auction on all of them", spent, 6.0, f"{found.placed.sum():,} placed, {total:,} points")
    print(f"{'  certified gap':<46} {(bound - total) / bound:>8.4%}  <= 0.1 %")
    print(f"{'  peak memory so far, GB':<46} {peak():>8.2f}  < 4.0")


def tiers(market: Market, edges: Edges, rounds: int) -> None:
    """The whole lexicographic assignment; the bound is OR-Tools' maximum flow of the hardship people alone."""
    policy = replace(market.policy, mode=Mode.LEXICOGRAPHIC)
    strict = replace(market, policy=policy)
    standing = standing_of(market.people, edges, policy)
    begun = time.process_time()
    run = match_edges(strict, edges)
    spent = time.process_time() - begun
    who = np.flatnonzero(standing.tier >= policy.hardship_from)
    most, placed = most_by_flow(market, edges, who), run.figures.hardship_placed
    line("lexicographic run, figures and lists included", spent, None, f"gap {run.figures.gap.share:.4%}")
    found = f"{placed:,} of {len(who):,}, max flow {most:,}"
    print(f"{'  hardship placed / max-flow bound':<46} {placed / most:>8.4f}  >= 0.999 {found}")


def runs(market: Market, edges: Edges) -> None:
    for mode in (Mode.SOFT, Mode.FAIR):
        chosen = replace(market, policy=replace(market.policy, mode=mode))
        begun = time.process_time()
        run = match_edges(chosen, edges)
        figures = run.figures
        line(
            f"{mode} run, figures and lists included",
            time.process_time() - begun,
            None,
            f"{figures.placed:,} placed, gap {figures.gap.share:.4%}, {figures.envious:,} justly envious",
        )
        if mode is Mode.SOFT:
            listing(chosen, run)
            arriving(chosen, run)
            closing(chosen, run)
    district = market_instance.make(10_000, 2_000, 5_000)
    spent, _ = timed(lambda: match(fresh(district)), 3)
    line("whole run of 10,000 people x 2,000 posts", spent, None, "")


def listing(market: Market, run: Run) -> None:
    """How many openings are filled if everybody applies to the first row of their list."""
    kinds, scores = best(market.offer, market.people, market.policy.list_rows)
    lists = {
        "by score alone": (market.offer.first[kinds[:, 0]][kinds[:, 0] >= 0], scores),
        "assigned first": (run.lists.post[:, 0][run.lists.post[:, 0] >= 0], run.lists.score),
    }
    for name, (first, points) in lists.items():
        filled = int(np.minimum(np.bincount(first, minlength=len(market.posts)), market.posts.openings).sum())
        share, mean = filled / market.posts.openings.sum(), points[points >= 0].mean()
        found = f"{filled:,} openings, mean score of a list {mean:,.0f}"
        print(f"{'  lists ' + name + ': filled by first rows':<46} {share:>8.1%}  {'':<8} {found}")


def arriving(market: Market, run: Run) -> None:
    board = Board(market, run)
    late = market_instance.make(3000, 10, 20, seed=7).people
    each = [seconds(lambda i=i: board.arrive(late.take([i]))) * 1000 for i in range(len(late))]  # type: ignore[misc]
    p50, p99 = np.quantile(each, [0.5, 0.99])
    print(f"{'  one new person on kept prices, ms p99':<46} {p99:>8.2f}  < 1.0    p50 {p50:.2f}")


def closing(market: Market, run: Run) -> None:
    """The post with the most openings is gone."""
    gone = np.array([market.posts.openings.argmax()])
    openings = market.posts.openings.copy()
    openings[gone] = 0
    now = replace(market, posts=replace(market.posts, openings=openings))
    spent, settled = timed(lambda: close(now, run, gone), 3)
    moved = int((settled.post != run.post[settled.people]).sum())
    had_it = int((run.post == gone[0]).sum())
    found = f"area of {len(settled.people):,}; {had_it} had the post, {moved} have another or none"
    line("one post closed", spent, None, found)


def rival(market: Market, rounds: int) -> None:
    """The same graph for both: each person's fifty best posts. Only solving is timed, not building OR-Tools' graph."""
    kinds, scores = best(market.offer, market.people, 50)
    real = kinds >= 0
    start = np.append(0, np.cumsum(real.sum(axis=1)))
    edges, capacity = Edges(start, kinds[real], scores[real]), market.offer.capacity
    rooms, bonus = rooms_of(edges, capacity), np.zeros(len(market.people), np.int64)
    spent, (found, _) = timed(lambda: auction(edges, rooms, bonus, GAP), rounds)
    theirs, optimum = [], 0
    for _ in range(rounds):
        flow = graph(edges, capacity)
        theirs.append(seconds(flow.solve))
        optimum = -flow.optimal_cost()
    ratio, utility = statistics.median(theirs) / spent, int(found.scores(edges).sum()) / optimum
    line(
        "top-50 graph: auction",
        spent,
        None,
        f"{len(edges):,} edges, {utility:.5f} of the optimum (reach 0.999)",
    )
    line("top-50 graph: OR-Tools min-cost flow", statistics.median(theirs), None, f"{optimum:,} points")
    print(f"{'  times faster':<46} {ratio:>8.1f}  >= 5")


def graph(edges: Edges, capacity: NDArray[np.int64]) -> Any:
    """People, kinds and one sink, to which whoever stays without a place goes at no gain."""
    people, many = len(edges.degrees), len(capacity)
    sink, flow = people + many, SimpleMinCostFlow()
    who, all_people, all_kinds = (
        np.repeat(np.arange(people), edges.degrees),
        np.arange(people),
        np.arange(many),
    )
    arcs = (
        (who, people + edges.kinds, np.ones(len(edges)), -edges.scores.astype(np.int64)),
        (all_people, np.full(people, sink), np.ones(people), np.zeros(people)),
        (people + all_kinds, np.full(many, sink), capacity, np.zeros(many)),
    )
    for tails, heads, room, cost in arcs:
        flow.add_arcs_with_capacity_and_unit_cost(
            tails.astype(np.int32), heads.astype(np.int32), room.astype(np.int64), cost.astype(np.int64)
        )
    supply = np.concatenate([np.ones(people), np.zeros(many), [-people]]).astype(np.int64)
    flow.set_nodes_supplies(np.arange(sink + 1, dtype=np.int32), supply)
    return flow


def most_by_flow(market: Market, edges: Edges, who: NDArray[np.int64]) -> int:
    capacity, degrees = market.offer.capacity, edges.degrees[who]
    people, many = len(who), len(capacity)
    source, sink, flow = people + many, people + many + 1, SimpleMaxFlow()
    reached = np.concatenate([edges.kinds[edges.start[i] : edges.start[i + 1]] for i in who])
    arcs = (
        (np.full(people, source), np.arange(people), np.ones(people)),
        (np.repeat(np.arange(people), degrees), people + reached, np.ones(len(reached))),
        (people + np.arange(many), np.full(many, sink), capacity),
    )
    for tails, heads, room in arcs:
        flow.add_arcs_with_capacity(tails.astype(np.int32), heads.astype(np.int32), room.astype(np.int64))
    flow.solve(source, sink)
    return int(flow.optimal_flow())


def fresh(market: Market) -> Market:
    """The same market with nothing laid out yet."""
    return replace(market)


def timed(work: Callable[[], T], rounds: int) -> tuple[float, T]:
    spent = []
    for _ in range(rounds):
        begun = time.process_time()
        out = work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent), out


def seconds(work: Callable[[], object]) -> float:
    return timed(work, 1)[0]


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def line(name: str, spent: float, reach: float | None, found: str) -> None:
    print(f"{name:<46} {spent:>8.2f}  {f'<= {reach}' if reach else '':<8} {found}", flush=True)


if __name__ == "__main__":
    main()
