"""The rows of a case with its events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qiao.engines.amortisation.cases.events import after_of, events_of, seen_on
from qiao.engines.amortisation.cases.terms import terms_of
from qiao.engines.amortisation.cases.values import BadCase
from qiao.engines.amortisation.dates import IsWorkday
from qiao.engines.amortisation.replay import replay
from qiao.engines.amortisation.schedule import Row, schedule
from qiao.engines.amortisation.terms import Terms


def rows_of(case: Mapping[str, Any], is_workday: IsWorkday | None = None) -> tuple[Terms, list[Row]]:
    """Terms and rows of a case with its events. Raises BadCase."""
    terms, events = terms_of(case, is_workday), events_of(case)
    try:
        if not events and case.get("as_of") is None:
            return terms, schedule(terms)
        return terms, replay(terms, events, after_of(case), seen_on(case, events))
    except ValueError as wrong:
        raise BadCase(str(wrong)) from None
