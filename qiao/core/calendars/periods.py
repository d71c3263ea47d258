"""Periods of reporting: a month, quarter, half-year, year, or any range of days. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _


class BadPeriod(ValueError):
    """The text names no period. The message says how to write one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“%(text)s” is no period. Write 2006, 2006H2, 2006Q3, 2006-08 or 2006-01-01..2006-06-30.")
            % {"text": text}
        )


MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
FORMS = {
    "year": re.compile(r"(?P<year>\d{4})"),
    "half": re.compile(r"(?P<year>\d{4})-?H(?P<part>[12])", re.IGNORECASE),
    "quarter": re.compile(r"(?P<year>\d{4})-?Q(?P<part>[1-4])", re.IGNORECASE),
    "month": re.compile(r"(?P<year>\d{4})-(?P<part>\d{1,2})"),
}
RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")


def shift(day: date, months: int) -> date:
    """The first of the month `months` later. `day` must itself be the first of a month."""
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, not including, `end`."""

    start: date
    end: date
    kind: str = "custom"

    @classmethod
    def of(cls, kind: str, day: date) -> Period:
        """The month, quarter, half-year or year that a day lies in."""
        size = MONTHS[kind]
        start = date(day.year, (day.month - 1) // size * size + 1, 1)
        return cls(start, shift(start, size), kind)

    @classmethod
    def between(cls, first: date, last: date) -> Period:
        """Both days included."""
        if last < first:
            raise BadPeriod(f"{first}..{last}")
        return cls(first, last + timedelta(days=1))

    @classmethod
    def parse(cls, text: str) -> Period:
        """2006, 2006H2, 2006Q3, 2006-08 or 2006-01-01..2006-06-30 (both days included). Raises BadPeriod."""
        wanted = text.strip()
        try:
            for kind, form in FORMS.items():
                if found := form.fullmatch(wanted):
                    part = int(found.groupdict().get("part") or 1)
                    return cls.of(kind, date(int(found["year"]), (part - 1) * MONTHS[kind] + 1, 1))
            if found := RANGE.fullmatch(wanted):
                return cls.between(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        except (ValueError, OverflowError):
            pass
        raise BadPeriod(text)

    def __str__(self) -> str:
        """The text that `parse` reads back."""
        match self.kind:
            case "year":
                return f"{self.start.year:04}"
            case "half" | "quarter":
                mark = "H" if self.kind == "half" else "Q"
                return f"{self.start.year:04}{mark}{self.part}"
            case "month":
                return f"{self.start:%Y-%m}"
        return f"{self.start}..{self.as_of}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def part(self) -> int:
        """Which month, quarter or half of the year this is, from 1."""
        return (self.start.month - 1) // MONTHS.get(self.kind, 1) + 1

    @property
    def as_of(self) -> date:
        """The last day: stocks are counted on its evening."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def label(self) -> str:
        values = {"year": f"{self.start.year:04}", "part": self.part}
        match self.kind:
            case "year":
                return _("Year %(year)s") % values
            case "half" if self.part == 1:
                return _("First half of %(year)s") % values
            case "half":
                return _("Second half of %(year)s") % values
            case "quarter":
                return _("Quarter %(part)s of %(year)s") % values
            case "month":
                return date_format(self.start, "YEAR_MONTH_FORMAT")
        return _("%(first)s to %(last)s") % {"first": self.start, "last": self.as_of}

    @property
    def previous(self) -> Period:
        """The period of the same kind before this one; of a range, as many days before it."""
        if size := MONTHS.get(self.kind):
            return Period(shift(self.start, -size), self.start, self.kind)
        return Period(self.start - timedelta(days=self.days), self.start)

    @property
    def following(self) -> Period:
        if size := MONTHS.get(self.kind):
            return Period(self.end, shift(self.end, size), self.kind)
        return Period(self.end, self.end + timedelta(days=self.days))

    @property
    def a_year_before(self) -> Period:
        """The same period of last year; 29 February becomes the 28th."""
        return Period(_a_year_before(self.start), _a_year_before(self.end), self.kind)

    def months(self) -> Iterator[Period]:
        """The whole months the period touches, in order."""
        month = Period.of("month", self.start)
        while month.start < self.end:
            yield month
            month = month.following

    def series(self, count: int) -> list[Period]:
        """This period and those before it, oldest first."""
        found = [self]
        while len(found) < count:
            found.append(found[-1].previous)
        return found[::-1]

    def progress(self, on: date) -> Fraction:
        """The share of the period that has passed by the evening of a day, 0 to 1."""
        passed = (on - self.start).days + 1
        return Fraction(min(max(passed, 0), self.days), self.days)


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def year_progress(on: date) -> Fraction:
    """The share of the year passed by the evening of a day: what a year's target is held against."""
    return Period.of("year", on).progress(on)
