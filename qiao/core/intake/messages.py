"""What is said to people, in English; whoever shows it translates it (msgid = the template).

A message says what, then what to do; `where` says the row, the column's letter and its header.
Placeholders are in `str.format` style.
"""

from collections.abc import Callable, Mapping
from typing import Any

from qiao.core.intake.cells import letter
from qiao.core.intake.notes import Note, Severity


def _(text: str) -> str:
    """Marks a text for the catalogue; translates nothing."""
    return text


FIX, CONFIRM, ERROR, SKIP = Severity.FIX, Severity.CONFIRM, Severity.ERROR, Severity.SKIP

NOTES: Mapping[str, tuple[Severity, str]] = {
    # identity numbers
    "id_tidied": (FIX, _("Spaces or unusual characters in the ID number were removed.")),
    "id_from_15": (FIX, _("A 15-digit ID number was converted to 18 digits: {made}.")),
    "id_digits_lost": (
        ERROR,
        _(
            "The spreadsheet turned the ID number into a number and its last digits are lost ({value}). "
            "Type it again as text, or upload the original file."
        ),
    ),
    "id_ends_000": (
        CONFIRM,
        _("The ID number ends with 000, like one that a spreadsheet has cut off. Compare it with the card."),
    ),
    "id_length": (
        ERROR,
        _("The ID number has {count} characters; 18 (or 15) are needed. Compare it with the card."),
    ),
    "id_characters": (ERROR, _("“{value}” is not an ID number. Type the 18 characters of the card.")),
    "id_region": (
        ERROR,
        _("The first two digits of the ID number, {value}, are no province. Compare it with the card."),
    ),
    "id_birth": (
        ERROR,
        _("The ID number holds {value} as the day of birth, which cannot be. Compare it with the card."),
    ),
    "id_check_digit": (
        ERROR,
        _(
            "One character of the ID number is mistyped: the check digit does not fit. "
            "Compare it with the card."
        ),
    ),
    "birth_differs": (
        CONFIRM,
        _("The roster says born on {value}, the ID number says {made}. The ID number is used."),
    ),
    "sex_differs": (
        CONFIRM,
        _("The roster and the ID number disagree about the sex. The ID number is used."),
    ),
    "birth_from_id": (FIX, _("“{value}” was replaced by the date of birth in the ID number: {made}.")),
    "sex_from_id": (FIX, _("“{value}” was replaced by the sex that the ID number tells.")),
    "age_differs": (CONFIRM, _("The roster says {value} years old, the date of birth says {made}.")),
    # names
    "name_spaces": (FIX, _("Spaces inside the name were removed: {made}.")),
    "name_remark": (FIX, _("A remark behind the name was left out: “{value}”.")),
    "name_odd": (CONFIRM, _("“{value}” does not look like a person's name. Correct it, or confirm it.")),
    "name_several": (CONFIRM, _("“{value}” seems to hold more than one name. One row is for one person.")),
    # dates
    "date_two_digit_year": (FIX, _("The year was written with two digits; “{value}” was read as {made}.")),
    "date_serial": (FIX, _("The spreadsheet's day number {value} was read as {made}.")),
    "date_vague": (FIX, _("“{value}” is not a precise date; {made} was kept.")),
    "date_ambiguous": (
        CONFIRM,
        _("“{value}” can be read in two ways; {made} was taken. Choose the order of the column."),
    ),
    "date_tenth": (CONFIRM, _("“{value}” may mean month 1 or month 10; {made} was taken.")),
    "date_no_year": (CONFIRM, _("“{value}” has no year. Write the year, for example 2006-06.")),
    "date_impossible": (CONFIRM, _("There is no such day as “{value}”. Correct it or leave it empty.")),
    "date_unreadable": (
        CONFIRM,
        _("“{value}” was not understood as a date. Write it as 2006-08-31, 2006-08 or 2006."),
    ),
    "date_future": (CONFIRM, _("{made} lies in the future. Check the year.")),
    "date_lunar": (CONFIRM, _("“{value}” is a date of the lunar calendar. Write the solar date.")),
    # telephones and other numbers
    "phone_odd": (CONFIRM, _("“{value}” is not a complete telephone number. Correct it, or confirm it.")),
    "phone_zero": (FIX, _("A leading 0 or 86 before the mobile number was removed: {made}.")),
    "phone_area": (CONFIRM, _("“{value}” seems to have lost the 0 of its area code; {made} is proposed.")),
    "digits_lost": (
        ERROR,
        _(
            "The spreadsheet wrote “{value}” and the other digits are lost. Type it again "
            "as text, or upload the original file."
        ),
    ),
    "code_digits_lost": (
        CONFIRM,
        _(
            "The spreadsheet wrote “{value}” and the last digits are lost. Type it again "
            "as text, or leave it empty."
        ),
    ),
    "number_unreadable": (CONFIRM, _("“{value}” is not a whole number. Write digits only, for example 3.")),
    "number_range": (CONFIRM, _("{value} lies outside {low} to {high}. Check it.")),
    "money_unreadable": (
        CONFIRM,
        _("“{value}” was not understood as an amount. Write digits only, for example 800."),
    ),
    "distance_unreadable": (
        CONFIRM,
        _("“{value}” was not understood as a distance. Write kilometres, for example 3."),
    ),
    "money_converted": (FIX, _("“{value}” was read as {made} yuan.")),
    # words
    "choice_similar": (
        CONFIRM,
        _("“{value}” is not in the list; “{made}” is proposed. The answer holds for all equal values."),
    ),
    "choice_unknown": (
        CONFIRM,
        _("“{value}” is not in the list. Choose what it means once; the answer holds for all equal values."),
    ),
    "boolean_unknown": (CONFIRM, _("“{value}” is neither yes nor no. Choose what it means.")),
    "place_unknown": (CONFIRM, _("There is no “{value}” in your area. Choose the place it means.")),
    "place_ambiguous": (CONFIRM, _("“{value}” is the name of more than one place. Choose which.")),
    "place_differs": (
        CONFIRM,
        _("{value} does not lie in the place named beside it. Choose which is right."),
    ),
    "text_cut": (CONFIRM, _("The text is longer than {limit} characters. Shorten it.")),
    # rows
    "ditto": (FIX, _("“{value}” was replaced by the value above: {made}.")),
    "ditto_name": (CONFIRM, _("“{value}” was replaced by the value above: {made}. Is it the same person?")),
    "ditto_across": (
        ERROR,
        _(
            "“{value}” stands at the beginning of a family; there is nothing above to "
            "repeat. Type it in full."
        ),
    ),
    "remembered": (FIX, _("“{value}” was replaced by {made}, as decided before.")),
    "missing": (ERROR, _("This field is needed and is empty. Fill it in.")),
    "missing_column": (
        ERROR,
        _("No column of the list holds a field that every row needs. Say which column it is, or add it."),
    ),
    "twice": (CONFIRM, _("The same person already stands in row {row} of this file.")),
    "in_hidden_row": (
        CONFIRM,
        _("The row is hidden in the spreadsheet. Confirm that it belongs to the list."),
    ),
    # rows that are nobody's record
    "skip_blank": (SKIP, _("Empty row")),
    "skip_total": (SKIP, _("Row of totals")),
    "skip_signature": (SKIP, _("Row of signatures")),
    "skip_remark": (SKIP, _("Remark")),
    "skip_header": (SKIP, _("Header repeated")),
    "skip_numbering": (SKIP, _("Numbers of the columns")),
    "skip_instruction": (SKIP, _("Instructions for filling in")),
    "skip_heading": (SKIP, _("Heading of a section")),
    "skip_empty_number": (SKIP, _("Only a number, the rest of the row is empty")),
}

FILES: Mapping[str, str] = {
    "empty_file": _("The file is empty. Save it again in Excel or WPS and upload that file."),
    "empty_table": _("The file opens, but all its sheets are empty. Check that it is the right file."),
    "too_large": _("The file has {size} MB; at most {limit} MB are read. Split it into several files."),
    "too_many_cells": _(
        "The used area of a sheet is far too large, usually because something stands far outside the table. "
        "Copy the table into a new file and upload that."
    ),
    "zip_bomb": _(
        "Unpacked, the file would be unreasonably large, so it was not opened. "
        "Copy the table into a new file and upload that."
    ),
    "encrypted": _(
        "The file is protected with a password. Open it, remove the password, save it, and upload it again."
    ),
    "corrupted": _(
        "The file is damaged and cannot be opened. Open it in Excel or WPS, save it as "
        ".xlsx, and upload that."
    ),
    "old_excel": _(
        "The file was made by Excel 4 or older. Open it in Excel or WPS, save it as .xlsx, and upload that."
    ),
    "archive": _("This is a {kind} archive. Unpack it and upload the spreadsheets one by one."),
    "not_a_table": _(
        "This is a {kind} file, not a spreadsheet. Upload .xlsx, .xls or .csv; a scanned "
        "list must be typed in."
    ),
    "binary": _(
        "The file is called a text but holds none. Open it in the program it comes from "
        "and save it as .xlsx or .csv."
    ),
}

QUESTIONS: Mapping[str, str] = {
    "date_order": _("In “{label}”, is {value} written month first or day first?"),
}

COMMENT_HEADER = _("What to put right")
WHERE_CELL = _("Row {row}, column {letter} ({label})")
WHERE_ROW = _("Row {row}")

Translate = Callable[[str], str]


def text(note: Note, translate: Translate = _) -> str:
    """The message of a note without its place."""
    return translate(NOTES[note.code][1]).format(**_shown(note.params))


def where(row: int, column: int | None, label: str, translate: Translate = _) -> str:
    """The place of a note: `row` is the file's own row number, counted from 1."""
    if column is None:
        return translate(WHERE_ROW).format(row=row)
    return translate(WHERE_CELL).format(row=row, letter=letter(column), label=label)


def _shown(params: Mapping[str, Any]) -> dict[str, Any]:
    """Long values are cut, so that a message stays one line."""
    return {
        name: f"{value[:40]}…" if isinstance(value, str) and len(value) > 41 else value
        for name, value in params.items()
    }
