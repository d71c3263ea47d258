"""An evening's round: every visit that is due, one row for each door, recorded together."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from qiao.core.duties.declaration import Viewer
from qiao.core.duties.worklist import worklist
from qiao.services.visits.owed import visit_duties

SHOWN = 60


@dataclass(slots=True)
class Due:
    """`key` is "resident-12": whom, and the number. The same door owed twice is one row with two titles."""

    key: str
    who: str
    region: str
    due: date | None
    overdue: bool
    why: str = ""
    titles: list[Any] = field(default_factory=list)


def due(viewer: Viewer) -> list[Due]:
    """What the viewer owes or oversees, longest overdue first."""
    found: dict[str, Due] = {}
    for group in worklist(viewer, SHOWN, visit_duties()):
        whom = group.duty.whom  # type: ignore[attr-defined]
        for row in group.rows:
            key = f"{whom}-{row.target}"
            why = group.duty.why  # type: ignore[attr-defined]
            one = found.setdefault(key, Due(key, row.who, row.region_name, row.due, row.overdue, why))
            one.titles.append(group.duty.title)
            one.overdue |= row.overdue
            one.due = min(one.due or row.due, row.due)
    return sorted(found.values(), key=lambda one: (one.due or date.max, one.key))[:SHOWN]
