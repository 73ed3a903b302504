"""What a cell accepts when it is typed: choices, codes, units, numbers, dates, lengths. Pasting passes it by."""

from __future__ import annotations

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ...budget.field_types import Date, Integer, Text
from ...core.money import MoneyUnit
from ...recognise.cell_values import FEN
from .asset_names import suggested_names
from .columns import Column
from .formulas import CODES
from .plan import FIRST_ROW, LAST_ROW, SheetPlan, plans
from .sheet_kinds import KEY
from .values import choices_of

LONGEST_LIST = 250
"""Characters of a list of choices that a formula can hold."""


def add_validation(
    worksheet: Worksheet, plan: SheetPlan, column: Column, unit: MoneyUnit, row: int | None = None
) -> None:
    """Add the validation of a column, or of the cell of a single value in ``row``."""
    letter = plan.letter(column.head) if row is None else plan.letter("内容")
    cells = f"{letter}{FIRST_ROW}:{letter}{LAST_ROW}" if row is None else f"{letter}{row}"
    first = f"{letter}{FIRST_ROW if row is None else row}"
    validation = _validation(plan, column, unit, first)
    if validation is None:
        return
    validation.errorTitle, validation.promptTitle = "请检查", column.head[:32]
    validation.showErrorMessage = True
    validation.add(cells)
    worksheet.add_data_validation(validation)


def _validation(plan: SheetPlan, column: Column, unit: MoneyUnit, first: str) -> DataValidation | None:
    if words := choices_of(column):
        return _list('"' + ",".join(words) + '"', "从下拉列表中选一个")
    if plan.sheet.name == "国有资产" and column.head == KEY:
        return _list('"' + ",".join(suggested_names()) + '"', "列表里没有这个名称；是本地的名称，就照版式写", "warning")
    if column.is_unit and plan.sheet.name not in ("预算单位", "基本情况"):
        return _list(plans(plan.stage)["预算单位"].field("code"), "这个单位不在“预算单位”表里", "warning")
    if column.is_economic or column.is_function:
        letter = "D" if column.is_economic else "A"
        return _list(f"'{CODES}'!${letter}$2:${letter}$1000", "这个代码不在目录里；确实有的，填上科目名称", "warning")
    if column.is_amount:
        places = FEN[unit]
        rule = f"AND(ISNUMBER({first}),{first}>=0,ROUND({first},{places})={first})"
        text = f"金额填数字，不能为负，单位{unit}，最多 {places} 位小数"
        return DataValidation(type="custom", formula1=rule, allow_blank=True, error=text)
    return _of_type(column)


def _of_type(column: Column) -> DataValidation | None:
    match column.type:
        case Integer(minimum=least, maximum=most):
            text = f"填 {least} 至 {most} 的整数"
            return DataValidation(type="whole", operator="between", formula1=str(least), formula2=str(most),
                                  allow_blank=True, error=text)  # fmt: skip
        case Date():
            return DataValidation(type="date", operator="greaterThan", formula1="32874", allow_blank=True,
                                  error="填日期，如 2026-01-05")  # fmt: skip
        case Text(max_length=longest):
            return DataValidation(type="textLength", operator="lessThanOrEqual", formula1=str(longest),
                                  allow_blank=True, error=f"最多 {longest} 字")  # fmt: skip
    return None


def _list(source: str, error: str, style: str = "stop") -> DataValidation:
    return DataValidation(type="list", formula1=source, allow_blank=True, error=error, errorStyle=style)
