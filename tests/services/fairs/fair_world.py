"""The fair of 29 June 2006 with two booths, seen on its own day."""

from __future__ import annotations

from datetime import date

import case_world as world

from qiao.services.employers.models import Employer
from qiao.services.fairs import actions
from qiao.services.fairs.models import Booth, Fair, Intention, Offer, Visitor

DAY = date(2006, 6, 29)


def lay(staff) -> Fair:
    world.clock.fix(DAY)
    fair = Fair(title="就业援助招聘会", held_on=DAY, place="体育馆", region_id=world.HERE)
    actions.plan(fair, staff["district"].user, date(2006, 6, 1))
    for number, (employer, title, openings) in enumerate(
        [("北国超市", "收银员", 30), ("建安物业", "保洁员", 12)], start=1
    ):
        firm = Employer.objects.create(name=employer, region_id=world.HERE)
        booth = Booth.objects.create(fair=fair, number=f"A{number:02}", employer=firm, region_id=world.HERE)
        Offer.objects.create(
            booth=booth,
            title=title,
            openings=openings,
            pay="600元",
            wanted="女，40岁以下",
            region_id=world.HERE,
        )
    return fair


def approved(fair: Fair) -> Fair:
    Fair.objects.filter(pk=fair.pk).update(stage="approved")
    fair.refresh_from_db()
    return fair


def visitor(fair: Fair, name: str = "刘桂芳", region: int = world.HERE, **facts) -> Visitor:
    someone = world.person(name, region, **facts)
    world.out_of_work(someone, date(2005, 9, 1))
    return Visitor.objects.create(fair=fair, resident=someone, region_id=region, invited_on=date(2006, 6, 20))


def wishing(fair: Fair, name: str, offer: Offer) -> Intention:
    return actions.intend(visitor(approved(fair), name), offer, DAY)
