"""Make the fill-in workbook: the guide, the sheets of the form, the relations, the hidden code books.

The same document, year and layout give the same bytes; nothing in them says who made the workbook or when.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from ...budget.codes import code_book
from ...budget.terms import BUDGET
from ...core.money import MoneyUnit
from ...writers.zips import pack, unpacked
from .finish import protect
from .formulas import CODES
from .guide import write_guide
from .relation_sheet import RELATIONS, write_relations
from .rows import filled_sheets
from .sheet_kinds import LeafSheet
from .sheet_writer import SheetWriter

REQUIRED, OPTIONAL, PROGRAM = "FFB4531F", "FF44648C", "FF8C8C8C"
"""The colours of tabs: sheets that every document needs, other sheets, what is not filled in."""
_EVERY_DOCUMENT = ("基本情况", "主要职能", "预算单位", "收入", "支出", "合计与原因")


def workbook(
    data: Mapping[str, Any],
    names: Mapping[str, tuple[str, ...]] | None = None,
    notes: Mapping[str, str] | None = None,
) -> bytes:
    """Return the workbook with a document filled in, which need not be complete.

    Args:
        data: the document as plain values of JSON; ``year`` and ``money_unit`` at least.
        names: for sheets with names of the layout's own choice, the names that the layout quotes.
        notes: what is said at the top of a sheet besides, by its name.
    """
    unit: MoneyUnit = "元" if data["money_unit"] == "元" else "万元"
    book = Workbook()
    stage = str(data.get("stage", BUDGET))
    write_guide(book.active, stage, int(data["year"]))
    for plan, rows, quoted in filled_sheets(data, names or {}):
        name = plan.sheet.name
        note = (f"这个版式用到：{'、'.join(quoted)}。" if quoted else "") + (notes or {}).get(name, "")
        worksheet = book.create_sheet(name)
        worksheet.sheet_properties.tabColor = REQUIRED if name in _EVERY_DOCUMENT else OPTIONAL
        SheetWriter(worksheet, plan, unit).write(rows, note)
        if isinstance(plan.sheet, LeafSheet):
            worksheet.sheet_state, worksheet.sheet_properties.tabColor = "hidden", PROGRAM
    write_relations(book.create_sheet(RELATIONS, 1), stage, unit)
    _write_codes(book.create_sheet(CODES), int(data["year"]))
    return _bytes(book, date(int(data["year"]), 1, 1))


def _write_codes(worksheet: Worksheet, year: int) -> None:
    """Write the code books of a year, as texts, on a hidden sheet."""
    book = code_book(year)
    for first, entries in ((1, book.functions), (4, book.economic)):
        for column, head in enumerate(("编码", "名称"), first):
            worksheet.cell(1, column, head)
        for row, entry in enumerate(entries.values(), 2):
            worksheet.cell(row, first, entry.code).number_format = "@"
            worksheet.cell(row, first + 1, entry.name)
    worksheet.column_dimensions["B"].width = worksheet.column_dimensions["E"].width = 40
    worksheet.sheet_state = "hidden"
    protect(worksheet)


def _bytes(book: Workbook, when: date) -> bytes:
    """Return the file; its dates are ``when``."""
    book.properties.created = book.properties.modified = datetime.combine(when, datetime.min.time())
    book.properties.creator = "reportgen"
    payload = BytesIO()
    ExcelWriter(book, ZipFile(payload, "w", ZIP_STORED)).save()  # `Workbook.save` would write the time of saving
    return pack(unpacked(payload.getvalue()), when)
