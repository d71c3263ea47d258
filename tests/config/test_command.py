"""The command ``qiao`` as a person or a script meets it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from qiao.config.cluster import Cluster


def qiao(*arguments: str, answer: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qiao", *arguments],
        input=answer, capture_output=True, text=True, env={**os.environ, **environment},
    )  # fmt: skip


def test_help_lists_our_commands_first_and_starts_no_database(tmp_path: Path) -> None:
    done = qiao("--help", DATABASE_URL="", QIAO_VAR=str(tmp_path))
    assert done.returncode == 0
    lines = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert lines[:3] == ["serve", "worker", "migrate"]
    assert {"messages", "reset"} < {*lines}
    assert "Exit codes: 0 done" in done.stdout
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("command", ["serve", "worker", "messages", "reset"])
def test_each_command_explains_itself(command: str, tmp_path: Path) -> None:
    done = qiao(command, "--help", DATABASE_URL="", QIAO_VAR=str(tmp_path))
    assert done.returncode == 0 and f"usage: qiao {command}" in done.stdout
    assert not (tmp_path / "postgres").exists()


def test_no_usable_database_is_code_3_and_one_sentence() -> None:
    done = qiao("migrate", DATABASE_URL="postgres://qiao:hidden@127.0.0.1:1/qiao")
    assert done.returncode == 3
    assert done.stderr.startswith("qiao: The database at 127.0.0.1:1/qiao (DATABASE_URL) refuses: ")
    assert done.stderr.count("\n") == 1 and "hidden" not in done.stderr


def test_wrong_use_is_code_2() -> None:
    assert qiao("serve", "--port", "many").returncode == 2


def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = qiao("serve", "--port", port)
    assert done.returncode == 1
    assert (
        f"Cannot listen on 127.0.0.1 port {port} (Address already in use); choose another --port."
        in done.stderr
    )


def test_reset_asks_and_deletes(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with Cluster(var / "postgres", throwaway=True):
        (var / "keys").mkdir()
        refused = qiao("reset", "--yes", QIAO_VAR=str(var))
        assert refused.returncode == 1 and "is in use; stop Qiao first" in refused.stderr
    for answer in ("", "no\n"):
        kept = qiao("reset", answer=answer, QIAO_VAR=str(var))
        assert kept.returncode == 1 and "Nothing was deleted" in kept.stdout
    assert (var / "postgres" / "data").exists()
    done = qiao("reset", answer="yes\n", QIAO_VAR=str(var))
    assert done.returncode == 0 and not var.exists()
    assert qiao("reset", "--yes", QIAO_VAR=str(var)).returncode == 0


def test_reset_deletes_no_other_folder(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    done = qiao("reset", "--yes", QIAO_VAR=str(tmp_path))
    assert done.returncode == 1 and "does not look like a folder of Qiao" in done.stderr
    assert (tmp_path / "thesis.txt").exists()
