"""A table of the tree as a platypus ``Table``."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table

from reportgen.tree import nodes
from reportgen.tree.style import Page, Style
from reportgen.writers.tables.estimate import TableFit

from .common import align_of, figure_of, fitted, masthead, origins, role_of

ALIGNS = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
ABOVE = 3
"""Rows above the head: label, title, department and unit."""


def flowable_table(table: nodes.Table, page: Page, style: Style) -> Table:
    sizing, width = fitted(table, page, style), len(table.columns)
    rows = (*table.head, *table.body)
    cells = [[""] * width for _ in range(ABOVE + len(rows))]
    commands = _looks(style, sizing)
    _put_masthead(cells, commands, table, style)
    styles: dict[tuple[str, str, int], ParagraphStyle] = {}
    for row, placed in origins(rows, width):
        r, c, cell = placed.row + ABOVE, placed.column, placed.cell
        align = align_of(row, placed, table)
        if figure_of(cell):
            cells[r][c] = cell.text
            commands.append(("ALIGN", (c, r), (c, r), align.upper()))
        elif cell.text:
            key = (role_of(row), align, cell.indent)
            look = styles.get(key) or styles.setdefault(key, _cell_style(*key, style, sizing))
            cells[r][c] = Paragraph(escape(cell.text), look)
        if cell.rowspan > 1 or cell.colspan > 1:
            commands.append(("SPAN", (c, r), (c + cell.colspan - 1, r + cell.rowspan - 1)))
            commands.append(("NOSPLIT", (c, r), (c, r + cell.rowspan - 1)))  # else a tall span leaves the page
    repeated = ABOVE + len(table.head)
    return Table(cells, sizing.widths, style=commands, repeatRows=repeated, splitInRow=1)


def _looks(style: Style, sizing: TableFit) -> list[Any]:
    whole = ((0, 0), (-1, -1))
    pad_x, pad_y = style.table.pad_x, style.table.pad_y
    return [
        ("GRID", (0, ABOVE), (-1, -1), style.table.rule, "black"),
        ("FONT", *whole, style.text["table-cell"].face, sizing.size, sizing.leading),
        ("VALIGN", *whole, "MIDDLE"),
        ("LEFTPADDING", *whole, pad_x),
        ("RIGHTPADDING", *whole, pad_x),
        ("TOPPADDING", *whole, pad_y),
        ("BOTTOMPADDING", *whole, pad_y),
    ]


def _put_masthead(cells: list[list[Any]], commands: list[Any], table: nodes.Table, style: Style) -> None:
    label, title, left, right = masthead(table)
    middle = max(1, len(table.columns) * 2 // 3)
    cells[0][0], cells[1][0], cells[2][0], cells[2][middle] = label, title, left, right
    line, big = style.text["table-line"], style.text["table-title"]
    commands += [
        ("SPAN", (0, 0), (-1, 0)),
        ("SPAN", (0, 1), (-1, 1)),
        ("SPAN", (0, 2), (middle - 1, 2)),
        ("SPAN", (middle, 2), (-1, 2)),
        ("FONT", (0, 0), (-1, 2), line.face, line.size, line.leading),
        ("FONT", (0, 1), (-1, 1), big.face, big.size, big.leading),
        ("ALIGN", (0, 0), (-1, 0), "RIGHT"),
        ("ALIGN", (0, 1), (-1, 1), "CENTER"),
        ("ALIGN", (middle, 2), (-1, 2), "RIGHT"),
    ]


def _cell_style(role: str, align: str, indent: int, style: Style, sizing: TableFit) -> ParagraphStyle:
    return ParagraphStyle(
        role,
        fontName=style.text[role].face,
        fontSize=sizing.size,
        leading=sizing.leading,
        alignment=ALIGNS[align],
        leftIndent=indent * sizing.size,
        wordWrap="CJK",
    )
