"""Matching in parts, one district each: every night, and when somebody asks for it."""

from __future__ import annotations

from datetime import date

from procrastinate.contrib.django import app

from qiao.core.calendars.clock import today
from qiao.core.jobs.models import Run
from qiao.core.jobs.partitions import map_partitions, partitioned
from qiao.core.regions.models import Region
from qiao.services.matching.rematch import rematch

NAME = "matching"
Key = list[int | str | None]


@partitioned
def match_district(key: Key) -> None:
    """`key`: code of the district, day, mode or "", number of the user who asked or None."""
    district, day, mode, by = key
    rematch(int(district or 0), date.fromisoformat(str(day)), str(mode or ""), int(by) if by else None)


def match(district: int | None = None, mode: str = "", by: int | None = None, workers: bool = False) -> Run:
    """One district or all of them. Raises PartsFailed."""
    day = today()
    keys = [[code, day.isoformat(), mode, by] for code in Region.objects.districts(day, district)]
    return map_partitions(match_district, keys, name=NAME, workers=workers)


@app.periodic(cron="0 4 * * *")
@app.task(name="matching.match", queue="people", queueing_lock="matching.match")
def match_all(timestamp: int = 0) -> None:
    match()
