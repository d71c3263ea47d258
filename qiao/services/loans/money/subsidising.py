"""Interest subsidy of a period: which rows the treasury bears, and its payment to the bank."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import F
from django.utils.translation import gettext as _

from qiao.core.procedures.refusal import Refused
from qiao.engines.amortisation import Bearing, DayCount, Step, SubsidyRule, split, year_share
from qiao.services.loans.models import Bank, Entry, Instalment, Loan, Subsidy
from qiao.services.loans.models.journal import Account, EntryKind
from qiao.services.loans.models.loan import MILLION
from qiao.services.loans.money.booking import Booked, Move, book, earlier
from qiao.services.loans.money.words import in_words


@dataclass(frozen=True, slots=True)
class Borne:
    """What the treasury bears of one row, in fen."""

    row: Instalment
    subsidy: int

    @property
    def borrower(self) -> int:
        return self.row.interest_fen - self.subsidy


def owed(bank: Bank, start: date, end: date) -> list[Borne]:
    """Rows due from `start` up to, not including, `end` whose interest is subsidised and not paid yet: inside the
    original term, and paid by the borrower by the due date. The rule is that of the day the loan was paid out."""
    rows = (
        Instalment.objects.filter(
            loan__bank=bank,
            due__gte=start,
            due__lt=end,
            retired=None,
            extended=False,
            settled_on__lte=F("due"),
            interest_fen__gt=0,
        )
        .exclude(loan__subsidy="none")
        .exclude(pk__in=Subsidy.objects.values("instalment"))
        .select_related("loan__resident", "region")
        .order_by("due", "loan_id", "number")
    )
    return list(_borne(list(rows)))


def pay(bank: Bank, start: date, end: date, booked: Booked) -> Entry:
    """Pays the bank the subsidy of a period in one entry; a repeated call returns it. Raises Refused: none is owed."""
    with in_words():
        if found := earlier(booked.key, EntryKind.SUBSIDY):
            return found
        Bank.objects.select_for_update().get(pk=bank.pk)
        lines = owed(bank, start, end)
        if not lines:
            raise Refused(_("No subsidy is owed to %(bank)s for this period.") % {"bank": bank})
        total = sum(one.subsidy for one in lines)
        moves = [Move(Account.SUBSIDY, Account.TREASURY, total)]
        entry = book(booked, EntryKind.SUBSIDY, bank.region_id, moves, value_on=booked.on, words=bank.name)
        Subsidy.objects.bulk_create(
            Subsidy(
                region_id=one.row.region_id,
                created_by=booked.by,
                loan_id=one.row.loan_id,
                instalment=one.row,
                due=one.row.due,
                interest_fen=one.row.interest_fen,
                subsidy_fen=one.subsidy,
                entry=entry,
            )
            for one in lines
        )
    return entry


def _borne(rows: list[Instalment]) -> Iterator[Borne]:
    balances = _balances({row.loan_id for row in rows})
    for row in rows:
        loan = row.loan
        share = year_share(DayCount(loan.counted), row.since, row.due, Step(months=loan.every_months))
        subsidy, _borrower = split(row.interest_fen, _rule(loan), balances[row.pk], share)
        if subsidy:
            yield Borne(row, subsidy)


def _rule(loan: Loan) -> SubsidyRule:
    return SubsidyRule(
        Bearing(loan.subsidy), Fraction(loan.subsidy_share, 100), Fraction(loan.borrower_rate, MILLION)
    )


def _balances(loans: set[int]) -> dict[int, int]:
    """The principal that bore the interest of each row: what the rows from it on repay."""
    left: dict[int, int] = defaultdict(int)
    found = {}
    rows = Instalment.objects.filter(loan__in=loans, retired=None).order_by("loan_id", "-due", "-number")
    for row in rows:
        left[row.loan_id] += row.principal_fen
        found[row.pk] = left[row.loan_id]
    return found
