from __future__ import annotations

import json
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404
from rich.console import Console
from rich.table import Table as Grid

from qiao.core.accounts.scope import Scope
from qiao.core.calendars.clock import today
from qiao.core.indicators import figures, registry, rollup
from qiao.core.indicators.choosing import COMMUNITIES, Choice, dimensions
from qiao.core.indicators.shown import marks, region_names, rows_of, total_of
from qiao.core.indicators.workbook import workbook


class Command(BaseCommand):
    help = """Show the figures of a region and of those below it.

    Every figure is counted from the records; the page "Figures" shows the same with the names behind each.
    Exit code 1: the region, period, figure or breakdown does not exist, or --check found a difference."""

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--region", default="", help="12-digit code, or its first 2, 4, 6 or 9 digits (default: all)")
        add("--period", default="", help="2006, 2006H2, 2006Q3, 2006-08 or 2006-01-01..2006-06-30")
        add("--indicator", action="append", default=[], help="code of a figure; may be repeated")
        add("--by", default="", help='a breakdown ("sex", "age", ...) or "communities" in rows')
        add("--xlsx", type=Path, help="write an Excel workbook with definitions to this file")
        add("--json", action="store_true", help="print JSON instead of a table")
        add("--list", action="store_true", help="list the figures there are, with their definitions")
        add("--check", action="store_true", help="compare the kept figures with the records")

    def handle(self, *_: Any, **options: Any) -> None:
        if options["list"]:
            return self._list()
        for code in options["indicator"]:
            if code not in {one.code for one in registry.indicators()}:
                raise CommandError(f"There is no figure {code!r}. See: qiao figures --list")
        if options["by"] not in ("", COMMUNITIES, *dimensions()):
            raise CommandError(
                f"There is no breakdown {options['by']!r}. There are: {', '.join(dimensions())}."
            )
        everywhere, day = Scope.everything(), today()
        query = {"region": options["region"], "period": options["period"], "rows": options["by"]}
        chosen = options["indicator"] or [one.code for one in registry.indicators()]
        try:
            choice = Choice.read(query, chosen, everywhere, day)
        except Http404:
            raise CommandError(f"There is no region {options['region']!r}.") from None
        if choice.problem:
            raise CommandError(choice.problem)
        if options["check"]:
            return self._check(choice.scope)
        table = figures.table(choice.columns, choice.scope, choice.level, [choice.period], choice.by, day)
        place = region_names([choice.scope.code]).get(choice.scope.code, options["region"] or "–")
        if options["xlsx"]:
            options["xlsx"].write_bytes(workbook(choice, table, place, min(choice.period.as_of, day)))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(choice, table), ensure_ascii=False, indent=2))
        elif not options["xlsx"]:
            self._print(grid(choice, table, place))

    def _list(self) -> None:
        listed = Grid("code", "name", "unit", "definition", "breakdowns")
        for one in registry.indicators():
            by = ", ".join(dimension.code for dimension in one.dimensions)
            listed.add_row(one.code, str(one.name), str(one.unit), str(one.definition), by)
        self._print(listed)

    def _print(self, made: Grid) -> None:
        Console(file=cast(IO[str], self.stdout)).print(made)

    def _check(self, scope: Scope) -> None:
        rollup.merge_all(scope, today())
        differences = rollup.verify(scope, today())
        for one in differences[:20]:
            self.stdout.write(str(one))
        if differences:
            raise CommandError(f"{len(differences)} kept figures differ from the records.")
        self.stdout.write("The kept figures equal the records.")


def grid(choice: Choice, table: figures.Table, place: str) -> Grid:
    """Whichever there are more of, places or figures, stands in the rows: a terminal is narrow."""
    rows = [*rows_of(choice, table), total_of(choice, table)]
    made = Grid(
        title=f"{place} · {choice.period.label}", caption="\n".join(marks(choice.columns, rows)) or None
    )
    made.add_column("", overflow="fold")
    names = [f"{one.name} ({one.unit})" for one in choice.columns]
    labels = [str(row.label) for row in rows]
    texts = [[cell.marked for cell in row.cells] for row in rows]
    if len(names) > len(labels):
        names, labels, texts = labels, names, [list(column) for column in zip(*texts, strict=True)]
    for name in names:
        made.add_column(name, justify="right", overflow="fold")
    for label, cells in zip(labels, texts, strict=True):
        made.add_row(label, *cells)
    return made


def as_json(choice: Choice, table: figures.Table) -> dict[str, Any]:
    rows = [*rows_of(choice, table), total_of(choice, table)]
    return {
        "region": choice.scope.code,
        "period": str(choice.period),
        "by": choice.rows,
        "behind_since": table.behind_since.isoformat() if table.behind_since else None,
        "rows": [
            {"label": str(row.label)}
            | {one.code: cell.number for one, cell in zip(choice.columns, row.cells, strict=True)}
            | {
                "by_now": {
                    one.code: cell.now
                    for one, cell in zip(choice.columns, row.cells, strict=True)
                    if cell.now
                }
            }
            for row in rows
        ],
    }
