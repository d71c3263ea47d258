"""The roll-up follows the facts within a minute."""

from __future__ import annotations

from procrastinate.contrib.django import app

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.clock import today
from qiao.core.indicators import rollup


@app.periodic(cron="* * * * *")
@app.task(name="indicators.merge", queue="figures", queueing_lock="indicators.merge", lock="indicators.merge")
def merge_pending(timestamp: int = 0) -> None:
    rollup.merge_all(Scope.everything(), today())
