"""Reads a staff list (xlsx, xls, ods) and makes accounts and appointments of it. Safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from qiao.core.accounts import staffing
from qiao.core.accounts.models import Appointment, User
from qiao.core.accounts.rights import Role
from qiao.core.regions import codes
from qiao.core.regions.models import Region

HEADING_WITHIN = 10
COLUMNS = Path(__file__).with_name("staff_columns.yml")


class Unreadable(ValueError):
    """The file is no staff list. The message says what is missing."""


class BadRow(ValueError):
    """The message says what is wrong with the row."""


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    username: str
    name: str
    role: str
    region: int
    phone: str
    since: date | None


@dataclass(slots=True)
class Listed:
    """`passwords`: those of new accounts, by sign-in name, when none was given for all."""

    people: int = 0
    appointments: int = 0
    unchanged: int = 0
    passwords: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


@cache
def words() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load(COLUMNS.read_text(encoding="utf-8"))
    return content


def cells_of(path: Path) -> list[list[Any]]:
    try:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
    except (CalamineError, OSError, ValueError, IndexError) as bad:
        raise Unreadable(_("“%(file)s” cannot be read as an Excel workbook.") % {"file": path.name}) from bad
    return sheet.to_python(skip_empty_area=False)


def _columns(cells: list[Any]) -> dict[str, int]:
    headings = {str(cell).strip().lower(): place for place, cell in enumerate(cells)}
    return {
        name: headings[alias]
        for name, aliases in words()["columns"].items()
        for alias in reversed(aliases)
        if alias in headings
    }


def rows_of(table: list[list[Any]]) -> Iterator[Row | str]:
    """The rows below the heading; a bad one as its message. Raises Unreadable."""
    needed = set(words()["columns"]) - set(words()["optional"])
    candidates = ((place, _columns(cells)) for place, cells in enumerate(table[:HEADING_WITHIN]))
    place, columns = next(((p, found) for p, found in candidates if needed <= found.keys()), (0, {}))
    if not columns:
        raise Unreadable(_("The first rows hold no heading with username, name, role and region code."))
    for line, cells in enumerate(table[place + 1 :], start=place + 2):
        text = {name: _text(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
        if not any(text.values()):
            continue
        try:
            yield _row(line, text)
        except BadRow as bad:
            yield _("Line %(line)s: %(message)s") % {"line": line, "message": bad}


def _text(cell: Any) -> str:
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _row(line: int, text: dict[str, str]) -> Row:
    if not text["username"] or not text["name"]:
        raise BadRow(_("The sign-in name or the name is missing."))
    try:
        region = codes.parse(text["region"])
        since = date.fromisoformat(text["since"]) if text.get("since") else None
    except codes.BadCode:
        raise BadRow(_("“%(code)s” is no area code.") % {"code": text["region"]}) from None
    except ValueError:
        raise BadRow(_("“%(day)s” is no date such as 2006-08-31.") % {"day": text["since"]}) from None
    return Row(
        line, text["username"], text["name"], _role(text["role"]), region, text.get("phone", ""), since
    )


def _role(text: str) -> str:
    if text in Role.values:
        return text
    for role, names in words()["roles"].items():
        if text in names or text == Role(role).label:
            return str(role)
    raise BadRow(
        _("“%(role)s” is no role. Write one of: %(roles)s.") % {"role": text, "roles": ", ".join(Role.values)}
    )


def take(
    path: Path, since: date, password: str = "", progress: Callable[[int, int], None] | None = None
) -> Listed:
    """`since` is the first day of an appointment whose row has no date. Each row stands by itself: a bad
    one is reported and the others are taken. Raises Unreadable."""
    result, encoded = Listed(), make_password(password) if password else ""
    rows = list(rows_of(cells_of(path)))
    regions = set(
        Region.objects.filter(code__in=[row.region for row in rows if isinstance(row, Row)]).values_list(
            "code", flat=True
        )
    )
    for number, row in enumerate(rows, start=1):
        if isinstance(row, str):
            result.problems.append(row)
            continue
        try:
            if row.region not in regions:
                raise BadRow(
                    _("The region %(code)s is not known. Load it first.") % {"code": f"{row.region:012}"}
                )
            with transaction.atomic():
                _take_row(row, row.since or since, password, encoded, result)
        except (BadRow, staffing.CannotAppoint, ValidationError) as bad:
            message = " ".join(bad.messages) if isinstance(bad, ValidationError) else str(bad)
            result.problems.append(_("Line %(line)s: %(message)s") % {"line": row.line, "message": message})
        if progress:
            progress(number, len(rows))
    return result


def _take_row(row: Row, since: date, password: str, encoded: str, result: Listed) -> None:
    user = User.objects.filter(username=row.username).first()
    secret = ""
    if user is None:
        user, secret = staffing.invite(row.username, row.name, row.phone, password, encoded)
    elif user.name != row.name:
        raise BadRow(
            _("The sign-in name “%(username)s” already belongs to %(name)s.")
            % {"username": row.username, "name": user.name}
        )
    if Appointment.objects.filter(user=user, role=row.role, region=row.region, until=None).exists():
        result.unchanged += 1
        return
    staffing.appoint(user, row.role, row.region, since)
    result.appointments += 1
    if secret:
        result.people += 1
        if not password:
            result.passwords[row.username] = secret
