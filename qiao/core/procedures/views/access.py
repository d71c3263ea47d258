"""Who may pass the doors of a procedure, and which case stands behind an address."""

from __future__ import annotations

from typing import Any

from qiao.core.accounts import access
from qiao.core.duties.declaration import Viewer
from qiao.core.procedures.declaration import Procedure, procedure

door = access.door(procedure, Viewer.of, Procedure.open_to)


def cases_of(declared: Procedure, viewer: Viewer) -> Any:
    """Where every query of a procedure begins: its cases inside the viewer's scope."""
    return declared.cases().within(viewer.scope).filter(declared.visible(viewer))  # type: ignore[attr-defined]


def found(declared: Procedure, viewer: Viewer, pk: int) -> Any:
    """The case, or 404: one out of scope does not exist for the viewer."""
    return access.found(cases_of(declared, viewer), pk)
