"""A loan is extended: once, on or before its last due date."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qiao.core.calendars.workdays import of_official_list
from qiao.core.procedures.refusal import Refused
from qiao.core.standards import api as standards
from qiao.engines.amortisation import (
    Convention,
    DayCount,
    Method,
    Step,
    Terms,
    following,
    months_after,
    schedule,
)
from qiao.engines.amortisation import settled_on as settling
from qiao.services.loans.models import Extension, Instalment, Loan
from qiao.services.loans.money import rows, standing
from qiao.services.loans.money.words import in_words


def extend(loan_id: int, until: date, on: date, by: Any, approved_by: Any, reason: str = "") -> Extension:
    """Moves the principal of the last row to `until`; interest of that row stays due, and interest of the extension is
    settled as before. Nothing of it is subsidised.

    Raises Refused: extended before, after the last due date, repaid, longer than allowed, maker and checker are one.
    """
    with in_words():
        loan = Loan.objects.select_for_update().get(pk=loan_id)
        last = rows.active(loan)[-1]
        if Extension.objects.filter(loan=loan).exists():
            raise Refused(_("A loan is extended once; this one was."))
        if on > last.due:
            raise Refused(
                _("The loan fell due on %(day)s; it had to be extended by then.") % {"day": last.due}
            )
        moved = last.principal_fen - last.paid_principal_fen
        if not moved:
            raise Refused(_("The loan %(loan)s is repaid.") % {"loan": loan})
        longest = months_after(loan.matures_on, standards.value("loan_extension_months", loan.region_id, on))
        if not last.due < until <= longest:
            raise Refused(
                _("The extension ends after %(due)s and by %(last)s.") % {"due": last.due, "last": longest}
            )
        last.principal_fen -= moved
        last.moved_fen = moved
        last.save()
        made = _rows(loan, last, moved, until)
        Instalment.objects.bulk_create(made)
        loan.ends_on = made[-1].due
        rows.repeat(loan, max(on, loan.period_start))
        standing.follow(loan, on)
        extension: Extension = Extension.objects.create(
            region_id=loan.region_id,
            created_by=by,
            loan=loan,
            approved_on=on,
            until=until,
            moved_fen=moved,
            reason=reason,
            approved_by=approved_by,
        )
    return extension


def _rows(loan: Loan, last: Instalment, moved: int, until: date) -> list[Instalment]:
    day = loan.settled_day or until.day
    working = of_official_list()
    plain = settling(min(day, 28), loan.every_months, last.due, until)
    due = sorted({following(day, working) for day in plain})
    terms = Terms(
        moved,
        loan.yearly,
        last.due,
        due,
        Method.BULLET,
        Convention(DayCount.ACT_360 if loan.counted == DayCount.PERIOD.value else DayCount(loan.counted)),
        Step(months=loan.every_months),
    )
    made = rows.as_instalments(loan, schedule(terms), last.due, last.number)
    for row in made:
        row.extended = True
    return made
