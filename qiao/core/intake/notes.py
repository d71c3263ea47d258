"""What the cleaners say about a cell, and what the reader says about a file it cannot read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Severity(StrEnum):
    FIX = "fix"  # put right without asking, and counted
    CONFIRM = "confirm"  # a proposal stands in the row; a person should look at it
    ERROR = "error"  # the row stays in its batch until it is put right
    SKIP = "skip"  # the row is nobody's record


class Note(NamedTuple):
    """`code` is a key of `messages.NOTES`; `column` the index of the cell's column in the sheet, if one."""

    code: str
    params: Mapping[str, Any] = {}
    column: int | None = None

    @property
    def severity(self) -> Severity:
        from qiao.core.intake.messages import NOTES

        return NOTES[self.code][0]


class Unreadable(Exception):
    """A file from which no table can be read. `code` is a key of `messages.FILES`."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(code, params)

    def __str__(self) -> str:
        from qiao.core.intake.messages import FILES

        return FILES[self.code].format(**self.params)
