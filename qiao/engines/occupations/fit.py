"""Fits the model of the coder: ``python -m qiao.engines.occupations.fit`` writes ``data/model.npz`` anew.

Everything comes from this package: ``data/titles.csv`` (titles labelled by people) and the names and usual titles of
the classification, which count less. Same data, same model. About two minutes and 1 GB.
"""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from qiao.engines.occupations import model
from qiao.engines.occupations.coder import Coder
from qiao.engines.occupations.model import STEPS, Model
from qiao.engines.occupations.titles import DATA, grams, normalise
from qiao.engines.occupations.tree import EDITION, tree

TITLES = DATA / "titles.csv"
SOURCES = (TITLES, DATA / f"occupations_{EDITION}.csv", DATA / "noise.json")
RIDGE = 1.0
NAME_WEIGHT = 0.3
FOLDS = 5
# Weights below this share of the largest one of a gram are left out.
SMALL = 0.02
SHARPNESSES = np.arange(4.0, 40.0, 0.5)


class Labelled(NamedTuple):
    title: str
    code: str


def labelled() -> list[Labelled]:
    """The titles of the package, in the order of the file."""
    with TITLES.open(encoding="utf-8", newline="") as file:
        return [Labelled(row["title"], row["code"]) for row in csv.DictReader(file)]


def source() -> str:
    """A short hash of the data a model is fitted from."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES)).hexdigest()[:16]


def fit(titles: Sequence[Labelled], sharpness: float = 8.0) -> Model:
    """Ridge regression of the code on the grams, in its dual form: one equation for each text."""
    named = [Labelled(text, one.code) for one in tree() for text in (one.name, *one.aliases)]
    texts = [*titles, *named]
    trust = np.array([1.0] * len(titles) + [NAME_WEIGHT] * len(named))
    postings, rarity = _postings([normalise(one.title) for one in texts])
    codes = sorted({one.code for one in texts})
    place = {code: at for at, code in enumerate(codes)}
    wanted = np.zeros((len(texts), len(codes)), np.float32)
    wanted[np.arange(len(texts)), [place[one.code] for one in texts]] = 1

    alike = np.zeros((len(texts), len(texts)), np.float32)
    for where, weight in postings.values():
        alike[np.ix_(where, where)] += np.outer(weight, weight)
    alike[np.diag_indices(len(texts))] += RIDGE / trust
    dual = np.linalg.solve(alike, wanted)

    starts, columns, weights, scales = [0], [], [], []
    for where, weight in postings.values():
        row = weight @ dual[where]
        scale = float(np.abs(row).max()) / STEPS or 1.0
        kept = np.flatnonzero(np.abs(row) >= np.float32(SMALL * STEPS * scale))
        columns.append(kept.astype(np.uint16))
        weights.append(np.rint(row[kept] / scale).astype(np.int8))
        starts.append(starts[-1] + len(kept))
        scales.append(scale)
    return Model(
        codes=tuple(codes),
        rows={gram: row for row, gram in enumerate(postings)},
        rarity=rarity,
        starts=np.array(starts, np.int32),
        columns=np.concatenate(columns),
        weights=np.concatenate(weights),
        scales=np.array(scales, np.float32),
        sharpness=sharpness,
        source=source(),
    )


Posting = tuple[NDArray[np.intp], NDArray[np.float32]]


def _postings(texts: Sequence[str]) -> tuple[dict[str, Posting], NDArray[np.float32]]:
    """For each gram of at least two texts, in which it stands and how heavily; and the rarity of each gram."""
    counts = [Counter(grams(text)) for text in texts]
    spread = Counter(gram for count in counts for gram in count)
    kept = sorted(gram for gram, number in spread.items() if number > 1)
    rarity = {gram: 1 + np.log((1 + len(texts)) / (1 + spread[gram])) for gram in kept}
    found: dict[str, tuple[list[int], list[float]]] = {gram: ([], []) for gram in kept}
    for at, count in enumerate(counts):
        there = {
            gram: (1 + np.log(number)) * rarity[gram] for gram, number in count.items() if gram in rarity
        }
        length = float(np.sqrt(sum(weight * weight for weight in there.values())))
        for gram, weight in there.items():
            found[gram][0].append(at)
            found[gram][1].append(weight / length)
    postings = {
        gram: (np.array(where), np.array(heavy, np.float32)) for gram, (where, heavy) in found.items()
    }
    return postings, np.array([rarity[gram] for gram in kept], np.float32)


def folds(titles: Sequence[Labelled], near: float = 0.7) -> NDArray[np.intp]:
    """A fold for each title; near-duplicates (Jaccard index of the character pairs from ``near``) share one.

    Which fold a group of titles gets depends on its first title alone.
    """
    pairs = [{word[at : at + 2] for at in range(len(word) - 1)} or {word} for word in _words(titles)]
    first = list(range(len(titles)))

    def root(at: int) -> int:
        while first[at] != at:
            at = first[at]
        return at

    holders: dict[str, list[int]] = {}
    for at, own in enumerate(pairs):
        shared = Counter(other for pair in own for other in holders.get(pair, ()))
        for other, number in shared.items():
            if number >= near * (len(own) + len(pairs[other]) - number):
                one, two = sorted((root(at), root(other)))
                first[two] = one
        for pair in own:
            holders.setdefault(pair, []).append(at)
    return np.array([_lot(titles[root(at)].title) for at in range(len(titles))])


def unseen(titles: Sequence[Labelled], fold: NDArray[np.intp]) -> NDArray[np.float32]:
    """Scores of every title by a model fitted without its fold, over the codes of the classification."""
    scores = np.zeros((len(titles), len(tree())), np.float32)
    place = {entry.code: at for at, entry in enumerate(tree())}
    for held in np.unique(fold):
        reader = Coder(fit([one for one, number in zip(titles, fold, strict=True) if number != held]))
        columns = [place[code] for code in reader.model.codes]
        for at in np.flatnonzero(fold == held).tolist():
            scores[at, columns] = reader.scores(normalise(titles[at].title))
    return scores


def sharpness_for(scores: NDArray[np.float32], right: NDArray[np.intp]) -> float:
    """The sharpness under which the right codes are least surprising (log loss)."""
    losses = []
    for sharpness in SHARPNESSES:
        raised = sharpness * (scores - scores.max(axis=1, keepdims=True))
        chosen = raised[np.arange(len(right)), right] - np.log(np.exp(raised).sum(axis=1))
        losses.append(-chosen.mean())
    return float(SHARPNESSES[int(np.argmin(losses))])


def _words(titles: Sequence[Labelled]) -> list[str]:
    return [normalise(one.title) for one in titles]


def _lot(title: str) -> int:
    return int.from_bytes(hashlib.sha256(title.encode()).digest()[:4]) % FOLDS


def main() -> None:
    titles = labelled()
    scores = unseen(titles, folds(titles))
    codes = [entry.code for entry in tree()]
    right = np.array([codes.index(one.code) for one in titles])
    model.write(replace(fit(titles), sharpness=sharpness_for(scores, right)))
    sys.stdout.write(f"{model.FILE}: {model.FILE.stat().st_size} bytes from {len(titles)} titles\n")


if __name__ == "__main__":
    main()
