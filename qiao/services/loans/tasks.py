"""Work of the night: the day that is over is closed in every district."""

from __future__ import annotations

from datetime import date, timedelta

from procrastinate.contrib.django import app

from qiao.core.calendars.clock import today
from qiao.core.jobs.models import Run
from qiao.core.jobs.partitions import map_partitions, partitioned
from qiao.services.loans.models import Loan
from qiao.services.loans.money import closing

SPAN = 1_000_000


@partitioned
def close_district(key: list[int | str]) -> None:
    """`key`: the district's code and the last day to close."""
    closing.close(int(key[0]), date.fromisoformat(str(key[1])))


def districts(chosen: int | None = None) -> list[int]:
    """Codes of the districts that have loans, or the chosen one."""
    if chosen:
        return [chosen]
    places = Loan.objects.order_by("district").values_list("district", flat=True).distinct()
    return [place * SPAN for place in places]


def close(district: int | None = None, upto: date | None = None, workers: bool = False) -> Run:
    """Closes the open days of one district, or of all that have loans. Raises PartsFailed."""
    day = upto or today() - timedelta(1)
    keys = [[code, day.isoformat()] for code in districts(district)]
    return map_partitions(close_district, keys, name="loans.close", workers=workers)


@app.periodic(cron="30 0 * * *")
@app.task(name="loans.close", queue="loans", queueing_lock="loans.close")
def close_days(timestamp: int = 0) -> None:
    close()
