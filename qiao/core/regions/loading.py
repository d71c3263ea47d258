"""Loads area codes from a CSV file: the national list (`code,name`) or one with `level` and `parent`.

Safe to repeat: a region that is there already is renamed if its name differs, and otherwise left alone.
A bad row is left out and reported with its line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from qiao.core.regions import codes
from qiao.core.regions.models import Region
from qiao.core.regions.naming import initials

ENCODINGS = ("utf-8-sig", "gb18030")
COLUMNS = ("code", "name", "level", "parent")
LEVELS = {
    "province": codes.Level.PROVINCE,
    "city": codes.Level.CITY,
    "district": codes.Level.DISTRICT,
    "county": codes.Level.DISTRICT,
    "street": codes.Level.STREET,
    "town": codes.Level.STREET,
    "township": codes.Level.STREET,
    "community": codes.Level.COMMUNITY,
    "village": codes.Level.COMMUNITY,
}
CHUNK = 5000


class Unreadable(ValueError):
    """The file is no list of area codes. The message says why."""


class BadRow(ValueError):
    """The message says what is wrong with the row and what to write."""


@dataclass(frozen=True, slots=True)
class Problem:
    line: int
    message: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(message)s") % {"line": self.line, "message": self.message}


@dataclass(slots=True)
class Loaded:
    """What a load did: how many regions were created, renamed or left as they were, and the rows left out."""

    created: int = 0
    renamed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    code: int
    name: str


def rows_of(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each filled row with its line. Without a heading the columns are code, name, level, parent in order."""
    lines = csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text.split("\n", 1)[0] else ",")
    names: tuple[str, ...] = COLUMNS
    for place, cells in enumerate(lines):
        cells = [cell.strip() for cell in cells]
        if not any(cells):
            continue
        if place == 0 and not cells[0].isdigit():
            heading = tuple(cell.lower() for cell in cells)
            names = heading if {"code", "name"} <= set(heading) else COLUMNS
            continue
        yield lines.line_num, dict(zip(names, cells, strict=False))


def checked(line: int, cells: dict[str, str]) -> Row:
    """Raises BadRow."""
    text, name = cells.get("code", ""), cells.get("name", "")
    try:
        code = codes.parse(text)
    except codes.BadCode:
        raise BadRow(
            _("“%(code)s” is no area code. Write 2, 4, 6, 9 or 12 digits and keep the column as text.")
            % {"code": text}
        ) from None
    if not name:
        raise BadRow(_("The name of %(code)s is missing.") % {"code": text})
    if len(name) > 80:
        raise BadRow(_("The name of %(code)s is longer than 80 characters.") % {"code": text})
    level = codes.level_of(code)
    stated = LEVELS.get(cells.get("level", "").lower())
    if stated is not None and stated != level:
        raise BadRow(
            _("%(code)s is a code of the level “%(level)s”, but the row says “%(stated)s”.")
            % {"code": text, "level": Region.Level(level).label, "stated": cells["level"]}
        )
    parent = cells.get("parent", "")
    if parent and parent.ljust(12, "0") != f"{codes.parent_of(code):012}":
        raise BadRow(
            _("%(code)s lies under %(parent)s by its digits, but the row says %(stated)s.")
            % {"code": text, "parent": f"{codes.parent_of(code):012}", "stated": parent}
        )
    return Row(line, code, name)


def read(content: bytes) -> tuple[list[Row], list[Problem]]:
    """The sound rows in order of code, and what is wrong with the others. Raises Unreadable."""
    found: dict[int, Row] = {}
    problems: list[Problem] = []
    for line, cells in rows_of(text_of(content)):
        try:
            row = checked(line, cells)
            first = found.setdefault(row.code, row)
            if first.name != row.name:
                raise BadRow(
                    _("%(code)s already stands in line %(line)s with another name, “%(name)s”.")
                    % {"code": f"{row.code:012}", "line": first.line, "name": first.name}
                )
        except BadRow as bad:
            problems.append(Problem(line, str(bad)))
    if not found and not problems:
        raise Unreadable(_("The file holds no rows. The first column is the area code, the second its name."))
    return sorted(found.values(), key=lambda row: row.code), problems


def text_of(content: bytes) -> str:
    """UTF-8 or GB 18030. Raises Unreadable."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable(_("The file is no text. Save it as CSV (UTF-8 or GBK) and try again."))


@transaction.atomic
def load(source: Path | bytes, progress: Callable[[int, int], None] | None = None) -> Loaded:
    """Raises Unreadable, and OSError when the file cannot be opened. `progress` is told (done, total)."""
    rows, problems = read(source if isinstance(source, bytes) else source.read_bytes())
    known = set(Region.objects.values_list("code", flat=True))
    result = Loaded(problems=problems)
    sound = list(_with_parents(rows, known, problems))
    for start in range(0, len(sound), CHUNK):
        _store(sound[start : start + CHUNK], result)
        if progress:
            progress(min(start + CHUNK, len(sound)), len(sound))
    problems.sort(key=lambda problem: problem.line)
    return result


def _with_parents(rows: Iterable[Row], known: set[int], problems: list[Problem]) -> Iterator[Row]:
    for row in rows:
        parent = codes.parent_of(row.code)
        if parent and parent not in known:
            message = _("%(code)s lies under %(parent)s, which is neither in the file nor in the system.")
            problems.append(
                Problem(row.line, message % {"code": f"{row.code:012}", "parent": f"{parent:012}"})
            )
            continue
        known.add(row.code)
        yield row


def _store(rows: list[Row], result: Loaded) -> None:
    there = Region.objects.in_bulk([row.code for row in rows])
    fresh: list[Region] = []
    renamed: list[Region] = []
    for row in rows:
        region = there.get(row.code)
        if region is None:
            level = codes.level_of(row.code)
            fresh.append(Region(code=row.code, name=row.name, level=level, initials=initials(row.name)))
        elif region.name != row.name:
            region.name, region.initials = row.name, initials(row.name)
            renamed.append(region)
    Region.objects.bulk_create(fresh)
    Region.objects.bulk_update(renamed, ["name", "initials"])
    result.created += len(fresh)
    result.renamed += len(renamed)
    result.unchanged += len(rows) - len(fresh) - len(renamed)
