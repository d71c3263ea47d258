from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from rich.console import Console

from qiao.core.jobs.partitions import PartsFailed
from qiao.core.regions.models import Region
from qiao.services.matching import tasks
from qiao.services.matching.models import Mode, Run


class Command(BaseCommand):
    help = """Match people who seek work with open posts, for one district or all of them.

    The lists of the newest run are what the files of people and posts show. The worker does the same every night.
    Exit code 1: the district does not exist, or a district failed; what was there before then stays."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--region", default="", help="12-digit or 6-digit code of one district (default: all)"
        )
        parser.add_argument(
            "--mode", default="", choices=["", *Mode.values], help="default: as set for the district"
        )
        parser.add_argument("--workers", action="store_true", help="leave it to the queue's workers")

    def handle(self, *_: Any, **options: Any) -> None:
        code = options["region"]
        if code and not (code.isascii() and code.isdecimal() and len(code) in (6, 12)):
            raise CommandError(f"{code!r} is no code of a district. Give 6 or 12 digits, such as 130103.")
        district = int(code.ljust(12, "0")) if code else None
        if district and not Region.objects.filter(code=district, level=Region.Level.DISTRICT).exists():
            raise CommandError(f"There is no district {code}. See: qiao regions --help")
        before = Run.objects.order_by("-id").values_list("pk", flat=True).first() or 0
        try:
            done = tasks.match(district, options["mode"], workers=options["workers"])
        except PartsFailed as failed:
            errors = failed.run.parts.exclude(error="").values_list("error", flat=True)
            raise CommandError("; ".join(errors)) from None
        console = Console()
        if options["workers"]:
            console.print(f"{done.total} districts are left to the workers")
            return
        with translation.override("en"):
            for run in Run.objects.filter(pk__gt=before).select_related("region").order_by("id"):
                console.print(told(run), soft_wrap=True)


def told(run: Run) -> str:
    found = run.figures
    bound = found["gap"]["bound"]
    gap = (bound - found["gap"]["total"]) / bound if bound else 0
    return (
        f"{run.region} {run.on}, {run.mode}: {found['people']} people, {found['openings']} openings at {found['posts']} posts; "
        f"{found['placed']} given a post; hardship {found['hardship_placed']} of {found['hardship']} "
        f"(at most {found['hardship_bound']}); {found['envious']} with justified envy; certified gap {gap:.3%}; "
        f"{found['nothing_feasible']} with nothing feasible; {run.milliseconds} ms"
    )
