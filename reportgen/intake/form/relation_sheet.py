"""The sheet 勾稽检查: each relation with both figures, their difference and ✓ or ✗."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from ...core.money import MoneyUnit
from . import looks
from .finish import colour_checks, print_on_a4, protect
from .relations import Relation, relations, row_checks

RELATIONS = "勾稽检查"
FIRST, LAST = 4, 60
RESULT_RANGE = f"'{RELATIONS}'!$G${FIRST}:$G${LAST}"
HEADS = (
    ("关系", 12),
    ("左边", 34),
    ("金额", 18),
    ("右边", 34),
    ("金额", 18),
    ("差额", 16),
    ("结果", 10),
    ("不等时怎么办", 56),
)


def write_relations(worksheet: Worksheet, stage: str, unit: MoneyUnit) -> None:
    """Write all relations of the form of a stage on an empty sheet."""
    title = worksheet.cell(1, 1, RELATIONS)
    title.font, title.alignment = looks.TITLE, looks.ONE_LINE
    about = worksheet.cell(2, 1, f"随填随算，不用填。✓ 相等；✗ 不等；— 还没有填，或不需要相等。金额单位：{unit}")
    about.font = looks.SUBTITLE
    for column, (head, width) in enumerate(HEADS, 1):
        cell = worksheet.cell(3, column, head)
        cell.font, cell.fill, cell.alignment, cell.border = looks.HEAD, looks.HEAD_FILL, looks.CENTRED, looks.BORDER
        worksheet.column_dimensions["ABCDEFGH"[column - 1]].width = width
    worksheet.row_dimensions[1].height, worksheet.row_dimensions[3].height = 30, 24
    row = FIRST
    for relation in (*relations(stage), *row_checks(stage)):
        _write(worksheet, row, relation, unit)
        row += 1
    colour_checks(worksheet, "G", FIRST, row)
    worksheet.sheet_properties.tabColor = "FF2E7D32"
    worksheet.freeze_panes = f"A{FIRST}"
    protect(worksheet)
    print_on_a4(worksheet, "1:3", f"A1:H{row - 1}")


def _write(worksheet: Worksheet, row: int, relation: Relation, unit: MoneyUnit) -> None:
    tolerance = "0.005" if unit == "元" else "0.05"
    empty = f"AND(C{row}=0,E{row}=0)" if relation.group != "逐行检查" else "FALSE"
    result = f'=IF(OR(NOT({relation.applies}),{empty}),"—",IF(ABS(F{row})<={tolerance},"✓","✗"))'
    values = (
        relation.group, relation.left, f"={relation.left_formula}", relation.right, f"={relation.right_formula}",
        f"=ROUND(C{row}-E{row},6)", result, relation.hint,
    )  # fmt: skip
    worksheet.row_dimensions[row].height = looks.LEAST_HEIGHT
    counted = relation.group == "逐行检查"
    for column, value in enumerate(values, 1):
        cell = worksheet.cell(row, column, value)
        cell.font, cell.border = looks.BODY, looks.BORDER
        cell.alignment = looks.RIGHT if column in (3, 5, 6) else looks.CENTRED if column in (1, 7) else looks.LEFT
        if column in (3, 5, 6):
            cell.number_format = "0" if counted else looks.amount_format(unit)
