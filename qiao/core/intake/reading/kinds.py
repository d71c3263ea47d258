"""What kind of file the first bytes announce."""

import re

from qiao.core.intake.notes import Unreadable

# Signatures of files that people send by mistake -> the name used in the message.
_NOT_TABLES = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"{\\rtf": "RTF",
    b"SQLite format 3": "SQLite",
}
_ARCHIVES = {b"Rar!": "RAR", b"7z\xbc\xaf": "7z", b"\x1f\x8b": "gzip"}
# BIFF 2, 3 and 4: worksheets of 1987-1992 that are no compound document.
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|table|meta|head|body|style)\b", re.I)
_SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"


def kind_of(data: bytes) -> str:
    """One of zip, ole, html, xml, text. Raises Unreadable for pictures, documents and archives."""
    if data.startswith(b"PK\x03\x04"):
        return "zip"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "ole"
    if data.startswith(_OLD_EXCEL):
        raise Unreadable("old_excel")
    for signature, kind in _ARCHIVES.items():
        if data.startswith(signature):
            raise Unreadable("archive", kind=kind)
    for signature, kind in _NOT_TABLES.items():
        if data.startswith(signature) and not (signature == b"BM" and data[6:10] != b"\0\0\0\0"):
            raise Unreadable("not_a_table", kind=kind)
    return _text_kind(data)


def _text_kind(data: bytes) -> str:
    head = data[:4096].replace(b"\0", b"")
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<"):
        if _SPREADSHEETML in head:
            return "xml"
        if _HTML.search(head):
            return "html"
        if b"<?xml" in head:
            raise Unreadable("not_a_table", kind="XML")
    return "text"
