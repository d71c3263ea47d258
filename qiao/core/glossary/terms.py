"""The words of the field: what each means, where that comes from, and by which other names people call it.

Each app keeps its own in `terms.yml`; a word is stated once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from qiao.core.glossary.wording import Words, files, load


@dataclass(frozen=True, slots=True)
class Term:
    """`group` says what kind of word it is: indicator, column, category, status …"""

    code: str
    group: Words
    name: Words
    definition: Words
    source: str
    aliases: tuple[str, ...]

    def matches(self, text: str) -> bool:
        """Whether the text, in lower case, occurs in a name, an alias or the definition."""
        return (
            text in self.name
            or text in self.definition
            or text in self.code
            or any(text in alias.lower() for alias in self.aliases)
        )


class UnknownTerm(LookupError):
    """No glossary file states the word."""


@cache
def terms() -> Mapping[str, Term]:
    found: dict[str, Term] = {}
    for path in files("terms.yml"):
        for section in load(path):
            group = Words.read(section["group"])
            for entry in section["terms"]:
                term = Term(
                    code=entry["code"],
                    group=group,
                    name=Words.read({"en": entry["en"], "zh": entry["zh"]}),
                    definition=Words.read(entry.get("definition")),
                    source=entry.get("source", ""),
                    aliases=tuple(entry.get("aliases", ())),
                )
                if found.setdefault(term.code, term) is not term:
                    raise ValueError(f"{path}: term {term.code!r} is stated twice")
    return found


def term(code: str) -> Term:
    """Raises UnknownTerm."""
    try:
        return terms()[code]
    except KeyError:
        raise UnknownTerm(code) from None


def search(text: str) -> list[Term]:
    wanted = text.strip().lower()
    return [entry for entry in terms().values() if not wanted or entry.matches(wanted)]
