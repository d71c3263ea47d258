"""The codes that words may mean, as they are typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.engines.occupations import tree
from qiao.services.occupations import api

LONGEST = 80


@require_GET
@requires(Right.SEE_PEOPLE)
def guesses(request: HttpRequest) -> HttpResponse:
    """`of`: the field with the words, `name`: the field of the code, as the form calls them."""
    of, name = (request.GET.get(key, "")[:40] for key in ("of", "name"))
    words = request.GET.get(of, "").replace("\0", "")[:LONGEST]
    found = [(tree()[one.code], round(100 * one.confidence)) for one in api.guesses(words)]
    context = {"of": of, "name": name, "guesses": found}
    return render(request, "occupations/guesses.html", context)
