"""The fitted model of the coder: for each run of characters, how much it speaks for each code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qiao.engines.occupations.titles import DATA

FORMAT = 1
FILE = DATA / "model.npz"
STEPS = 127


@dataclass(frozen=True, slots=True)
class Model:
    """A sparse matrix of weights, one row a gram, kept in bytes.

    ``starts[row] : starts[row + 1]`` are the places of a row in ``columns`` (positions in ``codes``) and ``weights``
    (-127 to 127, times ``scales[row]``). ``rarity`` is the inverse document frequency of the gram. ``sharpness``
    turns scores into confidences. ``source`` tells from which data it was fitted.
    """

    codes: tuple[str, ...]
    rows: dict[str, int]
    rarity: NDArray[np.float32]
    starts: NDArray[np.int32]
    columns: NDArray[np.uint16]
    weights: NDArray[np.int8]
    scales: NDArray[np.float32]
    sharpness: float
    source: str


def write(model: Model, path: Path = FILE) -> None:
    np.savez_compressed(
        path,
        format=np.int32(FORMAT),
        source=np.array(model.source),
        sharpness=np.float64(model.sharpness),
        codes=_packed(model.codes),
        grams=_packed(model.rows),
        rarity=model.rarity,
        sizes=np.diff(model.starts).astype(np.uint16),
        columns=model.columns,
        weights=model.weights,
        scales=model.scales,
    )


def read(path: Path = FILE) -> Model:
    """Raises ValueError when the file is of another format than this program."""
    with np.load(path, allow_pickle=False) as file:
        if file["format"] != FORMAT:
            raise ValueError(
                f"{path.name} has format {file['format']}, this program reads {FORMAT}; fit it again"
            )
        return Model(
            codes=_unpacked(file["codes"]),
            rows={gram: row for row, gram in enumerate(_unpacked(file["grams"]))},
            rarity=file["rarity"],
            starts=np.concatenate([[0], np.cumsum(file["sizes"], dtype=np.int32)]).astype(np.int32),
            columns=file["columns"],
            weights=file["weights"],
            scales=file["scales"],
            sharpness=float(file["sharpness"]),
            source=str(file["source"]),
        )


@cache
def fitted() -> Model:
    """The model in this package, read once."""
    return read()


def _packed(words: Iterable[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def _unpacked(letters: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(letters.tobytes().decode().split("\n"))
