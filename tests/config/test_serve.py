"""``qiao serve`` comes up on a new folder, survives what kills its parts, and leaves nothing behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qiao.config.cluster import Cluster

pytestmark = [pytest.mark.cluster, pytest.mark.xdist_group("serve")]


class Served:
    """A site on a folder and a free port."""

    def __init__(self, var: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.environment = {**os.environ, "DATABASE_URL": "", "QIAO_VAR": str(var)}
        self.cluster = Cluster(var / "postgres")
        self.log = var.parent / "serve.log"
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "qiao", "serve", "--port", str(self.port)],
                env=self.environment, stdout=log, stderr=log,
            )  # fmt: skip
        wait_until(self.answers, 180, self.told)

    def answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", "/accounts/login/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def children(self, word: str = "") -> list[int]:
        return [pid for pid in descendants(self.process.pid) if word in command_line(pid)]

    def told(self) -> str:
        return self.log.read_text()


def descendants(pid: int) -> list[int]:
    try:
        direct = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return direct + [below for child in direct for below in descendants(child)]


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def wait_until(true: Callable[[], object], patience: float = 60, explain: Callable[[], str] = str) -> None:
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, explain()
        time.sleep(0.1)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    served = Served(tmp_path_factory.mktemp("served") / "var")
    yield served
    served.process.terminate()
    served.process.wait(60)


def test_it_comes_up_on_a_new_folder(served: Served) -> None:
    wait_until(lambda: f"Qiao is at http://127.0.0.1:{served.port}/" in served.told())
    assert "Bringing the database up to date" in served.told()
    assert served.children("qiao worker") and served.cluster.postmaster()


def test_a_killed_worker_comes_back(served: Served) -> None:
    (worker,) = served.children("qiao worker")
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: served.children("qiao worker") not in ([], [worker]))
    assert served.answers()


def test_a_killed_postgres_comes_back(served: Served) -> None:
    first = served.cluster.postmaster()
    assert first
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: served.cluster.postmaster() not in (None, first))
    wait_until(served.answers, 60, served.told)
    wait_until(lambda: served.children("qiao worker"))


def test_a_killed_server_leaves_only_a_database_that_is_taken_over(served: Served) -> None:
    before, postmaster = served.children(), served.cluster.postmaster()
    served.process.kill()
    served.process.wait()
    wait_until(lambda: not [pid for pid in before if pid != postmaster and "qiao" in command_line(pid)])
    served.start()
    assert served.cluster.postmaster() == postmaster
    assert served.answers()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_all_ends_when_asked(served: Served, sign: signal.Signals) -> None:
    wait_until(lambda: served.children("qiao worker"))
    everything = served.children()
    served.process.send_signal(sign)
    assert served.process.wait(60) == 0
    wait_until(lambda: not any(map(command_line, everything)))
    wait_until(lambda: served.cluster.postmaster() is None)
    served.start()
