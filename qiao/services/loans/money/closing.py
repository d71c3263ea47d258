"""The close of a day: classes, running periods, stop lines, totals and the chain over the journal, in sets.

A day is closed in one transaction, once; days that were missed are closed one after another as they would have been.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from qiao.core.calendars.clock import today
from qiao.core.procedures.refusal import Refused
from qiao.core.standards import api as standards
from qiao.services.loans.models import ClosedDay, ClosedMonth, Repayment

SPAN = 1_000_000
LOCK = 20060831
ONE = timedelta(1)
THRESHOLDS = ("attention", "substandard", "doubtful", "loss")
PREFIX = "loan_class_"


@cache
def _statements() -> dict[str, str]:
    text = (files("qiao.services.loans") / "sql" / "close.sql").read_text("utf-8")
    parts = text.split("-- name: ")[1:]
    return {part.split("\n", 1)[0].strip(): part.split("\n", 1)[1] for part in parts}


def close(district: int, upto: date | None = None) -> list[ClosedDay]:
    """Closes every open day of a district up to `upto` (yesterday); returns what was closed now.

    Raises Refused for a day that is not over.
    """
    last = upto or today() - ONE
    if last >= today():
        raise Refused(_("%(day)s is not over yet.") % {"day": last})
    return [close_day(district, day) for day in _missing(district, last)]


def _missing(district: int, last: date) -> Iterator[date]:
    closed = (
        ClosedDay.objects.filter(region_id=district).order_by("-day").values_list("day", flat=True).first()
    )
    day = closed + ONE if closed else last
    while day <= last:
        yield day
        day += ONE


@transaction.atomic
def close_day(district: int, day: date) -> ClosedDay:
    """Closes one day; a day that is closed already is returned as it is."""
    place = district // SPAN
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, place])
        if done := ClosedDay.objects.filter(region_id=district, day=day).first():
            return done
        params = _params(district, place, day)
        run = _statements()
        for name in ("standing", "classes", "periods"):
            cursor.execute(run[name], params)
        cursor.execute(run["totals"], params)
        loans, balance, overdue, accrued, classes, due = cursor.fetchone()
        cursor.execute(run["stop"], params)
        cursor.execute(run["chain"], params)
        entries, total, head = cursor.fetchone()
        cursor.execute("DROP TABLE standing")
    made = ClosedDay.objects.create(
        region_id=district,
        day=day,
        entries=entries,
        total_fen=total,
        loans=loans,
        balance_fen=balance,
        overdue_fen=overdue,
        due_fen=due,
        accrued_fen=accrued,
        classes=json.loads(classes) if isinstance(classes, str) else classes,
        head=head,
    )
    if (day + ONE).day == 1:
        ClosedMonth.objects.create(region_id=district, month=day.replace(day=1), head=head)
    return made


def _params(district: int, place: int, day: date) -> dict[str, Any]:
    limits = standards.values([PREFIX + name for name in THRESHOLDS], district, day)
    before = ClosedDay.objects.filter(region_id=district, day__lt=day).order_by("-day").first()
    return {
        "place": place,
        "day": day,
        "before": before.head if before else "",
        "line": standards.value("loan_stop_line", district, day),
        "catching_up": Repayment.objects.filter(district=place, value_on__gt=day).exists(),
        **{name: limits[PREFIX + name] for name in THRESHOLDS},
    }


def broken(district: int) -> date | None:
    """The first closed day whose entries no longer give its head; None when the chain holds."""
    head = ""
    with connection.cursor() as cursor:
        for closed in ClosedDay.objects.filter(region_id=district).order_by("day").iterator():
            params = {"before": head, "place": district // SPAN, "day": closed.day}
            cursor.execute(_statements()["chain"], params)
            head = cursor.fetchone()[2]
            if head != closed.head:
                return closed.day
    return None
