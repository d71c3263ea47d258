"""Any roster that people really keep: read, understood, cleaned, checked. Pure: no Django, no database.

workbook = read_workbook(data, filename)                 # or Unreadable(code, params)
for sheet, reading in zip(workbook.sheets, survey(workbook, vocabulary, memories)):
    if reading.usable:
        for row in clean(sheet, reading, vocabulary, Context(as_of=today, places=places)):
            ...                                          # row.status, row.values, row.extras, row.notes
"""

from qiao.core.intake.annotate import annotate, comments
from qiao.core.intake.cells import letter
from qiao.core.intake.cleaning import STATUSES, Row, clean
from qiao.core.intake.columns import Column
from qiao.core.intake.messages import text, where
from qiao.core.intake.notes import Note, Severity, Unreadable
from qiao.core.intake.reading import MAX_BYTES, read_workbook
from qiao.core.intake.sheets import Merge, Sheet, Workbook
from qiao.core.intake.understanding import Memory, Question, Reading, survey, understand
from qiao.core.intake.values import Context, PartialDate, Value
from qiao.core.intake.vocabulary import Field, Kind, Vocabulary

__all__ = [
    "MAX_BYTES",
    "STATUSES",
    "Column",
    "Context",
    "Field",
    "Kind",
    "Memory",
    "Merge",
    "Note",
    "PartialDate",
    "Question",
    "Reading",
    "Row",
    "Severity",
    "Sheet",
    "Unreadable",
    "Value",
    "Vocabulary",
    "Workbook",
    "annotate",
    "clean",
    "comments",
    "letter",
    "read_workbook",
    "survey",
    "text",
    "understand",
    "where",
]
