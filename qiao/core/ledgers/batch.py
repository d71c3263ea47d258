"""Verbs on chosen records: which are offered, why one is not, and doing them in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qiao.core.accounts.rights import Right
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Action
from qiao.core.ledgers.viewer import Viewer

LIMIT = 500


class Refused(NamedTuple):
    record: Any
    reason: object


def delete(viewer: Viewer, records: list[Any], data: dict[str, Any]) -> object:
    type(records[0])._default_manager.filter(pk__in=[one.pk for one in records]).soft_delete(by=viewer.user)
    return ngettext("%(n)d record is deleted.", "%(n)d records are deleted.", len(records)) % {
        "n": len(records)
    }


def of(ledger: Ledger) -> list[Action]:
    """The declared actions and deletion, which every ledger that is edited has."""
    if ledger.edit is None:
        return list(ledger.actions)
    deletion = Action(
        "delete",
        _("Delete"),
        ledger.edit,
        run=delete,
        why_not=lambda viewer, record: ledger.kept(record, viewer),
        batch=True,
        danger=True,
    )
    return [*ledger.actions, deletion]


def find(ledger: Ledger, code: str) -> Action | None:
    return next((action for action in of(ledger) if action.code == code and action.run), None)


def why_not(action: Action, viewer: Viewer) -> object:
    return "" if viewer.can(action.right) else _("Your post may not do this: %s.") % Right(action.right).label


def offered(ledger: Ledger, viewer: Viewer, query: str = "") -> list[dict[str, Any]]:
    """What the bar under a list shows; an action one may not do stays there with the reason. `query` is how the
    list is narrowed."""
    return [
        {
            "label": action.name,
            "value": action.code,
            "url": ledger.url("batch") + query,
            "danger": action.danger,
            "reason": why_not(action, viewer),
        }
        for action in of(ledger)
        if action.batch
    ]


def sift(action: Action, viewer: Viewer, records: Sequence[Any]) -> tuple[list[Any], list[Refused]]:
    """Records the action may change, and the others with the reason of each."""
    allowed, refused = [], []
    for record in records:
        reason = action.why_not(viewer, record)
        if reason:
            refused.append(Refused(record, reason))
        else:
            allowed.append(record)
    return allowed, refused
