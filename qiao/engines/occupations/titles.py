"""A job title as people type it, without what says nothing about the work: pay, benefits, firms, reference numbers."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

LONGEST = 200
DATA = Path(__file__).parent / "data"

_NOISE = json.loads((DATA / "noise.json").read_text(encoding="utf-8"))
_LETTER = re.compile(r"[^\W\d_]")
_BRACKETS = re.compile(r"[(\[【「{<《〔].*?[)\]】」}>》〕]")
_OPEN = re.compile(r"[(\[【「{<《〔].*$")
_RECRUITING = re.compile(
    "^.{{0,25}}?(?:{})(?!{})(?=.{{2}})".format("|".join(_NOISE["recruiting"]), "|".join(_NOISE["recruiters"]))
)
_NUMBER = re.compile(r"[0-9](?:[0-9a-z.~+\-/%]|{})*".format("|".join(_NOISE["units"])))
_TERMS = re.compile("|".join(sorted(map(re.escape, _NOISE["terms"]), key=len, reverse=True)))
_OTHER = re.compile(r"(?:[^\w+#]|(?<![a-z+#])[+#]|_)+")


def normalise(title: str) -> str:
    """Words of lower-case letters and signs, parted by single spaces; "" when the text holds no letter.

    Equal work is to give equal text, so this is also the key under which a confirmed code is remembered. A step that
    would leave nothing is not taken. What lies beyond 200 characters is not read.
    """
    text = unicodedata.normalize("NFKC", title[:LONGEST]).lower().strip()
    for pattern in (_BRACKETS, _OPEN, _RECRUITING, _TERMS, _NUMBER, _OTHER):
        text = _kept(pattern.sub(" ", text), text)
    return " ".join(_OTHER.sub(" ", text).split()) if _LETTER.search(text) else ""


def _kept(shorter: str, text: str) -> str:
    return shorter if _LETTER.search(shorter) else text


def grams(title: str) -> list[str]:
    """Runs of one to three characters of a normalised title, with ``^`` and ``$`` for the ends of its words."""
    found = []
    for word in title.split():
        edged = f"^{word}$"
        for size in (1, 2, 3):
            found += [edged[at : at + size] for at in range(len(edged) - size + 1)]
    return [gram for gram in found if gram not in ("^", "$")]
