"""`qiao regions load FILE` and `qiao regions recode FILE --on DAY`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from rich.console import Console
from rich.progress import Progress

from qiao.core.regions import actions, loading, mapping_files, moving, recoding


class Command(BaseCommand):
    help = "Load area codes, or re-code the tree on a day and let the registry follow."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser(
            "load", help="Load code,name or code,name,level,parent rows. Exit code 1 when a row was bad."
        )
        load.add_argument("file", type=Path)
        recode = verbs.add_parser("recode", help="End old codes and begin new ones: old,new[,name] rows.")
        recode.add_argument("file", type=Path)
        recode.add_argument("--on", type=date.fromisoformat, required=True, help="The day, as 2014-10-01.")
        recode.add_argument(
            "--dry-run", action="store_true", help="Say what would happen and change nothing."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            {"load": self.load, "recode": self.recode}[options["verb"]](options)
        except (loading.Unreadable, recoding.CannotRecode, OSError, UnicodeDecodeError) as bad:
            raise CommandError(str(bad), returncode=2) from bad

    def load(self, options: dict[str, Any]) -> None:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("regions", total=None)
            done = loading.load(
                options["file"], lambda part, total: bar.update(task, completed=part, total=total)
            )
        self.stdout.write(
            f"{done.created} regions created, {done.renamed} renamed, {done.unchanged} unchanged"
        )
        for problem in done.problems:
            self.stderr.write(str(problem))
        if done.problems:
            raise SystemExit(1)

    def recode(self, options: dict[str, Any]) -> None:
        mapping, names = mapping_files.parse(options["file"].read_text(encoding="utf-8-sig"))
        if options["dry_run"]:
            plan = recoding.plan(mapping, options["on"], names)
            self.stdout.write(f"{len(plan.moves)} regions would move, {len(plan.emptied)} above would end")
            for kind, number in moving.counts(plan.mapping, plan.on):
                self.stdout.write(f"{number}\t{kind}")
            return
        with transaction.atomic():
            done = actions.recode(mapping, options["on"], names=names)
        self.stdout.write(
            f"{len(done.plan.moves)} regions and {done.records} records moved, "
            f"{done.appointments} appointments followed"
        )
        for appointment in done.unplaced:
            self.stderr.write(f"To be appointed anew: {appointment.user} · {appointment}")
