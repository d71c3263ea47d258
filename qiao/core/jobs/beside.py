"""A pure function at work in a process beside this one, so that a long job uses two cores.

The process knows neither database nor settings but those it is given. It ends when this one does, whatever
ends it; when it dies itself, the job that waits for it fails.
"""

from __future__ import annotations

import marshal
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, Any, TypeAlias

Results: TypeAlias = Callable[[Iterable[list[Any]]], Iterable[list[Any]]]

HEAD = 8


class Died(RuntimeError):
    """The process beside this one ended before its work was done."""


@contextmanager
def beside(function: str, settings: dict[str, str], *given: Any) -> Iterator[Results]:
    """Gives `results(pieces)`: the function's result for each piece, in order, one piece ahead. Raises Died.

    `function` is the dotted path of one that takes what is `given` and a list, and returns a list; all hold plain
    values: text, bytes, numbers, tuples, lists, dicts. `settings` are the Django settings it reads.
    """
    process = subprocess.Popen(
        [sys.executable, "-m", "qiao.core.jobs.beside"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
    )
    to, back = process.stdin, process.stdout
    assert to and back

    def results(pieces: Iterable[list[Any]]) -> Iterator[list[Any]]:
        try:
            _send(to, (function, settings, given))
            under_way = False
            for piece in pieces:
                if under_way:
                    done = _receive(back)
                    _send(to, piece)
                    yield done
                else:
                    _send(to, piece)
                under_way = True
            if under_way:
                yield _receive(back)
        except (BrokenPipeError, EOFError) as error:
            raise Died(f"The process that runs {function} has ended.") from error

    try:
        yield results
    finally:
        process.kill()
        process.communicate()


def _send(pipe: IO[bytes], message: Any) -> None:
    data = marshal.dumps(message)
    pipe.write(len(data).to_bytes(HEAD, "big") + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> Any:
    """Raises EOFError."""
    head = pipe.read(HEAD)
    data = pipe.read(int.from_bytes(head, "big"))
    if len(head) < HEAD or len(data) < int.from_bytes(head, "big"):
        raise EOFError
    return marshal.loads(data)


def _serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    from django.conf import settings
    from django.utils.module_loading import import_string

    try:
        path, values, given = _receive(requests)
        settings.configure(**values)
        function = partial(import_string(path), *given)
        while True:
            _send(answers, function(_receive(requests)))
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
