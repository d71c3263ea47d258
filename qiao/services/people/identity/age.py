"""Ages are computed from the birth date on a day, never stored."""

from __future__ import annotations

from datetime import date

WOMEN = 40
MEN = 50


def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def on(birth: date | None, day: date) -> int | None:
    """Full years on a day."""
    if birth is None:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_4050(sex: str, birth: date | None, day: date) -> bool:
    """Women of 40 and over, men of 50 and over (the "4050" policy of 2002 and after)."""
    years = on(birth, day)
    return years is not None and bool(sex) and years >= (WOMEN if sex == "F" else MEN)
