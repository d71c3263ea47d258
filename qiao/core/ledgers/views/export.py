"""Excel out: the list as it stands, with the identity numbers only for a reason that is written down."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import workbook as books
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.listing import Listing
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import door, need, trail
from qiao.core.ledgers.views.record import WhyForm, disclose
from qiao.core.regions.codes import Level

CHUNK = 2000
MOST = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportForm(WhyForm):
    columns = forms.ChoiceField(
        label=pgettext_lazy("list", "Columns"),
        choices=(("all", _("All columns")), ("listed", _("Those of the list"))),
        initial="all",
    )
    personal = forms.BooleanField(label=_("With identity numbers and phones in full"), required=False)
    field_order = ("columns", "personal", "reason", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data["personal"]:
            return self.cleaned_data
        if not self.cleaned_data.get("reason"):
            raise ValidationError({"reason": _("Choose why you need to see it.")})
        return super().clean()


@require_http_methods(["GET", "POST"])
@door
def options(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> HttpResponse | FileResponse:
    need(viewer, Right.EXPORT)
    listing = Listing(ledger, viewer, request.GET)
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        personal = form.cleaned_data["personal"]
        if personal:
            need(viewer, Right.SHOW_PERSONAL)
        wide = form.cleaned_data["columns"] == "all"
        columns = columns_of(ledger, list(ledger.resolved.values()) if wide else listing.columns, personal)
        if personal:
            note(listing, columns, form.why)
        return sheet(listing, columns, listing.rows.order_by("id"))
    total = listing.rows.order_by().values("id")[: MOST + 1].count()
    return render(
        request,
        "ledgers/export.html",
        {
            "ledger": ledger,
            "trail": trail(ledger),
            "form": form,
            "total": total,
            "too_many": total > MOST,
            "most": MOST,
            "back": ledger.url() + listing.query(),
            "empty": ledger.url("template"),
        },
        status=422 if form.is_bound else 200,
    )


@door
def workbook(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> FileResponse:
    """The list without what is masked."""
    need(viewer, Right.EXPORT)
    listing = Listing(ledger, viewer, request.GET)
    return sheet(
        listing, columns_of(ledger, list(ledger.resolved.values()), False), listing.rows.order_by("id")
    )


@door
def template(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> FileResponse:
    """An empty workbook to be filled in."""
    listing = Listing(ledger, viewer, request.GET)
    typed = [column for column in ledger.resolved.values() if not callable(column.source)]
    return sheet(listing, columns_of(ledger, typed, True), [])


def columns_of(ledger: Ledger, columns: list[Column], personal: bool) -> list[Column]:
    """What is masked is left out, so that a masked value never comes back as a value; so are tags, which only
    repeat what other columns say."""
    kept = [column for column in columns if column.kind is not Kind.TAGS]
    return [column for column in kept if personal or not column.masked]


def note(listing: Listing, columns: list[Column], why: str) -> None:
    """One line in the access log for the whole list."""
    what = ", ".join(str(column.name) for column in columns if column.masked)
    whose = f"{listing.ledger.name}: {listing.rows.order_by().count()} · {listing.kept}"
    disclose(listing.ledger, listing.viewer, None, what, why, whose)


def sheet(listing: Listing, columns: list[Column], records: Any) -> FileResponse:
    ledger = listing.ledger
    rows: Iterable[Any] = records
    if not isinstance(records, list):
        rows = ledger.joined(records, [column.key for column in columns])[:MOST].iterator(chunk_size=CHUNK)
    places = [region.name for region in listing.regions if region.level == Level.COMMUNITY]
    target = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115
    books.write(target, ledger, columns, rows, listing.viewer, places)
    target.seek(0)
    filename = f"{ledger.name}-{listing.viewer.today.isoformat()}.xlsx"
    return FileResponse(target, as_attachment=True, filename=filename, content_type=XLSX)
