"""Invented personal names with the sound of their generation."""

import random
from datetime import date

from qiao.demo.words import load, weighted

_COMPOUND, _MINORITY = 0.002, 0.0015


def surname(rng: random.Random, ethnicity: str) -> str:
    words = load("names")
    if rng.random() < _COMPOUND:
        return weighted(rng, words["compound_surnames"])
    pool = "hui_surnames" if ethnicity == words["hui"] else "surnames"
    return weighted(rng, words[pool])


def given_name(rng: random.Random, sex: str, born: date) -> str:
    eras = load("names")["given"]
    chars = eras[max(year for year in eras if year <= born.year)][sex]
    if rng.random() < chars["single_share"]:
        return rng.choice(chars["single"])
    first, second = rng.choice(chars["first"]), rng.choice(chars["second"])
    return first + (second if second != first or sex == "female" else rng.choice(chars["single"]))


def minority(rng: random.Random, sex: str) -> tuple[str, str] | None:
    """Now and then the name and ethnicity of somebody whose name has no Chinese surname."""
    if rng.random() >= _MINORITY:
        return None
    people = rng.choice(load("names")["minority"])
    return rng.choice(people[sex]), people["ethnicity"]


def ethnicity(rng: random.Random) -> str:
    return weighted(rng, load("names")["ethnicities"])
