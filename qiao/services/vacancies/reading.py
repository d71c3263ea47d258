"""What a cell of a post book says of pay and of ages."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qiao.core.intake.words import squeeze
from qiao.services.vacancies.wording import CLASSES

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@cache
def books() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (files("qiao.services.vacancies") / "books.yml").read_text("utf-8")
    )
    return loaded


def _numbers(text: str) -> list[float]:
    return [float(one.replace(",", "")) for one in NUMBER.findall(text)]


def pay(text: str) -> tuple[int | None, int | None, str]:
    """Lowest and highest pay in fen and the unit: "800-1000" -> (80000, 100000, "month")."""
    said = squeeze(text)
    amounts = [round(number * 100) for number in _numbers(said)][:2]
    if not amounts:
        return None, None, ""
    unit = next(
        (unit for unit, words in books()["units"].items() if any(word in said for word in words)), "month"
    )
    lowest, highest = min(amounts), max(amounts)
    if len(amounts) == 1 and any(word in said for word in books()["below"]):
        return None, highest, unit
    return lowest, (highest if len(amounts) == 2 else None), unit


def ages(text: str) -> tuple[int | None, int | None]:
    """ "18-45" -> (18, 45); a single number with a word for "below" is the upper end, else the lower."""
    said = squeeze(text)
    found = [int(number) for number in _numbers(said) if 14 <= number <= 80][:2]
    if not found:
        return None, None
    if len(found) == 2:
        return min(found), max(found)
    return (None, found[0]) if any(word in said for word in books()["below"]) else (found[0], None)


def class_code(text: str) -> str:
    """The class a word stands for: a code, a label of the list, or the label's part before a bracket."""
    said = squeeze(text)
    for code, words in CLASSES.items():
        labels = [squeeze(one) for one in (code, words.zh, words.en) if one]
        if said in labels or any(label.startswith(said + "(") for label in labels):
            return code
    return "other" if said else ""
