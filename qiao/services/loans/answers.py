"""A bank that has nothing but Excel: the list of its waiting cases goes out, the same list comes back with answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import IO, Any

import xlsxwriter
import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.accounts.models import Appointment
from qiao.core.batches.actions import problem_of
from qiao.core.intake import Context, Unreadable, clean, messages, read_workbook, survey
from qiao.core.intake.notes import Severity
from qiao.core.intake.vocabulary import Vocabulary
from qiao.core.procedures.moves import take
from qiao.core.procedures.refusal import Refused
from qiao.services.loans.models import Application, choices

WAITING = "guaranteed"
HEADINGS = (
    "case",
    "name",
    "id_number",
    "business",
    "amount",
    "term",
    "answer",
    "granted_fen",
    "granted_months",
    "on",
    "because",
    "advice",
)
WIDTHS = (10, 12, 21, 24, 14, 10, 12, 14, 12, 13, 24, 36)
FIRST = 1


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of the file, and what it did or would do; `refused` says why it does nothing."""

    number: int
    who: str
    said: str
    refused: str = ""


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.from_dict(
        yaml.safe_load((files("qiao.services.loans") / "answers.yml").read_text("utf-8"))
    )


def headings() -> dict[str, str]:
    return {
        "case": _("Case number"),
        "name": _("Borrower"),
        "id_number": _("Identity number"),
        "business": _("Business"),
        "amount": _("Guarantee promised (yuan)"),
        "term": _("Months promised"),
        "answer": _("Answer"),
        "granted_fen": _("Amount granted (yuan)"),
        "granted_months": _("Term granted"),
        "on": _("Date of answer"),
        "because": _("Reason"),
        "advice": _("Advice"),
    }


def write(target: IO[bytes], cases: Any) -> int:
    """The waiting cases as a workbook with drop-downs for the answer; returns how many."""
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Cases"))
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#EEF1F5"})
    asked = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#B42318", "font_color": "#FFFFFF"}
    )
    text, named = book.add_format({"num_format": "@"}), headings()
    for place, (key, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(place, place, width, text if key in ("id_number", "on") else None)
        sheet.write(0, place, named[key], asked if key == "answer" else head)
    sheet.freeze_panes(FIRST, 2)
    count = 0
    for row, case in enumerate(cases, FIRST):
        sheet.write_row(row, 0, [case.pk, case.resident.name])
        sheet.write_string(row, 2, case.resident.id_number or "", text)
        sheet.write_row(row, 3, [case.business, case.granted_fen / 100, case.granted_months])
        count += 1
    last = FIRST + max(count, 1) - 1
    for key, words in (
        ("answer", [_("Agreed"), _("Refused")]),
        ("because", [str(label) for label in choices.Why.labels]),
    ):
        place = HEADINGS.index(key)
        sheet.data_validation(FIRST, place, last, place, {"validate": "list", "source": words})
    book.close()
    return count


def apply(
    data: bytes, name: str, cases: Any, appointment: Appointment, today: date, dry: bool
) -> list[Answered]:
    """Takes the step each row says, in one transaction; `dry` leaves everything as it was. `cases` are those the
    appointment may see. Raises Refused for a file that cannot be read."""
    with transaction.atomic():
        done = list(_applied(data, name, cases, appointment, today))
        if dry:
            transaction.set_rollback(True)
    return done


def _applied(data: bytes, name: str, cases: Any, appointment: Appointment, today: date) -> Iterator[Answered]:
    waiting = {case.pk: case for case in cases}
    taken: set[int] = set()
    for row in _rows(data, name, today):
        given = row.values
        number = given.get("case")
        case = waiting.get(number) if isinstance(number, int) else None
        who = given.get("name") or (case.resident.name if case else "")
        if not given.get("answer") and not _wrong(row.notes):
            continue
        if wrong := _wrong(row.notes):
            yield Answered(row.number, who, "", wrong)
        elif case is None:
            yield Answered(row.number, who, "", _("No case %s waits for you.") % number)
        elif case.pk in taken:
            yield Answered(row.number, who, "", _("This case stands in the file twice."))
        elif given.get("name") and given["name"] != case.resident.name:
            yield Answered(
                row.number,
                who,
                "",
                _("Case %(n)s is that of another person. Compare the rows.") % {"n": number},
            )
        else:
            taken.add(case.pk)
            yield _answer(row.number, case, given, appointment, today)


def _answer(
    number: int, case: Application, given: Mapping[str, Any], appointment: Appointment, today: date
) -> Answered:
    who, on = case.resident.name, given["on"].first if given.get("on") else today
    name, extra, said = _step(case, given)
    try:
        if not name:
            raise Refused(said)
        take(case, name, appointment, on=on, opinion=said, extra=extra)
    except Refused as refused:
        return Answered(number, who, "", str(refused))
    return Answered(number, who, said)


def _step(case: Application, given: Mapping[str, Any]) -> tuple[str, dict[str, Any], str]:
    """The transition, what it carries, and its words; no transition where something is missing."""
    if given["answer"] == "refuse":
        because, advice = given.get("because"), given.get("advice")
        if not because or not advice:
            return "", {}, _("A refusal needs a reason and advice.")
        return "refuse_guaranteed", {"because": because, "advice": advice}, _("Refused")
    promised = case.granted_fen or case.amount_fen
    fen, months = given.get("granted_fen") or promised, given.get("granted_months") or case.granted_months
    if fen > promised:
        return "", {}, _("More cannot be granted than the guarantee promises.")
    extra = {"granted_fen": fen, "granted_months": months}
    said = _("Agreed: %(yuan)s yuan, %(months)s months") % {"yuan": f"{fen / 100:,.2f}", "months": months}
    return "grant_less", extra, said


def _rows(data: bytes, name: str, today: date) -> Iterator[Any]:
    try:
        book = read_workbook(data, name)
    except Unreadable as unreadable:
        raise Refused(problem_of(unreadable)) from unreadable
    usable = [
        (sheet, reading)
        for sheet, reading in zip(book.sheets, survey(book, vocabulary()), strict=True)
        if reading.usable and not reading.missing
    ]
    if not usable:
        raise Refused(_("No sheet with case numbers and answers was found. Use the list you downloaded."))
    for sheet, reading in usable:
        yield from clean(sheet, reading, vocabulary(), Context(as_of=today))


def _wrong(notes: Any) -> str:
    return " ".join(messages.text(note, _) for note in notes if note.severity is Severity.ERROR)
