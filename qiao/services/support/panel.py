"""The policies in a resident's file: what fits, what nearly does, and why."""

from __future__ import annotations

from typing import Any

from qiao.core.ledgers.parts import Panel
from qiao.core.ledgers.viewer import Viewer
from qiao.engines.rules import Verdict
from qiao.services.support import facts, judging


def context(viewer: Viewer, resident: Any) -> dict[str, Any]:
    """Those that do not fit are only counted; their reasons stand on the person's page of policies."""
    shown = judging.answers(facts.of_person(resident.pk, viewer.today), resident.region_id, viewer.today)
    near = [one for one in shown if one.verdict is not Verdict.NO]
    return {"resident": resident, "shown": near, "others": len(shown) - len(near)}


POLICIES = Panel("support/panel.html", context)
