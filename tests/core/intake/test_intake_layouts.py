"""Header, mapping and people of every layout in the corpus."""

from datetime import date

import pytest
from corpus import layouts
from resident_vocabulary import VOCABULARY
from roster_files import Layout

from qiao.core.intake import Context, clean, read_workbook, survey

CORPUS = layouts()
CONTEXT = Context(date(2006, 8, 31))


def read(layout: Layout):
    workbook = read_workbook(layout.data, layout.filename or f"roster.{layout.form}")
    return workbook, survey(workbook, VOCABULARY)


def test_the_corpus_is_wide_enough():
    assert len({layout.name for layout in CORPUS}) == len(CORPUS) >= 30


@pytest.mark.parametrize("layout", CORPUS, ids=lambda layout: layout.name)
def test_layout_is_understood(layout):
    workbook, readings = read(layout)
    reading = readings[layout.sheet]
    if layout.header:
        assert (reading.top, reading.bottom) == layout.header
    else:
        assert reading.bottom < reading.top
    fields = {column.index: column.field for column in reading.columns}
    assert fields == {index: code for index, code in enumerate(layout.fields) if code != "-"}
    assert reading.blocks == layout.blocks
    assert reading.usable
    rows = list(clean(workbook.sheets[layout.sheet], reading, VOCABULARY, CONTEXT))
    people = [row for row in rows if row.status != "skipped"]
    assert len(people) == layout.count
    assert [row for row in people if row.status == "error"] == []
    assert all(row.values["name"] and row.values["id_number"] for row in people)


@pytest.mark.parametrize(
    "layout", [layout for layout in CORPUS if layout.others], ids=lambda layout: layout.name
)
def test_other_sheets_are_no_rosters(layout):
    _, readings = read(layout)
    assert [reading.usable for reading in readings].count(True) == 1


def test_families_share_what_is_merged_and_repeated():
    layout = next(layout for layout in CORPUS if layout.name.startswith("families"))
    workbook, readings = read(layout)
    rows = [r for r in clean(workbook.sheets[0], readings[0], VOCABULARY, CONTEXT) if r.status != "skipped"]
    assert [row.values["household_no"] for row in rows] == ["A001"] * 3 + ["A002"] * 3
    assert rows[2].values["address"] == rows[0].values["address"] != rows[3].values["address"]
    assert {note.code for note in rows[2].notes} == {"ditto"}
