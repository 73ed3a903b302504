"""What the form calls the part of the document that a JSON pointer names: sheet, row, column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...budget.terms import BUDGET
from .sheet_kinds import (
    PROGRAM_PARTS,
    FormSheet,
    IndicatorSheet,
    LeafSheet,
    LineSheet,
    ListSheet,
    MapSheet,
    TotalSheet,
    UnitTextSheet,
    ValueSheet,
)
from .sheets import all_sheets, form_sheets

MARK = "!"


def part_name(pointer: str, stage: str = BUDGET) -> str:
    """Return the name of a part, written as places of cells are: its sheet, row, column; "" for what is in no sheet.

    ``stage`` is that of the form.

    >>> part_name("/totals/revenue/reason"), part_name("/expenditure/3/use"), part_name("/year")
    ('合计与原因!收入预算!增减原因', '支出!4!主要用于', '基本情况!预算年度')
    """
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    if not steps or steps[0] in PROGRAM_PARTS:
        return ""
    found = (_in_sheet(sheet, steps) for sheet in (*form_sheets(stage), *all_sheets()))
    return next(filter(None, found), "") or _whole(steps)


def _in_sheet(sheet: FormSheet, steps: Sequence[str]) -> str:
    """Return the name of what the sheet holds, "" if it does not hold it."""
    if isinstance(sheet, LineSheet | TotalSheet | ListSheet) and list(steps[: len(sheet.path)]) == list(sheet.path):
        return MARK.join((sheet.name, *_row(sheet, steps[len(sheet.path) :])))
    if isinstance(sheet, ValueSheet):
        head = next((value.head for value in sheet.values if list(value.path) == list(steps)), "")
        return f"{sheet.name}{MARK}{head}" if head else ""
    paths = sheet.maps.values() if isinstance(sheet, MapSheet) else ()
    keys = [steps[len(path) :] for path in paths if list(steps[: len(path)]) == list(path)]
    return MARK.join((sheet.name, *keys[0][:1])) if keys else ""


def _row(sheet: FormSheet, steps: Sequence[str]) -> Iterator[str]:
    """Yield the row and the column within a sheet: the name of a total, or the number of a line, counted from 1."""
    if isinstance(sheet, TotalSheet):
        yield from (name for name, key in sheet.keys.items() if [key] == list(steps[:1]))
    elif steps and steps[0].isdecimal():
        yield str(int(steps[0]) + 1)
    yield from (column.head for column in sheet.columns if column.path and list(column.path) == list(steps[1:]))


def _whole(steps: Sequence[str]) -> str:
    """Return the sheets that hold a whole part, such as the department or 国有资产."""
    inner = [
        sheet.name
        for sheet in all_sheets()
        if not isinstance(sheet, LeafSheet | IndicatorSheet | UnitTextSheet)
        and any(list(path[: len(steps)]) == list(steps) for path in _paths(sheet))
    ]
    return "、".join(inner)


def _paths(sheet: FormSheet) -> Sequence[tuple[str, ...]]:
    if isinstance(sheet, ValueSheet):
        return [value.path for value in sheet.values]
    return list(sheet.maps.values()) if isinstance(sheet, MapSheet) else [sheet.path]
