"""What hurts most: duties that are late, households without work that wait longest, targets furthest behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.periods import Period
from qiao.core.duties.declaration import Viewer
from qiao.core.duties.worklist import worklist
from qiao.core.indicators import figures
from qiao.core.indicators.shown import names_url
from qiao.core.indicators.targets import setting
from qiao.core.indicators.targets.standing import standings
from qiao.services.people import api as people

MOST = 3


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Open:
    """Households without work on a day: how many are open, and for how many days the first of them."""

    many: int
    days: int
    url: str


def households(scope: Scope, today: date) -> Open:
    month, indicator = Period.of("month", today), people.zero_open()
    with_case = people.zero_employment_cases().within(scope).filter(closed_on=None, found_on__isnull=False)
    first = with_case.aggregate(first=Min("found_on"))["first"]
    many = figures.table([indicator], scope, scope.level, [month], today=today).total(indicator).value
    return Open(int(many or 0), (today - first).days if first else 0, names_url(indicator, scope.code, month))


def items(viewer: Viewer, period: Period) -> list[Item]:
    """At most three, the worst first."""
    found = [*_late(viewer), *_behind(viewer, period)]
    return found[:MOST]


def _late(viewer: Viewer) -> Iterator[Item]:
    late = sorted((one for one in worklist(viewer, shown=1) if one.late), key=lambda one: -one.late)
    for group in late[: MOST - 1]:
        said = _("%(late)s overdue: %(duty)s") % {"late": group.shown_late, "duty": group.duty.title}
        yield Item(said, f"{reverse('duty', args=[group.duty.code])}?view=overdue")


def _behind(viewer: Viewer, period: Period) -> Iterator[Item]:
    held = setting.of_scope(viewer.scope, period).values()
    found = [one for one in standings(held, viewer.scope, period, viewer.today) if one.behind]
    for one in sorted(found, key=lambda one: (one.share or 0) - one.due):
        said = _("Behind its target: %(figure)s, %(share)s reached where %(due)s is due") % {
            "figure": one.indicator.name,
            "share": f"{float(one.share or 0):.0%}",
            "due": f"{float(one.due):.0%}",
        }
        yield Item(said, one.url)
