"""A child that ends with the process that started it, however that process ends (Linux)."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


def ended_by(sign: signal.Signals) -> Callable[[], None]:
    """For ``Popen(preexec_fn=…)``: the kernel sends ``sign`` to the child when its parent is gone."""
    parent = os.getpid()

    def before_exec() -> None:
        if hasattr(LIBC, "prctl"):
            LIBC.prctl(PR_SET_PDEATHSIG, sign)
            if os.getppid() != parent:
                os._exit(1)

    return before_exec
