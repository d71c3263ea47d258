"""What is said about a staged row, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from qiao.core.intake.messages import NOTES
from qiao.core.intake.notes import Severity

OWN: Mapping[str, tuple[Severity, str]] = {
    "community_missing": (
        Severity.ERROR,
        _(
            "The row does not say which community it belongs to. "
            "Name the community, or import into one community."
        ),
    ),
    "outside_area": (Severity.ERROR, _("{community} lies outside your area. Its own office imports it.")),
    "known_elsewhere": (
        Severity.CONFIRM,
        _(
            "This person is recorded in {community}. "
            "Confirm to propose the transfer to it, or leave the row out."
        ),
    ),
    "nobody_found": (
        Severity.ERROR,
        _(
            "No resident of the district has this identity number or this name. "
            "Import the residents' roster first."
        ),
    ),
    "several_found": (Severity.ERROR, _("Several residents have this name. Give the identity number.")),
    "visitor_unknown": (
        Severity.ERROR,
        _("Nobody who works here bears this name. Write who made the visit as in the list of staff."),
    ),
    "post_waits": (
        Severity.FIX,
        _(
            "The post waits as a draft: its employer is not verified, its pay is unusual, or a word chooses unlawfully."
        ),
    ),
    "not_recognised": (
        Severity.ERROR,
        _(
            "Public-welfare posts are for people recognised as in hardship, and this person was not on that day. "
            "Import or record the recognition first, or correct the form of employment."
        ),
    ),
    "works_already": (
        Severity.ERROR,
        _("This person's present work is recorded already. Give the day on which one of the two ended."),
    ),
    "work_ends_before": (Severity.ERROR, _("The work ends before it begins. Compare the two days.")),
    "next_before": (Severity.ERROR, _("The next visit does not come after this one. Compare the two days.")),
    "end_incomplete": (Severity.ERROR, _("Write both when help ended and why, or neither.")),
    "ends_before": (Severity.ERROR, _("Help ends before it begins. Compare the two days.")),
    "pair_again": (
        Severity.ERROR,
        _("The file holds this helper with the same person twice. Leave one of the rows out."),
    ),
    "link_unknown": (
        Severity.ERROR,
        _("The district holds no “{value}”. Enter it first, or write its name as in its ledger."),
    ),
    "code_invalid": (
        Severity.ERROR,
        _("“{value}” is no valid unified social credit code. Compare it with the licence."),
    ),
    "owner_unknown": (
        Severity.ERROR,
        _(
            "“{value}” is neither a resident of this community nor an employer of the district. "
            "Give the identity number, or enter the employer first."
        ),
    ),
    "item_unknown": (
        Severity.ERROR,
        _("No tax or fee is called “{value}”. Write its usual name, or add it to the list of words."),
    ),
    "months_over_year": (
        Severity.ERROR,
        _("{value} months from there reach into the next year. Give each year a row of its own."),
    ),
    "amount_not_positive": (Severity.ERROR, _("The amount must be above zero.")),
    "over_cap": (
        Severity.ERROR,
        _("With this amount, “{value}” is over the cap of its year. What is not used does not carry over."),
    ),
    "refused": (Severity.ERROR, _("{why}")),
    "loan_unknown": (
        Severity.ERROR,
        _("The district has no loan with the contract number “{value}”. Compare it with the contract."),
    ),
    "loan_of_other_bank": (
        Severity.ERROR,
        _("The loan “{value}” is another bank's than the others of this file. Ask the bank that sent it."),
    ),
    "borrower_differs": (
        Severity.CONFIRM,
        _("The loan is another person's than the one named here. Compare the contract number with the bank."),
    ),
    "payment_again": (
        Severity.ERROR,
        _("The file holds the serial number “{value}” twice. Ask the bank which row is right."),
    ),
    "payment_differs": (
        Severity.ERROR,
        _("The serial number “{value}” is already booked for another loan, day or amount. Ask the bank."),
    ),
    "payment_reversed": (
        Severity.ERROR,
        _("This payment was booked and then reversed. If it is right, record it in the file of its loan."),
    ),
    "total_missing": (
        Severity.CONFIRM,
        _(
            "The sheet has no line of totals, so nobody can tell whether it is whole. "
            "Its rows add up to {found} yuan: compare that with the bank, then accept."
        ),
    ),
    "total_differs": (
        Severity.ERROR,
        _(
            "The line of totals says {said} yuan, the rows add up to {found}: nothing of this sheet is booked. "
            "Ask the bank for the whole file."
        ),
    ),
    "rate_unreadable": (
        Severity.ERROR,
        _("“{value}” is no rate a year between 0.5 and 24 %. Write 5.76 for 5.76 % a year."),
    ),
    "loan_known": (
        Severity.ERROR,
        _("The loan “{value}” is already recorded with other terms. Compare it with the contract."),
    ),
    "loan_owed": (
        Severity.ERROR,
        _(
            "This person still owes an earlier loan. Import that loan and what was repaid of it first, then this row."
        ),
    ),
    "owner_by_name": (
        Severity.FIX,
        _("“{value}” is neither in the register nor among the employers; the owner is kept by name."),
    ),
    "date_needed": (
        Severity.ERROR,
        _("The row has no date. Write since when it holds, for example 2006-06."),
    ),
    "overlaps": (
        Severity.CONFIRM,
        _(
            "The registry holds another status for that time ({since} to {until}). "
            "Confirm to leave the registry as it is."
        ),
    ),
}


def severity(code: str) -> Severity:
    return (OWN.get(code) or NOTES[code])[0]


def doubts() -> list[str]:
    """Codes of what a person may accept as it is."""
    said = {**NOTES, **OWN}
    return [code for code, (graded, _words) in said.items() if graded is Severity.CONFIRM]


def text(note: Mapping[str, Any]) -> str:
    template = (OWN.get(note["code"]) or NOTES[note["code"]])[1]
    try:
        return gettext(template).format(**note.get("params", {}))
    except (KeyError, IndexError):
        return gettext(template)
