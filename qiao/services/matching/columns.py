"""Residents and posts as columns of the engine.

What nobody recorded excludes nobody: unknown education passes every demand, and so do years of experience, which the
residents' records do not hold; the clerk asks. The age window is the employer's statement. A certificate is held by
whom the file says so or who passed a course that leads to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from django.db.models import OuterRef

from qiao.engines.matching import UNKNOWN, People, Posts, bits
from qiao.engines.matching.model import MOST_NAMES
from qiao.engines.occupations import number_of
from qiao.engines.occupations.coder import coder
from qiao.services.matching.places import Codes, places
from qiao.services.matching.settings import Settings
from qiao.services.people.api import Education
from qiao.services.training import api as training
from qiao.services.vacancies import api as vacancies

WISHES = 3
LADDER = {code: step for step, code in enumerate(Education.values, start=1)}
HIGHEST, LONGEST = 15, 63
APART = re.compile(r"[\s,;/|\u3001\uff0c\uff1b\u3002\u6216\u3000]+")
PERSON = (
    "id", "region_id", "wish_occupation", "wish_occupation_code", "education", "birth_date", "wish_pay_fen",
    "wish_distance_m", "skill", "in_hardship", "idle_household", "changed_at", "trained",
)  # fmt: skip
POST = (
    "id", "region_id", "title", "occupation_code", "left", "education", "experience_years", "age_from", "age_to",
    "pay_from_fen", "pay_to_fen", "pay_unit", "welfare", "skills", "certificates",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Which skills and certificates have a bit: the names that posts ask for most often."""

    skills: tuple[str, ...]
    certificates: tuple[str, ...]


def read_people(rows: Any) -> list[Any]:
    """`rows`: residents with their standing."""
    trained = rows.annotate(trained=training.certified_in(OuterRef("pk")))
    return list(trained.order_by("id").values_list(*PERSON, named=True))


def read_posts(rows: Any) -> list[Any]:
    return list(rows.order_by("id").values_list(*POST, named=True))


def split(text: str) -> list[str]:
    return [one for one in APART.split(text) if one]


def words_of(posts: Sequence[Any]) -> Words:
    def most(name: str) -> tuple[str, ...]:
        counted = Counter(word for post in posts for word in set(split(getattr(post, name))))
        return tuple(sorted(sorted(counted), key=counted.__getitem__, reverse=True)[:MOST_NAMES])

    return Words(most("skills"), most("certificates"))


def people_of(rows: Sequence[Any], regions: Codes, words: Words, settings: Settings, on: Any) -> People:
    """`regions`: sorted codes of the distances; homes elsewhere are unknown."""
    wishes = np.zeros((len(rows), WISHES), np.int64)
    for at, row in enumerate(rows):
        found = wished(row.wish_occupation_code, row.wish_occupation, settings.confidence)
        wishes[at, : len(found)] = found
    return People.of(
        [row.id for row in rows],
        home=places(regions, [row.region_id for row in rows]),
        wishes=wishes,
        education=[LADDER.get(row.education, HIGHEST) for row in rows],
        age=[_age(row.birth_date, on) for row in rows],
        experience=np.full(len(rows), LONGEST),
        reserve=[row.wish_pay_fen or 0 for row in rows],
        commute=[UNKNOWN if row.wish_distance_m is None else max(0, row.wish_distance_m) for row in rows],
        certified=[int(row.in_hardship) for row in rows],
        skills=bits([_held(row.skill, words.skills) for row in rows], list(words.skills)),
        certificates=bits([_certificates(row, words.certificates) for row in rows], list(words.certificates)),
        tier=[int(row.in_hardship) for row in rows],
        household=[UNKNOWN if row.idle_household is None else row.idle_household for row in rows],
    )


def posts_of(rows: Sequence[Any], regions: Codes, words: Words, settings: Settings) -> Posts:
    return Posts.of(
        [row.id for row in rows],
        place=places(regions, [row.region_id for row in rows]),
        occupation=[_number(row.occupation_code) or _read(row.title, settings.confidence) for row in rows],
        openings=[max(0, row.left) for row in rows],
        education=[LADDER.get(row.education, 0) for row in rows],
        experience=[row.experience_years or 0 for row in rows],
        age_from=[UNKNOWN if row.age_from is None else row.age_from for row in rows],
        age_to=[UNKNOWN if row.age_to is None else row.age_to for row in rows],
        pay=[vacancies.monthly_pay(row.pay_to_fen or row.pay_from_fen, row.pay_unit) for row in rows],
        welfare=[int(row.welfare) for row in rows],
        skills=bits([split(row.skills) for row in rows], list(words.skills)),
        certificates=bits([split(row.certificates) for row in rows], list(words.certificates)),
    )


def wished(chosen: str, text: str, confidence: float) -> list[int]:
    """Occupation codes as numbers: the one somebody chose, then those read from the words, each once."""
    found = [_number(chosen)] if chosen else []
    found += [code for word in split(text) if (code := _read(word, confidence))]
    return [one for one in dict.fromkeys(found) if one][:WISHES]


def _held(text: str, names: Sequence[str]) -> list[str]:
    return [name for name in names if name in text] if text else []


def _certificates(row: Any, names: Sequence[str]) -> list[str]:
    """Those written among the skills, and those whose subject a course names that the person passed."""
    held = _held(row.skill, names)
    if not row.trained:
        return held
    return held + [one for one in names if any(training.leads_to(course, one) for course in row.trained)]


def _age(born: Any, on: Any) -> int:
    if born is None:
        return UNKNOWN
    return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


@lru_cache(20_000)
def _read(word: str, confidence: float) -> int:
    best = coder().guess(word, top=1)
    return _number(best[0].code) if best and best[0].confidence >= confidence else 0


def _number(code: str) -> int:
    try:
        return number_of(code)
    except ValueError:
        return 0
