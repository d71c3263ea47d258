"""A function in a process beside this one: same results in order, and nobody waits for a dead one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from qiao.core.jobs.beside import Died, beside
from qiao.services.people.identity import cipher, sealing

SEAL = "qiao.services.people.identity.sealing.people"
TOLD = [(f"王{chr(0x4E00 + n)}", f"13010319700101{n:04}", "13900001111", "") for n in range(300)]


def test_results_come_in_the_order_of_the_pieces(settings):
    pieces = [TOLD[at : at + 70] for at in range(0, len(TOLD), 70)]
    with beside(SEAL, {"PERSONAL_DATA_KEY": settings.PERSONAL_DATA_KEY}) as results:
        found = [one for result in results(pieces) for one in result]
    alone = sealing.people(TOLD)
    assert [(key, more) for key, _cipher, more in found] == [(key, more) for key, _cipher, more in alone]
    assert [cipher.decrypt(secret) for _key, secret, _more in found] == [number for _name, number, *_ in TOLD]


def test_who_waits_for_a_process_that_died_is_told(settings):
    def pieces():
        yield TOLD
        for child in psutil.Process().children():
            if "qiao.core.jobs.beside" in child.cmdline():
                child.kill()
                child.wait()
        yield TOLD

    with (
        beside(SEAL, {"PERSONAL_DATA_KEY": settings.PERSONAL_DATA_KEY}) as results,
        pytest.raises(Died),
    ):
        list(results(pieces()))


KILLED = """
import time
from qiao.core.jobs.beside import beside
with beside("qiao.services.people.identity.sealing.people", {"PERSONAL_DATA_KEY": "00" * 32}) as results:
    found = results([[("a", "", "", "")], [("b", "", "", "")]])
    next(found)
    print("at work", flush=True)
    time.sleep(60)
"""


def test_the_process_ends_when_who_started_it_is_killed():
    parent = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, env={**os.environ})
    assert b"at work" in parent.stdout.readline()
    helpers = psutil.Process(parent.pid).children()
    assert helpers
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    deadline = time.monotonic() + 10
    while any(map(_alive, helpers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_alive, helpers))


def _alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
