"""Small pieces of the template: a cell's text, a page number."""

from __future__ import annotations

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

ALIGNS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def cell_text(cell: Any, text: str, style: str, align: str, size: float = 0) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.alignment = style, ALIGNS[align]
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)


def page_number(paragraph: Any) -> None:
    paragraph.style = "x-page-number"
    run = paragraph.add_run("— ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
    paragraph.add_run(" —")
