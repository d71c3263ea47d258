"""Who fits which post: fairly, within the openings, with reasons. Pure: arrays and plain values in and out.

people = People.of(ids, home=…, wishes=…, education=…, reserve=…, tier=…)        # columns, see `People`
posts = Posts.of(ids, place=…, occupation=…, openings=…, pay=…)                  # columns, see `Posts`
market = Market(people, posts, Distances.between(homes, places), Policy(Mode.LEXICOGRAPHIC))

run = match(market)                    # Run: post, score, tier of each person; price of each post; lists; figures
run.post[i], run.lists.post[i]         # rows of `posts`, -1 = none
run.figures.gap.share                  # certified: at most so much of the total score is missing

explain(market, run, i)                # why this list: bars, rivals, what one step less strict would open
choose(market)                         # the run by score and the fair one, to show what each costs

board = Board(market, run)             # between two runs, kept for as many arrivals as come
board.arrive(People.of([id], …))       # a new person: the best opening left at the prices that stand, and a list
call_for(market, run, Posts.of(…))     # a post: whom to call, hardship first
close(market, run, rows)               # posts lost openings: who of the area has which post now

warm()                                 # compile or load all of it beforehand: a worker calls this when it starts

Columns that do not fit raise `BadColumns`, which names the column. Money is fen a month, ways are metres, scores
and prices are points of 0..10000. The same input gives the same output.
"""

from qiao.engines.matching.arrivals import Arrival, Board, call_for
from qiao.engines.matching.closures import Resettled, close
from qiao.engines.matching.counterfactuals import Counterfactual
from qiao.engines.matching.distances import Distances
from qiao.engines.matching.explain import Bar, Explanation, Fit, LastAccepted, explain
from qiao.engines.matching.market import Market
from qiao.engines.matching.model import UNKNOWN, BadColumns, Mode, People, Policy, Posts, bits
from qiao.engines.matching.results import Figures, Gap, Lists, Run
from qiao.engines.matching.rules import Rule
from qiao.engines.matching.run import choose, match
from qiao.engines.matching.warming import warm
from qiao.engines.matching.weights import WEIGHTS, Weights, weights_on

__all__ = [
    "UNKNOWN",
    "WEIGHTS",
    "Arrival",
    "BadColumns",
    "Bar",
    "Board",
    "Counterfactual",
    "Distances",
    "Explanation",
    "Figures",
    "Fit",
    "Gap",
    "LastAccepted",
    "Lists",
    "Market",
    "Mode",
    "People",
    "Policy",
    "Posts",
    "Resettled",
    "Rule",
    "Run",
    "Weights",
    "bits",
    "call_for",
    "choose",
    "close",
    "explain",
    "match",
    "warm",
    "weights_on",
]
