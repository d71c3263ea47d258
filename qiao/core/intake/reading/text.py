"""CSV and TSV in the encodings that offices save them in."""

import csv
import io
import re

from qiao.core.intake.cells import Cell
from qiao.core.intake.notes import Unreadable
from qiao.core.intake.sheets import Sheet, Workbook

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",\t;|"
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 20_000
_MOST_CELLS = 6_000_000
csv.field_size_limit(1_000_000)


def read_text(data: bytes, filename: str) -> Workbook:
    text, encoding = decode(data)
    if len(_BINARY.findall(text[:_SAMPLE])) > min(len(text), _SAMPLE) / 200:
        raise Unreadable("binary")
    text = text.replace("\0", "")
    if sum(map(text.count, f"{_delimiter(text)}\n")) > _MOST_CELLS:
        raise Unreadable("too_many_cells")
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        records = [line.split(_delimiter(text)) for line in text.splitlines()]
    rows: list[list[Cell]] = [[cell or None for cell in record] for record in records]
    while rows and not any(rows[-1]):
        rows.pop()
    name = filename.rsplit("/", 1)[-1].rsplit(".", 1)[0] or "1"
    return Workbook(filename, "csv", [Sheet(name, rows)], encoding)


def decode(data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding. Raises Unreadable when the bytes are no text."""
    marked = next((encoding for mark, encoding in _BOMS if data.startswith(mark)), None)
    if encoding := marked or _unmarked_utf16(data):
        return data.decode(encoding, errors="replace"), encoding
    if data.count(b"\0", 0, _SAMPLE) > 2:
        raise Unreadable("binary")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    readings = [
        (text, name) for name in ("gb18030", "big5hkscs") if (text := _decoded(data, name)) is not None
    ]
    if readings:
        return max(readings, key=lambda reading: _commonness(*reading))
    text = data.decode("gb18030", errors="replace")
    if text.count("\ufffd") > len(text) / 50:
        raise Unreadable("binary")
    return text, "gb18030"


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: the line ends are ASCII, so one half of the pairs holds zeros."""
    head = data[: _SAMPLE // 2 * 2]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 or max(even, odd) < max(3, len(head) // 50) or min(even, odd) > len(head) // 100:
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return encoding if _decoded(data, encoding) is not None else None


def _commonness(text: str, encoding: str) -> float:
    """Share of characters from the first, everyday level of the encoding's own character set."""
    family, first, last = ("gb2312", 0xB0, 0xD7) if encoding == "gb18030" else ("big5", 0xA4, 0xC6)
    characters = [character for character in text[:_SAMPLE] if character > "\x7f"]
    common = sum(
        first <= character.encode(family, "ignore")[:1].ljust(1, b"\0")[0] <= last for character in characters
    )
    return common / max(len(characters), 1)


def _delimiter(text: str) -> str:
    """The mark that cuts most lines into the same number of pieces."""
    lines = [line for line in text[:_SAMPLE].splitlines()[:60] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines if mark in line]
        usual = max(set(counts), key=counts.count, default=0)
        return counts.count(usual) if usual else 0, usual

    return max(_DELIMITERS, key=evenness)
