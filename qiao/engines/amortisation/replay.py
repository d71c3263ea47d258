"""A schedule after what happened: early repayment, late and partial payment, a further disbursement.

Interest is at daily rest: a period is cut where the balance changed, and each part bears interest on the principal
that was really outstanding, up to the day the loan is looked at; after it, on what the schedule leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from qiao.engines.amortisation.accrual import interest, share_between
from qiao.engines.amortisation.daycount import Share
from qiao.engines.amortisation.schedule import Row, period_shares, rows_over
from qiao.engines.amortisation.terms import Method, Terms


class After(Enum):
    """What an early repayment changes."""

    KEEP = "keep"
    """Nothing: the rows stay, the next ones are partly paid in advance."""
    TERM = "reduce_term"
    """The instalment stays, the loan ends earlier."""
    INSTALMENT = "reduce_instalment"
    """The dates stay, the instalment becomes smaller."""


class Deed(Enum):
    PAY = "pay"
    """What is due first (interest, then principal, oldest row first), the rest to principal."""
    PREPAY = "prepay"
    """Principal before it is due, with the interest to that day: between two due dates it has a row of its own."""
    DISBURSE = "disburse"
    """A further part of the loan, on a due date."""


@dataclass(frozen=True, slots=True)
class Event:
    """`amount` in fen, above zero."""

    on: date
    deed: Deed
    amount: int

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError("an amount is above zero")


def replay(
    terms: Terms, events: Iterable[Event] = (), after: After = After.KEEP, as_of: date | None = None
) -> list[Row]:
    """The rows of a loan after its events. Principal sums to what was lent, the last balance is 0.

    Without `as_of` every row that fell due was paid when due. With it, rows were paid by the PAY events alone, and
    what is unpaid bears interest to that day. Raises ValueError for an event outside the term, or for more principal
    than is owed.
    """
    ordered = sorted(events, key=lambda event: event.on)
    if ordered and not terms.start < ordered[0].on <= ordered[-1].on <= terms.due[-1]:
        raise ValueError("an event lies between the start and the end of the loan")
    return _Run(terms, ordered, after, as_of).rows()


@dataclass
class _Run:
    """`owed` by the schedule before the row at hand; `advance`: principal paid before the schedule asked for it;
    `arrears`: (interest, principal) of rows that fell due and were not paid."""

    terms: Terms
    events: list[Event]
    after: After
    as_of: date | None
    owed: int = 0
    advance: int = 0
    arrears: list[list[int]] = field(default_factory=list)
    made: list[Row] = field(default_factory=list)

    def rows(self) -> list[Row]:
        terms, self.owed = self.terms, self.terms.principal
        ends = terms.accrues_to or terms.due
        periods = list(zip([terms.start, *ends[:-1]], ends, strict=True))
        shares = period_shares(terms)
        plan = _Plan.of(terms, shares, 0, self.owed)
        for number, period in enumerate(periods):
            if self.owed == 0:
                break
            early = [event for event in self.events if period[0] < event.on < period[1]]
            due, begin = 0, period[0]
            for event in early:
                due += self._interest(period, begin, event.on)
                begin = event.on
                self._take(event)
                if event.deed is Deed.PREPAY:
                    due = self._settle(event, due)
                    if self.after is After.INSTALMENT:
                        plan = _Plan.of(terms, shares, number, self.owed)
            due += self._interest(period, begin, period[1])
            principal = self.owed if number == len(periods) - 1 else min(plan.part(number, due), self.owed)
            if self.after is not After.KEEP:
                principal = max(principal, self.advance)
            self.advance = max(0, self.advance - principal)
            self.owed -= principal
            self._close(terms.due[number], due, principal, period[1])
            touched = any(period[0] < event.on <= period[1] for event in self.events)
            if touched and self.owed and number + 1 < len(periods) and self._recuts(period[1]):
                plan = _Plan.of(terms, shares, number + 1, self.owed)
        if self.owed or self.advance:
            raise ValueError("more was repaid than is owed")
        return self.made

    def _interest(self, period: tuple[date, date], first: date, last: date) -> int:
        """Interest of a part of the period, cut again at the day the loan is looked at."""
        if self.as_of and first < self.as_of < last:
            return self._interest(period, first, self.as_of) + self._interest(period, self.as_of, last)
        base = self.owed - self.advance
        if self.as_of and first < self.as_of:
            base += sum(principal for _, principal in self.arrears)
        terms, convention = self.terms, self.terms.convention
        share = share_between(convention.day_count, period, first, last, terms.step)
        return interest(base, terms.rate, share, convention.rounding, convention.unit)

    def _take(self, event: Event) -> None:
        """A payment: arrears first, the rest is principal paid in advance."""
        left = event.amount
        if event.deed is Deed.PAY:
            for row in self.arrears:
                for part in (0, 1):
                    paid = min(left, row[part])
                    row[part] -= paid
                    left -= paid
        self.advance += left

    def _settle(self, event: Event, due: int) -> int:
        """The row of an early repayment between two due dates; no interest is left open."""
        if event.amount > self.owed:
            raise ValueError("more was repaid than is owed")
        self.owed, self.advance = self.owed - event.amount, 0
        self.made.append(Row(event.on, event.amount, due, self.owed))
        return 0

    def _close(self, due: date, made: int, principal: int, end: date) -> None:
        """The row falls due, and what happens on that day is counted with it."""
        if self.as_of is not None:
            self.arrears.append([made, principal])
        for event in (event for event in self.events if event.on == end):
            if event.deed is Deed.DISBURSE:
                self.owed += event.amount
                continue
            before = self.advance
            self._take(event)
            if self.after is not After.KEEP:
                extra, self.advance = self.advance - before, before
                principal += extra
                self.owed -= extra
        if self.owed < 0:
            raise ValueError("more was repaid than is owed")
        self.made.append(Row(due, principal, made, self.owed))

    def _recuts(self, end: date) -> bool:
        lent = any(event.on == end and event.deed is Deed.DISBURSE for event in self.events)
        return lent or self.after is After.INSTALMENT


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the rows from `first` on repay of a sum: a level instalment, or a principal for each."""

    first: int
    level: int
    rows: Sequence[Row]
    grace: int

    @classmethod
    def of(cls, terms: Terms, shares: Sequence[Share], first: int, owed: int) -> _Plan:
        grace = max(0, terms.grace - first)
        rest = replace(
            terms,
            principal=owed,
            start=terms.due[first - 1] if first else terms.start,
            due=terms.due[first:],
            accrues_to=terms.accrues_to[first:],
            weights=terms.weights[first:],
            grace=grace,
            interest_grace=0,
        )
        rows = rows_over(rest, shares[first:])
        level = rows[grace].total if terms.method is Method.EQUAL_INSTALMENT else 0
        return cls(first, level, rows, grace)

    def part(self, number: int, interest: int) -> int:
        if number - self.first < self.grace:
            return 0
        return max(0, self.level - interest) if self.level else self.rows[number - self.first].principal
