"""Tables that try a spreadsheet, and ways to read one back, for the tests of the XLSX writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import takewhile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from reportgen.tree.grid import place
from reportgen.tree.nodes import Cell, Column, Document, Paragraph, Row, Section, Table
from reportgen.writers.xlsx import write
from tests.nodes import EVIL, amount, cell, document, heading, style, t

MASTHEAD = 3  # label, title, department and unit
EVILS = (
    EVIL, "=1+1", "+1", "-1", "@SUM(A1)", "#N/A", "#REF!", "TRUE", "_x0041_", "_x005F_", "<b>&amp;</b>", "]]>",
    "  围 ", "两\n行", "回\r车", "2080101", "1/2", "'=1+1", "$A$1", "=cmd|' /C calc'!A0", "𬭎",
)  # fmt: skip


def table_of(body: tuple[Row, ...], columns: tuple[Column, ...], title: str = "2026年部门测试表") -> Table:
    head = (Row("h", tuple(cell(f"第{n}栏") for n in range(len(columns))), "head"),)
    left, right = t("303-市人社局"), t("单位：万元")
    return Table("x", heading("x/h", 2, title), t(title), "表09", left, right, columns, head, body)


def with_tables(*tables: Table) -> Document:
    return replace(document(), sections=(Section("tables", "tables", tables),))


def evil_table() -> Table:
    rows = tuple(Row(f"e{n}", (cell(text), cell(text + text))) for n, text in enumerate(EVILS))
    table = table_of(rows, (Column(40), Column(60)), "=2026年[坏]/表*?")
    return replace(table, left=t("=1+1"), right=t("@SUM"), notes=(Paragraph("n", t("=NOW()"), "note"),))


def tall_table() -> Table:
    """A row that needs far more than the highest row of Excel, and one of each kind beside it."""
    rows = (
        Row("short", (cell("甲"), amount("1.00"), cell("短"))),
        Row("tall", (cell("乙", rowspan=2), amount("2.00"), cell("加大对高校毕业生等重点群体的培训力度。" * 200))),
        Row("below", (amount("3.00"), cell("丁"))),
    )
    return table_of(rows, (Column(20), Column(20, "right"), Column(60)))


def opened(payload: bytes) -> Workbook:
    return load_workbook(BytesIO(payload))


def sheets(doc: Document) -> list[tuple[Table, Worksheet]]:
    book = opened(write(doc, style()))
    return list(zip(doc.tables(), book.worksheets[1:], strict=True))


def covers(sheet: Worksheet) -> dict[tuple[int, int], tuple[int, int]]:
    """For each merged place the last row and column of its range."""
    found = {}
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row, merged.max_row + 1):
            for column in range(merged.min_col, merged.max_col + 1):
                found[row, column] = (merged.max_row, merged.max_col)
    return found


def widths_of(sheet: Worksheet) -> list[float]:
    return [sheet.column_dimensions[get_column_letter(c)].width for c in range(1, sheet.max_column + 1)]


def sheet_rows(sheet: Worksheet, table: Table) -> list[int]:
    """The first sheet row of each row of the table: a row that is all covered from above continues one."""
    ends, going_on, starts, row = covers(sheet), continued(sheet), [], MASTHEAD + 1
    count = len(table.head) + len(table.body)
    starts_of = {(m.min_row, m.min_col) for m in sheet.merged_cells.ranges}
    while len(starts) < count:
        columns = range(1, len(table.columns) + 1)
        is_covered = all((row, c) in ends and not any((row, k) in starts_of for k in columns) for c in columns)
        if not is_covered and not going_on >= {(row, c) for c in columns}:
            starts.append(row)
        row += 1
    return starts


def page_starts(sheet: Worksheet) -> list[int]:
    """The sheet rows that begin a printed page, but for the first page."""
    return [brk.id + 1 for brk in sheet.row_breaks.brk]


def continued(sheet: Worksheet) -> set[tuple[int, int]]:
    """The places whose text goes on from the page before."""
    name = sheet.defined_names.get("_continued")
    found = set()
    for _, area in name.destinations if name else ():
        left, top, right, _ = range_boundaries(area)
        found |= {(top, column) for column in range(left, right + 1)}
    return found


def parts_of(sheet: Worksheet, row: int, column: int) -> list[tuple[int, str]]:
    """The parts of the text of a cell, each with its sheet row: the cell's own, and those on the next pages."""
    rows = range(row + 1, sheet.max_row + 1)
    texts = [(r, sheet.cell(r, column).value) for r in rows]
    below = takewhile(lambda one: not one[1] or (one[0], column) in continued(sheet), texts)
    return [(row, str(sheet.cell(row, column).value or "")), *((r, str(text)) for r, text in below if text)]


def origin_cells(table: Table) -> Iterator[tuple[int, int, Row, Cell]]:
    rows = (*table.head, *table.body)
    for r, line in enumerate(place(rows, len(table.columns))):
        for c, placed in enumerate(line):
            if (placed.row, placed.column) == (r, c):
                yield r, c, rows[r], placed.cell


DOCUMENTS = {
    "all": document(),
    "evil": with_tables(evil_table()),
    "tall": with_tables(tall_table()),
    "narrow": with_tables(table_of((Row("r", (cell("内容"),)),), (Column(100),))),
    "empty": with_tables(),
}
