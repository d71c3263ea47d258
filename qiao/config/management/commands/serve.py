from __future__ import annotations

import socket
import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from qiao.config import database, supervisor
from qiao.config.supervisor import Service
from qiao.core.standards.seed import enter_first_values


class Command(BaseCommand):
    help = """Serve the site, with one worker for its jobs, until Ctrl-C or SIGTERM.

    Brings the database up to date first. A worker that dies is started again, and so is our own database.
    Exit codes: 0 stopped as asked; 1 the port is taken, migrations are missing, or the server died."""
    requires_system_checks: list[str] = []
    announced = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
        parser.add_argument("--processes", type=int, default=1, help="server processes (default: 1)")
        parser.add_argument("--threads", type=int, default=4, help="threads in each process (default: 4)")
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")
        parser.add_argument("--no-migrate", action="store_true", help="refuse to start rather than migrate")

    def handle(self, *_: Any, host: str, port: int, **options: Any) -> None:
        self._require_free(host, port)
        self._bring_up_to_date(migrate=not options["no_migrate"])
        connections.close_all()
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        services = [_site(host, port, options["processes"], options["threads"])]
        if not options["no_worker"]:
            services.append(Service("worker", [sys.executable, "-m", "qiao", "worker"]))
        if code := supervisor.run(services, self._tell, partial(self._every_second, host, port)):
            sys.exit(code)

    def _every_second(self, host: str, port: int) -> None:
        database.resolve(settings.VAR)
        if not self.announced and _answers(host, port):
            self._tell(f"Qiao is at http://{f'[{host}]' if ':' in host else host}:{port}/   (Ctrl-C ends it)")
            self.announced = True

    def _require_free(self, host: str, port: int) -> None:
        try:
            family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
            socket.create_server((host, port), family=family).close()
        except OSError as error:
            reason = str(error.strerror).partition(" (")[0]
            raise CommandError(
                f"Cannot listen on {host} port {port} ({reason}); choose another --port."
            ) from error

    def _bring_up_to_date(self, *, migrate: bool) -> None:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            enter_first_values()  # a new version may bring parameters without a migration
            return
        if not migrate:
            raise CommandError("The database is of an earlier version; run: qiao migrate")
        self._tell("Bringing the database up to date ...")
        call_command("migrate", interactive=False, verbosity=0)

    def _tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), 0.5).close()
    except OSError:
        return False
    return True


def _site(host: str, port: int, processes: int, threads: int) -> Service:
    return Service(
        "server",
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
            *("--workers", str(processes), "--blocking-threads", str(threads), "--respawn-failed-workers"),
            *("--workers-kill-timeout", "10", "--log-level", "warning", "qiao.config.wsgi:application"),
        ],
        vital=True,
    )
