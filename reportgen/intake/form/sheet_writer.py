"""Write one sheet of the form: title, heads, rows of a document, empty rows, formulas, validation, protection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Unpack

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from ...core.money import MoneyUnit
from ...recognise.grid import column_name
from . import formulas, looks
from .advice import COMMENTS
from .cell_formats import CellFormats, MoreOfFormat
from .cell_writer import write_value
from .columns import Column
from .finish import colour_checks, print_on_a4, protect
from .plan import (
    ABOUT_ROW,
    CHECK,
    CODE_NAME,
    DESCRIPTION_ROW,
    FIRST_ROW,
    HEAD_ROW,
    LAST_ROW,
    LINES_SUM,
    ROW_SUM,
    SUM_ROW,
    TITLE_ROW,
    UNIT_NAME,
    SheetPlan,
)
from .relations import line_sums
from .rows import Row
from .sheet_kinds import CONTENT, TotalSheet, ValueSheet
from .validation import add_validation
from .values import shown_description

_AUTOMATIC_WIDTHS = {CHECK: 16, UNIT_NAME: 20, CODE_NAME: 24, ROW_SUM: 16, LINES_SUM: 18}


class SheetWriter:
    """Writes the rows of one sheet; ``unit`` is the money unit of the workbook."""

    def __init__(self, worksheet: Worksheet, plan: SheetPlan, unit: MoneyUnit) -> None:
        """Take the empty worksheet."""
        self.worksheet, self.plan, self.unit = worksheet, plan, unit
        self.formats = CellFormats()
        self.tolerance = "0.005" if unit == "元" else "0.05"

    def write(self, rows: Sequence[Row], note: str = "") -> None:
        """Fill the sheet; ``note`` is added to what it says below its title."""
        count = self.plan.prepared(len(rows))
        self._write_top(note)
        self._write_heads()
        for n in range(count):
            self._write_row(FIRST_ROW + n, rows[n] if n < len(rows) else {}, n)
        for column in self.plan.sheet.columns if not self.plan.labelled else ():
            add_validation(self.worksheet, self.plan, column, self.unit)
        self._set_up(FIRST_ROW + count - 1)

    # The top: title, what to fill in, descriptions, sums, heads.

    def _write_top(self, note: str) -> None:
        sheet = self.plan.sheet
        self._put(TITLE_ROW, 1, sheet.title, looks.TITLE, looks.ONE_LINE)
        has_amounts = any(column.is_amount for column in (*sheet.columns, *getattr(sheet, "values", ())))
        unit = f"　金额单位：{self.unit}" if has_amounts else ""
        self._put(ABOUT_ROW, 1, f"{sheet.about}。{note}{unit}", looks.SUBTITLE, looks.ONE_LINE)
        for row in (TITLE_ROW, ABOUT_ROW):  # so that a title outlives the deletion of its column
            self.worksheet.merge_cells(
                start_row=row, end_row=row, start_column=1, end_column=max(4, len(self.plan.heads))
            )
        if whose := formulas.belonging(self.plan):
            self._put(TITLE_ROW, max(4, len(self.plan.heads)) + 1, whose, looks.NOTE, looks.ONE_LINE)
        self.worksheet.row_dimensions[TITLE_ROW].height = 30
        self.worksheet.row_dimensions[ABOUT_ROW].height = 18

    def _write_heads(self) -> None:
        plan = self.plan
        for n, head in enumerate(plan.automatic, 1):
            self._head(n, head, looks.AUTOMATIC_HEAD_FILL, _AUTOMATIC_WIDTHS[head])
        for n, column in enumerate(plan.sheet.columns, plan.first_input):
            self._head(n, self._head_text(column), self._head_fill(column), self._width(column))
            self._describe(n, column)
        for n, (head, size) in enumerate(zip(plan.explained, (10, 60), strict=False), plan.last_input + 1):
            self._head(n, head, looks.AUTOMATIC_HEAD_FILL, size)
        self.worksheet.row_dimensions[HEAD_ROW].height = 30 if plan.labelled else 46
        described = [(shown_description(column), self._width(column) * 1.15) for column in plan.sheet.columns]
        some = not plan.labelled and any(text for text, _ in described)
        self.worksheet.row_dimensions[DESCRIPTION_ROW].height = min(76.0, looks.height(described)) if some else 4
        if plan.automatic and not plan.labelled and any(column.is_amount for column in plan.sheet.columns):
            self._put(SUM_ROW, 1, "自动合计", looks.BODY_BOLD, looks.CENTRED, looks.SUM_FILL)
            self.worksheet.row_dimensions[SUM_ROW].height = 20
        else:
            self.worksheet.row_dimensions[SUM_ROW].height = 4

    def _head_text(self, column: Column) -> str:
        unit = {"money_unit": self.unit}.get(column.unit, column.unit)
        star = "＊" if column.required and not self.plan.labelled else ""
        return f"{star}{column.head}\n（{unit}）" if unit else f"{star}{column.head}"

    def _head_fill(self, column: Column) -> PatternFill:
        if column.required and not self.plan.labelled:
            return looks.REQUIRED_HEAD_FILL
        return looks.LAST_HEAD_FILL if _is_last(column) else looks.HEAD_FILL

    def _width(self, column: Column) -> float:
        if self.plan.labelled and not column.path:
            return 54 if column.head == CONTENT else 34
        return looks.width(column)

    def _head(self, number: int, text: str, fill: PatternFill, width: float) -> None:
        self._put(HEAD_ROW, number, text, looks.HEAD, looks.CENTRED, fill, border=looks.BORDER)
        self.worksheet.column_dimensions[column_name(number)].width = width

    def _describe(self, number: int, column: Column) -> None:
        """Write the description of a column, its sum and the comment on its head."""
        if not self.plan.labelled and (description := shown_description(column)):
            self._put(DESCRIPTION_ROW, number, description, looks.NOTE, looks.ABOVE)
        if self.plan.automatic and not self.plan.labelled and column.is_amount:
            total = formulas.sum_of_column(self.plan, column)
            shown = looks.amount_format(self.unit, blank_zero=True)
            self._put(SUM_ROW, number, f"={total}", looks.BODY_BOLD, looks.RIGHT, looks.SUM_FILL, number_format=shown)
        if text := COMMENTS.get(column.head):
            self._comment(self.worksheet.cell(HEAD_ROW, number), text)

    def _comment(self, cell: Cell, text: str) -> None:
        cell.comment = Comment(text, "reportgen", height=24 + 20 * (1 + len(text) // 16), width=230)

    # Rows.

    def _write_row(self, row: int, values: Row, n: int) -> None:
        plan = self.plan
        for number, head in enumerate(plan.automatic, 1):
            self._write_automatic(row, number, head, self._formula(head, row, n))
        texts = []
        for number, column in enumerate(plan.sheet.columns, plan.first_input):
            self._write_input(row, number, column, values, n)
            texts.append((str(values.get(column.head, "")), self._width(column)))
        if isinstance(plan.sheet, ValueSheet):
            texts.append((shown_description(plan.sheet.values[n]), 66.0))
        self.worksheet.row_dimensions[row].height = looks.height(texts)

    def _write_automatic(self, row: int, number: int, head: str, formula: str) -> None:
        is_sum = head in (ROW_SUM, LINES_SUM)
        self._put(
            row,
            number,
            formula,
            looks.AUTOMATIC,
            looks.RIGHT if is_sum else looks.SHRUNK,
            looks.AUTOMATIC_FILL,
            border=looks.BORDER,
            number_format=looks.amount_format(self.unit, blank_zero=True) if is_sum else "General",
        )

    def _formula(self, head: str, row: int, n: int) -> str:
        plan = self.plan
        if isinstance(plan.sheet, TotalSheet):
            sums, stated = f"${plan.letter(LINES_SUM)}{row}", plan.here("amount", row)
            key = list(plan.sheet.keys.values())[n]
            wrong = f"ABS(N({stated})-{sums})>{self.tolerance}"
            checked = f'=IF({stated}="","",IF({wrong},"✗ ≠各行之和","✓"))'
            return f"={line_sums(plan.stage)[key]}" if head == LINES_SUM else checked
        if head == CHECK:
            return formulas.check_of_row(plan, row, self.tolerance)
        return {
            UNIT_NAME: formulas.name_of_unit, CODE_NAME: formulas.name_of_code, ROW_SUM: formulas.sum_of_row,
        }[head](plan, row)  # fmt: skip

    def _write_input(self, row: int, number: int, column: Column, values: Row, n: int) -> None:
        sheet = self.plan.sheet
        if self.plan.labelled and number == self.plan.first_input:
            self._put(
                row,
                number,
                values[column.head],
                looks.BODY_BOLD,
                looks.LEFT,
                looks.AUTOMATIC_FILL,
                border=looks.BORDER,
            )
            return
        if isinstance(sheet, ValueSheet):
            self._explain(row, n)
            value = values.get(column.head)
            column = sheet.values[n]
            add_validation(self.worksheet, self.plan, column, self.unit, row)
        else:
            value = values.get(column.head)
        cell = self._put(
            row,
            number,
            None,
            looks.BODY,
            self._alignment(column),
            self._fill(column),
            border=looks.BORDER,
            number_format=looks.number_format(column, self.unit),
            protection=looks.LOCKED if column.path == ("schema",) else looks.OPEN,
        )
        write_value(cell, column, value)

    def _explain(self, row: int, n: int) -> None:
        """Write unit and description beside a single value, and the comment on its name."""
        assert isinstance(self.plan.sheet, ValueSheet)
        column = self.plan.sheet.values[n]
        unit = {"money_unit": self.unit}.get(column.unit, column.unit)
        for offset, about in enumerate((unit, shown_description(column)), self.plan.last_input + 1):
            self._put(row, offset, about or None, looks.NOTE, looks.LEFT, border=looks.BORDER)
        if text := COMMENTS.get(column.head):
            self._comment(self.worksheet.cell(row, self.plan.first_input), text)

    def _alignment(self, column: Column) -> Alignment:
        """Return the alignment of an input cell; single values all begin at the left."""
        return looks.LEFT if isinstance(self.plan.sheet, ValueSheet) else looks.alignment(column)

    def _fill(self, column: Column) -> PatternFill | None:
        if column.required:
            return looks.REQUIRED_FILL
        return looks.LAST_FILL if _is_last(column) else None

    def _put(
        self,
        row: int,
        number: int,
        value: Any,
        font: Font,
        alignment: Alignment,
        fill: PatternFill | None = None,
        **more: Unpack[MoreOfFormat],
    ) -> Cell:
        cell: Cell = self.worksheet.cell(row, number, value)
        self.formats.give(cell, font, alignment, fill, **more)
        return cell

    # The sheet as a whole.

    def _set_up(self, last: int) -> None:
        plan, worksheet = self.plan, self.worksheet
        open_below = () if plan.labelled else enumerate(plan.sheet.columns, plan.first_input)
        for number, column in open_below:
            below = worksheet.column_dimensions[column_name(number)]
            below.protection, below.font = looks.OPEN, looks.BODY
            below.number_format, below.alignment = looks.number_format(column, self.unit), looks.alignment(column)
        if CHECK in plan.automatic:
            colour_checks(worksheet, plan.letter(CHECK), FIRST_ROW, LAST_ROW)
        if not plan.labelled:
            inputs = (column_name(plan.first_input), column_name(plan.last_input))
            worksheet.auto_filter.ref = f"{inputs[0]}{HEAD_ROW}:{inputs[1]}{last}"  # locked cells cannot be sorted
        fixed = len(plan.automatic) + (1 if plan.labelled or len(plan.sheet.columns) < 4 else 2)
        worksheet.freeze_panes = f"{column_name(fixed + 1)}{FIRST_ROW}"
        protect(worksheet)
        print_on_a4(worksheet, f"{TITLE_ROW}:{HEAD_ROW}", f"A1:{column_name(len(plan.heads))}{last}")


def _is_last(column: Column) -> bool:
    return any(name in ("last", "carry_over_last", "budgeted") for name in column.path)
