"""The queue's own housekeeping, and the part of a run that a worker takes."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from qiao.core.jobs.models import Part
from qiao.core.jobs.partitions import do

STALLED_SECONDS = 60


@app.task(name="jobs.part", queue="parts", retry=RetryStrategy(max_attempts=3, exponential_wait=2))
def do_part(part_id: int) -> None:
    do(Part.objects.select_related("run").get(pk=part_id))


@app.periodic(cron="* * * * *")
@app.task(name="jobs.sweep", queueing_lock="jobs.sweep", pass_context=True)
async def sweep_stalled(context: JobContext, timestamp: int) -> None:
    """Jobs of a worker that was killed are taken up again: it has given no sign of life for a minute."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
        await context.app.job_manager.retry_job(job)
