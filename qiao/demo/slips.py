"""The slips of ux.md's defect catalogue: how a right value turns into what stands in the cell."""

import random
from collections.abc import Callable
from datetime import date
from functools import cache

from qiao.demo.papers import check_digit, shorten
from qiao.demo.words import load

IdSlip = Callable[[random.Random, str], str | int | float | None]
Named = tuple[str, float, IdSlip]


def spaced_name(rng: random.Random, name: str) -> str:
    """Two characters set wide, to look as long as three."""
    return rng.choice((" ", " ", "  ", "\u3000")).join(name)


NAME: tuple[tuple[str, float, Callable[[str], str]], ...] = (
    ("trailing_space", 0.012, lambda name: name + " "),
    ("wide_space_before", 0.004, lambda name: "\u3000" + name),
    ("zero_width", 0.003, lambda name: name[:1] + "\u200b" + name[1:]),
    ("line_break", 0.003, lambda name: name + "\n"),
)


def wide(text: str) -> str:
    """Full-width digits."""
    words = load("words")
    return text.translate(str.maketrans(words["digits"], words["wide_digits"]))


def _fifteen(rng: random.Random, number: str) -> str | int | None:
    if number[6:8] != "19" or int(number[8:10]) > 82:
        return None
    return shorten(number)


def _wrong_check(rng: random.Random, number: str) -> str:
    return number[:17] + rng.choice([digit for digit in "0123456789" if digit != number[17]])


def _swapped(rng: random.Random, number: str) -> str | None:
    at = rng.randrange(14, 16)
    if number[at] == number[at + 1]:
        return None
    changed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    return changed if check_digit(changed[:17]) != changed[17] else None


def _lost_digits(rng: random.Random, number: str) -> float | None:
    """A number cell keeps fifteen digits; the rest become zeros."""
    return float(number[:15] + "000") if number.isdigit() else None


def _scientific(rng: random.Random, number: str) -> str | None:
    return f"{float(number):.5E}" if number.isdigit() else None


def _small_x(rng: random.Random, number: str) -> str | None:
    return number.lower() if number.endswith("X") else None


COMMON: tuple[Named, ...] = (
    ("fifteen_digits", 0.045, _fifteen),
    ("small_x", 0.45, _small_x),
    ("spaces", 0.02, lambda rng, n: f"{n[:6]} {n[6:14]} {n[14:]}"),
    ("full_width", 0.012, lambda rng, n: wide(n)),
    ("quote", 0.01, lambda rng, n: "'" + n),
    ("wrong_check_digit", 0.006, _wrong_check),
    ("swapped_digits", 0.003, _swapped),
    ("digit_missing", 0.002, lambda rng, n: n[:9] + n[10:]),
    ("missing", 0.003, lambda rng, n: ""),
)
CARELESS: dict[str, tuple[Named, ...]] = {
    "numeric": (("numeric", 0.006, _lost_digits),),
    "scientific": (("scientific_text", 0.004, _scientific),),
    "wide": (("full_width", 0.01, lambda rng, n: wide(n)),),
}


@cache
def id_slips(habit: str) -> tuple[Named, ...]:
    return CARELESS[habit] + COMMON


def _second(rng: random.Random, phone: str) -> str:
    return f"{phone}{rng.choice('/、 ;')}8{rng.randrange(10**7):07}"


def _dashed(rng: random.Random, phone: str) -> str:
    return f"{phone[:3]}-{phone[3:7]}-{phone[7:]}" if len(phone) == 11 else f"{phone[:4]}-{phone[4:]}"


def _area_code(rng: random.Random, phone: str) -> str:
    return phone if len(phone) == 11 else rng.choice(("0311-", "0311", "(0311)")) + phone


PHONE: tuple[tuple[str, float, Callable[[random.Random, str], str]], ...] = (
    ("two_numbers", 0.035, _second),
    ("dashes", 0.02, _dashed),
    ("area_code", 0.05, _area_code),
    ("word_for_none", 0.008, lambda rng, phone: rng.choice(load("words")["none"])),
    ("full_width", 0.006, lambda rng, phone: wide(phone)),
    ("digit_missing", 0.006, lambda rng, phone: phone[:-1]),
)


def written_day(template: str, day: date) -> str:
    return template.format(y=day.year, yy=day.year % 100, m=day.month, d=day.day)
