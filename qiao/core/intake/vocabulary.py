"""What a roster may speak of: fields, the headings that name them, and the words of their choices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from qiao.core.intake.words import squeeze


class Kind(StrEnum):
    PERSON_NAME = "person_name"
    ID_NUMBER = "id_number"
    DATE = "date"
    PHONE = "phone"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    MONEY = "money"  # made: integer fen
    INTEGER = "integer"
    DISTANCE = "distance"  # made: integer metres
    TEXT = "text"
    CODE = "code"  # a number that is a name: certificates, household numbers
    REGION = "region"
    SEQ = "seq"  # running number of the list: recognised and ignored


@dataclass(frozen=True, slots=True)
class Field:
    """`choices` maps each value to the words that mean it; `future` allows dates after the roster's own.

    `gives` says what an ID number tells about other fields: {"birth": field, "sex": field, "age": field}.
    `low` and `high` bound an integer, both included.
    """

    code: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gives: Mapping[str, str] = field(default_factory=dict)
    future: bool = False
    low: int | None = None
    high: int | None = None
    limit: int = 500


@dataclass(frozen=True)
class Vocabulary:
    """`identity`: field sets by which two rows are one person, the surest first.

    `household`: fields whose change begins a new family; `head`: (field, value) of a row that begins one.
    """

    fields: Mapping[str, Field]
    identity: tuple[tuple[str, ...], ...] = ()
    household: tuple[str, ...] = ()
    head: tuple[str, str] | None = None

    @classmethod
    def load(cls, path: str | Path) -> "Vocabulary":
        return cls.from_dict(yaml.safe_load(Path(path).read_text("utf-8")))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Vocabulary":
        """Raises ValueError when two fields claim one alias, or two choices of a field one word."""
        vocabulary = cls(
            fields={code: _field(code, dict(options)) for code, options in data["fields"].items()},
            identity=tuple(tuple(codes) for codes in data.get("identity", ())),
            household=tuple(data.get("household", ())),
            head=tuple(data["head"]) if data.get("head") else None,
        )
        _ = vocabulary.aliases
        return vocabulary

    @cached_property
    def aliases(self) -> Mapping[str, str]:
        """Squeezed heading -> field code. The code itself is always an alias."""
        found: dict[str, str] = {}
        for code, item in self.fields.items():
            for alias in (code, code.replace("_", " "), *item.aliases):
                if found.setdefault(squeeze(alias), code) != code:
                    raise ValueError(f"{alias!r} names both {found[squeeze(alias)]} and {code}")
        return found


def _field(code: str, options: dict[str, Any]) -> Field:
    choices = {value: tuple(map(str, words or ())) for value, words in options.pop("choices", {}).items()}
    claimed: dict[str, str] = {}
    for value, words in choices.items():
        for word in (value, *words):
            if claimed.setdefault(squeeze(word), value) != value:
                raise ValueError(f"{code}: {word!r} means both {claimed[squeeze(word)]} and {value}")
    aliases = tuple(map(str, options.pop("aliases", ())))
    return Field(code, Kind(options.pop("kind")), aliases, choices=choices, **options)
