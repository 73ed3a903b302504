"""reportlab's own typesetting: ``Paragraph`` with CJK word wrap, ``Table`` with repeated rows and spans."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph

from reportgen.tree import nodes
from reportgen.tree.style import Page, Style

from .common import MM, leading
from .platypus_table import flowable_table

NAME, FORMAT = "reportlab platypus", "pdf"
ALIGNS = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}


def ready(document: nodes.Document, style: Style) -> bytes:
    return b""


def write(document: nodes.Document, style: Style, ready: bytes) -> bytes:
    register(style)
    file = io.BytesIO()
    made = BaseDocTemplate(file, title=document.title, author=document.author, lang=document.language)
    made.addPageTemplates([template(n, section, style) for n, section in enumerate(document.sections)])
    story: list[Any] = []
    for n, section in enumerate(document.sections):
        if n:
            story += [NextPageTemplate(f"section{n}"), PageBreak()]
        for block in section.blocks:
            story += flowables(block, style.pages[section.page], style)
    made.build(story)
    return file.getvalue()


def register(style: Style) -> None:
    known = pdfmetrics.getRegisteredFontNames()
    for name, face in style.faces.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(face.file)))


def template(n: int, section: nodes.Section, style: Style) -> PageTemplate:
    page = style.pages[section.page]
    width, height = page.width * MM, page.height * MM
    inner = (width - (page.left + page.right) * MM, height - (page.top + page.bottom) * MM)
    frame = Frame(page.left * MM, page.bottom * MM, *inner, 0, 0, 0, 0)
    first: list[int] = []

    def number(canvas: Any, made: Any) -> None:
        if not page.numbered:
            return
        first.append(canvas.getPageNumber())
        shown = canvas.getPageNumber() - (first[0] - (page.first_number or first[0]))
        size = style.text["page-number"].size
        canvas.setFont(style.text["page-number"].face, size)
        base = page.bottom * MM - 7 * MM - size
        if shown % 2:
            canvas.drawRightString(width - page.right * MM - size, base, f"— {shown} —")
        else:
            canvas.drawString(page.left * MM + size, base, f"— {shown} —")

    return PageTemplate(f"section{n}", [frame], onPage=number, pagesize=(width, height))


def paragraph_style(role: str, page: Page, style: Style) -> ParagraphStyle:
    text = style.text[role]
    return ParagraphStyle(
        role,
        fontName=text.face,
        fontSize=text.size,
        leading=leading(text, page),
        alignment=ALIGNS[text.align],
        firstLineIndent=text.first_indent * text.size,
        leftIndent=text.left_indent * text.size,
        spaceBefore=text.before,
        spaceAfter=text.after,
        keepWithNext=text.keep_next,
        wordWrap="CJK",
    )


class Mark(Flowable):
    """A place that links and the outline lead to."""

    def __init__(self, heading: nodes.Heading) -> None:
        super().__init__()
        self.heading, self.keepWithNext = heading, True

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.bookmarkHorizontal(self.heading.id, 0, 0)
        self.canv.addOutlineEntry(nodes.plain(self.heading.runs), self.heading.id, min(self.heading.level, 2) - 1)


def flowables(block: nodes.Block, page: Page, style: Style) -> list[Any]:
    if isinstance(block, nodes.Cover):
        return [set_in("cover", nodes.plain(line), page, style) for line in block.lines]
    if isinstance(block, nodes.Contents):
        return contents(block, page, style)
    if isinstance(block, nodes.Heading):
        heading = set_in(f"heading{block.level}", nodes.plain(block.runs), page, style)
        return [Mark(block), heading] if block.level <= 2 else [heading]
    if isinstance(block, nodes.Paragraph):
        role = "table-note" if block.role == "note" else block.role
        return [set_in(role, nodes.plain(block.runs), page, style)]
    notes = [set_in("table-note", nodes.plain(note.runs), page, style) for note in block.notes]
    return [Mark(block.heading), flowable_table(block, page, style), *notes, PageBreak()]


def contents(block: nodes.Contents, page: Page, style: Style) -> list[Any]:
    lines = [set_in("contents-title", block.title, page, style)]
    for entry in block.entries:
        look = paragraph_style(f"contents{entry.level}", page, style)
        link = f'<a href="#{escape(entry.target)}">{escape(nodes.plain(entry.runs))}</a>'
        lines.append(Paragraph(link, look))
    return lines


def set_in(role: str, text: str, page: Page, style: Style) -> Paragraph:
    return Paragraph(escape(text), paragraph_style(role, page, style))
