"""Two records side by side, with what differs between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import pgettext

from qiao.core.accounts.masking import mask_id, mask_name, mask_phone
from qiao.core.accounts.scope import Scope
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.core.records.binding import beyond_scope
from qiao.services.people.models import DuplicatePair, Membership, Merger, Resident, Spell


@dataclass(frozen=True, slots=True)
class Line:
    name: Any
    first: str
    second: str
    differs: bool

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Each text with the side it stands on."""
        return [
            (pgettext("of two records", "Left"), self.first),
            (pgettext("of two records", "Right"), self.second),
        ]


@dataclass(frozen=True, slots=True)
class Side:
    """`own`: inside the viewer's scope; the record of another community is masked and cannot be opened."""

    record: Resident
    own: bool
    title: str
    url: str
    spells: list[Spell]
    memberships: list[Membership]


def pairs(scope: Scope) -> Any:
    """Pairs with at least one record in the scope. Ask beyond the scope: the other may lie elsewhere."""
    other = Q(other_region__gte=scope.lo, other_region__lt=scope.hi)
    return DuplicatePair.objects.filter(scope.q() | other).select_related(
        "resident__region", "other__region", "settled_by"
    )


def settles(pair: DuplicatePair, viewer: Viewer) -> bool:
    """Who sees both records may settle the pair."""
    return viewer.scope.contains(pair.resident.region_id) and viewer.scope.contains(pair.other.region_id)


def title(record: Resident, viewer: Viewer) -> str:
    return record.name if viewer.scope.contains(record.region_id) else mask_name(record.name)


def sides(pair: DuplicatePair, viewer: Viewer) -> list[Side]:
    return [_side(record, viewer) for record in (pair.resident, pair.other)]


def _side(record: Resident, viewer: Viewer) -> Side:
    own = viewer.scope.contains(record.region_id)
    ledger = registry.get("residents")
    if not own:
        return Side(record, False, mask_name(record.name), "", [], [])
    with beyond_scope("the spells of a resident who moved here lie in the former community"):
        spells = list(
            Spell.objects.filter(resident=record).select_related("region").order_by("-counted_from")
        )
        homes = Membership.objects.filter(resident=record).select_related("household__head")
        memberships = list(homes.order_by("-id"))
    url = "" if record.deleted_at else ledger.url("file", record.pk)
    return Side(record, True, record.name, url, spells, memberships)


def lines(pair: DuplicatePair, viewer: Viewer) -> list[Line]:
    """Every column in which at least one record says something; of a masked record only who it is."""
    if not settles(pair, viewer):
        return list(_masked(pair, viewer))
    found = []
    for column in registry.get("residents").resolved.values():
        values = [column.value(record, viewer.today) for record in (pair.resident, pair.other)]
        first, second = (column.shown(value, viewer.personal) for value in values)
        if first or second:
            found.append(Line(column.name, first, second, column.plain(values[0]) != column.plain(values[1])))
    return found


def _masked(pair: DuplicatePair, viewer: Viewer) -> Iterable[Line]:
    ledger = registry.get("residents")
    hide = {"name": mask_name, "id_number": mask_id, "phone": mask_phone}
    for key in ("name", "id_number", "phone", "region"):
        column = ledger.resolved[key]
        both = (pair.resident, pair.other)
        plain = [column.plain(column.value(one, viewer.today)) for one in both]
        first, second = (
            hide[key](text)
            if key in hide and not (key == "name" and viewer.scope.contains(one.region_id))
            else text
            for one, text in zip(both, plain, strict=True)
        )
        if first or second:
            yield Line(column.name, first, second, plain[0] != plain[1])


def merger_of(pair: DuplicatePair) -> Merger | None:
    """The standing merger of the two."""
    both = [pair.resident_id, pair.other_id]
    found: Merger | None = (
        Merger.objects.filter(kept__in=both, given_up__in=both, undone_at=None).order_by("-id").first()
    )
    return found
