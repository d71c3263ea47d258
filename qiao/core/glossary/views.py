"""The glossary: words and figures with their definitions, searchable."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.glossary import dictionaries
from qiao.core.glossary.forms import EntryForm
from qiao.core.glossary.models import Entry
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


@requires()
@require_GET
def all_dictionaries(request: Any) -> HttpResponse:
    """The lists that are the district's own; a classification that others keep is not changed here."""
    own = (one for one in dictionaries.declared().values() if not one.editions)
    found = [(one, dictionaries.Dictionary(one.code)) for one in own]
    may_edit = request.appointment.can(Right.MANAGE_PARAMETERS)
    lists = [(one, _lines(words)) for one, words in found]
    return render(request, "glossary/dictionaries.html", {"lists": lists, "may_edit": may_edit})


def _lines(words: dictionaries.Dictionary) -> list[dict[str, Any]]:
    offered = dict(words.offered())
    return [{"code": code, "words": said, "retired": code not in offered} for code, said in words.items()]


def _said(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("zh", "en", "retired")}


@requires()
@require_http_methods(["GET", "POST"])
def dictionary_entry(request: Any, dictionary: str, code: str = "") -> HttpResponse:
    """A word to add, or with `code` the word to change."""
    if not request.appointment.can(Right.MANAGE_PARAMETERS):
        raise PermissionDenied
    declared = dictionaries.declared().get(dictionary)
    words = dictionaries.Dictionary(dictionary) if declared else {}
    if declared is None or declared.editions or (code and code not in words):
        raise Http404
    held = Entry.objects.filter(dictionary=dictionary, code=code).first()
    if code and held is None:
        held = Entry(dictionary=dictionary, code=code, zh=words[code].zh, en=words[code].en)
    form = EntryForm(request.POST or None, instance=held, known=bool(code))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not code and given["code"] in words:
            form.add_error("code", _("This code is in the list already."))
        else:
            dictionaries.put(dictionary, code or given["code"], request.user, **_said(given))
            messages.success(request, _("The word is kept."))
            return redirect("settings_dictionaries")
    context = {"declared": declared, "form": form, "code": code}
    return render(request, "glossary/entry.html", context, status=422 if form.is_bound else 200)
