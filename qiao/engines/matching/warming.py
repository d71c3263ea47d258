"""Compiling takes some ten seconds once for a version of the engine; loading what was kept less than one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from qiao.engines.matching.arrivals import Board, call_for
from qiao.engines.matching.closures import close
from qiao.engines.matching.distances import Distances
from qiao.engines.matching.explain import explain
from qiao.engines.matching.market import Market
from qiao.engines.matching.model import Mode, People, Policy, Posts
from qiao.engines.matching.run import match


def warm() -> None:
    """Every way through the engine once, so that nobody waits for it later. A worker calls it when it starts."""
    people = People.of([1, 2, 3], reserve=[0, 0, 10**9], tier=[0, 1, 0])
    posts = Posts.of([1, 2], pay=[0, 10**6], openings=[1, 2])
    market = Market(people, posts, Distances.of([[0]]), Policy(Mode.LEXICOGRAPHIC))
    run = match(market)
    explain(market, run, 0)
    Board(market, run).arrive(people.take([0]))
    call_for(market, run, posts.take([0]))
    close(market, run, np.array([0]))
    match(replace(market, policy=Policy(Mode.FAIR)))
