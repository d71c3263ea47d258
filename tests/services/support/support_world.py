"""A woman of 44 with the certificate and her stall; a benefit brought to where it runs."""

from __future__ import annotations

from datetime import date

import case_world as world

from qiao.core.procedures.moves import opened, take
from qiao.services.employers.models import Outlet
from qiao.services.support.models import Benefit


def trader(name: str = "刘桂芳", opened_on: date = date(2005, 3, 1), region: int = world.HERE, **facts):
    owner = world.person(name, region, **{"certificate_no": "130103-0001", **facts})
    world.spell(owner, "employed", opened_on, form="self")
    stall = Outlet.objects.create(
        name=f"{name}便民店", trade="shop", resident=owner, region_id=region, opened_on=opened_on
    )
    return owner, stall


def applied(staff, kind: str = "tax", **holder) -> Benefit:
    of = next(iter(holder.values()))
    benefit = Benefit(kind=kind, region_id=of.region_id, **holder)
    return opened(benefit, staff["station"].user, world.TODAY, "station")


def running(
    staff, kind: str = "tax", from_on: date = date(2006, 1, 1), months: int | None = None, **holder
) -> Benefit:
    benefit = applied(staff, kind, **holder)
    world.all_papers(benefit)
    take(benefit, "check", staff["station"], opinion="x", reason="x")
    take(benefit, "review", staff["office"], opinion="x")
    return take(
        benefit, "grant", staff["district"], opinion="x", extra={"from_on": from_on, "months_allowed": months}
    )


def line(month: date, amount: int, months: int = 1, item: str = "business_tax", **more):
    return {
        "item": item,
        "month": month,
        "months": months,
        "amount": amount,
        "given_on": world.TODAY,
        "office": "桥东区地税局",
        **more,
    }
