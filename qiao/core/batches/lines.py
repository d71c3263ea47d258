"""Staged rows as lines of COPY text. Pure: made in a process beside the import when rows are many."""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias

from django.utils.module_loading import import_string

COLUMNS = (
    *("batch_id", "sheet", "number", "block", "status", "act", "target", "region_id"),
    *("cells", "values", "extras", "notes", "key", "cipher"),
)
COPY = f"COPY batches_importrow ({', '.join(f'{chr(34)}{name}{chr(34)}' for name in COLUMNS)}) FROM STDIN"

Told: TypeAlias = tuple[tuple[Any, ...], list[Any], dict[str, Any], dict[str, str], list[Any], Any]
"""Of one row: the columns before "cells", then cells, values, extras, notes, and what the importer derived."""


def lines(seal: str, rows: list[Told]) -> list[bytes]:
    """One line a row. `seal`: see Importer; without it, what was derived is the look-up key and the cipher."""
    derived = [row[-1] for row in rows if row[-1]]
    sealed = iter(import_string(seal)(derived) if seal else derived)
    found = []
    for plain, cells, values, extras, notes, mine in rows:
        key = cipher = None
        if mine:
            key, cipher, *more = next(sealed)
            for one in more:
                values |= one
        texts = (_json(cells), _json(values), _json(extras), _json(notes), _bytes(key), _bytes(cipher))
        found.append("\t".join((*map(_plain, plain), *texts)).encode() + b"\n")
    return found


NUL = re.compile(r"(\\\\)|\\u0000")
"""Not where the backslash itself is what was written."""


def _plain(value: int | str | None) -> str:
    return "\\N" if value is None else str(value)


def _bytes(value: bytes | None) -> str:
    return "\\N" if value is None else "\\\\x" + value.hex()


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    """JSON holds no tab and no line break of its own, only backslashes; PostgreSQL takes no NUL."""
    if not value:
        return "[]" if value == [] else "{}"
    text = _encode(value)
    if "\\" in text:
        text = NUL.sub(r"\1", text).replace("\\", "\\\\")
    return text
