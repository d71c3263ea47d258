"""Who joins a household: a resident of its community is looked up, then entered at that person's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from qiao.core.accounts.access import requires
from qiao.core.accounts.masking import mask_id
from qiao.core.accounts.rights import Right
from qiao.core.ledgers import registry
from qiao.core.ledgers.viewer import Viewer
from qiao.core.ledgers.views.access import found
from qiao.services.people.identity.search import matching
from qiao.services.people.models import Household, Resident

SHOWN = 20


@require_safe
@requires(Right.EDIT_PEOPLE)
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, ledger = Viewer.of(request), registry.get("households")
    household: Household = found(ledger, viewer, pk)
    sought = request.GET.get("q", "").replace("\0", "").strip()[:60]
    rows = Resident.objects.within(viewer.scope).filter(matching(sought), region=household.region_id)
    people = rows.order_by("name_sort", "pk")[:SHOWN] if sought else []
    context = {
        "household": household,
        "sought": sought,
        "people": [
            (
                one,
                one.age_on(viewer.today),
                mask_id(one.id_number),
                f"{reverse('people_verb', args=[one.pk, 'join'])}?household={household.pk}",
            )
            for one in people
        ],
        "new": registry.get("residents").url("new"),
        "trail": [
            {"label": ledger.name, "url": ledger.url()},
            {"label": str(household), "url": ledger.url("file", household.pk)},
        ],
    }
    return render(request, "people/choose_member.html", context)
