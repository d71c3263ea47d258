"""Dates as people write them: their precision, two-digit years, Chinese numerals, days of Excel."""

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from qiao.core.intake.cells import Cell, number_text, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, doubt, says_nothing
from qiao.core.intake.words import WORDS, alternatives, squeeze, word_set

YEAR, MONTH, DAY = 1, 2, 3
FIRST_YEAR, LAST_YEAR = 1875, 2100
_SERIALS = (366, 49_674)  # 1901 to 2035 as day numbers
_EPOCH = date(1899, 12, 30)
_BIRTHS_AHEAD, _EVENTS_AHEAD = 0, 20  # how far after the roster's date a two-digit year may lie


class PartialDate(NamedTuple):
    """`first`: the day, or the first day of the known month or year. `precision`: YEAR, MONTH or DAY."""

    first: date
    precision: int = DAY

    def __str__(self) -> str:
        return self.first.isoformat()[: (4, 7, 10)[self.precision - 1]]

    def agrees(self, other: date) -> bool:
        """Whether the exact date lies inside what is known here."""
        return str(self) == other.isoformat()[: len(str(self))]


_D = WORDS["date"]
_DIGITS = {str(word): str(value) for word, value in _D["digits"].items()}
_TEN, _TWENTY, _THIRTY = _D["ten"][0], _D["twenty"][0], _D["thirty"][0]
_NUMERAL = re.compile(rf"[{''.join(re.escape(d) for d in _DIGITS)}{_TEN}{_TWENTY}{_THIRTY}]+")
_YEAR_MARK, _MONTH_MARK, _DAY_MARK = (alternatives(word_set(_D[name])) for name in ("year", "month", "day"))
_VAGUE = re.compile(alternatives(word_set(_D["vague"])))
_LUNAR = re.compile(alternatives(word_set(_D["lunar"])))
_TAIL = re.compile(rf"(?:[(]?(?:{alternatives(word_set(_D['tail']))})[)]?)+")
_TIME = re.compile(r"[t\s]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:z|[ap]m)?$")
_PLAIN = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_FORM = re.compile(
    rf"(?:(?P<y>[0-9]{{4}}|[0-9]{{2}})(?:{_YEAR_MARK})[-./]?)?(?:(?P<m>[0-9]{{1,2}})(?:{_MONTH_MARK})[-./]?)?"
    rf"(?:(?P<d>[0-9]{{1,2}})(?:{_DAY_MARK})?)?"
)
_GROUPS = re.compile(r"([0-9]{1,8})(?:[-./,\\]+([0-9]{1,4}))?(?:[-./,\\]+([0-9]{1,4}))?[-./,\\]?")
_SPACED = re.compile(r"[0-9]+ [0-9]+( [0-9]+)?")
_AMBIGUOUS = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./][0-9]{4}")


class DateCleaner:
    """Cleans one column. `order` ("mdy" or "dmy") decides 3/5/1962; `future` allows years after `as_of`."""

    def __init__(self, as_of: date, future: bool = False, order: str | None = None) -> None:
        self.as_of, self.future, self.order = as_of, future, order

    def __call__(self, cell: Cell | PartialDate) -> Cleaned:
        if isinstance(cell, str):
            if (found := _PLAIN.fullmatch(cell)) and (made := _day(*map(int, found.groups()))):
                return self._timely(made, cell, ())
            return self._from_text(cell)
        if cell is None:
            return NOTHING
        if isinstance(cell, PartialDate):
            return self._timely(cell, str(cell), ())
        if isinstance(cell, date):
            exact = cell.date() if isinstance(cell, datetime) else cell
            return self._timely(PartialDate(exact), exact.isoformat(), ())
        if isinstance(cell, bool) or not isinstance(cell, int | float):
            return doubt("date_unreadable", cell)
        return self._from_number(cell)

    def _from_number(self, cell: float) -> Cleaned:
        text = number_text(cell)
        if not text or cell <= 0:
            return doubt("date_unreadable", cell)
        whole, _, fraction = text.partition(".")
        if len(whole) == 4 and FIRST_YEAR <= int(whole) <= LAST_YEAR:
            return self._year_and_fraction(whole, fraction, text)
        if fraction and len(whole) == 2 and len(fraction) <= 2:
            return self._from_text(text)
        if len(whole) in (6, 8):
            return self._from_text(whole)
        return self._serial(int(whole), text)

    def _year_and_fraction(self, year: str, fraction: str, text: str) -> Cleaned:
        """1962.3 is March; 1962.1 may have been 1962.10 before a spreadsheet took it for a number."""
        if not fraction:
            return self._timely(PartialDate(date(int(year), 1, 1), YEAR), text, ())
        if len(fraction) > 2:
            return doubt("date_unreadable", text)
        made = _partial(int(year), int(fraction), None)
        if made is None:
            return doubt("date_impossible", text)
        notes = (Note("date_tenth", {"value": text, "made": str(made)}),) if fraction == "1" else ()
        return self._timely(made, text, notes)

    def _serial(self, number: int, text: str) -> Cleaned:
        if not _SERIALS[0] <= number <= _SERIALS[1]:
            return doubt("date_unreadable", text)
        made = PartialDate(_EPOCH + timedelta(days=number))
        return self._timely(made, text, (Note("date_serial", {"value": text, "made": str(made)}),))

    def _from_text(self, cell: str) -> Cleaned:
        if says_nothing(cell):
            return NOTHING
        text = _TIME.sub("", plain(cell).casefold())
        text = _arabic(squeeze(text.replace(" ", "-") if _SPACED.fullmatch(text) else text))
        if _LUNAR.search(text):
            return doubt("date_lunar", cell)
        text = _TAIL.sub("", text)
        sharp = _VAGUE.sub("", text)
        result = self._written(sharp, cell) if sharp else doubt("date_unreadable", cell)
        made, notes = result
        if made is not None and sharp != text:
            notes = (*notes, Note("date_vague", {"value": plain(cell), "made": str(made)}))
        return made, notes

    def _written(self, text: str, cell: str) -> Cleaned:
        if (found := _FORM.fullmatch(text)) and (found["y"] or found["m"]):
            year, month, day = found["y"], found["m"], found["d"]
            if not year:
                return doubt("date_no_year", cell)
            if day and not month:  # "1962" + year mark + "3"
                month, day = day, None
            return self._assembled(year, month, day, cell)
        if found := _GROUPS.fullmatch(text):
            first, second, third = found.groups()
            if third:
                return self._three(first, second, third, cell)
            return self._two(first, second, cell) if second else self._one(first, cell)
        return doubt("date_unreadable", cell)

    def _three(self, first: str, second: str, third: str, cell: str) -> Cleaned:
        if len(first) in (2, 4) or (len(first) == 1 and len(third) < 4):
            if len(third) == 4 or (int(third) > 31 >= int(first)):
                return self._year_last(first, second, third, cell)
            return self._assembled(first, second, third, cell)
        return (
            self._year_last(first, second, third, cell)
            if len(third) in (2, 4)
            else doubt("date_unreadable", cell)
        )

    def _year_last(self, first: str, second: str, year: str, cell: str) -> Cleaned:
        order = "dmy" if int(first) > 12 else "mdy" if int(second) > 12 or first == second else self.order
        month, day = (second, first) if order == "dmy" else (first, second)
        made, notes = self._assembled(year, month, day, cell)
        if made is not None and order is None:
            notes = (*notes, Note("date_ambiguous", {"value": plain(cell), "made": str(made)}))
        return made, notes

    def _two(self, first: str, second: str, cell: str) -> Cleaned:
        if len(first) == 4:
            return self._assembled(first, second, None, cell)
        if len(second) == 4:
            return self._assembled(second, first, None, cell)
        if len(first) == 2 and int(first) > 12 and int(second) <= 12:
            return self._assembled(first, second, None, cell)
        return doubt("date_no_year", cell)

    def _one(self, digits: str, cell: str) -> Cleaned:
        if len(digits) == 8:
            return self._assembled(digits[:4], digits[4:6], digits[6:], cell)
        if len(digits) == 6:
            if FIRST_YEAR <= int(digits[:4]) <= LAST_YEAR and int(digits[4:]) <= 12:
                return self._assembled(digits[:4], digits[4:], None, cell)
            return self._assembled(digits[:2], digits[2:4], digits[4:], cell)
        if len(digits) == 4:
            if FIRST_YEAR <= int(digits) <= LAST_YEAR:
                return self._assembled(digits, None, None, cell)
            return self._assembled(digits[:2], digits[2:], None, cell)
        if len(digits) == 5:
            return self._serial(int(digits), digits)
        return doubt("date_unreadable", cell)

    def _assembled(self, year: str, month: str | None, day: str | None, cell: str) -> Cleaned:
        full = self._full_year(int(year)) if len(year) <= 2 else int(year)
        made = _partial(full, int(month) if month else None, int(day) if day else None)
        if made is None:
            return doubt("date_impossible", cell)
        if len(year) > 2:
            return self._timely(made, cell, ())
        return self._timely(
            made, cell, (Note("date_two_digit_year", {"value": plain(cell), "made": str(made)}),)
        )

    def _full_year(self, year: int) -> int:
        """The latest century that the kind of column allows."""
        last = self.as_of.year + (_EVENTS_AHEAD if self.future else _BIRTHS_AHEAD)
        return last - (last - year) % 100

    def _timely(self, made: PartialDate, cell: str, notes: tuple[Note, ...]) -> Cleaned:
        if not FIRST_YEAR <= made.first.year <= LAST_YEAR:
            return doubt("date_impossible", cell)
        if made.first > self.as_of and not self.future:
            return made, (*notes, Note("date_future", {"value": plain(cell), "made": str(made)}))
        return made, notes


def ambiguous_order(text: str) -> str | None:
    """ "either", "mdy" or "dmy" for a date with its year last; None for every other text."""
    found = _AMBIGUOUS.fullmatch(text.strip())
    if not found or found[1] == found[2]:
        return None
    return "dmy" if int(found[1]) > 12 else "mdy" if int(found[2]) > 12 else "either"


def _day(year: int, month: int, day: int) -> PartialDate | None:
    try:
        return PartialDate(date(year, month, day))
    except ValueError:
        return None


def _partial(year: int, month: int | None, day: int | None) -> PartialDate | None:
    """Month or day 0 means that it is not known."""
    made = (
        _day(year, month or 1, (day or 1) if month else 1)
        if 0 < year < 9999 and not (day and not month)
        else None
    )
    if made is None:
        return None
    return made._replace(precision=DAY if day else MONTH if month else YEAR)


def _arabic(text: str) -> str:
    """Chinese numerals of a date as digits: year digits one by one, tens by their value."""
    return _NUMERAL.sub(lambda found: _number(found[0]), text)


def _number(numeral: str) -> str:
    numeral = numeral.replace(_TWENTY, _DIGITS_BACK["2"] + _TEN).replace(_THIRTY, _DIGITS_BACK["3"] + _TEN)
    if _TEN not in numeral:
        return "".join(_DIGITS[character] for character in numeral)
    tens, _, ones = numeral.partition(_TEN)
    if len(tens) > 1 or len(ones) > 1 or _TEN in ones:
        return numeral
    return str(int(_DIGITS[tens] if tens else "1") * 10 + int(_DIGITS[ones] if ones else "0"))


_DIGITS_BACK = {value: word for word, value in _DIGITS.items()}
