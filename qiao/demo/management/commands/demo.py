"""qiao demo: a district as of August 2006, written as the files it would hold and loaded like any other."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from qiao.core.batches.models import ImportBatch
from qiao.demo import loading
from qiao.demo.writing import WRITER, Manifest, write

PASSWORD = "Qiao-demo-2006"
SHOWN = ("able_willing", "employed", "registered_unemployed", "registered_rate", "over_six_months")
EPILOG = "Run again, it keeps what was done and prints the sign-ins. Exit code 0 in both cases."


class Command(BaseCommand):
    help = "Writes the demo district's 124 files (rosters, registers, staff) and loads them through the importer."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("--folder", type=Path, help="where the files go (default: var/demo)")
        parser.add_argument(
            "--scale", type=float, default=1.0, help="share of the population, for a quick look"
        )
        parser.add_argument("--seed", type=int, default=2006)
        parser.add_argument("--password", default=PASSWORD, help="of every demo account")
        parser.add_argument("--files-only", action="store_true", help="write the files, load nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(stderr=True)
        folder = options["folder"] or settings.VAR / "demo"
        if not options["files_only"]:
            with console.status("Preparing the database"):
                call_command("migrate", verbosity=0)
        with _progress(console) as progress:
            manifest = self._write(folder, options, progress)
            if options["files_only"]:
                return
            if not _complete(manifest):
                self._load(folder, manifest, options["password"], progress, console)
        with translation.override(settings.LANGUAGE_CODE):
            self._figures(manifest)
            console.print(_sign_ins(options["password"]))

    def _write(self, folder: Path, options: dict[str, Any], progress: Progress) -> Manifest:
        listed = folder / "manifest.json"
        if listed.exists():
            manifest = Manifest.read(folder)
            same = (manifest.seed, manifest.scale, manifest.writer) == (
                options["seed"],
                options["scale"],
                WRITER,
            )
            if same:
                return manifest
        task = progress.add_task("Writing the district's files", total=None)
        return write(
            folder,
            options["seed"],
            options["scale"],
            lambda done, total: progress.update(task, completed=done, total=total),
        )

    def _load(
        self, folder: Path, manifest: Manifest, password: str, progress: Progress, console: Console
    ) -> None:
        task = progress.add_task("Loading them", total=len(manifest.entries))
        sums: dict[str, Counter[str]] = {}
        for batch in loading.load(folder, manifest, password, lambda _path: progress.advance(task)):
            numbers = {name: count for name, count in batch.counts.items() if isinstance(count, int)}
            sums.setdefault(batch.importer, Counter()).update(numbers)
        last = progress.add_task("What the nights do: sweeps, figures", total=1)
        loading.finish(manifest)
        progress.advance(last)
        console.print(_outcome(sums))

    def _figures(self, manifest: Manifest) -> None:
        district = manifest.of("staff")[0].region
        call_command(
            "figures",
            region=str(district),
            period=manifest.as_of[:7],
            indicator=list(SHOWN),
            stdout=self.stdout,
        )


def _complete(manifest: Manifest) -> bool:
    files = sum(entry.ledger != "staff" for entry in manifest.entries)
    return ImportBatch.objects.filter(stage=ImportBatch.Stage.DONE).count() >= files


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )


def _outcome(sums: dict[str, Counter[str]]) -> Table:
    names = ("ready", "fixed", "confirm", "error", "skipped")
    table = Table("roster", *names, title="Rows of the files")
    for importer, counts in sums.items():
        table.add_row(importer, *(f"{counts[name]:,}" for name in names))
    return table


def _sign_ins(password: str) -> Table:
    table = Table("role", "region", "name", "sign-in", "password", title="Sign-ins")
    for row in loading.sign_ins():
        table.add_row(*row, password)
    return table
