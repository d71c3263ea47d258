"""How much of the truth comes back when the rosters are read as anybody's files are."""

import csv
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from qiao.core.intake import Context, Row, Vocabulary, clean, read_workbook, survey
from qiao.demo.model import TODAY
from qiao.demo.words import load

VOCABULARY = Vocabulary.load(Path(__file__).parents[2] / "qiao/services/people/vocabulary.yml")
BLAMELESS = ("name", "sex", "relation", "household_head", "hukou_kind", "address")


@dataclass
class Recovered:
    row: Row
    truth: dict[str, str]
    slips: str
    layout: str


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def recovered(folder, manifest) -> list[Recovered]:
    residents = {row["key"]: row for row in _table(folder / "truth/residents.csv")}
    lines = {(row["file"], row["sheet"], int(row["row"])): row for row in _table(folder / "truth/rows.csv")}
    found = []
    for entry in manifest.of("residents"):
        book = read_workbook((folder / entry.path).read_bytes(), Path(entry.path).name)
        names = {sheet for path, sheet, _ in lines if path == entry.path}
        for sheet, reading in zip(book.sheets, survey(book, VOCABULARY), strict=True):
            if not reading.usable:
                continue
            name = sheet.name if len(names) > 1 or sheet.name in names else names.copy().pop()
            for row in clean(sheet, reading, VOCABULARY, Context(as_of=TODAY)):
                line = lines.pop((entry.path, name, row.number), None)
                assert line or row.status == "skipped", (entry.path, row)
                if line:
                    found.append(Recovered(row, residents[line["resident"]], line["slips"], entry.layout))
    assert not lines
    return found


def test_almost_every_line_can_be_imported(recovered):
    status = Counter(line.row.status for line in recovered)
    assert (status["ready"] + status["fixed"]) / len(recovered) > 0.9
    assert status["error"] / len(recovered) < 0.03


def test_every_column_of_every_layout_is_understood(folder, manifest):
    for entry in manifest.of("residents"):
        book = read_workbook((folder / entry.path).read_bytes(), Path(entry.path).name)
        understood = {
            c.field for reading in survey(book, VOCABULARY) if reading.usable for c in reading.columns
        }
        assert set(load("layouts")["layouts"][entry.layout]["columns"]) <= understood, entry.layout


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
            if made is not None and f"{code}:" not in line.slips and code != "household_head":
                assert made == line.truth[code], (code, line)
