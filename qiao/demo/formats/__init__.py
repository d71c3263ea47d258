"""Sheets into files of each kind. The same sheets give the same bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qiao.demo.formats.text import html_page, separated
from qiao.demo.formats.xls import xls
from qiao.demo.formats.xlsx import xlsx
from qiao.demo.sheets import Sheet

__all__ = ["Writer", "html_page", "separated", "writer", "xls", "xlsx"]

Writer = Callable[[Path, list[Sheet]], None]


def writer(layout: dict[str, Any]) -> Writer:
    if layout["format"] == "csv":
        return lambda path, sheets: separated(path, sheets[0], layout["encoding"], layout["delimiter"])
    return {"xlsx": xlsx, "xls": xls, "html": html_page}[layout["format"]]
