"""The demo district's words: every Chinese text lives in data/*.yml, never in code."""

import random
from collections.abc import Hashable, Mapping
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, TypeVar

import yaml

DATA = files("qiao.demo") / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
T = TypeVar("T", bound=Hashable)


@cache
def load(name: str) -> Any:
    """The content of data/<name>.yml."""
    return yaml.load((DATA / f"{name}.yml").read_bytes(), Loader=_LOADER)


def weighted(rng: random.Random, weights: Mapping[T, float]) -> T:
    """One key, drawn by its weight."""
    keys, sums = _sums(tuple(weights.items()))
    return rng.choices(keys, cum_weights=sums)[0]


@cache
def _sums(items: tuple[tuple[Any, float], ...]) -> tuple[list[Any], list[float]]:
    return [key for key, _ in items], list(accumulate(weight for _, weight in items))
