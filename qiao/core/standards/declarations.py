"""Parameters that rules read, declared in `parameters.yml` files: what each means, and its first values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from qiao.core.glossary.wording import Words, files, load
from qiao.core.standards.kinds import KINDS, Kind

OWN_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Given:
    """A value as declared. `doubt`: "" when the source was read, "unsourced", or "unsure"."""

    place: int
    valid_from: date | None
    valid_to: date | None
    value: Any
    source: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Parameter:
    code: str
    kind_code: str
    group: Words
    name: Words
    definition: Words
    given: tuple[Given, ...]
    choices: Mapping[str, Words]

    @property
    def kind(self) -> Kind:
        return KINDS[self.kind_code]

    def shown(self, kept: Any) -> str:
        """A kept value as people read it; entries of a list by their names."""
        value = self.kind.read(kept)
        if self.choices:
            return ", ".join(str(self.choices.get(entry, entry)) for entry in value)
        return self.kind.shown(value)


def _given(kind: Kind, entry: Mapping[str, Any], folder: Path) -> Given:
    """The value stands in the entry, or in a `file` beside it."""
    typed = (folder / entry["file"]).read_text("utf-8") if "file" in entry else entry["value"]
    value = kind.parse(", ".join(typed) if isinstance(typed, list) else str(typed))
    return Given(
        place=int(entry.get("place", 0)),
        valid_from=entry.get("from"),
        valid_to=entry.get("to"),
        value=kind.keep(value),
        source=entry["source"],
        doubt=entry.get("doubt", ""),
    )


def _parameters(path: Path) -> list[Parameter]:
    content = load(path)
    group = Words.read(content["group"])
    return [
        Parameter(
            code=entry["code"],
            kind_code=entry["kind"],
            group=group,
            name=Words.read(entry["name"]),
            definition=Words.read(entry.get("definition")),
            given=tuple(
                _given(KINDS[entry["kind"]], given, path.parent) for given in entry.get("values", ())
            ),
            choices={code: Words.read(words) for code, words in entry.get("choices", {}).items()},
        )
        for entry in content["parameters"]
    ]


@cache
def declared() -> Mapping[str, Parameter]:
    """Every declared parameter by its code. A code declared twice is an error of the declaration."""
    found: dict[str, Parameter] = {}
    for path in [*sorted(OWN_DATA.glob("*.yml")), *files("parameters.yml")]:
        for parameter in _parameters(path):
            if parameter.code in found:
                raise ValueError(f"{path}: parameter {parameter.code!r} is declared twice")
            found[parameter.code] = parameter
    return found


@cache
def place_names() -> Mapping[int, Words]:
    """Names of the places that the first values speak of, for places the instance does not know itself."""
    entries = load(Path(__file__).parent / "places.yml")
    return {int(code): Words.read(words) for code, words in entries.items()}
