"""qiao occupations code: one line out for each line in."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from qiao.engines.occupations import tree


def run(data: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    """Without a database: none can be reached under this address."""
    command = [sys.executable, "-m", "qiao", "occupations", *options]
    return subprocess.run(
        command, input=data, capture_output=True, env={"DATABASE_URL": "postgres://nobody@127.0.0.1:1/x"}
    )


def test_a_line_of_codes_for_each_title():
    done = run("抖音客服专员\n\n保洁\r\n(（\n家政\u2028\x0b服务员".encode(), "code", "--top", "5")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().removesuffix("\n").split("\n")
    assert len(lines) == 5
    assert lines[1] == lines[3] == ""
    codes = [line.split("\t") for line in lines if line]
    assert [len(found) for found in codes] == [5, 5, 5]
    assert codes[0][0] == "4-04-05-03"
    assert all(code in tree() for found in codes for code in found)


@pytest.mark.parametrize("data, lines", [(b"", 0), (b"\n", 1), (b"\n\n", 2), ("\ufeff保安".encode(), 1)])
def test_lines_are_counted_as_they_stand(data, lines):
    assert run(data, "code").stdout.count(b"\n") == lines


def test_json_adds_name_and_confidence():
    found = json.loads(run("保安".encode(), "code", "--json", "--top", "1").stdout)
    assert found[0]["code"] == "4-07-05-01"
    assert found[0]["name"] == tree().name("4-07-05-01")
    assert 0.5 < found[0]["confidence"] <= 1


def test_another_encoding_is_named_or_refused():
    data = "保安\n会计\n".encode("gb18030")
    refused = run(b"ok\n" + data, "code")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert "line 2" in refused.stderr.decode()
    assert "--encoding gb18030" in refused.stderr.decode()
    assert run(data, "code", "--encoding", "gb18030").stdout == run("保安\n会计\n".encode(), "code").stdout


@pytest.mark.parametrize(
    "wrong", [[], ["guess"], ["code", "--top", "0"], ["code", "--top", "6"], ["code", "--encoding", "base64"]]
)
def test_wrong_use(wrong):
    done = run(b"", *wrong)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"qiao occupations" in done.stderr


def test_a_reader_that_leaves_is_no_fault():
    command = f"yes 保安 | head -20000 | {sys.executable} -m qiao occupations code | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True)
    assert done.stdout.startswith(b"4-07-05-01")
    assert done.stderr == b""
