"""Whether a post may be shown: lawful words, likely pay. Pure questions; who asks decides what follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qiao.core.intake.words import squeeze
from qiao.core.standards import api as standards
from qiao.services.vacancies.models.choices import PayUnit

GROUNDS = {
    "sex": gettext_lazy("sex"),
    "family": gettext_lazy("marriage or children"),
    "illness": gettext_lazy("illness or disability"),
    "origin": gettext_lazy("origin or household registration"),
    "belief": gettext_lazy("ethnicity or belief"),
}
TEXTS = "title", "requirements", "skills", "certificates", "note", "hours"
MONTHLY = {PayUnit.MONTH: 1.0, PayUnit.DAY: 21.75, PayUnit.HOUR: 174.0, "": 1.0}
"""Working days and hours of a month: 21.75 and 174 (Ministry of Labour, 2008; before it 20.92 and 167.4)."""


@dataclass(frozen=True, slots=True)
class Barred:
    """A word in a text of the post by which it would choose among people unlawfully."""

    field: str
    word: str
    ground: str

    def __str__(self) -> str:
        return _(
            "“%(word)s” chooses people by %(ground)s, which the law forbids. Leave it out and say what the work needs."
        ) % {"word": self.word, "ground": GROUNDS[self.ground]}


@cache
def _declared() -> dict[str, Any]:
    text = (files("qiao.services.vacancies") / "wording.yml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _words() -> tuple[tuple[str, str, str], ...]:
    """(squeezed, as written, ground), the longest first: what is said in full is named in full."""
    found = [(squeeze(one), one, ground) for ground, some in _declared()["words"].items() for one in some]
    return tuple(sorted(found, key=lambda word: -len(word[0])))


@cache
def _allowed() -> tuple[str, ...]:
    return tuple(sorted(map(squeeze, _declared()["allowed"]), key=len, reverse=True))


def barred_in(text: str) -> tuple[str, str] | None:
    """The first unlawful word of a text with its ground."""
    said = squeeze(text)
    for phrase in _allowed():
        said = said.replace(phrase, "·")
    return next(((word, ground) for squeezed, word, ground in _words() if squeezed in said), None)


def barred(texts: Iterable[tuple[str, str]]) -> Iterator[Barred]:
    for field, text in texts:
        if text and (found := barred_in(text)):
            yield Barred(field, *found)


def barred_words(post: Any) -> list[Barred]:
    return list(barred((name, getattr(post, name)) for name in TEXTS))


def unusual_pay(post: Any, on: date) -> str:
    """A question about pay that can hardly be meant, or ""."""
    return strange_pay(post.pay_from_fen, post.pay_to_fen, post.pay_unit, post.region_id, on)


def strange_pay(lowest: int | None, highest: int | None, unit: str, region: int, on: date) -> str:
    times = MONTHLY.get(unit)
    amounts = [one for one in (lowest, highest) if one is not None]
    if times is None or not amounts:
        return ""
    known = standards.values(["pay_least", "pay_most"], region, on)
    least, most = known.get("pay_least"), known.get("pay_most")
    for amount in amounts:
        if (least is not None and amount * times < least) or (most is not None and amount * times > most):
            return _("%(pay)s yuan %(unit)s is unusual. Is it meant so, or has a figure slipped?") % {
                "pay": f"{amount / 100:,.2f}".removesuffix(".00"),
                "unit": PayUnit(unit).label if unit else PayUnit.MONTH.label,
            }
    return ""
