"""Work of the night: households in which nobody works are listed, and those in which somebody does struck off."""

from __future__ import annotations

from datetime import date

from procrastinate.contrib.django import app

from qiao.core.calendars.clock import today
from qiao.core.jobs.partitions import map_partitions, partitioned
from qiao.core.regions.models import Region
from qiao.services.people import zero_employment


@partitioned
def sweep_district(key: list[int | str]) -> None:
    """`key`: the district's code and the day."""
    zero_employment.sweep(int(key[0]), date.fromisoformat(str(key[1])))


@app.periodic(cron="30 2 * * *")
@app.task(name="people.zero_employment", queue="people", queueing_lock="people.zero_employment")
def sweep_zero_employment(timestamp: int = 0) -> None:
    sweep_all()


def sweep_all(workers: bool = False) -> None:
    day = today()
    districts = Region.objects.on(day).filter(level=Region.Level.DISTRICT).order_by("code")
    keys = [[code, day.isoformat()] for code in districts.values_list("code", flat=True)]
    map_partitions(sweep_district, keys, name="zero-employment households", workers=workers)
