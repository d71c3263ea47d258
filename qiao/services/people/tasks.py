"""Work of the night: households in which nobody works, possible duplicates, strange patterns."""

from __future__ import annotations

from datetime import date

from procrastinate.contrib.django import app

from qiao.core.calendars.clock import today
from qiao.core.jobs.models import Run
from qiao.core.jobs.partitions import Work, map_partitions, partitioned
from qiao.core.regions.models import Region
from qiao.services.people import zero_employment
from qiao.services.people.sweeps import duplicates, patterns

Key = list[int | str]


def read(key: Key) -> tuple[int, date]:
    """The district's code and the day."""
    return int(key[0]), date.fromisoformat(str(key[1]))


@partitioned
def sweep_district(key: Key) -> None:
    zero_employment.sweep(*read(key))


@partitioned
def duplicates_of_district(key: Key) -> None:
    duplicates.sweep(*read(key))


@partitioned
def patterns_of_district(key: Key) -> None:
    patterns.sweep(*read(key))


SWEEPS: dict[str, Work] = {
    "zero-employment": sweep_district,
    "duplicates": duplicates_of_district,
    "patterns": patterns_of_district,
}


def sweep(what: str, district: int | None = None, workers: bool = False) -> Run:
    """Over one district or all of them. Raises PartsFailed."""
    day = today()
    keys = [[code, day.isoformat()] for code in Region.objects.districts(day, district)]
    return map_partitions(SWEEPS[what], keys, name=what, workers=workers)


@app.periodic(cron="30 2 * * *")
@app.task(name="people.zero_employment", queue="people", queueing_lock="people.zero_employment")
def sweep_zero_employment(timestamp: int = 0) -> None:
    sweep("zero-employment")


@app.periodic(cron="0 3 * * *")
@app.task(name="people.duplicates", queue="people", queueing_lock="people.duplicates")
def sweep_duplicates(timestamp: int = 0) -> None:
    sweep("duplicates")


@app.periodic(cron="30 3 * * *")
@app.task(name="people.patterns", queue="people", queueing_lock="people.patterns")
def sweep_patterns(timestamp: int = 0) -> None:
    sweep("patterns")
