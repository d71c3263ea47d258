"""Keeps the processes of one Qiao alive together, and ends them together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from qiao.config.parents import ended_by

SETTLED = 60.0
LONGEST_PAUSE = 30.0
GRACE = 15.0


@dataclass
class Service:
    """One child process. When a vital one ends, everything ends; another is started again."""

    name: str
    command: Sequence[str]
    vital: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    since: float = 0.0
    pause: float = 0.5
    not_before: float = 0.0

    def start(self) -> None:
        """In a session of its own (Ctrl-C is ours to pass on), and never outliving this process."""
        self.process = subprocess.Popen(
            self.command, start_new_session=True, preexec_fn=ended_by(signal.SIGTERM)
        )
        self.since = time.monotonic()

    def rest(self) -> None:
        """Come back later, and later still if it keeps failing."""
        self.send(signal.SIGKILL)
        now = time.monotonic()
        self.pause = 1.0 if now - self.since > SETTLED else min(self.pause * 2, LONGEST_PAUSE)
        self.process, self.not_before = None, now + self.pause

    def send(self, sign: signal.Signals) -> None:
        """To the process and its children."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, sign)


def run(
    services: Sequence[Service], tell: Callable[[str], object], every_second: Callable[[], object]
) -> int:
    """Run until a signal (exit code 0) or until a vital service ends (its exit code, at least 1)."""
    with _signals_raise(), contextlib.suppress(KeyboardInterrupt):
        try:
            while True:
                for service in services:
                    if service.process is None:
                        if time.monotonic() >= service.not_before:
                            service.start()
                    elif (code := service.process.poll()) is not None:
                        if service.vital:
                            tell(f"The {service.name} ended with code {code}.")
                            return max(code, 1)
                        service.rest()
                        tell(f"The {service.name} ended with code {code}; again in {service.pause:.0f} s.")
                every_second()
                time.sleep(1)
        finally:
            stop(services)
    return 0


def stop(services: Sequence[Service]) -> None:
    """Ask, wait, insist: nothing of ours is left when this returns."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    for service in services:
        service.send(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for service in services:
        if service.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                service.process.wait(max(0.0, deadline - time.monotonic()))
            service.send(signal.SIGKILL)
            service.process.wait()


@contextlib.contextmanager
def _signals_raise() -> Iterator[None]:
    before = {
        sign: signal.signal(sign, _interrupt) for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
