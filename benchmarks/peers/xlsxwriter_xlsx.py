"""XlsxWriter on the same sheets: a list of tables, then each table with its masthead, merged cells and page setup."""

from __future__ import annotations

import io
from typing import Any

from reportgen.tree import nodes
from reportgen.tree.style import Page, Style
from reportgen.writers.xlsx.sheet_names import sheet_names

from .common import align_of, figure_of, fitted, masthead, origins, role_of

NAME, FORMAT = "XlsxWriter", "xlsx"
ABOVE = 3


def ready(document: nodes.Document, style: Style) -> bytes:
    return b""


def write(document: nodes.Document, style: Style, ready: bytes) -> bytes:
    import xlsxwriter  # the openpyxl peer uses this module without it

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        formats = Formats(workbook, style)
        names = sheet_names(document.tables(), taken=["目录"])
        listed = workbook.add_worksheet("目录")
        listed.set_column(0, 0, 80)
        for n, (table, name) in enumerate(zip(document.tables(), names, strict=True)):
            listed.write_url(n, 0, f"internal:'{name}'!A1", string=nodes.plain(table.heading.runs))
        sheets = iter(names)
        for section in document.sections:
            for block in section.blocks:
                if isinstance(block, nodes.Table):
                    sheet = workbook.add_worksheet(next(sheets))
                    write_table(sheet, block, style.pages[section.page], style, formats)
    return file.getvalue()


class Formats:
    """Each format once."""

    def __init__(self, workbook: Any, style: Style) -> None:
        self.workbook, self.style = workbook, style
        self.known: dict[tuple[str, str, str, int, bool], Any] = {}

    def get(self, role: str, align: str, number: str = "General", indent: int = 0, boxed: bool = True) -> Any:
        key = (role, align, number, indent, boxed)
        if key not in self.known:
            text = self.style.text[role]
            looks = {"font_name": self.style.faces[text.face].name, "font_size": text.size, "align": align}
            looks |= {"valign": "vcenter", "text_wrap": True, "num_format": number, "indent": indent}
            self.known[key] = self.workbook.add_format(looks | {"border": int(boxed)})
        return self.known[key]


def write_table(sheet: Any, table: nodes.Table, page: Page, style: Style, formats: Formats) -> None:
    last = len(table.columns) - 1
    set_up(sheet, table, page, style)
    write_masthead(sheet, table, last, formats)
    rows = (*table.head, *table.body)
    for row, placed in origins(rows, last + 1):
        r, c, cell = placed.row + ABOVE, placed.column, placed.cell
        figure, role, align = figure_of(cell), role_of(row), align_of(row, placed, table)
        number = number_format(figure) if figure else "General"
        look = formats.get(role, align, number, cell.indent if align == "left" else 0)
        if cell.rowspan > 1 or cell.colspan > 1:
            sheet.merge_range(r, c, r + cell.rowspan - 1, c + cell.colspan - 1, "", look)
        if figure:
            sheet.write_number(r, c, float(figure.value), look)
        elif cell.text:
            sheet.write_string(r, c, cell.text, look)
        else:
            sheet.write_blank(r, c, None, look)
    bottom = ABOVE + len(rows)
    for n, note in enumerate(table.notes):
        text = nodes.plain(note.runs)
        sheet.merge_range(bottom + n, 0, bottom + n, last, text, formats.get("table-note", "left", boxed=False))
    sheet.print_area(0, 0, bottom + len(table.notes) - 1, last)


def write_masthead(sheet: Any, table: nodes.Table, last: int, formats: Formats) -> None:
    label, title, left, right = masthead(table)
    middle = max(1, last * 2 // 3)
    sheet.merge_range(0, 0, 0, last, label, formats.get("table-line", "right", boxed=False))
    sheet.merge_range(1, 0, 1, last, title, formats.get("table-title", "center", boxed=False))
    spread(sheet, 0, middle - 1, left, formats.get("table-line", "left", boxed=False))
    spread(sheet, middle, last, right, formats.get("table-line", "right", boxed=False))


def spread(sheet: Any, first: int, last: int, text: str, look: Any) -> None:
    if first == last:
        sheet.write_string(2, first, text, look)
    else:
        sheet.merge_range(2, first, 2, last, text, look)


def set_up(sheet: Any, table: nodes.Table, page: Page, style: Style) -> None:
    sizing = fitted(table, page, style)
    digit = style.text["table-cell"].size / 2
    for c, width in enumerate(sizing.widths):
        sheet.set_column(c, c, width / digit)
    head = ABOVE + len(table.head)
    sheet.repeat_rows(0, head - 1)
    sheet.freeze_panes(head, 0)
    sheet.set_paper(9)
    if page.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(*(side / 25.4 for side in (page.left, page.right, page.top, page.bottom)))
    sheet.hide_gridlines(2)
    sheet.set_footer("&C— &P —")


def number_format(figure: nodes.Figure) -> str:
    whole = "#,##0" if figure.grouped else "0"
    return f"{whole}.{'0' * figure.decimals}" if figure.decimals else whole
