"""`qiao staff import FILE`: accounts and appointments from a staff list."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from qiao.core.accounts import staff_list
from qiao.core.calendars.clock import today


class Command(BaseCommand):
    help = (
        "Create accounts and appointments from an Excel list with the columns username, name, role and "
        "region code (also phone, since). Rows that are there already are left alone. "
        "Exit code 1 when a row was bad."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="import")
        take = verbs.add_parser("import", help="Read a staff list.")
        take.add_argument("file", type=Path, help="The workbook (xlsx, xls, ods); its first sheet is read.")
        take.add_argument(
            "--since", type=date.fromisoformat, help="First day of the appointments (default: today)."
        )
        take.add_argument(
            "--password", default="", help="One password for all new accounts, for demonstrations. "
            "Without it each gets a one-time password, printed once."
        )  # fmt: skip
        take.add_argument("--json", action="store_true", help="Print the outcome as JSON.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = staff_list.take(options["file"], options["since"] or today(), options["password"])
        except staff_list.Unreadable as bad:
            raise CommandError(str(bad), returncode=2) from bad
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "people": done.people,
                        "appointments": done.appointments,
                        "unchanged": done.unchanged,
                        "passwords": done.passwords,
                        "problems": done.problems,
                    },
                    ensure_ascii=False,
                )
            )
        else:
            self.stdout.write(
                f"{done.people} accounts and {done.appointments} appointments created, "
                f"{done.unchanged} unchanged"
            )
            for username, secret in done.passwords.items():
                self.stdout.write(f"{username}\t{secret}")
            for problem in done.problems:
                self.stderr.write(problem)
        if done.problems:
            raise SystemExit(1)
