"""The fund's room: promised, taken, given back, under a lock on the fund's row."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.core.standards import api as standards
from qiao.engines.amortisation import stopped
from qiao.services.loans.models import Bank, Fund, Loan, Promise
from qiao.services.loans.models.loan import Class
from qiao.services.loans.money.booking import district_of
from qiao.services.loans.money.words import in_words

SPAN = 1_000_000


def fund_of(region: int, *, lock: bool = False) -> Fund:
    """The fund of the district. Raises Refused when there is none."""
    funds = Fund.objects.filter(district=district_of(region) // SPAN)
    found: Fund | None = (funds.select_for_update() if lock else funds).first()
    if found is None:
        raise Refused(_("The district has no guarantee fund yet. Record it first."))
    return found


def change(fund_id: int | None, fen: int) -> None:
    """Takes `fen` more of the fund's room, or gives it back. The database refuses what exceeds it."""
    if fund_id is None or not fen:
        return
    fund = Fund.objects.select_for_update().get(pk=fund_id)
    fund.liability_fen += fen
    fund.save(update_fields=["liability_fen"])


def reserve(application: Any, fen: int, on: date, by: Any = None) -> Promise:
    """Promises a guarantee of `fen` for an application: it takes room in the fund.

    Raises Refused: no room, promised already, the bank is at its stop line.
    """
    if application.bank is not None:
        lends(application.bank, on)
    with in_words():
        fund = fund_of(application.region_id, lock=True)
        if fen > fund.room_fen:
            raise Refused(
                _("The guarantee fund has room for %(room).2f yuan; %(asked).2f are asked for.")
                % {"room": max(fund.room_fen, 0) / 100, "asked": fen / 100}
            )
        change(fund.pk, fen)
        promise: Promise = Promise.objects.create(
            region_id=application.region_id,
            fund=fund,
            application=application,
            amount_fen=fen,
            promised_on=on,
            created_by=by,
        )
        return promise


def release(application: Any, on: date) -> int:
    """Lets a promise go; returns the fen that are free again, 0 when nothing was promised."""
    with in_words():
        promise = Promise.objects.select_for_update().filter(application=application, ended_on=None).first()
        if promise is None:
            return 0
        promise.ended_on = on
        promise.save(update_fields=["ended_on"])
        change(promise.fund_id, -promise.amount_fen)
        return int(promise.amount_fen)


def bad_rate(bank: Bank) -> tuple[int, int]:
    """Bad and outstanding principal of a bank's guaranteed loans, in fen."""
    sums = Loan.objects.filter(bank=bank, balance_fen__gt=0).aggregate(
        bad=Sum("balance_fen", filter=Q(loan_class__gte=Class.SUBSTANDARD)), outstanding=Sum("balance_fen")
    )
    return sums["bad"] or 0, sums["outstanding"] or 0


def lends(bank: Bank, on: date) -> None:
    """Raises Refused when the bank may make no new loan: its bad loans reached the stop line."""
    line = standards.value("loan_stop_line", bank.region_id, on)
    if bank.stopped_on and bank.stopped_on <= on:
        raise Refused(
            _("%(bank)s makes no new loans since %(day)s: its bad loans reached the stop line.")
            % {"bank": bank, "day": bank.stopped_on}
        )
    bad, outstanding = bad_rate(bank)
    if stopped(bad, outstanding, Fraction(line)):
        raise Refused(
            _("Bad loans of %(bank)s have reached %(line)s of its outstanding ones; it makes no new loans.")
            % {"bank": bank, "line": f"{line:.0%}"}
        )
