"""The first sheet of the workbook: how it is filled in, what the colours mean, which sheets there are."""

from __future__ import annotations

from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ...budget.terms import FINAL, STAGES
from . import looks
from .advice import BASES, GUIDE, HINTS, LEGEND, STEPS
from .finish import colour_checks, print_on_a4, protect
from .plan import CHECK, SheetPlan, plans
from .relation_sheet import RELATIONS, RESULT_RANGE
from .sheet_kinds import LeafSheet

_COLUMNS = {"A": 5, "B": 20, "C": 78, "D": 12, "E": 14}
_FILLS: dict[str, PatternFill | None] = {
    "required": looks.REQUIRED_FILL, "optional": None, "last": looks.LAST_FILL, "automatic": looks.AUTOMATIC_FILL,
}  # fmt: skip


def write_guide(worksheet: Worksheet, stage: str, year: int) -> None:
    """Write the guide on an empty sheet."""
    worksheet.title = GUIDE
    for letter, width in _COLUMNS.items():
        worksheet.column_dimensions[letter].width = width
    cell = worksheet.cell(1, 1, f"{year}年部门{STAGES[stage]}公开填报工作簿")
    cell.font, cell.alignment = looks.TITLE, looks.ONE_LINE
    worksheet.row_dimensions[1].height = 34
    row = _write_steps(worksheet, stage, 3)
    row = _write_legend(worksheet, stage, row + 1)
    row = _write_sheets(worksheet, stage, row + 1)
    protect(worksheet)
    print_on_a4(worksheet, "1:1", f"A1:E{row}", pages=1)
    worksheet.page_setup.orientation = "portrait"


def _heading(worksheet: Worksheet, row: int, text: str) -> int:
    cell = worksheet.cell(row, 1, text)
    cell.font, cell.alignment = looks.HEAD, looks.ONE_LINE
    worksheet.row_dimensions[row].height = 24
    return row + 1


def _write_steps(worksheet: Worksheet, stage: str, row: int) -> int:
    row, steps = _heading(worksheet, row, "怎么填"), STEPS[stage]
    for n, text in enumerate((*steps, *HINTS), 1):
        number = worksheet.cell(row, 1, f"{n}." if n <= len(steps) else "·")
        number.font, number.alignment = looks.BODY, looks.CENTRED
        cell = worksheet.cell(row, 2, text)
        cell.font, cell.alignment = looks.BODY, looks.LEFT
        worksheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=5)
        worksheet.row_dimensions[row].height = looks.height([(text, 136)])
        row += 1
    return row


def _write_legend(worksheet: Worksheet, stage: str, row: int) -> int:
    row = _heading(worksheet, row, "颜色")
    for line in LEGEND:
        name, kind, text = BASES if stage == FINAL and line[1] == BASES[1] else line
        cell = worksheet.cell(row, 2, name)
        cell.font, cell.alignment, cell.border = looks.BODY, looks.CENTRED, looks.BORDER
        if fill := _FILLS[kind]:
            cell.fill = fill
        about = worksheet.cell(row, 3, text)
        about.font, about.alignment = looks.BODY, looks.LEFT
        row += 1
    return row


def _write_sheets(worksheet: Worksheet, stage: str, row: int) -> int:
    row = _heading(worksheet, row, "工作表（点名称就到）")
    for column, head in enumerate(("", "工作表", "填什么", "已填", "检查"), 1):
        cell = worksheet.cell(row, column, head or None)
        cell.font, cell.fill, cell.alignment, cell.border = looks.HEAD, looks.HEAD_FILL, looks.CENTRED, looks.BORDER
    first = row + 1
    light = f'=IF(COUNTIF({RESULT_RANGE},"✗*")=0,"✓","✗ "&COUNTIF({RESULT_RANGE},"✗*")&" 处")'
    _write_link(worksheet, first, "", RELATIONS, "收支、表与表、上下级的关系是不是都相等", "", light)
    row = first + 1
    for n, (name, plan) in enumerate(plans(stage).items(), 1):
        if not isinstance(plan.sheet, LeafSheet):
            _write_link(worksheet, row, str(n), name, plan.sheet.about, _filled(plan), _check(plan))
            row += 1
    colour_checks(worksheet, "E", first, row)
    return row


def _write_link(worksheet: Worksheet, row: int, n: str, name: str, about: str, filled: str, check: str) -> None:
    values = (n, name, about, filled, check)
    for column, value in enumerate(values, 1):
        cell = worksheet.cell(row, column, value or None)
        cell.font, cell.border = looks.LINK if column == 2 else looks.BODY, looks.BORDER
        cell.alignment = looks.LEFT if column == 3 else looks.CENTRED
    worksheet.row_dimensions[row].height = looks.LEAST_HEIGHT
    worksheet.cell(row, 2).hyperlink = Hyperlink(f"B{row}", location=f"'{name}'!A1")
    worksheet.cell(row, 2).font = looks.LINK


def _filled(plan: SheetPlan) -> str:
    """Return the formula of how many rows, or values, are filled in."""
    counts = [f"COUNTA({plan.range(column.head)})" for column in plan.sheet.columns]
    if plan.labelled:
        return f'={"+".join(counts[1:])}&" 格"'
    return f'=MAX({",".join(counts)})&" 行"'


def _check(plan: SheetPlan) -> str:
    if CHECK not in plan.automatic:
        return ""
    count = f'COUNTIF({plan.range(CHECK)},"✗*")'
    return f'=IF({count}=0,"✓","✗ "&{count}&" 行")'
