"""The words rosters use about themselves (totals, signatures, ditto, yes and no), read from words.yml."""

import re
import unicodedata
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import yaml

WORDS: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("words.yml").read_text("utf-8"))

_GAPS = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")


def squeeze(text: str) -> str:
    """The form in which words are compared: NFKC, lower case, no white space."""
    return _GAPS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def word_set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(squeeze(str(word)) for word in words)


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted({str(w) for w in words}, key=len, reverse=True))
