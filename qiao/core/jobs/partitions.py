"""Batch work in parts: here by default, on queue workers when told. Other engines plug in here.

A function of a partition is deterministic, writes its result once and may safely be run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models.functions import Now
from django.utils.module_loading import import_string

from qiao.core.jobs.models import Part, Run

Work = Callable[[Any], object]

_partitioned: set[str] = set()


class PartsFailed(RuntimeError):
    """Some parts failed; the others are done. `run` tells which."""

    def __init__(self, run: Run) -> None:
        super().__init__(f"{run.name}: {run.failed} of {run.total} parts failed")
        self.run = run


def partitioned(work: Work) -> Work:
    """Marks a function of one JSON key as fit for `map_partitions`."""
    _partitioned.add(_path(work))
    return work


def map_partitions(work: Work, keys: Iterable[Any], *, name: str = "", workers: bool = False) -> Run:
    """Runs `work(key)` for each key; returns the record of it.

    In process it is over when this returns, and PartsFailed is raised if any part failed. On workers it has
    only been queued: ask `run.over`.
    """
    path = _path(work)
    if path not in _partitioned:
        raise TypeError(f"{path} is not marked as partitioned")
    wanted = list(keys)
    run = Run.objects.create(name=name or path.rpartition(".")[2], function=path, total=len(wanted))
    parts = Part.objects.bulk_create(Part(run=run, key=key) for key in wanted)
    if workers:
        from qiao.core.jobs.tasks import do_part

        for part in parts:
            do_part.configure(queueing_lock=f"part-{part.pk}").defer(part_id=part.pk)
        return run
    for part in parts:
        try:
            do(part)
        except Exception:
            continue
    if run.failed:
        raise PartsFailed(run)
    return run


def do(part: Part) -> None:
    """Runs a part unless it is done. What it fails with is kept, and raised."""
    if part.done_at is not None:
        return
    try:
        work: Work = import_string(part.run.function)
        if part.run.function not in _partitioned:
            raise TypeError(f"{part.run.function} is not marked as partitioned")
        work(part.key)
    except Exception as error:
        Part.objects.filter(pk=part.pk).update(error=f"{type(error).__name__}: {error}")
        raise
    Part.objects.filter(pk=part.pk).update(done_at=Now(), error="")


def _path(work: Work) -> str:
    return f"{work.__module__}.{work.__qualname__}"
