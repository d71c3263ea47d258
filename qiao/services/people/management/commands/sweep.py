from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console

from qiao.core.jobs.partitions import PartsFailed
from qiao.core.regions.models import Region
from qiao.services.people import tasks


class Command(BaseCommand):
    help = """Look for possible duplicates, or for patterns that honest records hardly make.

    What is found waits on the pages "Duplicates" and "Patterns" for a person to settle. A second run states
    nothing twice. The worker does the same every night.
    Exit code 1: the district does not exist, or a district failed."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=sorted(tasks.SWEEPS), help="what to look for")
        parser.add_argument(
            "--region", default="", help="12-digit or 6-digit code of one district (default: all)"
        )
        parser.add_argument("--workers", action="store_true", help="leave it to the queue's workers")

    def handle(self, *_: Any, **options: Any) -> None:
        code = options["region"]
        if code and not (code.isascii() and code.isdecimal() and len(code) in (6, 12)):
            raise CommandError(f"{code!r} is no code of a district. Give 6 or 12 digits, such as 130103.")
        district = int(code.ljust(12, "0")) if code else None
        if district and not Region.objects.filter(code=district, level=Region.Level.DISTRICT).exists():
            raise CommandError(f"There is no district {code}. See: qiao regions --help")
        console = Console()
        with console.status(f"sweep {options['what']}"):
            try:
                run = tasks.sweep(options["what"], district, workers=options["workers"])
            except PartsFailed as failed:
                errors = failed.run.parts.exclude(error="").values_list("error", flat=True)
                raise CommandError("; ".join(errors)) from None
        console.print(f"{options['what']}: {run.done} of {run.total} districts done")
