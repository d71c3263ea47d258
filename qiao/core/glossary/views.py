"""The glossary: words and figures with their definitions, searchable."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.glossary.terms import search
from qiao.core.indicators.declarations import Indicator
from qiao.core.indicators.registry import indicators


def _figures(text: str) -> list[Indicator]:
    wanted = text.strip().lower()
    return [one for one in indicators() if wanted in f"{one.code} {one.name} {one.definition}".lower()]


@requires()
@require_GET
def glossary(request: Any) -> HttpResponse:
    wanted = request.GET.get("q", "")
    groups: list[tuple[str, list[Any]]] = [
        (str(words), list(found)) for words, found in groupby(search(wanted), key=lambda one: one.group)
    ]
    if figures := _figures(wanted):
        groups.append((_("Indicators"), list(figures)))
    return render(request, "glossary/glossary.html", {"groups": groups, "q": wanted})
