"""Deletion is soft: a toast takes it back for ten seconds, the recycle bin for thirty days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qiao.core.accounts.rights import Right
from qiao.core.ledgers import paging
from qiao.core.ledgers.batch import LIMIT
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.parts import Sort
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import door, found, need, trail

KEPT = timedelta(days=30)
UNDO = timedelta(minutes=5)
NEWEST = paging.Order(Sort("", "deleted_at"), descending=True)
SIZE = 50


@require_POST
@door
def delete(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int) -> HttpResponse:
    need(viewer, ledger.edit)
    with transaction.atomic():
        record = found(ledger, viewer, pk, lock=True)
        if reason := ledger.kept(record, viewer):
            messages.error(request, reason)
            return redirect(ledger.url("file", pk))
        ledger.model.objects.filter(pk=record.pk).soft_delete(by=viewer.user)
    tell(request, ledger, [record.pk], _("%s is deleted.") % ledger.record_title(record, viewer))
    return redirect(ledger.url())


def tell(request: HttpRequest, ledger: Ledger, pks: list[int], words: object) -> None:
    """Says what is deleted, with the button that takes it back."""
    address = f"{ledger.url('undo')}?ids={','.join(map(str, pks))}"
    messages.success(request, str(words), extra_tags=f"undo={address}")


@require_POST
@door
def undo(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> HttpResponse:
    """Whoever deleted records takes that back within a few minutes."""
    pks = [
        int(text)
        for text in request.GET.get("ids", "").split(",")[:LIMIT]
        if text.isdecimal() and len(text) < 19
    ]
    rows = ledger.records(viewer, deleted=True).filter(
        pk__in=pks, deleted_by=viewer.user, deleted_at__gte=timezone.now() - UNDO
    )
    _put_back(request, ledger, rows)
    return redirect(
        ledger.url("file", pks[0])
        if len(pks) == 1 and rows.model.objects.filter(pk__in=pks)
        else ledger.url()
    )


@require_POST
@door
def restore(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int) -> HttpResponse:
    need(viewer, Right.RESTORE)
    record = found(ledger, viewer, pk, deleted=True)
    if record.deleted_at < timezone.now() - KEPT:
        raise PermissionDenied
    _put_back(request, ledger, ledger.records(viewer, deleted=True).filter(pk=pk))
    return redirect(ledger.url("bin"))


def _put_back(request: HttpRequest, ledger: Ledger, rows: Any) -> None:
    try:
        with transaction.atomic():
            restored = rows.restore()
    except IntegrityError:
        messages.error(request, _("This cannot be restored: a record that stands now would clash with it."))
        return
    if restored:
        messages.success(
            request,
            ngettext("%(n)d record is restored.", "%(n)d records are restored.", restored) % {"n": restored},
        )
    else:
        messages.warning(request, _("Nothing was restored: the time for taking it back is over."))


@door
def show(request: HttpRequest, ledger: Ledger, viewer: Viewer) -> HttpResponse:
    need(viewer, Right.RESTORE)
    rows = ledger.records(viewer, deleted=True).filter(deleted_at__gte=timezone.now() - KEPT)
    keys = [key for key in ledger.shown_at_first if key in ledger.resolved][:4]
    start = paging.Cursor.read(request.GET.get("after", ""), rows, NEWEST)
    page = paging.page(ledger.joined(rows, keys).select_related("deleted_by"), NEWEST, start, SIZE)
    columns = [ledger.resolved[key] for key in keys]
    return render(
        request,
        "ledgers/bin.html",
        {
            "ledger": ledger,
            "trail": trail(ledger),
            "columns": columns,
            "rows": [
                {
                    "record": record,
                    "cells": [
                        (column, column.shown(column.value(record, viewer.today), viewer.personal))
                        for column in columns
                    ],
                    "url": ledger.url("restore", record.pk),
                }
                for record in page.rows
            ],
            "previous": f"?after={page.previous}" if page.previous else "",
            "following": f"?after={page.following}" if page.following else "",
        },
    )
