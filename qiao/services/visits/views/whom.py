"""Whom a visit is to, as an address names it: looked for inside the scope, else 404."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from qiao.core.accounts.scope import Scope
from qiao.services.employers import api as employers
from qiao.services.people import api as people
from qiao.services.visits.models import Target, Visit, Why
from qiao.services.visits.owed import AFTER, EMPLOYER, HOUSEHOLD, OUTLET, RESIDENT

LARGEST = 2**63 - 1
# What an address may name, where it is looked for, and whom a visit to it is at first taken to meet.
WHOM = {
    RESIDENT: (people.residents, Target.PERSON),
    HOUSEHOLD: (people.households, Target.FAMILY),
    EMPLOYER: (employers.employers, Target.EMPLOYER),
    OUTLET: (employers.outlets, Target.OUTLET),
}
NAMED = {*WHOM, AFTER}


def earlier(scope: Scope) -> Any:
    rows = Visit.objects.within(scope)
    return rows.select_related("resident", "household__head", "employer", "outlet")


def number(text: str) -> int:
    """A record's number as it was sent; 404 for anything else."""
    if text.isascii() and text.isdecimal() and int(text) <= LARGEST:
        return int(text)
    raise Http404


def found(rows: Any, text: str) -> Any:
    record = rows.filter(pk=number(text)).first()
    if record is None:
        raise Http404
    return record


def begun(request: HttpRequest) -> Visit:
    """An empty visit to whom the address names, for the reason it names."""
    scope = request.scope  # type: ignore[attr-defined]
    asked = {key: text for key in NAMED if (text := request.GET.get(key, ""))}
    if not asked:
        raise Http404
    if AFTER in asked:
        return blank(request, AFTER, found(earlier(scope), asked[AFTER]))
    named = {key: found(WHOM[key][0](scope), text) for key, text in asked.items()}
    first = next(key for key in WHOM if key in named)
    visit = blank(request, first, named[first])
    for key, record in named.items():
        setattr(visit, key, record)
    return visit


def blank(request: HttpRequest, key: str, record: Any) -> Visit:
    """An empty visit to a record of `WHOM`, or to the same as an earlier visit."""
    by: Any = request.user
    why = request.GET.get("why", "")
    visit = Visit(region_id=record.region_id, by=by, created_by=by)
    if key == AFTER:
        visit.resident, visit.household = record.resident, record.household
        visit.employer, visit.outlet = record.employer, record.outlet
        visit.target, visit.why = record.target, record.why
    else:
        setattr(visit, key, record)
        visit.target = WHOM[key][1]
    if why in Why.values:
        visit.why = why
    return visit


def back(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    allowed = url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure())
    return asked if allowed else reverse("home")
