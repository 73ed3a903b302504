"""The template for docxtpl, built by code once: what a person would lay out in Word."""

from __future__ import annotations

import io
from typing import Any

from docx import Document as new_document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reportgen.tree import nodes
from reportgen.tree.style import Page, Style

from .common import align_of, fitted, leading, origins
from .docxtpl_words import ALIGNS, cell_text, page_number

ROLES = {
    "cover": ("cover",),
    "contents": ("contents-title", "contents1", "contents2"),
    "prose": ("heading1", "heading2", "heading3", "heading4", "body", "item"),
    "tables": ("heading1",),
}


def template(document: nodes.Document, style: Style) -> bytes:
    made = new_document()
    for role in style.text:
        add_style(made, role, style)
    for n, section in enumerate(document.sections):
        page = style.pages[section.page]
        set_up(made.sections[0] if not n else made.add_section(WD_SECTION.NEW_PAGE), page)
        loop(made, f"blocks{n}", ROLES[section.page])
        for block in section.blocks:
            if isinstance(block, nodes.Table):
                add_table(made, block, document.tables().index(block), page, style)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def merged_columns(table: nodes.Table) -> set[int]:
    """The columns in which cells span rows."""
    body = origins(table.body, len(table.columns))
    return {placed.column for _, placed in body if placed.cell.rowspan > 1}


def loop(made: Any, name: str, roles: tuple[str, ...]) -> None:
    """One paragraph for each role; docxtpl keeps the one that fits."""
    made.add_paragraph(f"{{%p for b in {name} %}}")
    for n, role in enumerate(roles):
        made.add_paragraph(f"{{%p {'elif' if n else 'if'} b.role == '{role}' %}}")
        made.add_paragraph("{{ b.text }}", style=f"x-{role}")
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endfor %}")


def add_style(made: Any, role: str, style: Style) -> None:
    text = style.text[role]
    added = made.styles.add_style(f"x-{role}", WD_STYLE_TYPE.PARAGRAPH)
    face = style.faces[text.face].name
    added.font.name, added.font.size, added.font.bold = face, Pt(text.size), text.bold
    added.element.rPr.rFonts.set(qn("w:eastAsia"), face)
    form = added.paragraph_format
    form.alignment = ALIGNS[text.align]
    form.line_spacing = Pt(leading(text, style.pages["prose"]))
    form.first_line_indent, form.left_indent = Pt(text.first_indent * text.size), Pt(text.left_indent * text.size)
    form.space_before, form.space_after, form.keep_with_next = Pt(text.before), Pt(text.after), text.keep_next


def set_up(section: Any, page: Page) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.footer.is_linked_to_previous = False
    if page.numbered:
        page_number(section.footer.paragraphs[0])


def add_table(made: Any, table: nodes.Table, n: int, page: Page, style: Style) -> None:
    made.add_paragraph(f"{{{{ table{n}.heading }}}}", style="x-contents2")
    width, head = len(table.columns), len(table.head)
    drawn = made.add_table(rows=3 + head + 5, cols=width, style="Table Grid")
    drawn.autofit = False
    sizing = fitted(table, page, style)
    for column, points in zip(drawn.columns, sizing.widths, strict=True):
        column.width = Pt(points)
    for row in drawn.rows:
        for cell, points in zip(row.cells, sizing.widths, strict=True):
            cell.width = Pt(points)
    size = sizing.size
    masthead_rows(drawn, n, width)
    for row, placed in origins(table.head, width):
        r, c, one = 3 + placed.row, placed.column, placed.cell
        cell = drawn.cell(r, c)
        if one.rowspan > 1 or one.colspan > 1:
            cell = cell.merge(drawn.cell(r + one.rowspan - 1, c + one.colspan - 1))
        cell_text(cell, one.text, "x-table-head", align_of(row, placed, table), size)
    body_rows(drawn, table, n, 3 + head, size)
    for row in list(drawn.rows)[: 3 + head]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    made.add_paragraph(f"{{%p for note in table{n}.notes %}}")
    made.add_paragraph("{{ note }}", style="x-table-note")
    made.add_paragraph("{%p endfor %}").alignment = WD_ALIGN_PARAGRAPH.LEFT


def masthead_rows(drawn: Any, n: int, width: int) -> None:
    middle = max(1, width * 2 // 3)
    spots = [(0, 0, width, "label", "right", "table-line"), (1, 0, width, "title", "center", "table-title")]
    spots += [(2, 0, middle, "left", "left", "table-line"), (2, middle, width, "right", "right", "table-line")]
    for r, first, end, name, align, role in spots:
        cell = drawn.cell(r, first).merge(drawn.cell(r, end - 1))
        cell_text(cell, f"{{{{ table{n}.{name} }}}}", f"x-{role}", align)


def body_rows(drawn: Any, table: nodes.Table, n: int, first: int, size: float) -> None:
    """Loop over the groups, in it over the rows: five template rows, of which docxtpl keeps the middle one."""
    tags = [f"{{%tr for group in table{n}.groups %}}", "{%tr for row in group %}", ""]
    tags += ["{%tr endfor %}", "{%tr endfor %}"]
    for r, tag in enumerate(tags, first):
        if tag:
            drawn.cell(r, 0).text = tag
    merged = merged_columns(table)
    for c, column in enumerate(table.columns):
        words = f"{{{{ row[{c}] }}}}" + ("{% vm %}" if c in merged else "")
        cell_text(drawn.cell(first + 2, c), words, "x-table-cell", column.align, size)
