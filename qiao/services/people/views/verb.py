"""The page of a verb: who, what holds now, what will happen; what is refused says why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qiao.core.accounts.access import requires
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.forms import refusal
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import found
from qiao.core.procedures.refusal import Refused
from qiao.services.people.forms.verbs import VerbForm
from qiao.services.people.models import Membership, Resident, Spell
from qiao.services.people.verbs import VERBS, Verb


@require_http_methods(["GET", "POST"])
@requires(Right.EDIT_PEOPLE)
def verb(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    if code not in VERBS:
        raise Http404
    declared, viewer, ledger = VERBS[code], Viewer.of(request), registry.get("residents")
    resident: Resident = found(ledger, viewer, pk)
    reason = declared.why_not(viewer, resident)
    form = declared.form(
        request.POST if request.method == "POST" else None,
        resident=resident,
        viewer=viewer,
        sought=request.GET.get("q", ""),
        wanted=request.GET.get(declared.form.picked, ""),
    )
    if request.method == "POST" and not reason and form.is_valid() and _done(declared, form):
        messages.success(request, str(declared.done) % resident.name)
        return redirect(ledger.url("file", resident.pk))
    context = {
        "verb": declared,
        "form": form,
        "resident": resident,
        "reason": reason,
        "facts": standing(resident, viewer),
        "back": ledger.url("file", resident.pk),
        "trail": [
            {"label": ledger.name, "url": ledger.url()},
            {"label": resident.name, "url": ledger.url("file", resident.pk)},
        ],
    }
    return render(request, "people/verb.html", context, status=422 if form.is_bound else 200)


def _done(declared: Verb, form: VerbForm) -> bool:
    try:
        declared.run(form.resident, form.viewer, dict(form.cleaned_data))
    except Refused as refused:
        form.add_error(None, str(refused))
    except ValidationError as error:
        form.add_error(None, error.messages)
    except IntegrityError as error:
        form.add_error(None, refusal(error, Spell))
    return not form.errors


def standing(resident: Resident, viewer: Viewer) -> list[tuple[str, Any]]:
    """What holds now."""
    spell = Spell.objects.filter(resident=resident, until=None).first()
    member = (
        Membership.objects.filter(resident=resident, until=None)
        .select_related("household__head")
        .order_by("-id")
        .first()
    )
    facts: list[tuple[str, Any]] = [
        (_("Sex"), resident.get_sex_display()),
        (_("Age"), resident.age_on(viewer.today)),
        (_("Community"), resident.region),
        (_("Status"), resident.get_state_display()),
    ]
    if spell:
        detail = spell.get_form_display() or spell.get_reason_display()
        facts += [
            (_("Since"), spell.since.isoformat()),
            (_("Particulars"), " · ".join(filter(None, [str(detail), spell.employer, spell.post]))),
            (_("Registered unemployed on"), spell.registered_on and spell.registered_on.isoformat()),
            (_("Registration cancelled on"), spell.cancelled_on and spell.cancelled_on.isoformat()),
        ]
    if member:
        facts.append((_("Household"), f"{member.household} · {member.get_relation_display()}".strip(" ·")))
    return [(name, value) for name, value in facts if value not in (None, "")]
