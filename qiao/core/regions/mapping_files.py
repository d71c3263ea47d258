"""Reads the lines of a re-code: old code, new code, and perhaps the new name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qiao.core.regions import codes
from qiao.core.regions.recoding import CannotRecode


def parse(text: str) -> tuple[dict[int, int], dict[int, str]]:
    """The mapping old -> new and the names of new codes. Raises CannotRecode, a line for each bad row."""
    mapping: dict[int, int] = {}
    names: dict[int, str] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.replace("\t", ",").replace("，", ",").split(",")]
        if not any(cells) or (number == 1 and not cells[0].isdigit()):
            continue
        try:
            old, new = codes.parse(cells[0]), codes.parse(cells[1])
        except (codes.BadCode, IndexError):
            problems.append(
                _("Line %(line)s: write the old code, a comma and the new code.") % {"line": number}
            )
            continue
        if mapping.setdefault(old, new) != new:
            problems.append(
                _("Line %(line)s: %(code)s already goes elsewhere.") % {"line": number, "code": f"{old:012}"}
            )
        if len(cells) > 2 and cells[2]:
            names[new] = cells[2]
    if problems:
        raise CannotRecode(problems)
    return mapping, names
