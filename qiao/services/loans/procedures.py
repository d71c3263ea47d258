"""The loan from application to the money, through five stations, as a transition table.

The chain and clocks follow the rules of 2002 and local practice of the years after: the community recommends, the
street writes the letter of recommendation, the district checks, the guarantee centre promises, the bank answers.
A refusal gives its reason and advice. Every number is a dated parameter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiao.core.accounts.rights import Right
from qiao.core.duties.declaration import Viewer
from qiao.core.duties.spans import working_days
from qiao.core.ledgers import registry
from qiao.core.ledgers.parts import Related
from qiao.core.procedures.declaration import Need, PaperKind, Procedure, Stage, Text, Transition, register
from qiao.services.loans import access, decisions, judging
from qiao.services.loans.forms import (
    AmountForm,
    ApplicationForm,
    ContractForm,
    RefusalForm,
    SendForm,
    VisitForm,
)
from qiao.services.loans.models import Application

REASON = frozenset({Need.REASON})
OPINION = frozenset({Need.OPINION})
STATION, OFFICE, DISTRICT = Right.CHECK_CASES, Right.REVIEW_CASES, Right.REVIEW_LOANS
CENTRE, BANK = Right.GUARANTEE_LOANS, Right.LEND

# stage, who stands there, the stage before, and what its decision had dated
STATIONS = (
    ("applied", STATION, "", ""),
    ("checked", OFFICE, "applied", ""),
    ("recommended", DISTRICT, "checked", "recommended_on"),
    ("sent", CENTRE, "recommended", "sent_on"),
    ("guaranteed", BANK, "sent", "guaranteed_on"),
)


def _refusals() -> Iterator[Transition]:
    for stage, right, _before, _field in STATIONS:
        yield Transition(
            f"refuse_{stage}",
            (stage,),
            "refused",
            pgettext_lazy("loan", "Refuse"),
            right,
            form=RefusalForm,
            effect=decisions.refuse,
            danger=True,
        )


def _returns() -> Iterator[Transition]:
    for stage, right, before, field in STATIONS:
        if before:
            yield Transition(
                f"return_{stage}",
                (stage,),
                before,
                _("Give back to the station before"),
                right,
                REASON,
                effect=decisions.hand_back(field) if field else None,
            )


def _visits() -> Iterator[Transition]:
    for stage, right in (("sent", CENTRE), ("guaranteed", BANK)):
        yield Transition(
            f"visit_{stage}",
            (stage,),
            stage,
            _("Record the joint visit"),
            right,
            form=VisitForm,
            effect=decisions.visit,
        )


def feasibility_url(case: Application) -> str:
    """The sheet, or the form of a new one."""
    ledger = registry.get("loan-feasibility")
    if sheet := getattr(case, "feasibility", None):
        return ledger.url("file", sheet.pk)
    return f"{ledger.url('new')}?application={case.pk}"


def backed(*kinds: str) -> Any:
    return lambda case: case.counter_guarantee in kinds


@register
class LoanApplication(Procedure):
    code = "loan"
    name = _("Applications for loans")
    model = Application
    who = "resident__name"
    responsible = "helper"
    related = ("resident", "helper", "bank", "outlet", "employer", "feasibility", "signed_by", "loan")
    see = (Right.SEE_LOANS,)
    opening = ApplicationForm
    opening_label = _("Apply for a loan")
    opening_right = Right.APPLY_LOANS
    attached = (
        Related(_("Counter-guarantees"), "loan-backing", "application", add=True),
        Related(_("Partners"), "loan-partners", "application", add=True),
        Related(_("Done for the applicant"), "loan-errands", "application", add=True),
    )

    papers = (
        PaperKind("certificate", _("Preferential certificate")),
        PaperKind("identity", _("Identity card and household register")),
        PaperKind("licence", _("Business licence or certificate of informal work")),
        PaperKind("place", _("Lease or proof of the place of business")),
        PaperKind("plan", _("Business plan or certificate of training")),
        PaperKind("guarantor", _("Papers of the guarantor"), backed("guarantor", "mutual")),
        PaperKind("security", _("Papers of what is mortgaged or pledged"), backed("mortgage", "pledge")),
        PaperKind("recommendation", _("Letter of recommendation"), lambda case: bool(case.recommended_on)),
    )

    stages = (
        Stage("applied", _("Applied"), _("recommend"), clock=working_days("wd_loan_station")),
        Stage(
            "checked",
            _("Recommended by the community"),
            _("check and write the letter"),
            clock=working_days("wd_loan_office"),
        ),
        Stage(
            "recommended",
            _("Recommended by the street"),
            _("check for the district"),
            clock=working_days("wd_loan_district"),
        ),
        Stage(
            "sent",
            _("At the guarantee centre"),
            _("decide on the guarantee"),
            clock=working_days("wd_loan_guarantee"),
        ),
        Stage("guaranteed", _("At the bank"), _("answer"), clock=working_days("wd_loan_bank")),
        Stage("granted", _("Granted"), _("sign and pay out"), clock=working_days("wd_loan_payout")),
        Stage(
            "signed",
            _("Signed by the bank"),
            _("confirm the payment"),
            clock=working_days("wd_loan_payout"),
        ),
        Stage("lent", _("Paid out"), final=True),
        Stage("refused", pgettext_lazy("loan", "Refused"), final=True, aside=True),
        Stage("withdrawn", _("Withdrawn by the applicant"), final=True, aside=True),
    )

    transitions = (
        Transition(
            "check",
            ("applied",),
            "checked",
            _("Recommend to the street"),
            STATION,
            OPINION | {Need.PAPERS},
            _("Known to us as honest; the business and the papers were seen."),
        ),
        Transition(
            "recommend",
            ("checked",),
            "recommended",
            _("Write the letter of recommendation"),
            OFFICE,
            OPINION,
            _("Checked; recommended for a loan."),
            effect=decisions.recommend,
        ),
        Transition(
            "send",
            ("recommended",),
            "sent",
            _("Send to the guarantee centre"),
            DISTRICT,
            OPINION,
            _("The conditions of the policy are met."),
            rule=decisions.beyond_the_cap,
            effect=decisions.send,
            form=SendForm,
        ),
        Transition(
            "guarantee",
            ("sent",),
            "guaranteed",
            _("Promise the guarantee as asked"),
            CENTRE,
            OPINION,
            _("Agreed."),
            rule=decisions.beyond_the_cap,
            effect=decisions.guarantee,
        ),
        Transition(
            "guarantee_less",
            ("sent",),
            "guaranteed",
            _("Promise for less"),
            CENTRE,
            OPINION,
            _("Agreed for a smaller amount."),
            rule=decisions.beyond_the_cap,
            effect=decisions.guarantee,
            form=AmountForm,
        ),
        Transition(
            "grant",
            ("guaranteed",),
            "granted",
            _("Agree to lend"),
            BANK,
            OPINION,
            _("Agreed."),
            effect=decisions.grant,
        ),
        Transition(
            "grant_less",
            ("guaranteed",),
            "granted",
            _("Agree for less"),
            BANK,
            OPINION,
            _("Agreed for a smaller amount."),
            effect=decisions.grant,
            form=AmountForm,
        ),
        Transition(
            "sign",
            ("granted",),
            "signed",
            _("Record the contract"),
            BANK,
            effect=decisions.sign,
            form=ContractForm,
        ),
        Transition(
            "pay",
            ("signed",),
            "lent",
            _("Confirm that the money was paid"),
            CENTRE,
            effect=decisions.pay,
        ),
        Transition(
            "return_signed",
            ("signed",),
            "granted",
            _("Give back to the station before"),
            CENTRE,
            REASON,
        ),
        *_visits(),
        *_returns(),
        *_refusals(),
        Transition(
            "withdraw",
            ("applied", "checked", "recommended", "sent", "guaranteed", "granted", "signed"),
            "withdrawn",
            _("The applicant withdraws"),
            Right.APPLY_LOANS,
            REASON,
            effect=decisions.let_go,
            danger=True,
        ),
    )

    def visible(self, viewer: Viewer) -> Q:
        return access.seen(viewer.role, viewer.user_id)

    def about(self, case: Application) -> Text:
        return f"{case.business} · {(case.granted_fen or case.amount_fen) / 100:,.0f}"

    def facts(self, case: Application, today: date) -> Iterable[tuple[Text, Any]]:
        resident = case.resident
        yield _("Sex"), resident.get_sex_display()
        yield _("Age"), resident.age_on(today)
        yield _("Who borrows"), case.get_kind_display()
        yield _("Firm"), case.employer
        yield _("Business"), case.business
        yield _("Place of business"), case.outlet or case.address
        yield _("Use of the money"), case.purpose
        yield _("Amount asked for (yuan)"), f"{case.amount_fen / 100:,.2f}"
        yield _("Term (months)"), case.term_months
        yield _("Counter-guarantee"), case.get_counter_guarantee_display()
        yield _("Jobs"), case.jobs
        yield _("Preferential certificate"), case.certificate
        yield _("What brought them"), case.get_came_display()
        if sheet := getattr(case, "feasibility", None):
            yield _("Own money (yuan)"), f"{sheet.own_fen / 100:,.2f}"
            yield _("Profit a month (yuan)"), f"{sheet.net_fen / 100:,.2f}"
        yield _("Helper"), case.helper
        yield _("Bank"), case.bank
        yield _("Joint visit on"), case.visited_on
        yield _("Visited by"), case.visited_by
        yield _("Found on the visit"), case.visit_found
        yield _("Amount granted (yuan)"), f"{case.granted_fen / 100:,.2f}" if case.granted_fen else ""
        yield _("Term granted (months)"), case.granted_months
        if case.contract_number:
            yield _("Contract number"), case.contract_number
            yield _("Money paid on"), case.contract_on
            yield _("Rate a year (%)"), f"{(case.contract_rate or 0) / 10_000:.2f}"
            yield _("Repaid by"), case.get_contract_repaid_by_display()
            yield _("Signed for the bank by"), case.signed_by
        yield pgettext_lazy("loan", "Refused because"), case.get_refused_because_display()
        yield pgettext_lazy("loan", "Advice given"), case.advice
        yield _("Note"), case.note

    def findings(self, case: Application, today: date) -> Iterable[tuple[bool | None, Text]]:
        if case.closed_on is None:
            yield from judging.of_application(case, today)

    def doors(self, case: Application, viewer: Viewer) -> Iterable[tuple[Text, str]]:
        yield _("Feasibility sheet"), feasibility_url(case)
        yield _("Print the form"), reverse("loan_form", args=[case.pk])
        if loan := getattr(case, "loan", None):
            yield _("The loan"), registry.get("loans").url("file", loan.pk)

    def subject_url(self, case: Application) -> str:
        return reverse("ledgers:file", args=["residents", case.resident_id])
