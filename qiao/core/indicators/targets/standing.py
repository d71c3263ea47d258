"""Targets against what is reached and how much of the time has passed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.indicators import figures, registry
from qiao.core.indicators.declarations import Accumulates, Indicator, Ratio
from qiao.core.indicators.figures import Figure
from qiao.core.indicators.shown import names_url
from qiao.core.indicators.targets.models import Target


@dataclass(frozen=True, slots=True)
class Standing:
    """`share`: of the target that is reached, None where the target is 0 or nothing can be divided. `due`: the share
    that should be by now: of a flow the time that has passed, of a state or a rate all of it."""

    target: Target
    indicator: Indicator
    figure: Figure
    due: Fraction
    url: str

    @property
    def share(self) -> Fraction | None:
        if self.figure.amount is None or not self.target.value:
            return None
        return Fraction(self.figure.amount) / Fraction(self.target.value)

    @property
    def behind(self) -> bool:
        """Whether less is reached than is due."""
        return self.share is not None and self.share < self.due


def standings(targets: Iterable[Target], scope: Scope, period: Period, today: date) -> list[Standing]:
    """Of targets of regions of one level within a scope, in one table of figures."""
    known = {one.code: one for one in registry.indicators()}
    held = [one for one in targets if one.indicator in known]
    if not held or period.start > today:
        return []
    indicators: Sequence[Indicator] = list({one.indicator: known[one.indicator] for one in held}.values())
    level = held[0].scope.level
    table = figures.table(indicators, scope, level, [period], today=today)
    progress = period.progress(today)
    return [
        Standing(
            one,
            known[one.indicator],
            table.at(known[one.indicator], one.region),
            progress if _flows(known[one.indicator]) else Fraction(1),
            names_url(known[one.indicator], one.region, period),
        )
        for one in held
    ]


def _flows(indicator: Indicator) -> bool:
    if isinstance(indicator, Ratio):
        return False
    (tally,) = indicator.tallies()
    return tally.accumulates is Accumulates.SUM
