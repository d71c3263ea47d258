"""What holds where and when: all parameters at a place on a day, and the course of one of them."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.regions import codes
from qiao.core.regions.models import Region
from qiao.core.standards import actions, effects
from qiao.core.standards.declarations import Parameter, declared, place_names
from qiao.core.standards.forms import PutForm
from qiao.core.standards.models import ParameterValue

TO_CHECK = "any"


def names_of(places: set[int]) -> dict[int, str]:
    """Names of places for people; the code where nobody knows a name."""
    known = dict(Region.objects.filter(code__in=places).values_list("code", "name"))
    fallback = place_names()
    return {
        place: str(fallback[place])
        if place == codes.NATION
        else known.get(place) or str(fallback.get(place, f"{place:012}"))
        for place in places
    }


def _place(request: Any) -> int:
    asked = request.GET.get("place", "")
    if asked.isascii() and asked.isdecimal() and len(asked) <= 12:
        try:
            codes.level_of(int(asked))
        except codes.BadCode:
            return int(request.scope.code)
        return int(asked)
    return int(request.scope.code)


def _day(request: Any) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return request.today  # type: ignore[no-any-return]


def _wanted(parameter: Parameter, row: ParameterValue | None, asked: dict[str, str]) -> bool:
    """Whether a line of the page fits the words, the area and the doubt that are asked for."""
    if asked["area"] and asked["area"] != str(parameter.group):
        return False
    doubt = row.doubt if row else ""
    if asked["doubt"] and not (doubt if asked["doubt"] == TO_CHECK else doubt == asked["doubt"]):
        return False
    words = asked["q"].lower()
    source = row.source.lower() if row else ""
    return any(words in text for text in (parameter.name, parameter.definition, parameter.code, source))


@requires()
@require_GET
def parameters(request: Any) -> HttpResponse:
    place, day = _place(request), _day(request)
    held = {row.code: row for row in ParameterValue.objects.on(day).for_region(place)}
    places = set(ParameterValue.objects.standing().order_by().values_list("place", flat=True).distinct())
    own = {request.scope.code, *codes.ancestors(request.scope.code), codes.NATION, place}
    names = names_of(places | own)
    asked = {name: request.GET.get(name, "").strip() for name in ("q", "area", "doubt")}
    found = [
        (parameter, row, names.get(row.place) if row else "")
        for parameter in declared().values()
        if _wanted(parameter, row := held.get(parameter.code), asked)
    ]
    groups = [(str(words), list(group)) for words, group in groupby(found, key=lambda line: line[0].group)]
    context = {
        "groups": groups,
        "areas": list(dict.fromkeys(str(parameter.group) for parameter in declared().values())),
        "doubts": [(TO_CHECK, _("All to be checked")), *ParameterValue.Doubt.choices[1:]],
        "doubtful": sum(bool(row.doubt) for row in held.values()),
        "places": sorted(names.items()),
        "place": place,
        "on": day,
        **asked,
    }
    return render(request, "standards/parameters.html", context)


def _own_places(request: Any) -> list[tuple[int, str]]:
    """Where one may enter values: one's own region and those directly below it."""
    own = request.scope.code
    below = (
        Region.objects.on(request.today).children_of(own) if request.scope.level < codes.Level.STREET else ()
    )
    return [(own, names_of({own})[own]), *((region.code, region.name) for region in below)]


@requires()
def parameter(request: Any, code: str) -> HttpResponse:
    found = declared().get(code)
    if found is None:
        raise Http404
    may_edit = request.appointment.can(Right.MANAGE_PARAMETERS)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = PutForm(
        request.POST or None,
        parameter=found,
        places=_own_places(request) if may_edit else [],
        initial={"valid_from": request.today, "place": request.scope.code},
    )
    foreseen: list[effects.Effect] | None = None
    given = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = _fingerprint(data)
        if not effects.foreseeable(code) or request.POST.get("seen") == given:
            actions.put(code, by=request.user, **data)
            messages.success(request, _("The new value is entered. The one before it has ended."))
            return redirect("settings_parameter", code)
        foreseen = list(effects.effects(code, data["place"], data["value"], data["valid_from"]))
    rows = list(ParameterValue.objects.filter(code=code).select_related("created_by"))
    names = names_of({row.place for row in rows})
    by_place = [
        (names[place], sorted(group, key=_newest_first, reverse=True))
        for place, group in groupby(rows, key=lambda row: row.place)
    ]
    context = {
        "parameter": found,
        "by_place": by_place,
        "form": form,
        "foreseen": foreseen,
        "given": given,
        "may_edit": may_edit,
        "in_force": {row.pk for row in rows if _holds(row, request.today)},
    }
    return render(request, "standards/parameter.html", context)


def _fingerprint(data: dict[str, Any]) -> str:
    """What was seen is what is entered: another value, place or day is looked at anew."""
    return "|".join(str(data[name]) for name in ("place", "value", "valid_from"))


def _holds(row: ParameterValue, day: date) -> bool:
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_to is None or row.valid_to > day) and row.withdrawn_at is None


def _newest_first(row: ParameterValue) -> tuple[date, int]:
    return row.valid_from or date.min, row.pk
