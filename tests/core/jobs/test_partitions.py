"""Work in parts: each once, failures kept, on the queue when told."""

from __future__ import annotations

import pytest

from qiao.core.jobs.models import Part, Run
from qiao.core.jobs.partitions import PartsFailed, do, map_partitions, partitioned

pytestmark = pytest.mark.django_db
seen = []


@partitioned
def gather(key):
    if key == "bad":
        raise ValueError("no such thing")
    seen.append(key)


def unmarked(key):
    raise AssertionError


@pytest.fixture(autouse=True)
def nothing_seen():
    seen.clear()


def test_every_part_is_done_in_order():
    run = map_partitions(gather, [3, 1, 2], name="gathering")
    assert seen == [3, 1, 2]
    assert (run.total, run.done, run.failed, run.over) == (3, 3, 0, True)


def test_a_part_that_fails_stops_no_other():
    with pytest.raises(PartsFailed) as failed:
        map_partitions(gather, ["a", "bad", "c"])
    assert seen == ["a", "c"]
    assert list(Part.objects.exclude(error="").values_list("key", "error")) == [
        ("bad", "ValueError: no such thing")
    ]
    assert failed.value.run.failed == 1


def test_a_part_done_is_not_done_again():
    map_partitions(gather, ["a"])
    do(Part.objects.get())
    assert seen == ["a"]


def test_only_marked_functions_are_run():
    with pytest.raises(TypeError):
        map_partitions(unmarked, [1])
    part = Part.objects.create(run=Run.objects.create(name="x", function="os.getcwd", total=1), key=1)
    with pytest.raises(TypeError):
        do(part)


def test_on_workers_they_wait_in_the_queue():
    from procrastinate.contrib.django.models import ProcrastinateJob

    run = map_partitions(gather, ["a", "b"], workers=True)
    assert not seen
    assert not run.over
    jobs = ProcrastinateJob.objects.filter(task_name="jobs.part")
    assert {job.args["part_id"] for job in jobs} == set(run.parts.values_list("pk", flat=True))
