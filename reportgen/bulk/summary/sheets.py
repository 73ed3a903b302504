"""Workbooks of lists: sheets with a frozen head row and filters; texts are never formulas, bytes always the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ...writers.zips import pack
from .labels import legible
from .xlsx_parts import parts_of

Value = str | int | Decimal
AMOUNT = "#,##0.00"
BOLD = Font(name="宋体", size=11, bold=True, charset=134)
GREY = PatternFill("solid", fgColor="FFEEEEEE")
WRAPPED = Alignment(wrap_text=True, vertical="center")


def new_book(when: date) -> Workbook:
    """Return a workbook that is dated ``when``."""
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime.combine(when, datetime.min.time())
    book.properties.creator = "reportgen"
    return book


def packed(book: Workbook, when: date) -> bytes:
    """Return the file; the same content gives the same bytes."""
    return pack(parts_of(book), when)


def add_sheet(
    book: Workbook,
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Value]],
    widths: Sequence[int],
    wrapped: bool = False,
) -> None:
    """Add a sheet with a frozen head row and filters; texts are ``wrapped`` in their cells, or run over."""
    sheet = book.create_sheet(title)
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = "9"  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    count = 1
    sheet.append([_head(sheet, name) for name in head])
    for row in rows:
        sheet.append([_cell(sheet, value, wrapped) for value in row])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{count}"


def _cell(sheet: object, value: Value, wrapped: bool) -> Cell | None:
    if isinstance(value, str):
        if not value:
            return None
        text = _text(sheet, value)
        if wrapped:
            text.alignment = WRAPPED
        return text
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, Decimal):
        cell.number_format = AMOUNT
    elif wrapped:
        cell.alignment = WRAPPED
    return cell


def _head(sheet: object, text: str) -> Cell:
    cell = _text(sheet, text)
    cell.font, cell.fill, cell.alignment = BOLD, GREY, WRAPPED
    return cell


def _text(sheet: object, text: str) -> Cell:
    """Return a cell of text, also where the text looks like a formula."""
    cell = WriteOnlyCell(sheet, legible(text))
    cell.data_type = "s"
    return cell
