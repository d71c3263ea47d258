"""Occupation codes for job titles never seen: how often right, and how fast, beside TF-IDF on names and rapidfuzz.

Five-fold cross-validation on the labelled titles; near-duplicates share a fold. Nothing of a fold is in its model.
"""

from __future__ import annotations

import time

import numpy as np
from rapidfuzz import fuzz, process

from qiao.engines.occupations import model, tree
from qiao.engines.occupations.coder import Coder
from qiao.engines.occupations.fit import fit, folds, labelled
from qiao.engines.occupations.titles import grams, normalise


class Names:
    """The rivals: cosine of TF-IDF weighted grams, and weighted ratio, over names and usual titles."""

    def __init__(self) -> None:
        pairs = [(normalise(text), one.code) for one in tree() for text in (one.name, *one.aliases)]
        self.texts, self.codes = [text for text, _ in pairs], [code for _, code in pairs]
        spread: dict[str, int] = {}
        for text in self.texts:
            for gram in set(grams(text)):
                spread[gram] = spread.get(gram, 0) + 1
        self.rarity = {gram: 1 + np.log(len(pairs) / number) for gram, number in spread.items()}
        self.postings: dict[str, list[tuple[int, float]]] = {}
        for at, text in enumerate(self.texts):
            for gram, weight in self._weights(text).items():
                self.postings.setdefault(gram, []).append((at, weight))

    def _weights(self, text: str) -> dict[str, float]:
        own = {gram: self.rarity[gram] for gram in grams(text) if gram in self.rarity}
        length = sum(weight**2 for weight in own.values()) ** 0.5
        return {gram: weight / length for gram, weight in own.items()}

    def cosine(self, title: str) -> list[str]:
        score: dict[int, float] = {}
        for gram, weight in self._weights(normalise(title)).items():
            for at, other in self.postings[gram]:
                score[at] = score.get(at, 0.0) + weight * other
        return self._five(sorted(score, key=lambda at: -score[at])[:50])

    def fuzzy(self, title: str) -> list[str]:
        found = process.extract(normalise(title), self.texts, scorer=fuzz.WRatio, limit=50)
        return self._five([at for _, _, at in found])

    def _five(self, places: list[int]) -> list[str]:
        return list(dict.fromkeys(self.codes[at] for at in places))[:5]


def line(name: str, pairs: list[tuple[str, list[str]]], milliseconds: float) -> None:
    first = np.mean([bool(found) and found[0] == code for code, found in pairs])
    among = np.mean([code in found for code, found in pairs])
    major = np.mean([bool(found) and found[0][0] == code[0] for code, found in pairs])
    print(f"| {name} | {among:.3f} | {first:.3f} | {major:.3f} | {milliseconds:.2f} |")


def main() -> None:
    titles, fold = labelled(), folds(labelled())
    start = time.perf_counter()
    sharpness = model.read().sharpness
    loading = time.perf_counter() - start
    found, sure, spent = {}, {}, 0.0
    for held in np.unique(fold):
        reader = Coder(fit([one for one, at in zip(titles, fold, strict=True) if at != held], sharpness))
        start = time.process_time()
        for at in np.flatnonzero(fold == held):
            guesses = reader.guess(titles[at].title)
            found[at] = [guess.code for guess in guesses]
            sure[at] = guesses[0].confidence if guesses else 0.0
        spent += time.process_time() - start
    print(
        f"{len(titles)} titles, {len(fold)} in {len(np.unique(fold))} folds; model read in {loading * 1000:.0f} ms\n"
    )
    print("| coder | right code among five | first right | first level right | ms a title |")
    print("|---|---|---|---|---|")
    line("Qiao", [(one.code, found[at]) for at, one in enumerate(titles)], spent / len(titles) * 1000)
    names, some = Names(), titles[::8]
    for name, rival, asked in (
        ("TF-IDF on names", names.cosine, titles),
        ("rapidfuzz on names", names.fuzzy, some),
    ):
        start = time.process_time()
        answers = [(one.code, rival(one.title)) for one in asked]
        line(name, answers, (time.process_time() - start) / len(asked) * 1000)
    confidence = np.array([sure[at] for at in range(len(titles))])
    right = np.array([found[at][:1] == [one.code] for at, one in enumerate(titles)])
    print("\n| confidence | titles | mean confidence | right |\n|---|---|---|---|")
    for low in np.arange(0, 1, 0.2):
        there = (confidence >= low) & (confidence < low + 0.2)
        if there.any():
            print(
                f"| {low:.1f}- | {there.sum()} | {confidence[there].mean():.2f} | {right[there].mean():.2f} |"
            )
    print(f"\nBrier score of the first code {np.mean((confidence - right) ** 2):.3f}")


if __name__ == "__main__":
    main()
