"""The figures of guaranteed loans. Amounts are whole fen.

What the borrower paid is counted, never what the guarantee fund paid: a claim settles no row. Written-off and claimed
loans stay in every denominator.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.indicators.declarations import YUAN, Cohort, Count, Ratio, Stock, Sum, Tally
from qiao.core.indicators.dimensions import column
from qiao.core.indicators.registry import register, watch
from qiao.core.indicators.windows import Window, days_before
from qiao.services.loans import names, outreach  # noqa: F401 - the lists behind the figures; figures of outreach
from qiao.services.loans.models import Claim, Fund, Instalment, Loan, Standing, Subsidy
from qiao.services.loans.models.loan import RepaidBy
from qiao.services.people import api as people

PERCENT, PEOPLE = _("%"), _("people")
LOANS = pgettext_lazy("unit", "loans")
DUE = _(
    "Monthly report of guaranteed small loans; the source does not say whether its 87 % counts money or heads"
)
RISK = _("CGAP, Measuring Microcredit Delinquency (Occasional Paper no. 3)")
FUND = _("Rules of the province on guarantee funds: guarantees up to five times the deposit")

METHOD = column("repaid_by", _("Repaid by"), RepaidBy.choices)
OF_LOAN = [*people.along("resident__", people.PERSON), METHOD]
BY_LOAN = [*people.along("loan__resident__", people.PERSON), METHOD.along("loan__")]

SCHEDULED = Q(retired=None, early=False)
"""Rows as they stand. What was repaid before it was due never fell due; extended principal falls due later."""

watch(Loan, subject="resident_id", begins=("lent_on",))
watch(Instalment, begins=("due",))
watch(Standing, begins=("since",))
watch(Claim, begins=("claimed_on",))
watch(Subsidy, begins=("due",))


def _fallen(code: str, of: str, name: Any, definition: Any) -> Tally:
    """A sum over the rows that fell due in the period."""
    return Sum(
        Instalment,
        of=of,
        at="due",
        where=SCHEDULED & Q(**{f"{PARTS[of]}__gt": 0}),
        by=BY_LOAN,
        code=code,
        name=name,
        unit=YUAN,
        definition=definition,
        source=DUE,
    )


PARTS = {
    "principal_fen": "principal_fen",
    "paid_principal_fen": "principal_fen",
    "on_time_fen": "principal_fen",
    "interest_fen": "interest_fen",
    "paid_interest_fen": "interest_fen",
}

principal_due = _fallen(
    "loan_principal_due",
    "principal_fen",
    _("Principal fallen due"),
    _(
        "Principal of the rows whose due date lies in the period, up to today. Repayments before the due date are "
        "left out; extended principal counts at its new date."
    ),
)
principal_repaid = _fallen(
    "loan_principal_repaid",
    "paid_principal_fen",
    _("Of it repaid by the borrowers"),
    _(
        "What borrowers have repaid by now of the principal that fell due in the period. Claims are not repayments."
    ),
)
principal_on_time = _fallen(
    "loan_principal_on_time",
    "on_time_fen",
    _("Of it repaid on time"),
    _("What borrowers repaid of it on or before the due date, moved to a working day where it was none."),
)
interest_due = _fallen(
    "loan_interest_due",
    "interest_fen",
    _("Interest fallen due"),
    _("Interest of the rows whose due date lies in the period, up to today."),
)
interest_paid = _fallen(
    "loan_interest_paid",
    "paid_interest_fen",
    _("Of it paid by the borrowers"),
    _("What borrowers have paid by now of the interest that fell due in the period."),
)


def _since_start(tally: Tally, code: str, name: Any, definition: Any) -> Tally:
    """The same sum over everything that fell due up to the last day of the period."""
    return Stock(
        Instalment,
        of=tally.of,
        since="due",
        where=SCHEDULED & Q(principal_fen__gt=0),
        by=BY_LOAN,
        code=code,
        name=name,
        unit=YUAN,
        definition=definition,
        source=DUE,
    )


due_since_start = _since_start(
    principal_due,
    "loan_principal_due_ever",
    _("Principal fallen due since the beginning"),
    _("Principal of all rows due up to the last day of the period."),
)
repaid_since_start = _since_start(
    principal_repaid,
    "loan_principal_repaid_ever",
    _("Of it repaid since the beginning"),
    _("What borrowers have repaid by now of all principal due up to the last day of the period."),
)


def _rows_due(w: Window) -> Any:
    return Instalment.objects.filter(
        SCHEDULED,
        Q(principal_fen__gt=0) | Q(interest_fen__gt=0),
        loan=OuterRef("pk"),
        due__gte=w.start,
        due__lt=w.end,
    )


def _borrowers(code: str, name: Any, definition: Any, where: Any) -> Tally:
    return Cohort(
        Loan, where=where, by=OF_LOAN, code=code, name=name, unit=LOANS, definition=definition, source=DUE
    )


loans_due = _borrowers(
    "loans_fallen_due",
    _("Loans with a row due"),
    _("Loans of which principal or interest fell due in the period. A person owes one loan at a time."),
    lambda w: Q(Exists(_rows_due(w))),
)
loans_paid_up = _borrowers(
    "loans_paid_up",
    _("Of them paid up"),
    _("Those of which everything that fell due in the period is paid by now."),
    lambda w: Q(Exists(_rows_due(w))) & ~Q(Exists(_rows_due(w).filter(settled_on=None))),
)


def _standing(
    code: str, name: Any, definition: Any, days: int | None = None, of: str = "balance_fen"
) -> Tally:
    """What loans stood at on the last day of the period."""

    def late(w: Window) -> Q:
        return Q() if days is None else Q(oldest_unpaid__lt=days_before(w.as_of, days))

    return Stock(
        Standing,
        of=of,
        since="since",
        until="until",
        where=lambda w: Q(balance_fen__gt=0) & late(w),
        by=BY_LOAN,
        code=code,
        name=name,
        unit={"balance_fen": YUAN, "loan__application__jobs": _("jobs"), "": LOANS}[of],
        definition=definition,
        source=RISK if of == "balance_fen" else "",
    )


outstanding = _standing(
    "loan_outstanding",
    _("Outstanding principal"),
    _("Principal not repaid on the last day of the period, of all loans, claimed ones included."),
)
LATE = {
    1: (
        _("Of it more than 1 day late"),
        _("Full principal of loans of which something is unpaid for more than 1 day."),
        _("Portfolio at risk, 1 day"),
        _("Outstanding principal of loans more than 1 day late, of all outstanding principal."),
    ),
    30: (
        _("Of it more than 30 days late"),
        _("Full principal of loans of which something is unpaid for more than 30 days."),
        _("Portfolio at risk, 30 days"),
        _("Outstanding principal of loans more than 30 days late, of all outstanding principal."),
    ),
    90: (
        _("Of it more than 90 days late"),
        _("Full principal of loans of which something is unpaid for more than 90 days."),
        _("Portfolio at risk, 90 days"),
        _("Outstanding principal of loans more than 90 days late, of all outstanding principal."),
    ),
}
late = {days: _standing(f"loan_late_{days}", said[0], said[1], days) for days, said in LATE.items()}
loans_running = _standing(
    "loans_running",
    _("Loans running"),
    _("Loans with principal not repaid on the last day of the period."),
    of="",
)
jobs = _standing(
    "loan_jobs",
    _("Jobs carried by borrowers"),
    _(
        "Jobs of the businesses whose loans ran on the last day of the period, as the applications state them."
    ),
    of="loan__application__jobs",
)

first_loan = ~Exists(
    Loan.objects.filter(
        Q(lent_on__lt=OuterRef("lent_on")) | Q(lent_on=OuterRef("lent_on"), pk__lt=OuterRef("pk")),
        resident=OuterRef("resident"),
    )
)
borrowers = Count(
    Loan,
    at="lent_on",
    where=Q(first_loan),
    by=OF_LOAN,
    code="loan_borrowers",
    name=_("Borrowers"),
    unit=PEOPLE,
    definition=_(
        "People to whom the first guaranteed loan was paid out in the period; who borrows again counts once."
    ),
    source=_("Work report of the district: borrowers since the loan policy began"),
)
lent = Sum(
    Loan,
    of="amount_fen",
    at="lent_on",
    by=OF_LOAN,
    code="loans_lent",
    name=_("Loans paid out"),
    unit=YUAN,
    definition=_("Amounts of the loans paid out in the period."),
    source=_("Work report of the district"),
)


def _claims(code: str, of: str, name: Any, definition: Any) -> Tally:
    return Sum(
        Claim,
        of=of,
        at="claimed_on",
        where=Q(reversed_by=None),
        by=BY_LOAN,
        code=code,
        name=name,
        unit=YUAN,
        definition=definition,
        source=FUND,
    )


claimed = _claims(
    "loan_claims",
    "paid_fen",
    _("Claims paid by the fund"),
    _(
        "What the guarantee fund paid banks in the period for loans in default. The borrower's debt stays as it was."
    ),
)
recovered = _claims(
    "loan_recovered",
    "recovered_fen",
    _("Of them recovered"),
    _("What borrowers have paid back to the fund by now, of the claims of the period."),
)
subsidised = Sum(
    Subsidy,
    of="subsidy_fen",
    at="due",
    by=BY_LOAN,
    code="loan_subsidy",
    name=_("Interest subsidised"),
    unit=YUAN,
    definition=_(
        "Interest due in the period that the treasury bore, by the rule of the day the loan was paid out."
    ),
    source=_("Rules on interest subsidies for small guaranteed loans of micro-profit projects"),
)


def _of_fund(code: str, of: str, name: Any, definition: Any) -> Tally:
    return Stock(Fund, of=of, code=code, name=name, unit=YUAN, definition=definition, source=FUND)


guaranteed = _of_fund(
    "loan_fund_guaranteed",
    "liability_fen",
    _("Guaranteed by the fund"),
    _(
        "Guarantees promised, and guaranteed principal outstanding, as the fund stands now; past days are not kept."
    ),
)
deposited = _of_fund(
    "loan_fund_deposit",
    "deposit_fen",
    _("Deposit of the fund"),
    _("Deposit of the guarantee fund as it stands now, claims taken off and recoveries added."),
)


def _rate(code: str, name: Any, definition: Any, above: Tally, below: Tally, source: Any = DUE) -> Ratio:
    return Ratio(code, name, PERCENT, definition, source, numerator=above, denominator=below)


register(
    borrowers,
    lent,
    _rate(
        "due_repayment_rate",
        _("Due repayment rate"),
        _(
            "Principal that fell due in the period and is repaid by the borrowers by now, of the principal that fell "
            "due. Claims of the fund are not repayments; repayments ahead of time are on neither side."
        ),
        principal_repaid,
        principal_due,
    ),
    _rate(
        "due_repayment_rate_borrowers",
        _("Due repayment rate by borrower"),
        _("Loans of which everything that fell due in the period is paid by now, of those with a row due."),
        loans_paid_up,
        loans_due,
    ),
    _rate(
        "on_time_repayment_rate",
        _("Repaid on time"),
        _("Principal repaid on or before its due date, of the principal that fell due in the period."),
        principal_on_time,
        principal_due,
    ),
    _rate(
        "interest_payment_rate",
        _("Due interest paid"),
        _("Interest paid by the borrowers by now, of the interest that fell due in the period."),
        interest_paid,
        interest_due,
    ),
    _rate(
        "cumulative_repayment_rate",
        _("Repayment rate since the beginning"),
        _("Principal repaid by now, of all principal that fell due up to the last day of the period."),
        repaid_since_start,
        due_since_start,
    ),
    loans_running,
    outstanding,
    *(
        _rate(f"loan_par_{days}", said[2], said[3], late[days], outstanding, RISK)
        for days, said in LATE.items()
    ),
    jobs,
    claimed,
    recovered,
    subsidised,
    _rate(
        "loan_fund_leverage",
        _("Guarantees, of the deposit"),
        _("What the fund guarantees, of its deposit, as both stand now: 500 % are five times the deposit."),
        guaranteed,
        deposited,
        FUND,
    ),
)  # fmt: skip
