"""A loan is paid out: by the policy of its day, against the promise of the fund."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.core.records.binding import beyond_scope
from qiao.core.regions.models import Region
from qiao.core.standards import api as standards
from qiao.services.loans.caps import highest
from qiao.services.loans.models import Bank, Entry, Fund, Instalment, Loan
from qiao.services.loans.models.application import Application
from qiao.services.loans.models.journal import Account, EntryKind
from qiao.services.loans.models.loan import HIGHEST_RATE, MILLION, Bearing, Counted, RepaidBy
from qiao.services.loans.money import guarantee, rows, standing
from qiao.services.loans.money.booking import Booked, Move, book, earlier
from qiao.services.loans.money.words import in_words


@dataclass(frozen=True, slots=True)
class Contract:
    """What the bank agreed with the borrower. `fen`; `rate` in millionths a year: 57,600 for 5.76 %.

    Interest by quarter on the 20th and principal at the end, unless said otherwise. `prime_rate`: the loan prime rate
    of the day in millionths, where the subsidy is counted from it. `micro_profit`: False takes the subsidy away.
    """

    number: str
    fen: int
    months: int
    rate: int
    on: date
    repaid_by: RepaidBy = RepaidBy.BULLET
    counted: Counted = Counted.ACT_360
    every_months: int = 3
    settled_day: int = 20
    grace: int = 0
    share: int = 100
    penalty_percent: int = 150
    principal_first: bool = False
    prime_rate: int = 0
    micro_profit: bool = True


def disburse(application: Application, contract: Contract, booked: Booked) -> Loan:
    """Pays out the loan of an application whose guarantee is promised, or of one whose bank asks for none.

    Raises Refused: above the cap of its day, before the policy began, a rate that is none, no room in the fund, the
    bank at its stop line, the borrower still owes a loan, maker and checker are one.
    """
    if application.bank is None:
        raise Refused(_("Name the bank that lends."))
    with in_words():
        if entry := earlier(booked.key, EntryKind.LEND, contract.fen):
            return _of(entry)
        if why := unsound(contract, highest(application, contract.on)) or owed_elsewhere(
            application.resident
        ):
            raise Refused(why)
        guarantee.lends(application.bank, contract.on)
        fund = guarantee.fund_of(application.region_id, lock=True)
        loan, rows_of = drawn(contract, application.resident, application.bank, fund, booked.by)
        loan.application = application
        guarantee.release(application, contract.on)
        guarantee.change(fund.pk, loan.guaranteed_fen)
        loan.save()
        Instalment.objects.bulk_create(rows_of)
        standing.follow(loan, contract.on)
        moves = [Move(Account.PRINCIPAL, Account.LENT, contract.fen)]
        book(booked, EntryKind.LEND, loan.region_id, moves, value_on=contract.on, loan=loan, fund=fund)
    return loan


def _of(entry: Entry) -> Loan:
    line = entry.lines.select_related("loan").first()
    found: Loan = line.loan  # type: ignore[union-attr, assignment]
    return found


def unsound(contract: Contract, cap: int | None) -> str:
    """Why nobody could have agreed on the contract by the policy of its day, or "". `cap`: the highest loan, in fen."""
    if not 0 <= contract.rate <= HIGHEST_RATE:
        return _("The rate lies between 0 and 24 % a year; write 5.76 for 5.76 %.")
    if contract.fen <= 0 or contract.months <= 0:
        return _("Amount and term must be more than nothing.")
    if cap is None:
        return _("On %(day)s the policy of guaranteed loans was not in force yet.") % {"day": contract.on}
    if contract.fen > cap:
        return _("%(asked).2f yuan are above the highest loan of %(day)s, %(cap).2f yuan.") % {
            "asked": contract.fen / 100,
            "cap": cap / 100,
            "day": contract.on,
        }
    return ""


def owed_elsewhere(resident: Any) -> str:
    """Says which other district somebody owes a loan in, or "". Only the district is told."""
    if not resident.id_hash:
        return ""
    with beyond_scope("nobody borrows in two districts at once, and each sees its own alone"):
        loan = (
            Loan.objects.filter(resident__id_hash=resident.id_hash, balance_fen__gt=0)
            .exclude(district=resident.region_id // guarantee.SPAN)
            .first()
        )
        where = Region.objects.filter(code=loan.district * guarantee.SPAN).first() if loan else None
    if loan is None:
        return ""
    return _("This person still owes a guaranteed loan in another district: %(district)s.") % {
        "district": where or loan.district
    }


def drawn(
    contract: Contract, resident: Any, bank: Bank, fund: Fund, by: Any
) -> tuple[Loan, list[Instalment]]:
    """The loan as its contract says, with its rows; nothing is written. Raises Refused: grace leaves no period."""
    due, matures_on = rows.due_dates(
        contract.on, contract.months, contract.every_months, contract.settled_day
    )
    if contract.grace >= len(due):
        raise Refused(_("Grace must leave at least one period in which principal is repaid."))
    bearing, share, borrower_rate = subsidy_on(resident.region_id, contract)
    loan = Loan(
        region_id=resident.region_id,
        created_by=by,
        resident=resident,
        bank=bank,
        fund=fund,
        number=contract.number,
        amount_fen=contract.fen,
        rate=contract.rate,
        repaid_by=contract.repaid_by,
        counted=contract.counted,
        every_months=contract.every_months,
        settled_day=contract.settled_day,
        grace=contract.grace,
        share=contract.share,
        penalty_percent=contract.penalty_percent,
        principal_first=contract.principal_first,
        subsidy=bearing,
        subsidy_share=share,
        borrower_rate=borrower_rate,
        lent_on=contract.on,
        matures_on=matures_on,
        ends_on=due[-1],
        period_start=contract.on,
        oldest_unpaid=due[0],
        balance_fen=contract.fen,
    )
    loan.guaranteed_fen = rows.guaranteed(loan, contract.fen)
    return loan, rows.draw_up(loan, due)


def subsidy_on(region: int, contract: Contract) -> tuple[Bearing, int, int]:
    """The rule of interest subsidy that holds on the day the loan is paid out: kind, share in per cent, borrower's
    rate in millionths."""
    if not contract.micro_profit:
        return Bearing.NONE, 0, 0
    found: dict[str, Any] = standards.values(
        ("loan_subsidy_share", "loan_subsidy_points"), region, contract.on
    )
    if "loan_subsidy_points" in found and contract.prime_rate:
        points = int(found["loan_subsidy_points"]) * MILLION // 10_000
        return Bearing.ABOVE, 0, max(0, contract.prime_rate - points)
    if "loan_subsidy_share" in found:
        return Bearing.SHARE, int(found["loan_subsidy_share"] * 100), 0
    return Bearing.NONE, 0, 0
