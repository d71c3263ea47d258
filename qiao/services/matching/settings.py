"""What the district has set: weights, ways, who is served first. Read in one query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from qiao.core.standards import api as standards
from qiao.engines.matching import Mode as EngineMode
from qiao.engines.matching import Policy, Weights, weights_on
from qiao.engines.matching.weights import COMPONENTS, FULL

CODES = (
    "matching_mode",
    *(f"matching_weight_{one}" for one in COMPONENTS),
    "matching_way_street",
    "matching_way_district",
    "matching_code_confidence",
    "matching_runs_kept",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Ways are metres."""

    policy: Policy
    way_street: int
    way_district: int
    confidence: float
    kept: int


def settings_of(district: int, on: date, mode: str = "") -> Settings:
    """Raises UnknownParameter where a value is missing."""
    found = standards.values(CODES, district, on)
    for code in CODES:
        if code not in found:
            raise standards.UnknownParameter(code, district, on)
    weights = weighed([found[f"matching_weight_{one}"] for one in COMPONENTS], on)
    return Settings(
        policy=Policy(EngineMode(mode or _known(found["matching_mode"])), weights),
        way_street=found["matching_way_street"],
        way_district=found["matching_way_district"],
        confidence=float(found["matching_code_confidence"]),
        kept=max(1, found["matching_runs_kept"]),
    )


def weighed(given: list[int], on: date) -> Weights:
    """The engine's table of the day with the district's five weights, made percent: the largest remainders round up."""
    table, total = weights_on(on), sum(given)
    exact = [FULL * one / total for one in given] if total else list(map(float, table.parts))
    parts = [int(one) for one in exact]
    for place in sorted(range(len(exact)), key=lambda at: parts[at] - exact[at])[: FULL - sum(parts)]:
        parts[place] += 1
    if tuple(parts) == table.parts:
        return table
    version = f"{table.version} · {'/'.join(map(str, parts))}"
    named: dict[str, Any] = dict(zip(COMPONENTS, parts, strict=True))
    return replace(table, version=version, **named)


def _known(modes: tuple[str, ...]) -> str:
    return next((one for one in modes if one in set(EngineMode)), EngineMode.LEXICOGRAPHIC.value)
