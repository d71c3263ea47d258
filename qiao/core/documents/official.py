"""A Word document in the layout of official documents, GB/T 9704-2012: fonts are named, none is shipped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import yaml
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

HEADINGS = {1: "first", 2: "second"}


@cache
def layout() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((files("qiao.core.documents") / "official.yml").read_text("utf-8"))
    return found


class Official:
    """Parts are added from the top; `content()` is the file."""

    def __init__(self) -> None:
        self.document = Document()
        self._page()
        self._plain_style()
        self._page_number()

    def title(self, text: str) -> None:
        paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, indented=False)
        paragraph.paragraph_format.space_after = Pt(16)
        _set(paragraph.add_run(text), "title")

    def heading(self, text: str, level: int = 1) -> None:
        """The first two levels have fonts of their own; deeper ones look like text."""
        _set(self._paragraph().add_run(text), HEADINGS.get(level, "body"))

    def paragraph(self, text: str) -> None:
        run = _set(self._paragraph(WD_ALIGN_PARAGRAPH.JUSTIFY).add_run(text), "body")
        _append(run._r.get_or_add_rPr(), "w:spacing", val=layout()["grid"]["character"])

    def table(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """The title stands above; numbers are set to the right; the head stands on every page the table runs over."""
        heading = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, indented=False)
        heading.paragraph_format.keep_with_next = True
        _set(heading.add_run(title), "first")
        made = self.document.add_table(rows=1 + len(rows), cols=len(head))
        made.style = "Table Grid"
        for line, cells in enumerate([head, *rows]):
            for place, text in enumerate(cells):
                paragraph = made.cell(line, place).paragraphs[0]
                paragraph.paragraph_format.line_spacing = 1.0
                paragraph.paragraph_format.keep_with_next = not line
                _append(paragraph._p.get_or_add_pPr(), "w:snapToGrid", val="false")
                right = line and place
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.CENTER
                _set(paragraph.add_run(text), "table")
        _append(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader", val="true")
        for row in made.rows:
            _append(row._tr.get_or_add_trPr(), "w:cantSplit", val="true")

    def signed(self, name: str, day: str) -> None:
        """Who issues it and when, below and to the right."""
        self.document.add_paragraph()
        for text in (name, day):
            paragraph = self._paragraph(WD_ALIGN_PARAGRAPH.RIGHT, indented=False)
            paragraph.paragraph_format.right_indent = Pt(4 * layout()["fonts"]["body"]["size"])
            _set(paragraph.add_run(text), "body")

    def content(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return out.getvalue()

    def _paragraph(self, alignment: WD_ALIGN_PARAGRAPH | None = None, *, indented: bool = True) -> Paragraph:
        paragraph = self.document.add_paragraph()
        if alignment is not None:
            paragraph.alignment = alignment
        if indented:
            size = layout()["fonts"]["body"]["size"]
            paragraph.paragraph_format.first_line_indent = Pt(layout()["indent"] * size)
        return paragraph

    def _page(self) -> None:
        section, margins, grid = self.document.sections[0], layout()["page"], layout()["grid"]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(margins["top"]), Mm(margins["bottom"])
        section.left_margin, section.right_margin = Mm(margins["left"]), Mm(margins["right"])
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        _append(section._sectPr, "w:docGrid", type="lines", linePitch=grid["line"])

    def _plain_style(self) -> None:
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = layout()["latin"], Pt(layout()["fonts"]["body"]["size"])
        style.element.rPr.rFonts.set(qn("w:eastAsia"), layout()["fonts"]["body"]["name"])
        style.paragraph_format.space_after = Pt(0)
        style.paragraph_format.line_spacing = Pt(layout()["grid"]["line"] / 20)

    def _page_number(self) -> None:
        """Odd pages to the right, even ones to the left."""
        section = self.document.sections[0]
        self.document.settings.odd_and_even_pages_header_footer = True
        for footer, alignment in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            paragraph = footer.paragraphs[0]
            paragraph.alignment = alignment
            before, after = layout()["page_number"]
            _set(paragraph.add_run(before), "page_number")
            field = _set(paragraph.add_run(), "page_number")
            _append(field._r, "w:fldChar", fldCharType="begin")
            _append(field._r, "w:instrText").text = "PAGE"
            _append(field._r, "w:fldChar", fldCharType="end")
            _set(paragraph.add_run(after), "page_number")


def _set(run: Run, font: str) -> Run:
    given = layout()["fonts"][font]
    run.font.name, run.font.size = layout()["latin"], Pt(given["size"])
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), given["name"])
    return run


def _append(parent: Any, tag: str, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    parent.append(element)
    return element
