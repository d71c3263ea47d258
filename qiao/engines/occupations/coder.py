"""Codes for a free job title: the five that fit best, each with a confidence.

The score of a code is linear in the character runs of the title (TF-IDF weighted, fitted by ridge regression on
labelled titles and on the names and usual titles of the classification), plus a share of what the title says for the
major and the middle group of the code, so that a doubtful title stays in the right branch. Confidence is a logistic
function of the share that a code has in ``exp(sharpness * score)`` over all codes. Its constants were fitted on titles
not seen in training, so that of the codes given with confidence 0.7 about seven in ten are those a person chose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qiao.engines.occupations.model import Model, fitted
from qiao.engines.occupations.titles import grams, normalise
from qiao.engines.occupations.tree import OCCUPATION, tree

TOP = 5
MAJOR_SHARE, MIDDLE_SHARE = 0.3, 0.1
# Log-odds of a right code: base, slope on the log-odds of its share, and what being first adds (fitted as above).
BASE, SLOPE, FIRST = -0.55, 0.39, 0.49
NAMED = 0.97
CONFIRMED = 0.99
CACHED_TITLES = 50_000


class Guess(NamedTuple):
    """``confidence``: 0 to 1, the chance that a person would choose this code for the title."""

    code: str
    confidence: float


Aliases = Mapping[str, str]


class Coder:
    """Reads titles by one model. Equal titles get equal answers, whatever was asked before."""

    def __init__(self, model: Model):
        self.model = model
        self._major = _groups(model.codes, 1)
        self._middle = _groups(model.codes, 4)
        self._names = {normalise(entry.name): entry.code for entry in tree().level(OCCUPATION)}
        self._read = lru_cache(CACHED_TITLES)(self._read_anew)

    def guess(self, title: str, aliases: Aliases | None = None, top: int = TOP) -> tuple[Guess, ...]:
        """At most ``top`` different codes of the classification, best first; none where the title says nothing.

        ``aliases`` are codes that people confirmed, by normalised title (see ``learned``): such a code comes first.
        """
        key = normalise(title)
        found = self._read(key)
        confirmed = (aliases or {}).get(key)
        if confirmed and confirmed in tree():
            found = _first(Guess(confirmed, CONFIRMED), found)
        return found[:top]

    def scores(self, normalised: str) -> NDArray[np.float32]:
        """One score for each of ``model.codes``; all zero when no run of characters is known."""
        model = self.model
        counted = Counter(row for gram in grams(normalised) if (row := model.rows.get(gram)) is not None)
        score = np.zeros(len(model.codes), np.float32)
        if not counted:
            return score
        rows = np.fromiter(counted, np.intp)
        there = (1 + np.log(np.fromiter(counted.values(), np.float32))) * model.rarity[rows]
        there *= model.scales[rows] / np.linalg.norm(there)
        for row, weight in zip(rows.tolist(), there, strict=True):
            own = slice(model.starts[row], model.starts[row + 1])
            score[model.columns[own]] += model.weights[own] * weight
        major = np.bincount(self._major, score)[self._major]
        middle = np.bincount(self._middle, score)[self._middle]
        whole: NDArray[np.float32] = (score + MAJOR_SHARE * major + MIDDLE_SHARE * middle).astype(np.float32)
        return whole

    def _read_anew(self, normalised: str) -> tuple[Guess, ...]:
        score = self.scores(normalised)
        if not score.any():
            return ()
        raised = np.exp(self.model.sharpness * (score - score.max()))
        best = np.argsort(-score, kind="stable")[:TOP]
        sure = _confidences(raised[best].astype(np.float64) / raised.sum())
        found = tuple(Guess(self.model.codes[at], one) for at, one in zip(best, sure, strict=True))
        named = self._names.get(normalised)
        return _first(Guess(named, NAMED), found) if named else found


@cache
def coder() -> Coder:
    """The coder of the model in this package, made once."""
    return Coder(fitted())


def learned(confirmed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Aliases from what people confirmed: pairs of typed title and code, oldest first; the last word counts.

    Titles that say nothing and codes that the classification does not have are left out.
    """
    pairs = ((normalise(title), code) for title, code in confirmed)
    return {title: code for title, code in pairs if title and code in tree()}


def _first(guess: Guess, others: tuple[Guess, ...]) -> tuple[Guess, ...]:
    """The guess before the others, which share what confidence it leaves."""
    rest = [other for other in others if other.code != guess.code][: TOP - 1]
    share = min(1.0, (1 - guess.confidence) / (sum(other.confidence for other in rest) or 1))
    return (guess, *(Guess(code, confidence * share) for code, confidence in rest))


def _confidences(shares: NDArray[np.float64]) -> list[float]:
    """What shares, largest first, are worth by experience; together at most 1."""
    share = np.clip(shares, 1e-9, 1 - 1e-9)
    odds = BASE + SLOPE * np.log(share / (1 - share))
    odds[0] += FIRST
    sure = 1 / (1 + np.exp(-odds))
    found: list[float] = (sure / max(1.0, sure.sum())).tolist()
    return found


def _groups(codes: tuple[str, ...], letters: int) -> NDArray[np.intp]:
    return np.unique([code[:letters] for code in codes], return_inverse=True)[1]
