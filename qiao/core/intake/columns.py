"""A column of a sheet, and what is known of its meaning."""

import dataclasses

from qiao.core.intake.cells import letter


@dataclasses.dataclass(slots=True)
class Column:
    """`field` None: unknown, kept as extra information. `source`: heading, values, remembered, user or none.

    `unit`: yuan or metres that one counts here. `order`: how dates with the year last are written (mdy, dmy).
    `block`: which of several tables side by side the column belongs to.
    """

    index: int
    label: str
    field: str | None = None
    confidence: float = 0.0
    source: str = "none"
    suggestions: list[str] = dataclasses.field(default_factory=list)
    samples: list[str] = dataclasses.field(default_factory=list)
    hidden: bool = False
    unit: float | None = None
    order: str | None = None
    block: int = 0

    @property
    def letter(self) -> str:
        return letter(self.index)
