"""What other services may ask about occupations: codes for words, and a field to choose one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.db.models.functions import Now

from qiao.core.intake.words import squeeze
from qiao.engines.occupations import tree
from qiao.engines.occupations.coder import Guess, coder
from qiao.engines.occupations.titles import normalise
from qiao.services.occupations.breakdown import by_occupation
from qiao.services.occupations.fields import OccupationField
from qiao.services.occupations.models import LearnedTitle

SURE = 0.8
"""Nine in ten codes given with this confidence are right (benchmarks/occupations.py); below it a clerk chooses."""
LEARNED = "(SELECT l.occupation_code FROM vacancies_learnedtitle AS l WHERE l.title = {title})"
"""SQL: the code that somebody confirmed for a normalised title, NULL where nobody did."""


def sure(words: str) -> str:
    """The code for words of a roster, where the coder is sure; else "". Asks no database."""
    best = coder().guess(words, top=1)
    return best[0].code if best and best[0].confidence >= SURE else ""


def codes(titles: Iterable[str]) -> dict[str, str]:
    """The code for each title that somebody has confirmed or the coder is sure of; the others are left out."""
    keys = {title: title_key(title) for title in titles}
    learned = LearnedTitle.objects.filter(title__in=keys.values())
    confirmed = dict(learned.values_list("title", "occupation_code"))
    found = {title: confirmed.get(key) or sure(title) for title, key in keys.items()}
    return {title: code for title, code in found.items() if code}


def title_key(words: str) -> str:
    """The words as `LEARNED` knows them."""
    return normalise(words)[:80]


def guesses(words: str) -> tuple[Guess, ...]:
    """At most five codes for free words, best first; what somebody has confirmed for them comes before."""
    known = LearnedTitle.objects.filter(title=title_key(words))
    return coder().guess(words, dict(known.values_list("title", "occupation_code")))


def settle(record: Any, words: str, code: str) -> bool:
    """Before a record is saved: clears a code that stands for other words than those in the field `words` now.

    Whether somebody has chosen the code with this change, so that it can be remembered.
    """
    said, given = getattr(record, words), getattr(record, code)
    before = type(record).objects.filter(pk=record.pk).values_list(words, code).first()
    if before is None or given != before[1]:
        return bool(given)
    if squeeze(said) == squeeze(before[0]):
        return False
    if given not in {guess.code for guess in guesses(said)}:
        setattr(record, code, "")
    return bool(getattr(record, code))


def remember(words: str, code: str, by: Any) -> None:
    """Somebody chose the code for these words: it comes first when they are typed again."""
    key = title_key(words)
    if not key or code not in tree():
        return
    LearnedTitle.objects.update_or_create(
        title=key,
        defaults={
            "occupation_code": code,
            "confirmed_by": by,
            "times": F("times") + 1,
            "confirmed_at": Now(),
        },
        create_defaults={"occupation_code": code, "confirmed_by": by},
    )


__all__ = [
    "LEARNED",
    "OccupationField",
    "by_occupation",
    "codes",
    "guesses",
    "remember",
    "settle",
    "sure",
    "title_key",
]
