"""The list of a ledger."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import batch
from qiao.core.ledgers.filters import names
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.listing import SIZES, Listing
from qiao.core.ledgers.models import SavedView
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import door

NEAR = 3
STATE = {"tab", "sort", "cols", "size", "group"}


@door
def show(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> HttpResponse:
    listing = Listing(ledger, viewer, request.GET)
    return render(request, "ledgers/list.html", context(listing))


def context(listing: Listing) -> dict[str, Any]:
    ledger, viewer = listing.ledger, listing.viewer
    form = listing.filters.form
    fields = [field for field in form if field.name in listing.filters.filters]
    return {
        "ledger": ledger,
        "listing": listing,
        "viewer": viewer,
        "tabs": [tab(listing, one) for one in listing.tabs],
        "near": fields[:NEAR],
        "hidden": kept(listing, STATE),
        "far_values": kept(listing, {name for field in fields[NEAR:] for name in names(field.html_name, field.field)}),
        "all_but_columns": kept(listing, set(listing.data) - {"cols", "after", "total"}),
        "reset": listing.ledger.url() + f"?tab={listing.tab}",
        "first_tab": next(iter(ledger.tabs)),
        "note": note(listing),
        "count_url": listing.query() + "&total=1",
        "active": listing.filters.active(),
        "heads": [head(listing, column) for column in listing.columns],
        "views": list(SavedView.objects.filter(ledger=ledger.code).seen_by(viewer)),
        "all_columns": ledger.resolved.values(),
        "chosen": {column.key for column in listing.columns},
        "groups": [
            {"key": key, "label": ledger.label(key), "active": key == listing.group}
            for key in ledger.groups
        ],
        "sizes": SIZES,
        "actions": batch.offered(ledger, viewer),
        "may_edit": ledger.may_edit(viewer),
        "may_import": bool(ledger.intake) and viewer.can(Right.IMPORT),
        "may_export": viewer.can(Right.EXPORT),
        "may_restore": viewer.can(Right.RESTORE),
        "urls": {name: ledger.url(name) for name in ("new", "export", "bin", "batch", "keep")},
        "previous": listing.query(after=listing.page.previous) if listing.page.previous else "",
        "following": listing.query(after=listing.page.following) if listing.page.following else "",
    }


def tab(listing: Listing, one: Any) -> dict[str, Any]:
    return {
        "label": one.tab.name,
        "url": listing.query(tab=one.code),
        "count": one.shown,
        "active": one.code == listing.tab,
        "tone": "danger" if one.tab.danger and one.count else "",
    }


def head(listing: Listing, column: Any) -> dict[str, Any]:
    """A column's heading; a click sorts by it, a second one turns the order round."""
    sort = listing.sort.removeprefix("-")
    current = sort == column.key
    offered = column.key in listing.ledger.sorts
    turned = f"-{column.key}" if current and not listing.sort.startswith("-") else column.key
    return {
        "column": column,
        "url": listing.query(sort=turned) if offered else "",
        "order": ("descending" if listing.order.descending else "ascending") if current else "",
        "hint": _("Sort") if offered else "",
    }


def kept(listing: Listing, keys: set[str]) -> list[tuple[str, str]]:
    """What the address says under these keys, to be sent again with a form."""
    return [(key, value) for key in sorted(keys) for value in listing.data.getlist(key) if value]


def note(listing: Listing) -> str:
    if listing.total is None:
        return ""
    return ngettext("%(n)d record", "%(n)d records", listing.total) % {"n": listing.total}
