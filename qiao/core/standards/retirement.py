"""When somebody reaches retirement, by birth month, sex and kind of post.

Since 2025 the age rises step by step: whoever would have retired in the first month of the rise or later
works one month longer, and one more for every step, up to a most. Source: the decision of the Standing
Committee of 13 September 2024; the numbers are parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from qiao.core.calendars.periods import shift
from qiao.core.standards import api

MALE, FEMALE = "M", "F"
WORKER, CADRE = "worker", "cadre"
GROUPS = {
    (MALE, WORKER): "male",
    (MALE, CADRE): "male",
    (FEMALE, WORKER): "female_worker",
    (FEMALE, CADRE): "female_cadre",
}
Rules = Mapping[tuple[str, str], "Rule"]


@dataclass(frozen=True, slots=True)
class Rule:
    """`age` in years; from `rise_from` on, one month later for every `step` months, at most `most` months."""

    age: int
    rise_from: date | None = None
    step: int = 1
    most: int = 0

    def month(self, birth: date) -> date:
        """The first day of the month of retirement."""
        unraised = shift(birth.replace(day=1), 12 * self.age)
        if self.rise_from is None or unraised < self.rise_from:
            return unraised
        passed = (unraised.year - self.rise_from.year) * 12 + unraised.month - self.rise_from.month
        return shift(unraised, min(passed // self.step + 1, self.most))

    def latest_birth(self, by: date) -> date:
        """The first day of the last birth month that retires in the month of `by` or before, so that
        "reaches retirement by" is one comparison of birth dates."""
        month = shift(by.replace(day=1), -12 * self.age)
        while self.month(month) > by:
            month = shift(month, -1)
        return month


def rules(region_code: int, on: date) -> Rules:
    """The rules that hold in a region on a day, by (sex, kind of post). Raises UnknownParameter."""
    groups = set(GROUPS.values())
    codes = [f"retirement_{part}_{group}" for part in ("age", "rise_step", "rise_most") for group in groups]
    held = api.values([*codes, "retirement_rise_from"], region_code, on)
    rise_from = held.get("retirement_rise_from")
    found: dict[str, Rule] = {}
    for group in groups:
        if f"retirement_age_{group}" not in held:
            raise api.UnknownParameter(f"retirement_age_{group}", region_code, on)
        found[group] = Rule(
            age=held[f"retirement_age_{group}"],
            rise_from=date.fromisoformat(f"{rise_from}-01") if rise_from else None,
            step=max(held.get(f"retirement_rise_step_{group}", 1), 1),
            most=held.get(f"retirement_rise_most_{group}", 0),
        )
    return {key: found[group] for key, group in GROUPS.items()}


def retirement_month(birth: date, sex: str, worker_type: str, on: date, region_code: int = 0) -> date:
    """The first day of the month in which somebody retires, by the rules known on a day."""
    return rules(region_code, on)[sex, worker_type].month(birth)
