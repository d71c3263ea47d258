"""Every ledger as JSON, with the scope, masks and checks of its pages. OpenAPI at /api/v1/openapi.json."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Path, Query, Schema, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth
from pydantic import ConfigDict, Field, create_model

from qiao.core.ledgers import registry
from qiao.core.ledgers.columns import Column, Kind
from qiao.core.ledgers.filters import filter_names
from qiao.core.ledgers.forms import SURE, TOKEN, WHY, RecordForm, changed, typable
from qiao.core.ledgers.ledger import Ledger
from qiao.core.ledgers.listing import Listing
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import found, need

PROBLEM = "application/problem+json"
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Named(Schema):
    id: int
    name: str


class LedgerOut(Schema):
    code: str
    name: str
    href: str
    may_edit: bool


class Wrong(Schema):
    where: str
    what: str


class Problem(Schema):
    """RFC 9457: what is wrong, where, and what to do."""

    title: str
    status: int
    detail: str
    errors: list[Wrong] = []


class Count(Schema):
    value: str
    count: int


api = NinjaAPI(
    title="Qiao",
    version="1",
    description="The ledgers, within the scope of whoever asks. Personal data is masked.",
    urls_namespace="api",
    docs_url=None,
    auth=SessionAuth(csrf=True),
)


def problem(status: int, title: object, detail: object, errors: Sequence[Wrong] = ()) -> HttpResponse:
    told = Problem(title=str(title), status=status, detail=str(detail), errors=list(errors))
    return JsonResponse(told.model_dump(), status=status, content_type=PROBLEM)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(401, _("Not signed in"), _("Sign in and send the session cookie."))


@api.exception_handler(PermissionDenied)
def not_allowed(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(403, _("Not allowed"), _("Your post may not do this."))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, _("Not found"), _("There is no such record here. Check the address."))


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(error.status_code, _("Not accepted"), error)


@api.exception_handler(ValidationError)
def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [Wrong(where=".".join(map(str, one["loc"])), what=one["msg"]) for one in error.errors]
    return problem(422, _("Not understood"), _("Correct what is named and send it again."), wrong)


def rejected(form: RecordForm) -> HttpResponse:
    wrong = [Wrong(where=name, what=str(text)) for name, texts in form.errors.items() for text in texts]
    if form.objection and form.objection.sure:
        wrong.append(Wrong(where="sure", what=form.objection.token))
    if form.closed:
        wrong.append(Wrong(where=WHY, what=_("Say why it is changed.")))
    status = 409 if form.conflicts or form.objection or form.closed else 422
    return problem(status, _("Not saved"), _("Correct what is named and send it again."), wrong)


def opened(request: HttpRequest, ledger: Ledger) -> Viewer:
    viewer = Viewer.of(request)
    need(viewer, ledger.see)
    return viewer


def shown(ledger: Ledger, viewer: Viewer, record: Any) -> dict[str, Any]:
    values = {key: _value(column, record, viewer) for key, column in ledger.resolved.items()}
    return {"id": record.pk, "changed_at": record.changed_at.isoformat(), **values}


def _value(column: Column, record: Any, viewer: Viewer) -> Any:
    value = column.value(record, viewer.today)
    if value is None or value == "":
        return None
    if column.kind in (Kind.FLAG, Kind.NUMBER, Kind.MONEY, Kind.CHOICE):
        return value
    if column.kind in (Kind.REGION, Kind.PERSON, Kind.LINK) and hasattr(value, "pk"):
        return {"id": value.pk, "name": str(value)}
    if column.kind is Kind.TAGS:
        return list(value)
    return column.shown(value, viewer.personal)


TYPES: dict[Kind, Any] = {
    Kind.FLAG: bool | None,
    Kind.NUMBER: int | None,
    Kind.MONEY: int | None,
    Kind.REGION: Named | str | None,
    Kind.PERSON: Named | str | None,
    Kind.LINK: Named | str | None,
    Kind.TAGS: list[str] | None,
}
Typed = str | int | bool | float | list[str] | None


def schemas(ledger: Ledger) -> tuple[type[Schema], type[Schema], type[Schema]]:
    """What is read, what is written, and what a list is asked with."""
    name = "".join(part.title() for part in ledger.code.split("-"))
    read: dict[str, Any] = {
        key: (TYPES.get(one.kind, str | None), None) for key, one in ledger.resolved.items()
    }
    out = create_model(f"{name}Out", __base__=Schema, id=(int, ...), changed_at=(str, ...), **read)
    keys = [key for section in ledger.facts for key in section.columns]
    written: dict[str, Any] = dict.fromkeys(dict.fromkeys(keys), (Typed, None))
    config = {"model_config": ConfigDict(extra="forbid"), "__module__": __name__}
    strict: Any = type("Strict", (Schema,), config)
    given: type[Schema] = create_model(
        f"{name}In",
        __base__=strict,
        changed_at=(str | None, None),
        sure=(str | None, None),
        why_late=(str | None, None),
        **written,
    )
    asked: dict[str, Any] = {name: (list[str], Field([])) for name in filter_names(ledger)}
    words: dict[str, Any] = dict.fromkeys(("tab", "sort", "size", "total", "cursor"), (str, ""))
    query = create_model(f"{name}Query", __base__=Schema, **words, **asked)
    return out, given, query


def listed(ledger: Ledger) -> Callable[..., Any]:
    def list_records(request: HttpRequest, **_: Any) -> Any:
        listing = Listing(ledger, opened(request, ledger), _data(request))
        if not listing.filters.form.is_valid():
            return _bad_filters(listing)
        page = listing.page
        return {
            "items": [shown(ledger, listing.viewer, record) for record in page.rows],
            "previous": page.previous or None,
            "next": page.following or None,
            "total": listing.total,
        }

    return list_records


def _data(request: HttpRequest) -> QueryDict:
    data = request.GET.copy()
    data["cols"] = ",".join(())
    if cursor := data.pop("cursor", [""])[-1]:
        data["after"] = cursor
    return data


def _bad_filters(listing: Listing) -> HttpResponse:
    errors = listing.filters.form.errors
    wrong = [Wrong(where=name, what=str(text)) for name, texts in errors.items() for text in texts]
    return problem(422, _("Not understood"), _("Correct what is named and send it again."), wrong)


def mount(ledger: Ledger) -> None:
    """The operations of one ledger."""
    out, given, asked = schemas(ledger)
    base, tags = f"/{ledger.code}/", [ledger.code]
    page = create_model(
        f"{out.__name__}Page",
        __base__=Schema,
        items=(list[out], ...),  # type: ignore[valid-type]
        previous=(str | None, None),
        next=(str | None, None),
        total=(int | None, None),
    )
    failures = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
    tell: dict[str, Any] = {"tags": tags, "by_alias": True}

    @api.get(base, response={200: page, **failures}, operation_id=f"{ledger.code}_list", **tell)
    def list_records(request: HttpRequest, query: Query[asked]) -> Any:  # type: ignore[valid-type]
        return listed(ledger)(request)

    groups = Literal[tuple(ledger.groups)] if ledger.groups else None
    if groups:

        @api.get(
            f"{base}counts",
            response={200: list[Count], **failures},
            operation_id=f"{ledger.code}_counts",
            **tell,
        )
        def count_records(request: HttpRequest, by: groups, query: Query[asked]) -> Any:  # type: ignore[valid-type]
            data = _data(request)
            data["group"] = by
            listing = Listing(ledger, opened(request, ledger), data)
            if not listing.filters.form.is_valid():
                return _bad_filters(listing)
            return [{"value": group.label, "count": group.count} for group in listing.groups]

    @api.get(f"{base}{{id}}", response={200: out, **failures}, operation_id=f"{ledger.code}_get", **tell)
    def get_record(request: HttpRequest, id: Path[Id]) -> Any:
        viewer = opened(request, ledger)
        return shown(ledger, viewer, found(ledger, viewer, id))

    if ledger.edit is None:
        return

    @api.post(base, response={201: out, **failures}, operation_id=f"{ledger.code}_create", **tell)
    def create_record(request: HttpRequest, body: given) -> Any:  # type: ignore[valid-type]
        viewer = opened(request, ledger)
        need(viewer, ledger.edit)
        return _written(ledger, viewer, ledger.model(), body, 201)

    @api.patch(
        f"{base}{{id}}",
        response={200: out, 409: Problem, **failures},
        operation_id=f"{ledger.code}_change",
        **tell,
    )
    def change_record(request: HttpRequest, body: given, id: Path[Id]) -> Any:  # type: ignore[valid-type]
        viewer = opened(request, ledger)
        need(viewer, ledger.edit)
        with transaction.atomic():
            return _written(ledger, viewer, found(ledger, viewer, id, lock=True), body, 200)


def _written(ledger: Ledger, viewer: Viewer, record: Any, body: Any, status: int) -> Any:
    """Fields that are not sent stay as they are; what cannot be written here is refused by name."""
    sent = body.model_dump(exclude_unset=True)
    known = {*typable(ledger, record.pk is None), TOKEN, SURE, WHY}
    if unknown := set(sent) - known:
        wrong = [Wrong(where=name, what=_("This cannot be written here.")) for name in sorted(unknown)]
        return problem(422, _("Not saved"), _("Correct what is named and send it again."), wrong)
    form = changed(ledger, viewer, record, sent)
    if not form.is_valid():
        return rejected(form)
    if not form.stored():
        return rejected(form)
    fresh = found(ledger, viewer, record.pk)
    return Status(status, shown(ledger, viewer, fresh))


@api.get("/ledgers", response={200: list[LedgerOut], 401: Problem, 403: Problem}, tags=["ledgers"])
def list_ledgers(request: HttpRequest) -> Any:
    viewer = Viewer.of(request)
    return [
        {
            "code": one.code,
            "name": str(one.name),
            "href": f"/api/v1/{one.code}/",
            "may_edit": one.may_edit(viewer),
        }
        for one in registry.ledgers()
        if viewer.can(one.see)
    ]


for each in registry.ledgers():
    mount(each)

doors = api.urls
for door in doors[0]:
    # The API answers 401 itself; a redirect to the sign-in page would be no answer.
    door.callback = login_not_required(door.callback)  # type: ignore[type-var]
