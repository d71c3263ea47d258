"""Whole numbers, and money as integer fen."""

import re
from decimal import Decimal, InvalidOperation

import cn2an

from qiao.core.intake.cells import Cell, number_text, plain
from qiao.core.intake.notes import Note
from qiao.core.intake.values.base import NOTHING, Cleaned, doubt, says_nothing
from qiao.core.intake.words import WORDS, alternatives, squeeze, word_set

_M = WORDS["money"]
_TAIL = re.compile(rf"(?:{alternatives(word_set(WORDS['integer']['tail']))})+$")
_CURRENCY = re.compile(alternatives(word_set(_M["yuan"])))
_PER = re.compile(rf"(?:{alternatives(word_set(_M['per']))})$")
_VAGUE = re.compile(alternatives(word_set(_M["vague"])))
_SCALES = {
    **dict.fromkeys(word_set(_M["wan"]), 10_000),
    **dict.fromkeys(word_set(_M["yi"]), 100_000_000),
    **dict.fromkeys(word_set(_M["thousand"]), 1_000),
    **dict.fromkeys(word_set(_M["hundred"]), 100),
}
_SCALED = re.compile(rf"([0-9]+(?:\.[0-9]+)?)({alternatives(_SCALES)})?")
_CAPITALS = dict(
    zip(
        "\u58f9\u8d30\u53c1\u8086\u4f0d\u9646\u67d2\u634c\u7396\u62fe\u4f70\u4edf",
        "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u767e\u5343",
        strict=True,
    )
)
_LIMIT = 10**15
_METRES = {squeeze(word): metres for word, metres in WORDS["distance"]["units"].items()}
_AROUND = re.compile(alternatives(word_set(WORDS["distance"]["around"])))
_DISTANCE = re.compile(rf"([0-9]+(?:\.[0-9]+)?|[^\x00-\x7f]{{1,3}}?)({alternatives(_METRES)})?")
_BARE_KILOMETRES, _FARTHEST = 100, 1_000_000


def clean_integer(cell: Cell, low: int | None = None, high: int | None = None) -> Cleaned:
    if cell is None:
        return NOTHING
    if isinstance(cell, bool):
        return doubt("number_unreadable", cell)
    text = squeeze(plain(cell)).replace(",", "")
    if says_nothing(text):
        return NOTHING
    bare = _TAIL.sub("", text)
    number = _whole(bare)
    if number is None or abs(number) > _LIMIT:
        return doubt("number_unreadable", cell)
    if (low is not None and number < low) or (high is not None and number > high):
        return None, (Note("number_range", {"value": number, "low": low, "high": high}),)
    return number, ()


def _whole(text: str) -> int | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        value = _chinese(text)
        number = Decimal(value) if value is not None else Decimal("NaN")
    return int(number) if number.is_finite() and abs(number) < _LIMIT * 10 and number == int(number) else None


def clean_distance(cell: Cell, unit: float | None = None) -> Cleaned:
    """Integer metres. `unit`: metres that a bare number counts; else one below 100 means kilometres."""
    if cell is None:
        return NOTHING
    if isinstance(cell, bool):
        return doubt("distance_unreadable", cell)
    text = squeeze(plain(cell)).replace(",", "")
    if says_nothing(text):
        return NOTHING
    found = _DISTANCE.fullmatch(_AROUND.sub("", text))
    number = _decimal(found[1]) if found else None
    if found is None or number is None:
        return doubt("distance_unreadable", cell)
    bare = Decimal(str(unit)) if unit else Decimal(1000 if number < _BARE_KILOMETRES else 1)
    metres = number * (_METRES[found[2]] if found[2] else bare)
    if not 0 <= metres <= _FARTHEST:
        return doubt("distance_unreadable", cell)
    return int(metres), ()


def _decimal(text: str) -> Decimal | None:
    value = text if text.isascii() else _chinese(text)
    return Decimal(value) if value else None


def clean_money(cell: Cell, unit: float | None = None) -> Cleaned:
    """Integer fen. `unit`: how many yuan one counts in this column, when its heading says so."""
    if cell is None:
        return NOTHING
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _fen(cell, Decimal(number_text(cell) or "NaN"), Decimal(str(unit or 1)))
    text = squeeze(plain(cell)).replace(",", "")
    if says_nothing(text):
        return NOTHING
    bare = _PER.sub("", _CURRENCY.sub("", _PER.sub("", text)))
    plainly = not _CURRENCY.search(text)
    if found := _SCALED.fullmatch(bare):
        scale = Decimal(_SCALES.get(found[2], 1)) if found[2] else Decimal(str(unit or 1) if plainly else 1)
        return _fen(cell, Decimal(found[1]), scale, noted=bool(found[2]))
    value = None if _VAGUE.search(bare) else _chinese(bare)
    if value is None:
        return doubt("money_unreadable", cell)
    return _fen(cell, Decimal(value), Decimal(1), noted=True)


def _fen(cell: Cell, amount: Decimal, scale: Decimal, noted: bool = False) -> Cleaned:
    fen = amount * scale * 100
    if not fen.is_finite() or fen < 0 or fen > _LIMIT:
        return doubt("money_unreadable", cell)
    made = int(fen.to_integral_value())
    return made, (
        Note("money_converted", {"value": plain(cell), "made": number_text(made / 100)}),
    ) if noted else ()


def _chinese(text: str) -> str | None:
    """A number in Chinese numerals or mixed ones, as text; None for anything else."""
    if not 0 < len(text) <= 20 or text.isascii():
        return None
    try:
        return str(cn2an.cn2an("".join(_CAPITALS.get(character, character) for character in text), "smart"))
    except Exception:  # cn2an raises many kinds for what it does not understand
        return None
