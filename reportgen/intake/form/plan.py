"""Where everything of a sheet is: its rows, its columns, the ranges that formulas name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ...recognise.grid import column_name
from .columns import Column
from .sheet_kinds import FormSheet, IndicatorSheet, LineSheet, ListSheet, MapSheet, TotalSheet, ValueSheet
from .sheets import form_sheets

TITLE_ROW, ABOUT_ROW, DESCRIPTION_ROW, SUM_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3, 4, 5, 6
LAST_ROW = 2000
"""The last row that formulas, lists of choices and colours reach; values below it are read all the same."""
CHECK, UNIT_NAME, CODE_NAME = "检查", "单位名称（自动）", "科目名称（自动）"
ROW_SUM, LINES_SUM = "本行合计（自动）", "各行之和（自动）"
EXPLAINED = ("单位", "说明")
"""The columns beside single values that explain them."""
_PREPARED: Mapping[str, int] = {"收入": 40, "支出": 100, "基本支出": 60, "项目支出": 40, "绩效指标": 60, "程序用": 5}
_SPARE = 20
"""Empty rows that are prepared below those of a document."""
_WITH_SUM = ("支出", "三公经费", "项目支出")


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet of the workbook of a stage. ``automatic`` are the heads of its columns of formulas, which come first."""

    stage: str
    sheet: FormSheet
    automatic: tuple[str, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of all columns from left to right."""
        return (*self.automatic, *(column.head for column in self.sheet.columns), *self.explained)

    @property
    def explained(self) -> tuple[str, ...]:
        """The heads of the columns at the right that explain."""
        return EXPLAINED if isinstance(self.sheet, ValueSheet) else ()

    @property
    def first_input(self) -> int:
        """The number of the first column that is filled in."""
        return len(self.automatic) + 1

    @property
    def last_input(self) -> int:
        """The number of the last column that is filled in."""
        return len(self.automatic) + len(self.sheet.columns)

    @property
    def labelled(self) -> bool:
        """Whether the rows are given and named in the first column."""
        return isinstance(self.sheet, ValueSheet | TotalSheet)

    def prepared(self, filled: int) -> int:
        """Return how many rows are made for a document that fills ``filled``."""
        if self.labelled:
            return filled
        return max(_PREPARED.get(self.sheet.name, 25), filled + _SPARE)

    def number(self, head: str) -> int:
        """Return the number of a column."""
        return self.heads.index(head) + 1

    def letter(self, head: str) -> str:
        """Return the letters of a column."""
        return column_name(self.number(head))

    def cell(self, head: str, row: int) -> str:
        """Return the address of a cell, its column fixed."""
        return f"${self.letter(head)}{row}"

    def range(self, head: str) -> str:
        """Return the cells below a head, as a formula of another sheet names them."""
        letter = self.letter(head)
        return f"'{self.sheet.name}'!${letter}${FIRST_ROW}:${letter}${LAST_ROW}"

    def column(self, name: str) -> Column:
        """Return the column whose path in its object is the dotted ``name``."""
        return next(column for column in self.sheet.columns if column.path == tuple(name.split(".")))

    def field(self, name: str) -> str:
        """Return the range of the column whose path in its object is the dotted ``name``."""
        return self.range(self.column(name).head)

    def here(self, name: str, row: int) -> str:
        """Return the cell in ``row`` of the column whose path is the dotted ``name``."""
        return self.cell(self.column(name).head, row)


@cache
def plans(stage: str) -> Mapping[str, SheetPlan]:
    """Return the plan of each sheet of the form of a stage by its name."""
    return {sheet.name: SheetPlan(stage, sheet, tuple(_automatic(sheet))) for sheet in form_sheets(stage)}


def _automatic(sheet: FormSheet) -> list[str]:
    if isinstance(sheet, TotalSheet):
        return [CHECK, LINES_SUM]
    if not isinstance(sheet, LineSheet | IndicatorSheet) or isinstance(sheet, ListSheet | MapSheet):
        return []
    heads = [CHECK]
    if sheet.name != "预算单位" and any(column.is_unit for column in sheet.columns):
        heads.append(UNIT_NAME)
    if any(column.is_function or column.is_economic for column in sheet.columns):
        heads.append(CODE_NAME)
    return [*heads, ROW_SUM] if sheet.name in _WITH_SUM else heads
