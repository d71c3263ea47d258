"""Services live and end together, and nothing outlives the one who started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

KEEPER = """
import json, sys
from pathlib import Path
from qiao.config import supervisor
folder, *services = map(json.loads, sys.argv[1:])
told = Path(folder, "told").open("a", buffering=1)
ticks = Path(folder, "ticks")
sys.exit(supervisor.run(
    [supervisor.Service(**service) for service in services],
    lambda line: told.write(line + "\\n"),
    lambda: ticks.write_text("ticked"),
))
"""


def keep(folder: Path, *services: dict[str, Any]) -> subprocess.Popen[bytes]:
    arguments = map(json.dumps, (str(folder), *services))
    return subprocess.Popen([sys.executable, "-c", KEEPER, *arguments])


def service(folder: Path, name: str, script: str, **options: Any) -> dict[str, Any]:
    """A shell script that notes its process number and then does ``script``."""
    return {"name": name, "command": ["sh", "-c", f"echo $$ >> {folder / name}; {script}"], **options}


def numbers(folder: Path, name: str) -> list[int]:
    path = folder / name
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 15
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_all_end_when_asked(tmp_path: Path) -> None:
    for sign in (signal.SIGTERM, signal.SIGINT):
        for name in ("web", "worker"):
            (tmp_path / name).unlink(missing_ok=True)
        keeper = keep(
            tmp_path,
            service(tmp_path, "web", "sleep 60", vital=True),
            service(tmp_path, "worker", "sleep 60"),
        )
        wait_until(lambda: numbers(tmp_path, "web") and numbers(tmp_path, "worker"))
        keeper.send_signal(sign)
        assert keeper.wait(10) == 0
        assert not any(map(alive, numbers(tmp_path, "web") + numbers(tmp_path, "worker")))
    assert (tmp_path / "ticks").exists()


def test_a_dead_worker_comes_back(tmp_path: Path) -> None:
    keeper = keep(
        tmp_path, service(tmp_path, "web", "sleep 60", vital=True), service(tmp_path, "worker", "sleep 60")
    )
    wait_until(lambda: numbers(tmp_path, "worker"))
    os.kill(numbers(tmp_path, "worker")[0], signal.SIGKILL)
    wait_until(lambda: len(numbers(tmp_path, "worker")) == 2)
    assert alive(numbers(tmp_path, "worker")[1]) and len(numbers(tmp_path, "web")) == 1
    assert (tmp_path / "told").read_text() == "The worker ended with code -9; again in 1 s.\n"
    keeper.terminate()
    assert keeper.wait(10) == 0


def test_a_worker_that_keeps_failing_is_tried_ever_more_rarely(tmp_path: Path) -> None:
    keeper = keep(tmp_path, service(tmp_path, "worker", "exit 7"))
    wait_until(lambda: (tmp_path / "told").exists() and "again in 4 s" in (tmp_path / "told").read_text())
    keeper.terminate()
    keeper.wait(10)
    assert [line.split()[-2] for line in (tmp_path / "told").read_text().splitlines()] == ["1", "2", "4"]


def test_all_end_with_the_vital_one(tmp_path: Path) -> None:
    keeper = keep(
        tmp_path,
        service(tmp_path, "worker", "sleep 60"),
        service(tmp_path, "web", "sleep 0.2; exit 5", vital=True),
    )
    assert keeper.wait(10) == 5
    assert not alive(numbers(tmp_path, "worker")[0])


def test_one_that_will_not_listen_is_killed_with_its_children(tmp_path: Path) -> None:
    deaf = f"trap '' TERM; (trap '' TERM; exec sleep 60) & echo $! >> {tmp_path / 'child'}; wait"
    script = KEEPER.replace("folder, *", "supervisor.GRACE = 0.5; folder, *")
    arguments = map(json.dumps, (str(tmp_path), service(tmp_path, "web", deaf, vital=True)))
    keeper = subprocess.Popen([sys.executable, "-c", script, *arguments])
    wait_until(lambda: numbers(tmp_path, "child"))
    keeper.terminate()
    assert keeper.wait(10) == 0
    assert not any(map(alive, numbers(tmp_path, "web") + numbers(tmp_path, "child")))


def test_none_outlives_a_killed_keeper(tmp_path: Path) -> None:
    keeper = keep(tmp_path, service(tmp_path, "web", "exec sleep 60", vital=True))
    wait_until(lambda: numbers(tmp_path, "web"))
    keeper.kill()
    keeper.wait()
    wait_until(lambda: not alive(numbers(tmp_path, "web")[0]))
