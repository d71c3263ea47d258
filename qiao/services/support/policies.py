"""The policies of support as clauses over what is recorded of a person. Their words stand in `policies.yml`, their
numbers, groups and days of force in `parameters.yml`.

Sources: caishui 2002/208 and 2005/186 on tax relief; the provinces' measures on subsidies of social insurance, public
-welfare posts, training and start-ups; the measures of 2002 and after on guaranteed loans.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qiao.core.glossary.wording import Words
from qiao.engines.rules import (
    AnyFlag,
    AnyOf,
    BySex,
    Clause,
    Elapsed,
    Flag,
    IsOneOf,
    Not,
    Param,
    Policy,
    Within,
)

TRADING = Clause("trading", IsOneOf("work", ("self",)))
OUT_OF_WORK = Clause("out_of_work", IsOneOf("work", ("unemployed",)))
OWN_ACCOUNT = Clause("own_account", IsOneOf("work", ("self", "flexible")))
ABLE = Clause("able", Flag("able"))
NOT_RETIRED = Clause("not_retired", Not(Within("retires", 0)), firm=True)
TRADE_HELPED = Clause("trade_helped", Not(IsOneOf("trade", Param("relief_trades_excluded"))), firm=True)
YOUNG_ENOUGH = Clause(
    "borrowing_age",
    Not(Elapsed("birth", BySex(Param("loan_age_female", 12), Param("loan_age_male", 12)))),
    firm=True,
)
NEAR_RETIREMENT = Within("retires", Param("near_retirement_years", 12))


def group(parameter: str, paper: str = "certificate") -> Clause:
    return Clause("group", AnyFlag(Param(parameter)), paper=paper)


def still_young(parameter: str) -> Clause:
    return Clause("business_young", Not(Elapsed("business", Param(parameter))), firm=True, paper="licence")


def months_left(column: str, most: Param, longer_near_retirement: bool = False) -> Clause:
    left = Elapsed(column, most)
    return Clause(
        "months_left", AnyOf(Not(left), NEAR_RETIREMENT) if longer_near_retirement else Not(left), True
    )


POLICIES = (
    Policy(
        "tax_exemption", (TRADING, group("relief_groups"), TRADE_HELPED, still_young("relief_exempt_months"))
    ),
    Policy(
        "tax_quota",
        (TRADING, group("relief_groups"), TRADE_HELPED, still_young("relief_tax_months")),
        wants=("relief_cap_self_employed",),
    ),
    Policy(
        "tax_hire",
        (OUT_OF_WORK, group("relief_hire_groups"), ABLE, NOT_RETIRED),
        wants=("relief_cap_hire", "relief_hire_months"),
    ),
    Policy("fees_licence", (TRADING, group("relief_groups"), TRADE_HELPED, still_young("relief_fee_months"))),
    Policy("fees_local", (TRADING, group("fee_groups"))),
    Policy(
        "insurance",
        (
            OWN_ACCOUNT,
            group("subsidy_groups", "recognition"),
            NOT_RETIRED,
            months_left("insured_since", Param("subsidy_years", 12), longer_near_retirement=True),
        ),
        wants=("subsidy_share",),
    ),
    Policy(
        "insurance_graduate",
        (
            OWN_ACCOUNT,
            Clause("college", Flag("college"), firm=True, paper="diploma"),
            Clause(
                "left_school", Not(Elapsed("graduated", Param("graduate_subsidy_months"))), True, "diploma"
            ),
        ),
        wants=("subsidy_share",),
    ),
    Policy(
        "welfare_post",
        (
            OUT_OF_WORK,
            Clause("hardship", Flag("hardship"), paper="recognition"),
            ABLE,
            NOT_RETIRED,
            months_left("welfare_since", Param("welfare_post_months"), longer_near_retirement=True),
        ),
    ),
    Policy(
        "training",
        (group("training_groups", "registration"), ABLE, NOT_RETIRED),
        wants=("training_cap_skill",),
    ),
    Policy(
        "business_training",
        (
            Clause("work_to_begin", IsOneOf("work", ("unemployed", "self"))),
            group("training_groups", "registration"),
            ABLE,
            NOT_RETIRED,
        ),
        wants=("training_cap_business",),
    ),
    Policy(
        "startup_grant",
        (
            TRADING,
            group("loan_groups"),
            Clause("business_runs", Elapsed("business", Param("startup_running_months")), paper="licence"),
        ),
        wants=("startup_grant",),
    ),
    Policy(
        "guaranteed_loan",
        (
            Clause("work_for_loan", IsOneOf("work", ("unemployed", "self", "flexible"))),
            group("loan_groups"),
            ABLE,
            YOUNG_ENOUGH,
        ),
        wants=("loan_cap_person",),
    ),
)
BY_CODE = {policy.code: policy for policy in POLICIES}
PARAMETERS = frozenset(code for policy in POLICIES for code in policy.params())


@dataclass(frozen=True, slots=True)
class Said:
    """A policy in words: `gives` may name parameters in braces, `apply` says where one goes."""

    name: Words
    gives: Words
    papers: tuple[Words, ...]
    source: Words
    apply: Words


@dataclass(frozen=True, slots=True)
class Wording:
    policies: dict[str, Said] = field(default_factory=dict)
    clauses: dict[str, Words] = field(default_factory=dict)
    columns: dict[str, Words] = field(default_factory=dict)
    papers: dict[str, Words] = field(default_factory=dict)
    work: dict[str, Words] = field(default_factory=dict)


@cache
def wording() -> Wording:
    """Every word shown of policies, clauses, facts and papers."""
    given: dict[str, Any] = yaml.safe_load(
        (files("qiao.services.support") / "policies.yml").read_text("utf-8")
    )

    def read(part: str) -> dict[str, Words]:
        return {code: Words.read(words) for code, words in given[part].items()}

    papers = read("papers")
    return Wording(
        {
            code: Said(
                Words.read(one["name"]),
                Words.read(one["gives"]),
                tuple(papers[paper] for paper in one["papers"]),
                Words.read(one["source"]),
                Words.read(one["apply"] if "apply" in one else given["apply"]),
            )
            for code, one in given["policies"].items()
        },
        read("clauses"),
        read("columns"),
        papers,
        read("work"),
    )
