"""Hidden rows and columns of .xls workbooks (BIFF 8), which calamine does not tell."""

import io
import struct
from collections.abc import Iterator
from typing import TypeAlias

import olefile

Hidden: TypeAlias = tuple[frozenset[int], frozenset[int]]  # rows, columns

_BOUNDSHEET, _ROW, _COLINFO, _BOF, _EOF = 0x0085, 0x0208, 0x007D, 0x0809, 0x000A
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_MOST = 4_000_000  # records of all sheets that are looked at; a full sheet has about two million


def hidden(data: bytes) -> dict[str, Hidden]:
    """By name of the sheet. A workbook that is built in another way has nothing hidden."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            stream = compound.openstream("Workbook").read()
        budget = iter(range(_MOST))
        return {name: _sheet(stream, offset, budget) for name, offset in _sheets(stream)}
    except (OSError, struct.error, UnicodeDecodeError, IndexError):
        return {}


def _sheets(stream: bytes) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    position = 0
    while True:
        code, size = struct.unpack_from("<HH", stream, position)
        if code == _EOF:
            return found
        if code == _BOUNDSHEET:
            offset, _flags, length, wide = struct.unpack_from("<IHBB", stream, position + 4)
            start = position + 12
            name = stream[start : start + length * (1 + (wide & 1))]
            found.append((name.decode("utf-16-le" if wide & 1 else "latin-1"), offset))
        position += 4 + size


def _sheet(stream: bytes, position: int, budget: Iterator[int]) -> Hidden:
    rows: set[int] = set()
    columns: set[int] = set()
    depth = 0
    for _ in budget:
        code, size = struct.unpack_from("<HH", stream, position)
        if code == _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif code == _ROW:
            number, *_, flags = struct.unpack_from("<7H", stream, position + 4)
            if flags & _ROW_HIDDEN:
                rows.add(number)
        elif code == _COLINFO:
            first, last, _width, _form, flags = struct.unpack_from("<5H", stream, position + 4)
            if flags & _COLUMN_HIDDEN:
                columns.update(range(first, min(last, 255) + 1))
        position += 4 + size
    return frozenset(rows), frozenset(columns)
