"""绩效目标表 of one project: a form of labels and values above the table of its indicators.

项目名称, 实施单位, 资金总额 and 总体目标 stand beside their labels, one project on a sheet; the indicators are below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .body import Body
from .cell_values import is_blank
from .grid import GridCell
from .head import Rows
from .table import RecognisedRow, StatedAmount, StatedText
from .words import plain, row_meanings, unnumbered

AMOUNT = "amount"


@dataclass(slots=True)
class GoalForm:
    """What the labels above the indicators say: texts (name, unit, goal, overall_goal) and the amount."""

    texts: dict[str, StatedText] = field(default_factory=dict)
    amounts: dict[str, StatedAmount] = field(default_factory=dict)

    def fill(self, read: Sequence[RecognisedRow], place: str) -> list[RecognisedRow]:
        """Return the rows of the indicators with what the form says; a row of its own where there are none."""
        texts = dict(self.texts)
        if "goal" not in texts and "overall_goal" in texts and not any(_has_overall(row) for row in read):
            texts["goal"] = texts.pop("overall_goal")
        name, unit = (texts.pop(key).value if key in texts else "" for key in ("name", "unit"))
        rows = read or [RecognisedRow("record", "", "", place, {})]
        return [
            replace(row, name=name, unit=unit, texts={**texts, **row.texts}, amounts={**self.amounts, **row.amounts})
            for row in rows
        ]


def _has_overall(row: RecognisedRow) -> bool:
    return any(name.startswith("overall_") for name in row.texts)


def goal_form(rows: Rows, numbers: Sequence[int], body: Body) -> GoalForm | None:
    """Return the form in the rows ``numbers``, or None where they name no project.

    ``body`` reads amounts, in the unit that the form states.
    """
    form = GoalForm()
    for number in numbers:
        for column, cell in rows.by_row[number].items():
            meaning = _meaning(cell)
            if not meaning or meaning in form.texts or meaning in form.amounts:
                continue
            value = _value(rows, numbers, number, column)
            if value is None:
                continue
            if meaning != AMOUNT:
                form.texts[meaning] = StatedText(
                    "\n".join(part.strip() for part in value), _place(rows, number, column)
                )
            elif (amount := _amount(rows, number, column, body)) is not None:
                form.amounts[AMOUNT] = amount
    return form if "name" in form.texts else None


def names_project(rows: Rows, numbers: Sequence[int]) -> bool:
    """Whether one of the rows has the label of the project's name with a name beside it."""
    return any(
        _meaning(cell) == "name"
        and (right := _right(rows, number, column))
        and not _meaning(next(iter(right.values())))
        for number in numbers
        for column, cell in rows.by_row[number].items()
    )


def _meaning(cell: GridCell) -> str:
    """Return what a label of the form means, "" for any other cell."""
    return row_meanings("goal_form").get(unnumbered(cell.value).rstrip(":"), "") if isinstance(cell.value, str) else ""


def _right(rows: Rows, number: int, column: int) -> Mapping[int, GridCell]:
    cells = rows.by_row[number]
    return {other: cells[other] for other in sorted(cells) if other > column and not is_blank(cells[other])}


def _place(rows: Rows, number: int, column: int) -> str:
    right = _right(rows, number, column)
    return next(iter(right.values())).place if right else rows.by_row[number][column].place


def _value(rows: Rows, numbers: Sequence[int], number: int, column: int) -> list[str] | None:
    """Return the text to the right of a label; where there is none, the texts below it. None if it is a label, too."""
    right = _right(rows, number, column)
    if right:
        first = next(iter(right.values()))
        return None if _meaning(first) else [str(first.value)]
    below: list[str] = []
    for row in numbers:
        cell = rows.by_row[row].get(column)
        if row > number and cell is not None:
            if _meaning(cell) or not plain(cell.value):
                break
            below.append(str(cell.value))
    return below or None


def _amount(rows: Rows, number: int, column: int, body: Body) -> StatedAmount | None:
    right = _right(rows, number, column)
    return body.amount(next(iter(right.values()))) if right else None
