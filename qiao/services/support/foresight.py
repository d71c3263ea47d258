"""How many residents a changed parameter would add to each policy and drop from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl
from django.utils.translation import gettext_lazy as _

from qiao.core.accounts.scope import Scope
from qiao.core.standards import api as standards
from qiao.core.standards.declarations import declared
from qiao.core.standards.effects import Effect, foresee
from qiao.services.support import facts
from qiao.services.support.policies import PARAMETERS, POLICIES, wording
from qiao.services.support.sweeping import verdicts, whom_it_fits

UNIT = _("residents whom the policy fits")


def offer() -> None:
    foresee(PARAMETERS, effects)


def effects(code: str, place: int, value: Any, on: date) -> Iterator[Effect]:
    """One line for each policy whose circle of people changes."""
    rows = facts.of_scope(Scope(place), on)
    kind = declared()[code].kind
    moved = rows.filter(pl.col("region").is_in(_governed(rows, code, place, on)))
    now = verdicts(rows, on)
    as_now = now.filter(~pl.col("resident").is_in(moved["resident"].to_list()))
    then = pl.concat([verdicts(moved, on, {code: kind.read(kind.keep(value))}), as_now])
    for policy in POLICIES:
        before, after = whom_it_fits(now, policy.code), whom_it_fits(then, policy.code)
        if before != after:
            name = str(wording().policies[policy.code].name)
            yield Effect(name, UNIT, len(before), len(after), len(after - before), len(before - after))


def _governed(rows: pl.DataFrame, code: str, place: int, on: date) -> list[int]:
    """The regions where no more specific value would still hold."""
    found = []
    for region in rows["region"].unique().to_list():
        held = standards.holding(code, region, on)
        if held is None or held.place <= place:
            found.append(region)
    return found
