"""Excel and OpenDocument workbooks, by calamine. What could harm the reader is measured before it reads."""

import io
import re
import zipfile
import zlib
from typing import IO, cast

import msoffcrypto
import olefile
from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from qiao.core.intake.cells import Cell
from qiao.core.intake.notes import Unreadable
from qiao.core.intake.reading import biff
from qiao.core.intake.reading.biff import Hidden
from qiao.core.intake.sheets import Merge, Sheet, Workbook

MAX_UNPACKED = 1024 * 1024 * 1024
MAX_RATIO = 250  # a roster of equal rows packs about 30 to 1
MAX_CELLS = 12_000_000
_CHUNK = 1024 * 1024
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>/]*>')
_HIDDEN_ROW = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,7})"')
_COLUMN = re.compile(rb"<col\b([^>]*)/?>")
_ATTRIBUTE = re.compile(rb'\b(min|max|hidden)="(\w+)"')
# Excel opens a workbook "protected" with this password without asking.
_SILENT_PASSWORD = "VelvetSweatshop"
_OTHER_ZIPS = {"word/": "Word", "ppt/": "PowerPoint", "AndroidManifest.xml": "APK"}
_OTHER_OLE = {"WordDocument": "Word", "PowerPoint Document": "PowerPoint"}


def read_zip(data: bytes, filename: str) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            _refuse_others(names)
            _refuse_bombs(archive)
            hidden = _scan_sheets(archive) if "xl/workbook.xml" in names else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise Unreadable("corrupted") from error
    except RuntimeError as error:  # zipfile's word for an archive with a password
        raise Unreadable("encrypted") from error
    return _read(data, filename, "ods" if "content.xml" in names else "xlsx", hidden)


def _refuse_others(names: list[str]) -> None:
    for start, kind in _OTHER_ZIPS.items():
        if any(name.startswith(start) for name in names):
            raise Unreadable("not_a_table", kind=kind)
    if not any(name.startswith("xl/") or name == "content.xml" for name in names):
        raise Unreadable("archive", kind="ZIP")


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    total = 0
    for part in archive.infolist():
        total += part.file_size
        ratio = part.file_size / max(part.compress_size, 1)
        if total > MAX_UNPACKED or (part.file_size > 50 * _CHUNK and ratio > MAX_RATIO):
            raise Unreadable("zip_bomb")


def _scan_sheets(archive: zipfile.ZipFile) -> dict[str, Hidden]:
    """Streams every part once: checks its length and sum, its extent, and finds hidden rows and columns."""
    names = _sheet_names(archive)
    hidden = {}
    for part in archive.infolist():
        with archive.open(part) as stream:
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                hidden[names.get(part.filename, part.filename)] = _scan_sheet(stream)
            elif part.filename.endswith(".xml"):
                while stream.read(_CHUNK):
                    pass
    return hidden


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part -> name of the sheet, as the workbook and its relationships tell."""
    if "xl/_rels/workbook.xml.rels" not in archive.namelist():
        return {}
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    parts = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
    book, relations = (etree.fromstring(archive.read(part), parser) for part in parts)
    if book is None or relations is None:
        return {}
    links = relations.iter("{*}Relationship")
    targets = {link.get("Id"): str(link.get("Target", "")).removeprefix("/xl/") for link in links}
    return {
        f"xl/{targets[key]}": str(sheet.get("name"))
        for sheet in book.iter("{*}sheet")
        for name, key in sheet.attrib.items()
        if str(name).endswith("}id") and key in targets
    }


def _scan_sheet(stream: IO[bytes]) -> Hidden:
    columns: set[bytes] = set()
    hidden_rows: set[int] = set()
    hidden_columns: set[int] = set()
    last, rest = 0, b""
    while chunk := stream.read(_CHUNK):
        chunk = rest + chunk
        cut = chunk.rfind(b"<") if len(chunk) > 1 else 0
        chunk, rest = (chunk[:cut], chunk[cut:]) if cut > 0 and len(chunk) - cut < _CHUNK else (chunk, b"")
        cells = _CELL.findall(chunk)
        if cells:
            columns.update({column for column, _ in cells})
            last = max(last, max(map(int, {row for _, row in cells})))
            if last * max(map(_column_number, columns)) > MAX_CELLS:
                raise Unreadable("too_many_cells")
        if b"hidden=" in chunk:
            hidden_rows.update(int(row) - 1 for row in _HIDDEN_ROW.findall(chunk))
            hidden_columns |= _hidden_columns(chunk)
    return frozenset(hidden_rows), frozenset(hidden_columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for code in letters:
        number = number * 26 + code - 64
    return number


def _hidden_columns(chunk: bytes) -> set[int]:
    hidden: set[int] = set()
    for attributes in _COLUMN.findall(chunk):
        found = dict(_ATTRIBUTE.findall(attributes))
        if found.get(b"hidden") in (b"1", b"true") and b"min" in found and b"max" in found:
            hidden.update(range(int(found[b"min"]) - 1, min(int(found[b"max"]), 16_384)))
    return hidden


def read_ole(data: bytes, filename: str) -> Workbook:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            streams = {"/".join(path) for path in compound.listdir()}
    except Exception as error:  # olefile raises what it meets
        raise Unreadable("corrupted") from error
    for name, kind in _OTHER_OLE.items():
        if name in streams:
            raise Unreadable("not_a_table", kind=kind)
    if "EncryptedPackage" not in streams and not streams & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        raise Unreadable("corrupted")
    data, packed = _unlocked(data)
    return read_zip(data, filename) if packed else _read(data, filename, "xls", biff.hidden(data))


def _unlocked(data: bytes) -> tuple[bytes, bool]:
    """The workbook without its silent password, and whether it turned out to be an xlsx inside."""
    try:
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not office.is_encrypted():
            return data, False
        opened = io.BytesIO()
        office.load_key(password=_SILENT_PASSWORD)
        office.decrypt(opened)
    except Exception as error:  # msoffcrypto raises what it meets
        raise Unreadable("encrypted") from error
    return opened.getvalue(), opened.getvalue().startswith(b"PK")


def _read(data: bytes, filename: str, form: str, hidden: dict[str, Hidden]) -> Workbook:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for metadata in book.sheets_metadata:
            if metadata.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(metadata.name)
            rows = _rows(cast(list[list[Cell]], sheet.to_python(skip_empty_area=False)))
            merges = [Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
            concealed = metadata.visible != SheetVisibleEnum.Visible
            sheets.append(Sheet(metadata.name, rows, merges, concealed, *hidden.get(metadata.name, ())))
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except (CalamineError, ValueError, OSError, KeyError) as error:
        raise Unreadable("corrupted") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # a Rust panic inside calamine
            raise Unreadable("corrupted") from error
        raise
    return Workbook(filename, form, sheets)


def _rows(read: list[list[Cell]]) -> list[list[Cell]]:
    """Empty cells as None; empty rows at the end left out."""
    for cells in read:
        for column, cell in enumerate(cells):
            if cell == "":
                cells[column] = None
    while read and not any(cell is not None for cell in read[-1]):
        read.pop()
    return read
