"""The records a person opened last, as far as the person may still see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from qiao.core.ledgers import registry
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.models import Opened
from qiao.core.ledgers.viewer import Viewer

Place = tuple[str, int]
SHOWN = 8
KEPT = 24


@dataclass(frozen=True, slots=True)
class Recent:
    title: str
    ledger: object
    region: str
    url: str


def note(ledger: Ledger, viewer: Viewer, record: Any) -> None:
    """Remembers that the viewer opened a record, and forgets what lies further back than KEPT."""
    mine = Opened.objects.filter(user=viewer.user)
    Opened.objects.bulk_create(
        [Opened(user=viewer.user, ledger=ledger.code, record_id=record.pk, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["user", "ledger", "record_id"],
        update_fields=["at"],
    )
    last = mine.order_by("-at").values("at")[KEPT : KEPT + 1]
    mine.filter(at__lte=last).delete()


def recent(viewer: Viewer) -> list[Recent]:
    """Newest first: what left the scope, was deleted or may not be seen any more is not there."""
    opened = Opened.objects.filter(user=viewer.user).order_by("-at")[:SHOWN]
    places = [(one.ledger, one.record_id) for one in opened]
    found = known(places, viewer)
    return [found[place] for place in places if place in found]


def known(places: Iterable[Place], viewer: Viewer) -> dict[Place, Recent]:
    """Of records named by ledger and number, those the viewer may see. One query for each ledger among them."""
    asked: dict[str, list[int]] = defaultdict(list)
    for code, number in places:
        asked[code].append(number)
    found: dict[Place, Recent] = {}
    for code, numbers in asked.items():
        for record, ledger in _living(code, numbers, viewer):
            found[code, record.pk] = Recent(
                ledger.record_title(record, viewer), ledger.name, record.region.name, ledger.file_url(record)
            )
    return found


def _living(code: str, numbers: list[int], viewer: Viewer) -> list[tuple[Any, Ledger]]:
    try:
        ledger = registry.get(code)
    except registry.UnknownLedger:
        return []
    if not viewer.can(ledger.see):
        return []
    rows = ledger.joined(ledger.records(viewer).filter(pk__in=numbers), [ledger.title, "region"])
    return [(record, ledger) for record in rows]
