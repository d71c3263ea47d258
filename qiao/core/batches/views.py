"""Imports in four steps: choose the file, confirm the columns, look at the check, import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from qiao.core.accounts.access import requires
from qiao.core.accounts.models import Disclosure
from qiao.core.accounts.rights import Right
from qiao.core.batches import actions, importer, tasks
from qiao.core.batches.annotated import error_workbook
from qiao.core.batches.models import ImportBatch, ImportRow
from qiao.core.batches.preview import Preview, header_samples, mapping_columns
from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.models import Region

PAGE = 30
WHY = "an import compares with the whole district and writes in bulk"


def _offered(request: HttpRequest) -> list[importer.Importer]:
    """The importers that the person may use."""
    may = request.appointment.can  # type: ignore[attr-defined]
    return [one for one in importer.importers() if one.right is None or may(one.right)]


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    found = (
        ImportBatch.objects.within(request.scope)  # type: ignore[attr-defined]
        .select_related("file", "region", "created_by")
        .filter(pk=pk)
        .first()
    )
    if found is None or found.importer not in {one.code for one in _offered(request)}:
        raise Http404
    batch: ImportBatch = found
    return batch


def _carry_out(request: HttpRequest, act: Callable[[], Any]) -> bool:
    """Runs a step as the owner, whole or not at all; any refusal becomes a message."""
    try:
        with beyond_scope(WHY), transaction.atomic():
            act()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    except DatabaseError as error:
        why = {"why": str(error).splitlines()[0]}
        messages.error(
            request,
            _("Nothing was changed: the database refused the rows (%(why)s). Tell the administrator.") % why,
        )
        return False
    return True


@requires(Right.IMPORT)
def index(request: HttpRequest) -> HttpResponse:
    """The first step, and the imports so far."""
    if request.method == "POST":
        return _take_in(request)
    scope = request.scope  # type: ignore[attr-defined]
    before = request.GET.get("before", "")
    rows = ImportBatch.objects.within(scope).select_related("file", "region", "created_by").order_by("-id")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before))
    page = list(rows[: PAGE + 1])
    return render(
        request,
        "batches/index.html",
        {
            "batches": page[:PAGE],
            "following": f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
            "importers": _offered(request),
            "regions": Region.objects.under(scope.code).on(request.today).order_by("code"),  # type: ignore[attr-defined]
            "own_region": scope.code,
            "steps": steps(),
            "chosen": request.GET.get("as", ""),
        },
    )


def steps() -> list[str]:
    return [_("Choose the file"), _("Confirm the columns"), _("Check"), _("Result")]


def _take_in(request: HttpRequest) -> HttpResponse:
    upload = request.FILES.get("file")
    kind = request.POST.get("as", "")
    region = request.POST.get("region", "")
    known = {one.code for one in _offered(request)}
    if upload is None or kind not in known or not region.isdecimal():
        messages.error(request, _("Choose the file of the roster first."))
        return redirect("batches")
    scope = request.scope  # type: ignore[attr-defined]
    try:
        with beyond_scope(WHY):
            batch = actions.take_in(
                kind,
                upload.name or "",
                upload.chunks(),
                int(region),
                scope,
                request.user,  # type: ignore[arg-type]
            )
            tasks.run(batch, "read", inline=batch.file.size <= actions.INLINE_BYTES)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("batches")
    earlier = (
        ImportBatch.objects.within(scope)
        .filter(file__sha256=batch.file.sha256, stage=ImportBatch.Stage.DONE)
        .exclude(pk=batch.pk)
        .select_related("created_by")
        .first()
    )
    if earlier:
        messages.warning(
            request,
            _(
                "The very same file was imported on %(day)s by %(who)s. "
                "Rows that are already so will not change anything."
            )
            % {"day": f"{earlier.merged_at:%Y-%m-%d}", "who": earlier.created_by or "–"},
        )
    return redirect("batch", batch.pk)


@requires(Right.IMPORT)
@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    shown: dict[str, Any] = {"batch": batch, "steps": steps(), "importer": importer.get(batch.importer)}
    if batch.running:
        return render(request, "batches/running.html", shown)
    match batch.stage:
        case ImportBatch.Stage.FAILED:
            return render(request, "batches/failed.html", shown)
        case ImportBatch.Stage.MAPPING:
            with beyond_scope("the sample of a file that cannot be read yet"):
                samples = header_samples(batch) if batch.problem else []
            return render(
                request,
                "batches/columns.html",
                {**shown, "sheets": mapping_columns(batch), "samples": samples},
            )
    shown |= {
        "preview": Preview(batch, request.GET),
        "row_actions": row_actions(),
        "list_url": list_url(batch),
    }
    return render(request, "batches/rows.html", shown)


def row_actions() -> list[dict[str, Any]]:
    return [
        {"label": _("Accept as understood"), "value": "accept"},
        {"label": _("Leave these rows out"), "value": "leave_out"},
    ]


def list_url(batch: ImportBatch) -> str:
    try:
        return reverse("ledgers:list", args=[importer.get(batch.importer).ledger])
    except NoReverseMatch:
        return reverse("batches")


@requires(Right.IMPORT)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The running step's part of the page; when it is over, the page is loaded anew."""
    batch = _batch(request, pk)
    if not batch.running:
        response = HttpResponse()
        response["HX-Refresh"] = "true"
        return response
    return render(request, "batches/progress.html", {"batch": batch})


@requires(Right.IMPORT)
@require_POST
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """The second step: what the columns mean, then the check."""
    batch = _batch(request, pk)
    if batch.stage not in (ImportBatch.Stage.MAPPING, ImportBatch.Stage.PREVIEW):
        return redirect("batch", pk)
    chosen = {number for number in range(len(batch.readings)) if request.POST.get(f"sheet-{number}")}
    if not chosen:
        messages.error(request, _("Choose at least one sheet."))
        return redirect("batch", pk)

    def act() -> None:
        for number in chosen:
            meant = {
                column["index"]: request.POST.get(f"column-{number}-{column['index']}") or None
                for column in batch.readings[number]["columns"]
                if f"column-{number}-{column['index']}" in request.POST
            }
            known = set(importer.get(batch.importer).vocabulary.fields)
            actions.choose_columns(
                batch, number, {i: code for i, code in meant.items() if code is None or code in known}
            )
        actions.choose_sheets(batch, chosen)
        tasks.run(batch, "check", inline=batch.total <= actions.INLINE_ROWS)

    _carry_out(request, act)
    return redirect("batch", pk)


@requires(Right.IMPORT)
@require_POST
def header(request: HttpRequest, pk: int) -> HttpResponse:
    """A person points at the header rows of a sheet."""
    batch = _batch(request, pk)
    numbers = [request.POST.get(name, "") for name in ("sheet", "top", "bottom")]
    if not all(number.isdecimal() for number in numbers) or int(numbers[0]) >= len(batch.readings):
        messages.error(request, _("Give the numbers of the first and the last row of the header."))
        return redirect("batch", pk)
    sheet, top, bottom = map(int, numbers)
    _carry_out(request, lambda: actions.choose_header(batch, sheet, top - 1, bottom - 1))
    return redirect("batch", pk)


@requires(Right.IMPORT)
@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """From the check back to the columns; nothing has been written."""
    batch = _batch(request, pk)
    if batch.stage == ImportBatch.Stage.PREVIEW:
        batch.stage = ImportBatch.Stage.MAPPING
        batch.save(update_fields=["stage"])
    return redirect("batch", pk)


@requires(Right.IMPORT)
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    ready = batch.rows.filter(status__in=ImportRow.MERGED, merged_at=None).count()

    def act() -> None:
        actions.imported_by(batch, request.user)  # type: ignore[arg-type]
        tasks.run(batch, "merge", inline=ready <= actions.INLINE_ROWS)

    if _carry_out(request, act) and not batch.running:
        lasting = importer.get(batch.importer).lasting
        messages.success(
            request,
            _("%(number)d rows were imported.") % {"number": ready},
            extra_tags="" if lasting else f"undo={reverse('batch_undo', args=[pk])}",
        )
    return redirect("batch", pk)


@requires(Right.IMPORT)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    if (
        _carry_out(request, lambda: tasks.run(batch, "undo", inline=batch.total <= actions.INLINE_ROWS))
        and not batch.running
    ):
        stayed = batch.counts.get("stayed", 0)
        if stayed:
            messages.warning(
                request,
                _("The import was taken back, except for %(number)d records that were changed since.")
                % {"number": stayed},
            )
        else:
            messages.success(request, _("The import was taken back."))
    return redirect("batch", pk)


@requires(Right.IMPORT)
@require_POST
def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """A correction in the grid: of one cell, or of all equal values of its field."""
    batch = _batch(request, pk)
    number = request.POST.get("row", "")
    row = batch.rows.filter(pk=int(number)).first() if number.isdecimal() else None
    field, text = request.POST.get("field", ""), request.POST.get("text", "").strip()
    if field not in importer.get(batch.importer).vocabulary.fields:
        raise Http404
    everywhere = request.POST.get("read") if request.POST.get("everywhere") else None
    if everywhere:
        _carry_out(request, lambda: actions.fix_value(batch, field, everywhere, text or None))
    elif row:
        _carry_out(request, lambda: actions.fix_cell(batch, row, field, text))
    return redirect(_return(request, pk))


@requires(Right.IMPORT)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Chosen rows are accepted as they are or left out; or all rows with one kind of doubt are accepted."""
    batch = _batch(request, pk)
    ids = [value for value in request.POST.getlist("row") if value.isdecimal()]
    rows = list(batch.rows.filter(pk__in=ids))
    match request.POST.get("action"):
        case "accept":
            _carry_out(request, lambda: actions.accept(batch, rows))
        case "leave_out":
            _carry_out(request, lambda: actions.leave_out(batch, rows))
        case "accept_all":
            _carry_out(request, lambda: actions.accept_all(batch, request.POST.get("code", "")))
    return redirect(_return(request, pk))


def _return(request: HttpRequest, pk: int) -> str:
    query = request.POST.get("return", "")
    return reverse("batch", args=[pk]) + (query if query.startswith("?") else "")


@requires(Right.IMPORT)
@require_GET
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that did not go in, as the original sheet with a column of comments."""
    batch = _batch(request, pk)
    _log(request, batch, _("Rows to put right"))
    response = HttpResponse(
        error_workbook(batch),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    name = Path(batch.file.name).stem
    response.headers["Content-Disposition"] = _attachment(f"{name}-{_('to put right')}.xlsx")
    return response


@requires(Right.IMPORT)
@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    batch = _batch(request, pk)
    _log(request, batch, _("Original roster"))
    try:
        return FileResponse(open(batch.file.path, "rb"), as_attachment=True, filename=batch.file.name)
    except OSError:
        raise Http404 from None


def _log(request: HttpRequest, batch: ImportBatch, what: str) -> None:
    appointment = request.appointment  # type: ignore[attr-defined]
    Disclosure.objects.create(
        user=appointment.user,
        role=appointment.role,
        region_id=appointment.region_id,
        ledger="imports",
        record_id=batch.pk,
        whose=_("%(number)d rows") % {"number": batch.total},
        what=what,
        why=_("Work on the import %(name)s") % {"name": batch.file.name},
    )


def _attachment(name: str) -> str:
    return content_disposition_header(True, name) or "attachment"
