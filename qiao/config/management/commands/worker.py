from __future__ import annotations

from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from procrastinate.contrib.django import app

from qiao.engines import matching


class Command(BaseCommand):
    help = """Do the jobs that wait in the queue (large imports, roll-ups, sweeps).

    Ends at Ctrl-C or SIGTERM when the running job is done. Several workers may run, also on several machines;
    "qiao serve" runs one by itself."""
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=1, help="jobs at a time (default: 1)")
        parser.add_argument(
            "--queue", action="append", dest="queues", help="only this queue; may be repeated"
        )
        parser.add_argument("--once", action="store_true", help="end when no job waits any more")

    def handle(self, *_: Any, concurrency: int, queues: list[str] | None, once: bool, **__: Any) -> None:
        if not once:
            # Compiling takes some seconds once for a version; what is kept on disk serves the pages, too.
            Thread(target=matching.warm, name="warm", daemon=True).start()
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(concurrency=concurrency, queues=queues, wait=not once)
