"""One cell of a list, changed where it stands: the record's own form with one field shown."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from qiao.core.ledgers import cells, markup
from qiao.core.ledgers.forms import TOKEN, WHY, RecordForm, as_data, changed, token
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import door, found, need

PUT_BACK = "put_back"


@require_http_methods(["GET", "POST"])
@door
def cell(request: HttpRequest, ledger: Ledger, viewer: Viewer, pk: int, key: str) -> HttpResponse:
    """GET gives the field, POST saves it and gives the cell; what is refused comes back with the reason."""
    need(viewer, ledger.edit)
    if key not in cells.editable(ledger, viewer):
        raise Http404
    if request.method == "GET":
        return _field(request, RecordForm(ledger, viewer, found(ledger, viewer, pk)), key)
    with transaction.atomic():
        record = found(ledger, viewer, pk, lock=True)
        blank = RecordForm(ledger, viewer, record)
        before = as_data(blank.fields[key], blank.initial.get(key))
        values = request.POST.getlist(key)
        typed = values if len(values) > 1 else values[0] if values else False
        sent = {key: typed, **{name: request.POST.get(name, "") for name in (TOKEN, WHY)}}
        form = changed(ledger, viewer, record, sent)
        if not (form.is_valid() and form.stored()):
            return _field(request, form, key)
    return render(
        request,
        "ledgers/cell.html",
        {
            "inner": markup.inner(ledger.resolved[key], record, viewer),
            "title": ledger.record_title(record, viewer),
            "column": ledger.resolved[key].name,
            "put_back": PUT_BACK in request.POST,
            "undo": {
                "url": request.path,
                "cell": f'[data-row="{pk}"] [data-cell="{key}"]',
                "values": {key: before, TOKEN: token(record), WHY: form.why, PUT_BACK: "1"},
            },
        },
    )


def _field(request: HttpRequest, form: RecordForm, key: str) -> HttpResponse:
    """Mistakes in other fields are named, with the way to the whole form."""
    field = form[key]
    wrong = [key] if field.errors else []
    field.field.widget.attrs |= {"aria-label": str(field.label), "aria-invalid": "true" if wrong else "false"}
    others: list[Any] = [
        {"label": form[name].label if name in form.fields else "", "errors": errors}
        for name, errors in form.errors.items()
        if name != key
    ]
    given = {
        "field": field,
        "token": token(form.record),
        "others": others,
        "conflicts": form.conflicts,
        "form": form,
        "form_url": form.ledger.url("edit", form.record.pk),
    }
    return render(request, "ledgers/cell_field.html", given, status=422 if form.is_bound else 200)
