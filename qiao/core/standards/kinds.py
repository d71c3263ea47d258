"""What a parameter's value may be: how it is typed by people, kept as JSON, read by code and shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from qiao.core.standards import scorecards
from qiao.core.standards.scorecards import Card

LARGEST = 10**15
Value = int | Decimal | str | tuple[str, ...] | Card


class BadValue(ValueError):
    """The text is no value of this kind. The message says what is."""


def _whole(text: str) -> int:
    try:
        number = int(text.replace(",", ""))
    except ValueError:
        raise BadValue(_("Write a whole number such as 30.")) from None
    if number < 0:
        raise BadValue(_("The number must not be negative."))
    if number > LARGEST:
        raise BadValue(_("The number is too large."))
    return number


def _decimal(text: str) -> Decimal:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise BadValue(_("Write a number such as 0.5.")) from None
    if not number.is_finite():
        raise BadValue(_("Write a number such as 0.5."))
    if abs(number) > LARGEST:
        raise BadValue(_("The number is too large."))
    return number


def _share(text: str) -> Decimal:
    """95%, 0.95 or 2/3."""
    try:
        if text.endswith(("%", "％")):
            share = _decimal(text[:-1].strip()) / 100
        elif "/" in text:
            over, under = map(_decimal, text.split("/", 1))
            share = (over / under).quantize(Decimal("0.000001"))
        else:
            share = _decimal(text)
    except (BadValue, InvalidOperation, ZeroDivisionError):
        raise BadValue(_("Write a share such as 95%, 0.95 or 2/3.")) from None
    if not 0 <= share <= 1:
        raise BadValue(_("A share lies between 0 and 100%."))
    return share


def _fen(text: str) -> int:
    """Yuan as people write them, to fen."""
    amount = _decimal(text) * 100
    if amount < 0 or amount != amount.to_integral_value():
        raise BadValue(_("Write an amount in yuan such as 20000 or 20000.50."))
    return int(amount)


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:,.2f}".removesuffix(".00")


def _money(fen: int) -> str:
    return _("%(amount)s yuan") % {"amount": _yuan(fen)}


def _text(text: str) -> str:
    if not text:
        raise BadValue(_("Write something."))
    return text


def _items(text: str) -> tuple[str, ...]:
    """Words separated by commas, spaces or lines, each once."""
    for separator in ",，、;；\n":
        text = text.replace(separator, " ")
    items = tuple(dict.fromkeys(text.split()))
    if not items:
        raise BadValue(_("Write at least one entry, separated by commas."))
    return items


def _card(text: str) -> Card:
    try:
        return scorecards.parse(text)
    except scorecards.BadCard as bad:
        raise BadValue(str(bad)) from bad


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal('0.01')).normalize():f}%"


def _months(count: int) -> str:
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _workdays(count: int) -> str:
    return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count}


def _years(count: int) -> str:
    return ngettext("%(count)s year", "%(count)s years", count) % {"count": count}


@dataclass(frozen=True, slots=True)
class Kind:
    """`parse` reads what a person typed (BadValue); `keep` makes JSON of it and `read` undoes that;
    `shown` is for screens, `typed` for the form, which takes several lines if `long`."""

    name: Promise
    parse: Callable[[str], Any]
    read: Callable[[Any], Any]
    keep: Callable[[Any], Any]
    shown: Callable[[Any], str] = str
    typed: Callable[[Any], str] = str
    long: bool = False


def _same(value: Any) -> Any:
    return value


def _number(name: Promise, shown: Callable[[int], str] = str) -> Kind:
    return Kind(name, _whole, int, int, shown)


KINDS: dict[str, Kind] = {
    "int": _number(gettext_lazy("Whole number")),
    "decimal": Kind(gettext_lazy("Number"), _decimal, Decimal, str),
    "days": _number(gettext_lazy("Days"), _days),
    "workdays": _number(pgettext_lazy("kind of value", "Working days"), _workdays),
    "months": _number(gettext_lazy("Months"), _months),
    "years": _number(gettext_lazy("Years"), _years),
    "share": Kind(gettext_lazy("Share"), _share, Decimal, str, _percent, _percent),
    "money": Kind(gettext_lazy("Yuan"), _fen, int, int, _money, lambda fen: _yuan(fen).replace(",", "")),
    "text": Kind(gettext_lazy("Text"), _text, str, str),
    "list": Kind(gettext_lazy("List"), _items, tuple, list, ", ".join, ", ".join),
    "scorecard": Kind(
        gettext_lazy("Score sheet"),
        _card,
        scorecards.read,
        scorecards.keep,
        scorecards.shown,
        scorecards.typed,
        long=True,
    ),
}
