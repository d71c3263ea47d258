"""Work of the night: which policies have come to fit whom."""

from __future__ import annotations

from datetime import date

from procrastinate.contrib.django import app

from qiao.core.calendars.clock import today
from qiao.core.jobs.models import Run
from qiao.core.jobs.partitions import map_partitions, partitioned
from qiao.core.regions.models import Region
from qiao.services.support import sweeping


@partitioned
def policies_of_district(key: list[int | str]) -> None:
    sweeping.find(int(key[0]), date.fromisoformat(str(key[1])))


def sweep(district: int | None = None, workers: bool = False) -> Run:
    """Over one district or all of them. Raises PartsFailed."""
    day = today()
    keys = [[code, day.isoformat()] for code in Region.objects.districts(day, district)]
    return map_partitions(policies_of_district, keys, name="policies", workers=workers)


@app.periodic(cron="30 4 * * *")
@app.task(name="support.policies", queue="people", queueing_lock="support.policies")
def sweep_policies(timestamp: int = 0) -> None:
    sweep()
