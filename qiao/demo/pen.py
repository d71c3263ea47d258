"""A clerk's hand: puts facts into cells as one roster's habits have it, with the slips that happen."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from qiao.demo import slips
from qiao.demo.district import short_name
from qiao.demo.facts import Day, Fact
from qiao.demo.sheets import Cell
from qiao.demo.words import load

CHOICES = frozenset({
    "sex", "education", "marital", "party", "health", "hukou_kind", "kind", "state",
    "inactive_reason", "unemployed_reason", "employment_form", "hardship_category",
})  # fmt: skip
FLAGS = frozenset({"registered", "able", "willing", "low_income"})
LOOSE_TEXTS = frozenset({
    "address", "hukou_address", "employer", "former_unit", "skill", "wish_occupation", "note",
})  # fmt: skip
OFTEN_BLANK = {
    "education": 0.015, "health": 0.02, "party": 0.04, "marital": 0.02, "employer": 0.05, "phone": 0.01,
    "wish_occupation": 0.08, "unemployed_reason": 0.04, "former_unit": 0.05, "skill": 0.05,
}  # fmt: skip


class Pen:
    """Writes one file. `defects` collects what went wrong in the row at hand, as "field:slip"."""

    def __init__(self, rng: random.Random, layout: dict[str, Any]) -> None:
        self.rng, self.layout = rng, layout
        self.care: float = layout["care"]
        self.style: str = layout["dates"]
        self.spreadsheet = layout["format"] in ("xlsx", "xls")
        self.columns = layout["columns"]
        words = load("words")
        self.flags = rng.choice(words["flags"])
        self.real_dates = self.spreadsheet and rng.random() < 0.35
        self.habit = {field: rng.choices((0, 1), (75, 25))[0] for field in sorted(CHOICES | {"relation"})}
        self.month_births = rng.random() < 0.4
        self.community = rng.choice(words["community_short"])
        self.facts: dict[str, Fact] = {}
        self.defects: list[str] = []

    def row(self, facts: dict[str, Fact]) -> tuple[dict[str, Cell], list[str]]:
        """Cells by field, and what went wrong in them."""
        self.defects = []
        self.facts = facts
        cells = {field: self.cell(field, facts.get(field)) for field in self.columns if field != "seq"}
        return cells, self.defects

    def slip(self, field: str, share: float, what: str) -> bool:
        """Whether this time it goes wrong; notes it."""
        if self.rng.random() >= share * self.care:
            return False
        self.defects.append(f"{field}:{what}")
        return True

    def cell(self, field: str, fact: Fact) -> Cell:
        if fact is None or fact == "":
            return None
        if field in OFTEN_BLANK and self.slip(field, OFTEN_BLANK[field], "blank"):
            return None
        writers: dict[str, Callable[[Any], Cell]] = {
            "name": self._name, "id_number": self._id_number, "phone": self._phone, "age": self._age,
            "relation": self._relation, "wish_pay": self._pay, "community": self._community,
        }  # fmt: skip
        if field in writers:
            return writers[field](fact)
        if isinstance(fact, Day):
            return self.day(field, fact)
        if field in FLAGS:
            return self.flags["yes" if fact else "no"] or None
        if field in CHOICES:
            return self._choice(field, str(fact))
        return self._text(field, str(fact))

    def _choice(self, field: str, code: str) -> str:
        words = load("words")
        unknown = words["unknown_word"].get(field)
        if unknown and self.slip(field, 0.003, "unknown_word"):
            return self.rng.choice(unknown)
        if field == "sex" and self.slip(field, 0.004, "against_id"):
            code = "female" if code == "male" else "male"
        reason = str(self.facts.get("inactive_reason"))
        if field == "state" and "inactive_reason" not in self.columns and reason in words["inactive_reason"]:
            field, code = "inactive_reason", reason
        return self._word(field, words[field].get(code) or words["other"])

    def _word(self, field: str, spellings: list[str]) -> str:
        usual = spellings[min(self.habit[field], len(spellings) - 1)]
        if len(spellings) > 1 and self.slip(field, 0.05, "other_spelling"):
            return self.rng.choice([word for word in spellings if word != usual])
        return usual

    def _relation(self, code: str) -> str:
        return self._word("relation", load("words")["relation"][code][self.facts["sex"]])

    def _name(self, name: str) -> str:
        if len(name) == 2 and self.slip("name", 0.1, "spaced"):
            return slips.spaced_name(self.rng, name)
        for what, share, change in slips.NAME:
            if self.slip("name", share, what):
                return change(name)
        return name

    def _id_number(self, number: str) -> Cell:
        for what, share, change in slips.id_slips(self.layout["id"]):
            if self.rng.random() < share * self.care:
                changed = change(self.rng, number)
                if changed is not None:
                    self.defects.append(f"id_number:{what}")
                    return None if changed == "" else changed
        if self.layout["format"] == "csv" and self.layout["id"] == "scientific" and self.rng.random() < 0.2:
            return number + "\t"
        return number

    def _phone(self, phone: str) -> Cell:
        for what, share, change in slips.PHONE:
            if self.rng.random() < share * self.care and (changed := change(self.rng, phone)) != phone:
                self.defects.append(f"phone:{what}")
                return changed
        if self.spreadsheet and self.rng.random() < 0.15:
            return int(phone)
        return phone

    def _age(self, age: int) -> int:
        return age - 1 if self.slip("age", 0.03, "out_of_date") else age

    def _pay(self, pay: int) -> str:
        words = load("words")
        in_words = words["pay_chinese"].get(pay, pay)
        return self.rng.choice(words["pay"]).format(n=pay, more=pay + 200, chinese=in_words)

    def _community(self, name: str) -> str:
        return self.community.format(short=short_name(name), full=name)

    def _text(self, field: str, text: str) -> str:
        if field not in LOOSE_TEXTS:
            return text
        if self.slip(field, 0.004, "line_break"):
            return text + "\n"
        if self.slip(field, 0.008, "trailing_space"):
            return text + "  "
        return text

    def day(self, field: str, day: Day) -> Cell:
        """A date in the file's style, now and then in another; as exact as it is known."""
        if field == "birth":
            if self.slip(field, 0.005, "against_id"):
                day = Day(day.on + timedelta(self.rng.choice((-31, 1, 10, 365))), day.precision)
            day = Day(day.on, 2) if self.month_births else day
        if day.precision == 3 and self.real_dates:
            if self.slip(field, 0.02, "serial_number"):
                return (day.on - date(1899, 12, 30)).days
            return day.on
        if day.precision == 2 and day.on.year >= 2004 and self.slip(field, 0.02, "month_end"):
            return slips.written_day(load("words")["month_end"], day.on)
        style = self.style
        if self.slip(field, 0.05, "other_style"):
            style = self.rng.choice([name for name in load("words")["dates"] if name != self.style])
        table = {1: "years", 2: "months", 3: "dates"}[day.precision]
        return slips.written_day(load("words")[table][style], day.on)
