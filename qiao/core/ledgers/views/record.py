"""The file of one record: facts, timeline, history, and the showing of what is masked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.models import Disclosure
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import batch, history, recent, registry, timeline
from qiao.core.ledgers.columns import Column
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.listing import Cell
from qiao.core.ledgers.parts import Related
from qiao.core.ledgers.timeline import Place
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import door, found, need, trail

REASONS = (
    ("", _("Choose a reason")),
    ("call", _("To call the person")),
    ("check", _("To compare with a document")),
    ("paper", _("To fill in a form for the person")),
    ("report", _("For a list asked for by a superior")),
    ("other", _("Another reason")),
)


class WhyForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why you need to see it"), choices=REASONS)
    words = forms.CharField(label=_("In your words"), max_length=150, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("reason") == "other" and not data.get("words", "").strip():
            raise ValidationError({"words": _("Say why you need to see it.")})
        return data

    @property
    def why(self) -> str:
        labels = dict(self.fields["reason"].choices)  # type: ignore[attr-defined]
        said: str = self.cleaned_data["words"].strip()
        if self.cleaned_data["reason"] == "other":
            return said
        label = str(labels[self.cleaned_data["reason"]])
        return f"{label}: {said}" if said else label


@door
def file(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int) -> HttpResponse:
    record = found(ledger, viewer, pk)
    recent.note(ledger, viewer, record)
    return render(request, "ledgers/file.html", context(request, ledger, viewer, record))


def context(request: HttpRequest, ledger: Ledger, viewer: Viewer, record: Any) -> dict[str, Any]:
    entries, place = events(ledger, record, None)
    offered = doors(ledger, viewer, record)
    return {
        "ledger": ledger,
        "trail": trail(ledger),
        "record": record,
        "title": ledger.record_title(record, viewer),
        "place": record.region.name if hasattr(record, "region") else "",
        "remark": ledger.remark(record, viewer),
        "tags": tags(ledger, record, viewer),
        "sections": [
            {
                "name": section.name,
                "cells": [cell(ledger.resolved[key], record, viewer) for key in section.columns],
            }
            for section in ledger.facts
        ],
        "related": [table for one in ledger.related if (table := related(one, record, viewer))],
        "panels": [
            (one.template, filled)
            for one in registry.panels(ledger)
            if (filled := one.context(viewer, record)) is not None
        ],
        "near": [one for one in offered if not one["action"].aside],
        "aside": [one for one in offered if one["action"].aside],
        "may_edit": ledger.may_edit(viewer),
        "may_show": viewer.personal,
        "entries": entries,
        "more": f"{ledger.url('timeline', record.pk)}?after={place.written()}" if place else "",
        "urls": {name: ledger.url(name, record.pk) for name in ("edit", "history", "delete", "act")},
    }


def cell(column: Column, record: Any, viewer: Viewer) -> Cell:
    value = column.value(record, viewer.today)
    text = column.shown(value, viewer.personal)
    return Cell(column, text, column.tags(value), column.masked and bool(text))


def tags(ledger: Ledger, record: Any, viewer: Viewer) -> list[tuple[str, str]]:
    cells = [cell(ledger.resolved[key], record, viewer) for key in ledger.tags]
    return [tag for one in cells for tag in (one.tags or [(one.text, "")]) if tag[0]]


def doors(ledger: Ledger, viewer: Viewer, record: Any) -> list[dict[str, Any]]:
    """The buttons of a file: what may not be done says why."""
    return [
        {
            "action": action,
            "url": action.url(record) if action.url else "",
            "reason": batch.why_not(action, viewer) or action.why_not(viewer, record),
        }
        for action in ledger.actions
    ]


def related(one: Related, record: Any, viewer: Viewer) -> dict[str, Any] | None:
    """Records of another ledger that belong to this one, if the viewer may see that ledger."""
    other = registry.get(one.ledger)
    if not viewer.can(other.see):
        return None
    columns = [column for column in other.seen_at_first(viewer) if column.source != one.by]
    rows = other.joined(
        other.records(viewer).filter(**{one.by: record.pk}), [column.key for column in columns]
    )
    return {
        "name": one.name,
        "columns": columns,
        "rows": [
            {"url": other.file_url(row), "cells": [cell(column, row, viewer) for column in columns]}
            for row in rows.order_by("-id")[: one.limit]
        ],
        "new": new_url(other, one, record) if one.add and other.may_edit(viewer) else "",
        "one": other.one,
    }


def new_url(other: Ledger, one: Related, record: Any) -> str:
    """The form of a new record that belongs to this one."""
    return f"{other.url('new')}?{one.by}={record.pk}"


def events(ledger: Ledger, record: Any, start: Place | None) -> tuple[list[timeline.Entry], Place | None]:
    own = history.source(ledger)
    return timeline.page(record, [*registry.sources(ledger), *([own] if own else [])], start)


@door
def more_events(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int) -> HttpResponse:
    record = found(ledger, viewer, pk)
    entries, place = events(ledger, record, Place.read(request.GET.get("after", "")))
    more = f"{ledger.url('timeline', record.pk)}?after={place.written()}" if place else ""
    return render(request, "ledgers/timeline.html", {"entries": entries, "more": more, "bare": True})


@door
def changes(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int) -> HttpResponse:
    record = found(ledger, viewer, pk)
    before = request.GET.get("before", "")
    asked = int(before) if before.isdecimal() and len(before) < 19 else None
    steps, following = history.steps(ledger, record, viewer, asked)
    return render(
        request,
        "ledgers/history.html",
        {
            "ledger": ledger,
            "trail": [*trail(ledger), crumb(ledger, record, viewer)],
            "record": record,
            "title": ledger.record_title(record, viewer),
            "steps": steps,
            "following": f"?before={following}" if following else "",
        },
    )


@require_http_methods(["GET", "POST"])
@door
def reveal(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int, key: str) -> HttpResponse:
    """Shows one masked value after its reason is written down."""
    need(viewer, Right.SHOW_PERSONAL)
    record = found(ledger, viewer, pk)
    column = ledger.resolved.get(key)
    if column is None or not column.masked:
        raise Http404
    form = WhyForm(request.POST or None)
    above = [*trail(ledger), crumb(ledger, record, viewer)]
    given = {"ledger": ledger, "trail": above, "record": record, "column": column, "form": form}
    if request.method == "POST" and form.is_valid():
        disclose(ledger, viewer, record, str(column.name), form.why)
        given["value"] = column.plain(column.value(record, viewer.today))
    bare = bool(getattr(request, "htmx", False))
    return render(request, "ledgers/reveal.html" if bare else "ledgers/reveal_page.html", given)


def disclose(ledger: Ledger, viewer: Viewer, record: Any, what: str, why: str, whose: str = "") -> None:
    Disclosure.objects.create(
        user=viewer.user,
        role=viewer.appointment.role,
        region_id=record.region_id if record is not None else viewer.scope.code,
        ledger=ledger.code,
        record_id=record.pk if record is not None else None,
        whose=(whose or str(record))[:120],
        what=what[:120],
        why=why[:200],
    )


def crumb(ledger: Ledger, record: Any, viewer: Viewer) -> dict[str, Any]:
    return {"label": ledger.record_title(record, viewer), "url": ledger.url("file", record.pk)}
