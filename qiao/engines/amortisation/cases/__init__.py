"""Cases as plain JSON, amounts in yuan as strings: read, answered, and checked before anything is computed.

A case names its `type` (schedule, payoff, accrual, penalty, allocation, classification, subsidy, ratios, fund; schedule
when left out) and is answered by `answer(case)`. What is wrong with one is said by BadCase in a sentence.
"""

from qiao.engines.amortisation.cases.answers import answer
from qiao.engines.amortisation.cases.values import BadCase, fen, yuan

__all__ = ["BadCase", "answer", "fen", "yuan"]
