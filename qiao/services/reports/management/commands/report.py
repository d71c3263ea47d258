from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from qiao.core.calendars.clock import today
from qiao.core.regions import codes
from qiao.core.regions.models import Region
from qiao.services.reports.composing import as_word, composed
from qiao.services.reports.models import Kind


class Command(BaseCommand):
    help = """Write a report in Word, with every figure counted from the records as of a day.

    The page "Reports" shows the same with the names behind each figure, and lets the words be changed.
    Exit code 1: the region does not exist, the day lies ahead, or the file cannot be written."""

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add(
            "kind",
            choices=Kind.values,
            help="month, quarter, year, or work: the report on full-employment communities",
        )
        add("--region", required=True, help="12-digit code, or its first 2, 4, 6 or 9 digits")
        add("--as-of", default="", help="2006-08-31 (default: the day of business)")
        add("--out", type=Path, required=True, help="the .docx file to write")

    def handle(self, *_: Any, **options: Any) -> None:
        region = _region(options["region"])
        as_of = _day(options["as_of"])
        with translation.override("zh-hans"):
            content = as_word(composed(options["kind"], region, as_of))
        try:
            options["out"].write_bytes(content)
        except OSError as error:
            raise CommandError(f"{options['out']} cannot be written: {error.strerror}.") from None
        self.stdout.write(f"{options['out']}: {region}, as of {as_of}")


def _region(text: str) -> Region:
    try:
        found = Region.objects.filter(code=codes.parse(text)).first()
    except codes.BadCode:
        found = None
    if found is None:
        raise CommandError(f"There is no region {text!r}. See: qiao regions --help")
    return found


def _day(text: str) -> date:
    try:
        on = date.fromisoformat(text) if text else today()
    except ValueError:
        raise CommandError(f"{text!r} is no day. Write it like 2006-08-31.") from None
    if on > today():
        raise CommandError(f"{on} lies ahead: the day of business is {today()}.")
    return on
