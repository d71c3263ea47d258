"""What is asked for by one person and answered by another, and the duplicates a person has settled."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qiao.core.duties.deeds import Deed, Side, register
from qiao.services.people.models import Answer, DuplicatePair, Transfer, WillingnessChange


def proposal_deeds(
    page: str, model: type[Transfer | WillingnessChange], title: Any, *regions: str
) -> list[Deed]:
    given: dict[str, Any] = {
        "title": title,
        "rows": model.objects.all,
        "who": "resident__name",
        "state": "answer",
        "states": dict(Answer.choices),
        "regions": regions,
    }
    return [
        Deed(
            code=f"{page}.asked",
            side=Side.STARTED,
            by="asked_by",
            at="asked_on",
            url=lambda target: f"{reverse(page)}?tab=asked",
            **given,
        ),
        Deed(
            code=f"{page}.answered",
            side=Side.DONE,
            by="answered_by",
            at="answered_on",
            url=lambda target: f"{reverse(page)}?tab=answered",
            **given,
        ),
    ]


register(
    *proposal_deeds("transfers", Transfer, _("Transfer"), "region", "to_region"),
    *proposal_deeds("willingness", WillingnessChange, _("Change of willingness"), "region"),
    Deed(
        code="duplicates.settled",
        side=Side.DONE,
        title=_("Possible duplicate"),
        rows=DuplicatePair.objects.all,
        by="settled_by",
        at="settled_at",
        who="resident__name",
        state="verdict",
        states=dict(DuplicatePair.Verdict.choices),
        url=lambda pair: reverse("duplicate", args=[pair]),
    ),
)
