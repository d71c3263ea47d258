"""Which cells of a list may be changed where they stand."""

from __future__ import annotations

from qiao.core.ledgers.columns import ALWAYS, WITHOUT_RIGHT, Kind
from qiao.core.ledgers.forms import typable
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.viewer import Viewer

SIMPLE = {Kind.TEXT, Kind.ADDRESS, Kind.CHOICE, Kind.FLAG, Kind.DATE, Kind.NUMBER, Kind.MONEY, Kind.PERSON}


def editable(ledger: Ledger, viewer: Viewer) -> frozenset[str]:
    """Keys of the columns of one simple value that the form offers too. What names a record opens its file, and
    what is masked is changed in the form."""
    if not ledger.may_edit(viewer):
        return frozenset()
    masked = {*ALWAYS} if viewer.personal else {*ALWAYS, *WITHOUT_RIGHT}
    kinds = {key: ledger.resolved[key].kind for key in typable(ledger, is_new=False)}
    return frozenset(key for key, kind in kinds.items() if kind in SIMPLE - masked and key != ledger.title)
