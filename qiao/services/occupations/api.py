"""What other services may ask about occupations: codes for words, and a field to choose one."""

from __future__ import annotations

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


def guesses(words: str) -> tuple[Guess, ...]:
    """At most five codes for free words, best first; what somebody has confirmed for them comes before."""
    known = LearnedTitle.objects.filter(title=normalise(words)[:80])
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
    key = normalise(words)[:80]
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


__all__ = ["OccupationField", "by_occupation", "guesses", "remember", "settle"]
