from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from rich.console import Console
from rich.table import Table

from qiao.core.calendars.seed import official
from qiao.core.calendars.workdays import of_days, of_official_list
from qiao.core.procedures.refusal import Refused
from qiao.engines.amortisation.cases import BadCase, answer
from qiao.services.loans import tasks
from qiao.services.loans.money import closing


class Command(BaseCommand):
    help = """Compute the rows of a loan from a case, or close the days that are over.

    close      close every open day of a district up to a day (default: yesterday); a second run changes nothing
    schedule   read a case as JSON (one, a list, or {"vectors": [...]}) and show its rows, or what its type asks for
    A case says principal (yuan), annual_rate_pct (5.76 for 5.76 %) or annual_rate (0.0576), start, periods, every
    (1M, 3M, 2W, 15D, quarter), method (equal_instalment, equal_principal, interest_only_bullet), day_count, and
    where they apply grace_principal, due_date_rule, maturity, events, after_payment.
    Exit code 1: the case is wrong, the message says where; a day cannot be closed."""

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="schedule | close")
        schedule = verbs.add_parser("schedule", help="the rows of a loan from a case")
        schedule.add_argument("--json", action="store_true", help="print JSON instead of a table")
        schedule.add_argument("case", nargs="?", type=Path, help="file of the case (default: standard input)")
        close = verbs.add_parser("close", help="close the days that are over")
        close.add_argument("--region", default="", help="6 or 12 digits of one district (default: all)")
        close.add_argument("--day", type=date.fromisoformat, help="last day to close (default: yesterday)")
        close.add_argument(
            "--check", action="store_true", help="compare the chain over the journal with its entries"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        if options["verb"] == "close":
            return self._close(options["region"], options["day"], check=options["check"])
        answers, single = self._answers(_read(options["case"]))
        if options["json"]:
            self.stdout.write(json.dumps(answers[0] if single else answers, ensure_ascii=False, indent=2))
            return
        for one in answers:
            _print(one)

    def _close(self, region: str, day: date | None, *, check: bool) -> None:
        if region and not (region.isascii() and region.isdecimal() and len(region) in (6, 12)):
            raise CommandError(f"{region!r} is no code of a district. Give 6 or 12 digits, such as 130103.")
        chosen = int(region.ljust(12, "0")) if region else None
        for district in tasks.districts(chosen):
            try:
                closed = closing.close(district, day)
            except Refused as refused:
                raise CommandError(str(refused)) from None
            for one in closed:
                self.stdout.write(
                    f"{district // tasks.SPAN} {one.day}: {one.entries} entries, {one.loans} loans, "
                    f"{one.balance_fen / 100:.2f} yuan outstanding, {one.overdue_fen / 100:.2f} overdue; {one.head}"
                )
            if not closed:
                self.stdout.write(f"{district // tasks.SPAN}: every day is closed already")
            if check and (wrong := closing.broken(district)):
                raise CommandError(f"The entries of {wrong} are not those that were closed.")

    def _answers(self, given: Any) -> tuple[list[dict[str, Any]], bool]:
        single = isinstance(given, dict) and "vectors" not in given
        cases = [given] if single else given["vectors"] if isinstance(given, dict) else given
        if not isinstance(cases, list):
            raise CommandError("The text is no case: write an object, or a list of objects.")
        named = {case["id"]: case for case in cases if isinstance(case, dict) and "id" in case}
        working, answers = _workdays(), []
        for number, case in enumerate(cases, 1):
            try:
                if isinstance(case, dict) and case.get("loan") in named:
                    case = case | {"loan": named[case["loan"]]}
                answers.append(answer(case, working))
            except BadCase as wrong:
                which = f"Case {case['id'] if isinstance(case, dict) and 'id' in case else number}: "
                raise CommandError(f"{'' if single else which}{wrong}.") from None
        return answers, single


def _read(path: Path | None) -> Any:
    try:
        text = path.read_text("utf-8") if path else sys.stdin.buffer.read().decode("utf-8")
    except OSError as error:
        raise CommandError(f"Cannot read {path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError("The case is not UTF-8 text.") from None
    try:
        return json.loads(text, parse_float=str)
    except json.JSONDecodeError as error:
        raise CommandError(f"The case is no JSON: line {error.lineno}, {error.msg}.") from None


def _workdays() -> Callable[[date], bool]:
    """By the calendar of this instance; by the published lists where the database holds none yet."""
    try:
        return of_official_list()
    except DatabaseError:
        connection.close()
        return of_days(official())


def _print(found: dict[str, Any]) -> None:
    console = Console()
    if "rows" not in found:
        console.print_json(json.dumps(found, ensure_ascii=False))
        return
    table = Table("due", "principal", "interest", "balance", title=found.get("id"))
    for column in table.columns[1:]:
        column.justify = "right"
    for row in found["rows"]:
        table.add_row(*row.values())
    table.add_section()
    table.add_row("", found["totals"]["principal"], found["totals"]["interest"], "")
    console.print(table)
