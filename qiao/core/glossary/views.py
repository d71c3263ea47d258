"""The glossary: words and their definitions, searchable."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.glossary.terms import search


@requires()
@require_GET
def glossary(request: Any) -> HttpResponse:
    wanted = request.GET.get("q", "")
    groups = [
        (str(words), list(found)) for words, found in groupby(search(wanted), key=lambda one: one.group)
    ]
    return render(request, "glossary/glossary.html", {"groups": groups, "q": wanted})
