"""qiao import: what scripts may rely on."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from ledger_world import DISTRICT, HERE
from test_import_pages import GOOD, A, people, roster

from qiao.core.batches.models import ImportBatch

pytestmark = pytest.mark.django_db
BAD = roster(
    ["刘桂芳", A[:-1] + ("0" if A[-1] != "0" else "1"), "", "", "", "", ""],
    ["王强", "", "下岗", "", "", "", ""],
)


def run(*args: str) -> tuple[int, str]:
    out = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("import", *args, stdout=out)
    return stopped.value.code, out.getvalue()


@pytest.fixture
def file(tmp_path):
    def write(data: bytes, name: str = "roster.csv") -> str:
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


def test_a_clean_roster_goes_in(file):
    assert run(file(GOOD), "--region", str(HERE))[0] == 0
    assert [one.name for one in people()] == ["刘桂芳", "王强"]


def test_json_lists_sheets_columns_and_every_row(file):
    code, out = run(file(GOOD), "--region", str(HERE), "--json", "--dry-run")
    (found,) = json.loads(out)
    assert code == 0 and found["stage"] == "preview"
    assert found["sheets"][0]["header_rows"] == [2]
    assert {"column": "B", "field": "id_number"}.items() <= {
        key: found["sheets"][0]["columns"][1][key] for key in ("column", "field")
    }.items()
    row = found["rows"][0]
    assert {"sheet", "row", "status", "act", "values", "fixes", "messages"} <= set(row)
    assert row["values"]["name"] == "刘桂芳" and [fix["code"] for fix in row["fixes"]]
    assert A not in out


def test_a_dry_run_writes_nothing_but_the_batch(file):
    assert run(file(GOOD), "--region", str(HERE), "--dry-run")[0] == 0
    assert people() == [] and ImportBatch.objects.get().stage == "preview"


def test_rows_left_to_fix_are_told_by_the_exit_code(file):
    assert run(file(BAD), "--region", str(HERE))[0] == 1
    assert [one.name for one in people()] == ["王强"]


def test_an_unreadable_file_is_told_by_the_exit_code(file):
    assert run(file(b"%PDF-1.4 nothing", "x.xlsx"), "--region", str(HERE))[0] == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as", "nonsense"], "Known: residents"),
        (["--region", "999999"], "no region"),
        (["--region", "abc"], "no region"),
    ],
)
def test_wrong_use_says_what_is_right(file, arguments, said):
    with pytest.raises(CommandError, match=said) as refused:
        call_command("import", file(GOOD), *arguments)
    assert refused.value.returncode == 2


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import", str(tmp_path / "none.xlsx"))


def test_the_only_district_needs_no_naming(file):
    line = "刘桂芳," + A + ",阜康社区\n"
    assert run(file(("姓名,身份证号,社区\n" + line).encode()))[0] == 0
    assert ImportBatch.objects.get().region_id == DISTRICT and people()[0].region_id == HERE


def test_the_same_roster_twice_in_one_call_makes_nobody_twice(file):
    assert run(file(GOOD), file(GOOD, "again.csv"), "--region", str(HERE))[0] == 0
    assert len(people()) == 2
