import csv
import hashlib
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from demo_reading import cells

from qiao.demo.writing import BY_STREET, write

PLAIN = str.maketrans("", "", " \t\n　\u200b'")


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / "truth" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def residents(folder) -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in _rows(folder, "residents")}


@pytest.fixture(scope="module")
def lines(folder) -> list[tuple[dict[str, str], list[object]]]:
    """Each roster line that the truth knows, with the cells that stand there."""
    read: dict[str, dict[str, list[list[object]]]] = {}
    found = []
    for row in _rows(folder, "rows"):
        sheets = read.setdefault(row["file"], cells(folder / row["file"]))
        sheet = sheets.get(row["sheet"]) or sheets[""]
        found.append((row, sheet[int(row["row"]) - 1]))
    return found


def _contents(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_writes_the_same_bytes_in_another_process(tmp_path):
    write(tmp_path / "a", scale=0.015)
    program = """import sys, pathlib, django; django.setup()
import qiao.demo.writing as w; w.write(pathlib.Path(sys.argv[1]), scale=0.015)"""
    environment = os.environ | {"PYTHONHASHSEED": "77"}
    subprocess.run([sys.executable, "-c", program, str(tmp_path / "b")], check=True, env=environment)
    assert _contents(tmp_path / "a") == _contents(tmp_path / "b")


def test_another_seed_writes_other_rosters(tmp_path, folder):
    write(tmp_path, seed=3, scale=0.015)
    assert (tmp_path / "truth/residents.csv").read_bytes() != (folder / "truth/residents.csv").read_bytes()


def test_one_roster_a_community_in_many_layouts_and_formats(manifest):
    rosters = manifest.of("residents")
    assert len({entry.region for entry in rosters}) == len(rosters) == 59
    assert len({entry.layout for entry in rosters}) >= 10
    assert {Path(entry.path).suffix for entry in rosters} == {".xlsx", ".xls", ".csv"}


def test_manifest_lists_every_file_and_counts_its_lines(folder, manifest):
    listed = {entry.path for entry in manifest.entries}
    there = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.suffix in (".xlsx", ".xls", ".csv")}
    assert listed == {path for path in there if not path.startswith("truth")}
    assert all(len(manifest.of(kind)) == 10 for kind in BY_STREET)
    placed = Counter(row["file"] for row in _rows(folder, "rows"))
    assert {entry.path: entry.rows for entry in manifest.of("residents")} == dict(placed)


def test_everybody_stands_in_the_roster_of_their_community(folder, manifest, residents):
    regions = {entry.path: str(entry.region) for entry in manifest.of("residents")}
    own = {
        row["resident"]
        for row in _rows(folder, "rows")
        if regions[row["file"]] == residents[row["resident"]]["community"]
    }
    assert own == set(residents)


def test_every_line_stands_where_the_truth_says_it_does(lines, residents):
    for row, line in lines:
        name = residents[row["resident"]]["name"]
        assert any(str(cell).translate(PLAIN) == name for cell in line), (row, line)


def test_id_numbers_are_right_apart_from_the_slips_noted(lines, residents):
    for row, line in lines:
        number = residents[row["resident"]]["id_number"]
        written = any(str(cell).strip() == number for cell in line)
        assert written == ("id_number:" not in row["slips"]), (row, line)


def test_lost_digits_are_really_lost(lines, residents):
    for row, line in lines:
        if "id_number:numeric" in row["slips"]:
            number = next(cell for cell in line if isinstance(cell, float) and cell > 1e16)
            assert round(int(number), -3) == int(residents[row["resident"]]["id_number"][:15] + "000")


def test_slips_are_as_frequent_as_in_life(lines):
    slips = Counter(slip for row, _ in lines for slip in row["slips"].split(";") if slip)
    troubled = sum("id_number:" in row["slips"] for row, _ in lines)
    assert 0.06 < troubled / len(lines) < 0.2
    for slip in ("id_number:fifteen_digits", "id_number:spaces", "name:spaced", "phone:two_numbers"):
        assert 0.003 < slips[slip] / len(lines) < 0.09, slip
    assert len(slips) >= 25


def test_a_hidden_sheet_and_repeated_headers_are_in_it(folder, manifest):
    by_category = next(entry for entry in manifest.of("residents") if entry.layout == "category_sheets")
    assert len(cells(folder / by_category.path)) == 5
    paged = next(entry for entry in manifest.of("residents") if entry.layout == "paged")
    assert sum("本页小计" in map(str, row) for row in cells(folder / paged.path)["花名册"]) >= 1


def _register(folder: Path, manifest, kind: str) -> list[dict[str, object]]:
    """The register's lines of all places, by header."""
    found = []
    for entry in manifest.of(kind):
        rows = cells(folder / entry.path)["Sheet1"]
        header = next(number for number, row in enumerate(rows) if row[0] == "序号")
        found += [dict(zip(rows[header], row, strict=True)) for row in rows[header + 1 :]]
    return found


@pytest.mark.parametrize("kind", [*BY_STREET, "applications"])
def test_registers_speak_of_residents(folder, manifest, residents, kind):
    known = {row["id_number"]: row["name"] for row in residents.values()}
    entries = _register(folder, manifest, kind)
    assert entries and all(
        known[entry["身份证号"]] == entry.get("姓名", entry.get("成员姓名")) for entry in entries
    )


def test_every_placement_ends_a_spell_without_work(folder, manifest, residents):
    ends = {
        (residents[spell["resident"]]["id_number"], spell["until"])
        for spell in _rows(folder, "spells")
        if spell["state"] == "unemployed"
    }
    entries = _register(folder, manifest, "reemployments")
    assert all((entry["身份证号"], entry["再就业时间"].isoformat()) in ends for entry in entries)


def test_everybody_on_the_staff_has_a_sign_in_of_their_own(folder, manifest):
    entries = _register(folder, manifest, "staff")
    assert len({entry["登录名"] for entry in entries}) == len(entries)
    roles = Counter(entry["角色代码"] for entry in entries)
    assert roles["office"] == 30 and roles["station"] == 59 and roles["employment_section"] == 3
    admins = {"system_admin", "security_admin", "audit_admin"}
    assert all(roles[role] == 1 for role in admins) and roles["loan_section"] == roles["leader"] == 2


def test_progress_reaches_the_end(tmp_path):
    seen = []
    made = write(tmp_path, scale=0.01, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == list(range(1, len(made.entries) + 1))
    assert seen[-1] == (len(made.entries), len(made.entries))
