"""openpyxl as its tutorial shows it: cells by row and column, a style set on every cell."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from reportgen.tree import nodes
from reportgen.tree.style import Page, Style
from reportgen.writers.xlsx.sheet_names import sheet_names

from .common import align_of, figure_of, fitted, masthead, origins, role_of
from .xlsxwriter_xlsx import ABOVE, number_format

NAME, FORMAT = "openpyxl, a style per cell", "xlsx"


def ready(document: nodes.Document, style: Style) -> bytes:
    return b""


def write(document: nodes.Document, style: Style, ready: bytes) -> bytes:
    workbook = Workbook()
    names = sheet_names(document.tables(), taken=["目录"])
    listed = workbook.active
    listed.title = "目录"
    listed.column_dimensions["A"].width = 80
    for n, (table, name) in enumerate(zip(document.tables(), names, strict=True), 1):
        cell = listed.cell(n, 1, nodes.plain(table.heading.runs))
        cell.hyperlink = f"#'{name}'!A1"
    sheets = iter(names)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, nodes.Table):
                write_table(workbook.create_sheet(next(sheets)), block, style.pages[section.page], style)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def write_table(sheet: Any, table: nodes.Table, page: Page, style: Style) -> None:
    last = len(table.columns)
    set_up(sheet, table, page, style)
    write_masthead(sheet, table, last, style)
    rows = (*table.head, *table.body)
    for row, placed in origins(rows, last):
        r, c, cell = placed.row + ABOVE + 1, placed.column + 1, placed.cell
        figure = figure_of(cell)
        made = sheet.cell(r, c, figure.value if figure else cell.text or None)
        align = align_of(row, placed, table)
        dress(made, role_of(row), align, style, cell.indent if align == "left" else 0)
        made.border = box()
        if figure:
            made.number_format = number_format(figure)
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_cells(
                start_row=r, start_column=c, end_row=r + cell.rowspan - 1, end_column=c + cell.colspan - 1
            )
    bottom = ABOVE + len(rows)
    for n, note in enumerate(table.notes, 1):
        band(sheet, bottom + n, 1, last, nodes.plain(note.runs), ("table-note", "left"), style)
    sheet.print_area = f"A1:{get_column_letter(last)}{bottom + len(table.notes)}"


def write_masthead(sheet: Any, table: nodes.Table, last: int, style: Style) -> None:
    label, title, left, right = masthead(table)
    middle = max(1, (last - 1) * 2 // 3)
    band(sheet, 1, 1, last, label, ("table-line", "right"), style)
    band(sheet, 2, 1, last, title, ("table-title", "center"), style)
    band(sheet, 3, 1, middle, left, ("table-line", "left"), style)
    band(sheet, 3, middle + 1, last, right, ("table-line", "right"), style)


def band(sheet: Any, row: int, first: int, last: int, text: str, look: tuple[str, str], style: Style) -> None:
    dress(sheet.cell(row, first, text), *look, style)
    sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=last)


def dress(cell: Any, role: str, align: str, style: Style, indent: int = 0) -> None:
    text = style.text[role]
    cell.font = Font(name=style.faces[text.face].name, size=text.size, charset=134)
    cell.alignment = Alignment(align, "center", wrap_text=True, indent=indent)


def box() -> Border:
    side = Side("thin")
    return Border(left=side, right=side, top=side, bottom=side)


def set_up(sheet: Any, table: nodes.Table, page: Page, style: Style) -> None:
    digit = style.text["table-cell"].size / 2
    for c, width in enumerate(fitted(table, page, style).widths, 1):
        sheet.column_dimensions[get_column_letter(c)].width = width / digit
    head = ABOVE + len(table.head)
    sheet.print_title_rows = f"1:{head}"
    sheet.freeze_panes = f"A{head + 1}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if page.landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "— &P —"
