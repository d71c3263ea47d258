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


@door
def narrow(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> HttpResponse:
    """Everything by which a list is narrowed, ordered, counted, and kept as a view."""
    listing = Listing(ledger, viewer, request.GET)
    bare = bool(getattr(request, "htmx", False))
    given = {
        "ledger": ledger,
        "listing": listing,
        "fields": [field for field in listing.filters.form if offers_choice(listing, field.name)],
        "list_url": ledger.url(),
        "hidden": kept(listing, {"tab", "cols"}),
        "all_but_columns": kept(listing, set(listing.data) - {"cols", "after", "total"}),
        "reset": reset(listing),
        "views": list(SavedView.objects.filter(ledger=ledger.code).seen_by(viewer)),
        "all_columns": ledger.resolved.values(),
        "chosen": {column.key for column in listing.columns},
        "groups": [
            {"key": key, "label": ledger.label(key), "active": key == listing.group} for key in ledger.groups
        ],
        "sizes": SIZES,
        "urls": {"keep": ledger.url("keep")},
    }
    return render(request, "ledgers/narrow.html" if bare else "ledgers/narrow_page.html", given)


def context(listing: Listing) -> dict[str, Any]:
    ledger, viewer = listing.ledger, listing.viewer
    form = listing.filters.form
    fields = [form[name] for name in listing.filters.filters if offers_choice(listing, name)]
    page = listing.page
    return {
        "ledger": ledger,
        "listing": listing,
        "tabs": [tab(listing, one) for one in listing.tabs],
        "near": fields[:NEAR],
        "hidden": kept(listing, STATE),
        "far_values": kept(
            listing, {name for field in fields[NEAR:] for name in names(field.html_name, field.field)}
        ),
        "mistakes": [(form[name].label, errors) for name, errors in form.errors.items()],
        "active": (active := listing.filters.active()),
        "clear": reset(listing) if active else "",
        "elsewhere": any(one.count for one in listing.tabs),
        "heads": [head(listing, column) for column in listing.columns],
        "views": list(SavedView.objects.filter(ledger=ledger.code).seen_by(viewer)),
        "reset": reset(listing),
        "first_tab": next(iter(ledger.tabs)),
        "note": note(listing),
        "count_url": listing.query() + "&total=1",
        "list_url": ledger.url(),
        "drawer_url": ledger.url("narrow") + listing.query(),
        "actions": batch.offered(ledger, viewer, listing.query()),
        "several": bool(page.previous or page.following),
        "may_edit": ledger.may_edit(viewer),
        "may_import": bool(ledger.rosters) and viewer.can(Right.IMPORT),
        "may_export": viewer.can(Right.EXPORT),
        "may_restore": viewer.can(Right.RESTORE),
        "urls": {name: ledger.url(name) for name in ("new", "export", "bin", "batch")},
        "previous": listing.query(after=page.previous) if page.previous else "",
        "following": listing.query(after=page.following) if page.following else "",
    }


def offers_choice(listing: Listing, name: str) -> bool:
    """Whoever works in one community has no place to choose."""
    return name != "region" or len(listing.regions) > 1


def reset(listing: Listing) -> str:
    return f"{listing.ledger.url()}?tab={listing.tab}"


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
    offered = column.key in listing.sorts
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
