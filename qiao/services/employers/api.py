"""What other services may ask of employers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import Now

from qiao.core.accounts.scope import Scope
from qiao.core.regions import codes
from qiao.core.regions.codes import SPANS, Level
from qiao.services.employers.models import Base, Employer, Outlet
from qiao.services.employers.models.choices import Verification


def employers(scope: Scope) -> Any:
    """Employers that sit within a region."""
    return Employer.objects.within(scope)


def of_district(region: int) -> Any:
    """Every employer of the district a region lies in: anybody there may be sent to them."""
    district = codes.at_level(region, Level.DISTRICT) // SPANS[Level.DISTRICT]
    return Employer.objects.filter(district=district)


def outlets(scope: Scope) -> Any:
    return Outlet.objects.within(scope)


def open_outlets() -> Any:
    return Outlet.objects.filter(closed_on=None)


def located(scope: Scope) -> list[Any]:
    """Rows (region, how many, sum of latitudes, sum of longitudes) of the employers and outlets whose place is known."""
    return [
        row
        for model in (Employer, Outlet)
        for row in model.objects.within(scope)
        .exclude(latitude=None)
        .order_by()
        .values_list("region")
        .annotate(Count("pk"), Sum("latitude"), Sum("longitude"))
    ]


def seen(outlet: int, on: date) -> None:
    """Somebody was at the outlet: noted, unless a later day is noted already."""
    Outlet.objects.filter(Q(seen_on=None) | Q(seen_on__lt=on), pk=outlet).update(seen_on=on, changed_at=Now())


def verified(employer: Employer) -> bool:
    """Somebody has seen that the employer exists and may hire."""
    return employer.verification == Verification.VERIFIED


def base_on(employer: Any, day: Any) -> Any:
    """The title of base that an employer held on a day; both may be columns of an outer query."""
    holds = Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
    return Base.objects.filter(holds, employer=employer, recognised_on__lte=day)


def search(text: str, path: str = "") -> Q:
    """Records whose employer, at `path`, a typed text may mean: part of the name, or a number from its start."""
    prefix = f"{path}__" if path else ""
    words = text.strip()
    return (
        Q(**{f"{prefix}name__icontains": words})
        | Q(**{f"{prefix}uscc__startswith": words.upper()})
        | Q(**{f"{prefix}licence_no__startswith": words})
    )


__all__ = [
    "Employer",
    "Outlet",
    "base_on",
    "employers",
    "located",
    "of_district",
    "open_outlets",
    "outlets",
    "search",
    "seen",
    "verified",
]
