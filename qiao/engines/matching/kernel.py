"""How the compiled functions of the engine are compiled: once, kept on disk, free of the interpreter's lock.

Kernels call each other across files, and numba looks only at the file of the outer one to tell whether what it kept
is still good. So what is kept lies in a folder named after the source of the whole engine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

import numba

HERE = Path(__file__).parent
Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    before = numba.config.CACHE_DIR  # type: ignore[attr-defined]
    numba.config.CACHE_DIR = KEPT  # type: ignore[attr-defined]
    try:
        return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
    finally:
        numba.config.CACHE_DIR = before  # type: ignore[attr-defined]


def _folder() -> str:
    source = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(HERE.glob("*.py"))))
    return str(HERE / "__pycache__" / f"kernels-{source.hexdigest()[:16]}")


KEPT = _folder()
