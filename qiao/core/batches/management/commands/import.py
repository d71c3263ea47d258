"""qiao import: rosters from the command line, through the same door as the page."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from qiao.core.accounts.models import User
from qiao.core.accounts.scope import Scope
from qiao.core.batches import actions, importer
from qiao.core.batches.models import ImportBatch
from qiao.core.batches.report import as_json
from qiao.core.procedures.refusal import Refused
from qiao.core.regions.codes import BadCode, parse
from qiao.core.regions.models import Region

EPILOG = """
Exit codes: 0 every row went in; 1 some rows stay in the batch to be put right (or would, with --dry-run);
2 a file could not be read or nothing was imported.
"""


class Command(BaseCommand):
    help = (
        "Reads rosters (xlsx, xls, csv, html) and imports them: "
        "checks every row, imports the good ones, keeps the rest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = EPILOG
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--as", dest="ledger", default="residents", help="the kind of roster: %(default)s by default"
        )
        parser.add_argument(
            "--region", help="code of the community, street or district the roster belongs to"
        )
        parser.add_argument("--by", help="sign-in name of the person who imports")
        parser.add_argument("--dry-run", action="store_true", help="check only; nothing is imported")
        parser.add_argument(
            "--json", action="store_true", help="print what was understood of each file and row"
        )
        parser.add_argument(
            "--accept", action="store_true", help="import rows to confirm as they were understood"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            declared = importer.get(options["ledger"])
        except KeyError:
            known = ", ".join(one.code for one in importer.importers())
            raise CommandError(
                f"Unknown kind of roster {options['ledger']!r}. Known: {known}.", returncode=2
            ) from None
        region = self._region(options["region"])
        by = User.objects.filter(username=options["by"]).first() if options["by"] else None
        console = Console(stderr=True)
        done: list[ImportBatch] = []
        with Progress(console=console, disable=options["json"]) as progress:
            task = progress.add_task("", total=len(options["files"]))
            for path in options["files"]:
                progress.update(task, description=path.name)
                done.append(self._one(path, declared.code, region, by, options))
                progress.advance(task)
        if options["json"]:
            self.stdout.write(json.dumps([as_json(batch) for batch in done], ensure_ascii=False, indent=1))
        else:
            console.print(_table(done))
        raise SystemExit(_exit_code(done))

    def _region(self, text: str | None) -> Region:
        if text is None:
            only = list(Region.objects.filter(level=Region.Level.DISTRICT, valid_to=None)[:2])
            if len(only) == 1:
                return only[0]
            raise CommandError(
                "Say with --region which community, street or district the roster belongs to.", returncode=2
            )
        try:
            return Region.objects.get(code=parse(text))
        except (BadCode, Region.DoesNotExist):
            raise CommandError(f"There is no region with the code {text!r}.", returncode=2) from None

    def _one(
        self, path: Path, ledger: str, region: Region, by: User | None, options: dict[str, Any]
    ) -> ImportBatch:
        try:
            with path.open("rb") as file:
                batch = actions.take_in(
                    ledger,
                    path.name,
                    iter(lambda: file.read(1 << 20), b""),
                    region.code,
                    Scope(region.code),
                    by,
                )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=2) from error
        except Refused as refusal:
            raise CommandError(f"{path}: {refusal}", returncode=2) from refusal
        with translation.override(translation.get_language()):
            actions.read(batch)
            if batch.stage == ImportBatch.Stage.MAPPING and batch.total:
                actions.check(batch)
                if options["accept"]:
                    for code in _doubts(batch):
                        actions.accept_all(batch, code)
                if not options["dry_run"]:
                    actions.merge(batch)
        return batch


def _doubts(batch: ImportBatch) -> set[str]:
    rows = batch.rows.filter(status="confirm").values_list("notes", flat=True)
    return {note["code"] for notes in rows for note in notes}


def _exit_code(batches: list[ImportBatch]) -> int:
    stages = ImportBatch.Stage
    if any(batch.stage not in (stages.DONE, stages.PREVIEW) for batch in batches):
        return 2
    return int(any(batch.counts.get("error", 0) + batch.counts.get("confirm", 0) for batch in batches))


def _table(batches: list[ImportBatch]) -> Table:
    table = Table(
        "file", "state", "new", "changed", "same", "fixed", "to confirm", "errors", "skipped", "problem"
    )
    for batch in batches:
        counts = batch.counts
        shown = ["act_insert", "act_update", "act_same", "fixed", "confirm", "error", "skipped"]
        table.add_row(
            batch.file.name, batch.stage, *(str(counts.get(name, 0)) for name in shown), batch.problem
        )
    return table
