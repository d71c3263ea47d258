"""The parts pages are made of. The style guide (/styleguide, in DEBUG) shows each of them.

Tones of tags, tiles and events: "" (plain), "info", "good", "warn", "danger" (overdue, veto or error only).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, Select
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. With a label it is read aloud; without, it is decoration."""
    sprite = static("dist/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>', label, sprite, name
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def tag(text: object, tone: str = "") -> SafeString:
    """A status in a word."""
    return format_html('<span class="q-tag{}">{}</span>', f" q-tag-{tone}" if tone else "", text)


@register.inclusion_tag("ui/crumbs.html")
def crumbs(items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """`items`: {label, url}, from the widest to the page above this one."""
    return {"items": items}


@register.simple_block_tag
def page_header(content: str, title: object, subtitle: object = "") -> str:
    """Title and subtitle; the block holds the actions, the primary one last."""
    return render_to_string(
        "ui/page_header.html", {"title": title, "subtitle": subtitle, "actions": mark_safe(content.strip())}
    )


@register.inclusion_tag("ui/tile.html")
def tile(
    label: object,
    value: object,
    unit: object = "",
    note: object = "",
    tone: str = "",
    url: str = "",
    share: float | None = None,
    series: Sequence[float | None] | None = None,
) -> dict[str, Any]:
    """A figure with its name. `share`: progress to the target, 0 to 1; `tone` colours the note."""
    percent = None if share is None else round(100 * share)
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "note": note,
        "tone": tone,
        "url": url,
        "percent": percent,
        "bounded": percent if percent is None else min(max(percent, 0), 100),
        "series": series,
    }


@register.inclusion_tag("ui/sparkline.html")
def sparkline(values: Sequence[float | None], label: object = "") -> dict[str, Any]:
    """The course of a figure; a missing value breaks the line."""
    known = [value for value in values if value is not None]
    low, high = (min(known), max(known)) if known else (0, 0)
    step = 100 / max(len(values) - 1, 1)
    lines: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            lines.append([])
        else:
            height = 22 - 20 * (float(value) - low) / (high - low) if high > low else 12
            lines[-1].append(f"{place * step:.1f},{height:.1f}")
    return {"lines": [" ".join(line) for line in lines if line], "label": label}


@register.inclusion_tag("ui/empty.html")
def empty(
    title: object,
    text: object = "",
    action: object = "",
    url: str = "",
    symbol: str = "inbox",
) -> dict[str, Any]:
    """Nothing here: what it means and what to do next. `symbol` is "inbox", "search" or "circle-check"."""
    return {"title": title, "text": text, "action": action, "url": url, "symbol": symbol}


@register.inclusion_tag("ui/tabs.html")
def view_tabs(items: Iterable[Mapping[str, Any]], label: object = "") -> dict[str, Any]:
    """`items`: {label, url, count, active, tone}; a count of None is left out."""
    return {"items": items, "label": label}


@register.simple_block_tag
def filter_bar(content: str, reset_url: str = "", drawer: str = "", active: int = 0) -> str:
    """The three filters used most, submitted as they change; `drawer` names the drawer of all filters."""
    return render_to_string(
        "ui/filter_bar.html",
        {"fields": mark_safe(content), "reset_url": reset_url, "drawer": drawer, "active": active},
    )


@register.inclusion_tag("ui/filter_field.html")
def filter_field(field: BoundField) -> dict[str, Any]:
    """One field of a filter bar: its name beside it; several choices fold into a list of boxes."""
    widget = field.field.widget
    if getattr(widget, "allow_multiple_selected", False):
        held = {str(value) for value in field.value() or []}
        choices = [(value, label, str(value) in held) for value, label in widget.choices if value != ""]
        return {"field": field, "choices": choices, "chosen": len(held)}
    place = f"bar-{field.html_name}"
    if isinstance(widget, Select):
        control = chooser(field, {"class": "form-select", "id": place})
    else:
        control = field.as_widget(attrs={"class": "form-control", "id": place})
    return {"field": field, "place": place, "control": control}


def chooser(field: BoundField, attrs: Mapping[str, str]) -> SafeString:
    """A choice of one, written in one go: a district has a hundred places to choose from."""
    held = str(field.value() or "")
    widget = field.field.widget
    options = (
        (value, mark_safe(" selected") if str(value) == held else "", label)
        for value, label in widget.choices
    )
    return format_html(
        '<select name="{}"{}>{}</select>',
        field.html_name,
        flatatt({**field.build_widget_attrs(dict(widget.attrs), widget), **attrs}),
        format_html_join("", '<option value="{}"{}>{}</option>', options),
    )


@register.simple_block_tag
def drawer(content: str, id: str, title: object) -> str:
    """A panel from the right edge, opened by [data-bs-toggle=offcanvas][href="#id"]."""
    return render_to_string("ui/drawer.html", {"id": id, "title": title, "body": mark_safe(content)})


@register.simple_block_tag
def data_table(content: str, label: object = "", wide: bool = False, dense: bool = False) -> str:
    """`<thead>` and `<tbody>` go inside. Cells: .q-title (heads the card on a phone), .num, .q-check,
    .q-actions. `wide` keeps the table a table on phones and scrolls it inside its box."""
    return render_to_string(
        "ui/data_table.html", {"label": label, "wide": wide, "dense": dense, "table": mark_safe(content)}
    )


@register.inclusion_tag("ui/select_all.html")
def select_all() -> dict[str, Any]:
    return {}


@register.inclusion_tag("ui/select_row.html")
def select_row(value: object, label: object) -> dict[str, Any]:
    return {"value": value, "label": label}


@register.inclusion_tag("ui/batch_bar.html")
def batch_bar(
    actions: Iterable[Mapping[str, Any]], form: str = "batch", every: bool = False
) -> dict[str, Any]:
    """Appears when rows are chosen. `actions`: {label, value, url, confirm, danger, reason}; an action
    with a `reason` is disabled and says it. `form` is the id of the form that holds the rows; `every` offers
    all that the list holds, on its other pages too."""
    return {"actions": actions, "form": form, "every": every}


@register.inclusion_tag("ui/pager.html")
def pager(previous: str = "", following: str = "", note: object = "") -> dict[str, Any]:
    """Paging by key: addresses of the neighbouring pages, empty at the ends."""
    return {"previous": previous, "following": following, "note": note}


@register.inclusion_tag("ui/timeline.html")
def timeline(events: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """`events`: {at, title, text, by, url, tone}, newest first."""
    return {"events": events}


@register.inclusion_tag("ui/steps.html")
def stepper(labels: Sequence[object], current: int) -> dict[str, Any]:
    """`current` counts from 1; one past the last means all are done."""
    states = [
        (label, "done" if place < current else "current" if place == current else "ahead")
        for place, label in enumerate(labels, start=1)
    ]
    return {"steps": states}


@register.inclusion_tag("ui/progress.html")
def progress(
    label: object, done: int, total: int | None = None, note: object = "", poll: str = "", every: int = 1
) -> dict[str, Any]:
    """Long work. `poll`: an address that answers this same part again, asked every `every` seconds;
    leave it empty when the work is over. `total` None: not known yet."""
    percent = round(100 * done / total) if total else None
    return locals()


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong, on top of the form, each with a link to its field."""
    fields = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return {"form": form, "fields": fields}


@register.simple_block_tag(takes_context=True)
def edit_form(
    context: template.Context,
    content: str,
    form: BaseForm,
    key: str,
    submit: object,
    action: str = "",
    cancel: str = "",
) -> str:
    """A whole form: errors on top, fields, a bar with the named button. Saves on Ctrl+S, warns before
    unsaved work is left, and keeps what was typed when the session ends. `key` names the draft; the
    block, if any, replaces the crispy fields."""
    return render_to_string(
        "ui/edit_form.html",
        {
            "form": form,
            "key": key,
            "submit": submit,
            "action": action,
            "cancel": cancel,
            "body": mark_safe(content.strip()),
        },
        request=context.get("request"),
    )


@register.filter
def undo_url(message: Any) -> str:
    """The address that takes back what a message tells of, or ""."""
    return next((part[5:] for part in (message.extra_tags or "").split() if part.startswith("undo=")), "")
