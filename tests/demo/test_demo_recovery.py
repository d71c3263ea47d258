"""How much of the truth comes back when the rosters are read as anybody's files are."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from qiao.core.intake import Context, Reading, Row, Sheet, Vocabulary, clean, read_workbook, survey
from qiao.demo.model import TODAY
from qiao.demo.words import load
from qiao.demo.writing import Entry

VOCABULARY = Vocabulary.load(Path(__file__).parents[2] / "qiao/services/people/vocabulary.yml")
BLAMELESS = ("name", "sex", "relation", "hukou_kind", "address")


@dataclass
class Recovered:
    row: Row
    truth: dict[str, str]
    slips: str


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def readings(folder, manifest) -> list[tuple[Entry, Sheet, Reading]]:
    """Every sheet that is understood as a roster."""
    found = []
    for entry in manifest.of("residents"):
        book = read_workbook((folder / entry.path).read_bytes(), Path(entry.path).name)
        sheets = zip(book.sheets, survey(book, VOCABULARY), strict=True)
        found += [(entry, sheet, reading) for sheet, reading in sheets if reading.usable]
    return found


@pytest.fixture(scope="module")
def recovered(folder, readings) -> list[Recovered]:
    residents = {row["key"]: row for row in _table(folder / "truth/residents.csv")}
    truth = _table(folder / "truth/rows.csv")
    lines = {(row["file"], row["sheet"], int(row["row"])): row for row in truth}
    only = {row["file"]: row["sheet"] for row in truth}
    found = []
    for entry, sheet, reading in readings:
        name = sheet.name if entry.layout == "category_sheets" else only[entry.path]
        for row in clean(sheet, reading, VOCABULARY, Context(as_of=TODAY)):
            line = lines.pop((entry.path, name, row.number), None)
            assert line or row.status == "skipped", (entry.path, row)
            if line:
                found.append(Recovered(row, residents[line["resident"]], line["slips"]))
    assert not lines
    return found


def test_almost_every_line_can_be_imported(recovered):
    status = Counter(line.row.status for line in recovered)
    assert (status["ready"] + status["fixed"]) / len(recovered) > 0.9
    assert status["error"] / len(recovered) < 0.03


def test_every_column_of_every_layout_is_understood(readings):
    understood: dict[str, set[str]] = defaultdict(set)
    for entry, _, reading in readings:
        understood[entry.layout] |= {column.field for column in reading.columns}
    for name, layout in load("layouts")["layouts"].items():
        assert set(layout["columns"]) <= understood[name], name


def test_id_numbers_come_back_or_are_refused_but_never_changed(recovered):
    for line in recovered:
        made, true = line.row.values.get("id_number"), line.truth["id_number"]
        assert made in (true, None), line
        if "id_number:" not in line.slips:
            assert made == true, line


def test_what_nobody_spoiled_comes_back_exactly(recovered):
    for line in recovered:
        for code in BLAMELESS:
            made = line.row.values.get(code)
            if made is not None and f"{code}:" not in line.slips:
                assert made == line.truth[code], (code, line)
