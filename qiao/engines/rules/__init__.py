"""Eligibility as data: named clauses over columns, judged with three-valued logic.

The same clauses serve one person (`explain`: what fits, why, what is missing) and a whole register (`sweep`).
"""

from qiao.engines.rules.clauses import (
    AllOf,
    AnyFlag,
    AnyOf,
    AtLeast,
    AtMost,
    BySex,
    Elapsed,
    Flag,
    IsOneOf,
    Not,
    Param,
    Test,
    Within,
)
from qiao.engines.rules.policies import Answer, Clause, Policy, Reason, Verdict, explain, in_force, sweep

__all__ = [
    "AllOf",
    "Answer",
    "AnyFlag",
    "AnyOf",
    "AtLeast",
    "AtMost",
    "BySex",
    "Clause",
    "Elapsed",
    "Flag",
    "IsOneOf",
    "Not",
    "Param",
    "Policy",
    "Reason",
    "Test",
    "Verdict",
    "Within",
    "explain",
    "in_force",
    "sweep",
]
