"""Heads of tables: which rows they are, and what each column means by the labels above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from .grid import Grid, GridCell
from .words import head_meanings, head_words, is_numbered, is_total, plain

HIGHEST = 6
"""The most rows of a head."""
_AMOUNT_UNIT = re.compile(r"\((?:金额)?(?:单位:)?(?:万元|千元|元)\)$")
_YEAR = re.compile(r"(20[0-9]{2})年?度?")
_COLUMN_NUMBER = re.compile(r"\*+|栏次|行次|[甲乙丙丁戊]|[0-9]{1,2}(?:=[0-9+\-.…]+)?")


TEXTS = ("code", "name", "item_label", "unit", "unit_code", "project")
"""Meanings of labels of columns that hold text."""
_GOALS = ("goal", "overall_goal")
_OF_WHICH = ("其中", "其中:")
"""Labels above parts of the amount to the left, which say nothing of the parts."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its labels from top to bottom, its meaning ("" where it is not known), the cell of its last label."""

    number: int
    labels: tuple[str, ...]
    meaning: str
    place: str
    is_other: bool = False
    """Whether it is of another year, a change, or a part (其中) of another column, which the document does not have."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table: its first and last row, the first row of the body, its columns from left to right."""

    top: int
    bottom: int
    body: int
    columns: tuple[Column, ...]


class Rows:
    """A grid by rows, without its empty cells."""

    def __init__(self, grid: Grid) -> None:
        """Sort the cells of ``grid``."""
        self.grid = grid
        self.by_row: dict[int, dict[int, GridCell]] = dict(grid.rows())
        self.numbers = sorted(self.by_row)
        self._merged = {(top, left): (bottom, right) for top, left, bottom, right in grid.merged}

    def after(self, row: int, last: int) -> list[int]:
        """Return the rows after ``row`` up to ``last``."""
        return [number for number in self.numbers if row < number <= last]

    def span(self, row: int, column: int) -> tuple[int, int]:
        """Return the last row and the last column of the cell that begins at ``row`` and ``column``."""
        return self._merged.get((row, column), (row, column))


FINAL = "决算数"
BUDGETED, BUDGETS = "budgeted", ("预算数", "年初预算数", "调整预算数", "全年预算数")
"""Columns of final accounts: of the year's result, and of the budget that it is compared with."""


def find_head(rows: Rows, after: int, last: int, year: int) -> Head | None:
    """Return the head of the table whose title is in row ``after``, or None. ``last`` is its last row."""
    candidates = rows.after(after, last)
    for row, below in zip(candidates, [*candidates[1:], 0], strict=False):
        tall = {column for column in rows.by_row[row] if rows.span(row, column)[0] > row}
        if _is_head_row(rows.by_row[row], rows.by_row[below] if below else {}, tall):
            bottom = _bottom(rows, row, last)
            columns = tuple(_columns(rows, row, bottom, year))
            return Head(row, bottom, _body(rows, bottom, last), columns)
    return None


def _is_head_row(cells: Mapping[int, GridCell], below: Mapping[int, GridCell], tall: Set[int]) -> bool:
    """Whether a row of texts without numbers has two known labels, or one above a row that has two.

    A unit is one label only where its cell is ``tall``, which reaches into the row below: 单位名称：… is none.
    """
    texts = [plain(cell.value) for cell in cells.values() if isinstance(cell.value, str)]
    if len(texts) < len(cells) or any(is_numbered(text) or ":" in text.removeprefix("其中:") for text in texts):
        return False
    known = _known(texts)
    if all(head_meanings().get(label) in _GOALS for label in known):  # labels of the form of one project
        return False
    if len(known) >= 2:
        return True
    lower = [plain(cell.value) for cell in below.values() if isinstance(cell.value, str)]
    names = {_label(plain(cells[column].value), 0) for column in tall}
    is_label = head_meanings().get(known[0]) != "unit" or known[0] in names
    return len(texts) > 1 and is_label and len(_known(lower)) >= 2


def _known(texts: Iterable[str]) -> list[str]:
    """Return those of plain texts that are labels of a head."""
    labels = [_label(text, 0) for text in texts]
    return [label for label in labels if label in head_meanings() or label in ("收入", "支出")]


def _bottom(rows: Rows, top: int, last: int) -> int:
    """Return the last row of a head: below it no merged cell of the head reaches and no group lacks its columns."""
    bottom = top
    for row in [top, *rows.after(top, last)]:
        if row > bottom + 1 or row >= top + HIGHEST:
            break
        if row > bottom and not _continues(rows, top, bottom, row):
            break
        own = [column for column, cell in rows.by_row[row].items() if not _is_side(rows, row, column, cell)]
        bottom = max(row, *(min(rows.span(row, column)[0], top + HIGHEST) for column in own))
        if bottom > row:
            bottom = max(bottom, *(rows.span(r, c)[0] for r in rows.after(row, bottom) for c in rows.by_row[r]), row)
    return bottom


def _is_side(rows: Rows, row: int, column: int, cell: GridCell) -> bool:
    """Whether a cell stands at the side of head and body, as 绩效指标 does to the left of indicators."""
    reaches = rows.span(row, column)[0]
    return reaches > row + 1 and column == min(rows.by_row[row]) and not _known([plain(cell.value)])


def _continues(rows: Rows, top: int, bottom: int, row: int) -> bool:
    """Whether ``row`` is still of the head: a group above has no labels below it yet, and the row has only labels."""
    cells = rows.by_row[row]
    if not all(isinstance(cell.value, str) and not is_numbered(cell.value) for cell in cells.values()):
        return False
    if any(is_total(str(cell.value)) and min(cells) == column for column, cell in cells.items()):
        return len(cells) > 1 and len(_known(str(cell.value) for cell in cells.values())) == len(cells)
    lowest = max(rows.after(top - 1, bottom))  # merged cells may reach over rows without any text
    above = rows.by_row[lowest]
    merged = [(c, rows.span(lowest, c)[1]) for c in above if rows.span(lowest, c)[1] > c]
    if any(left <= column <= right for left, right in merged for column in cells):
        return True
    known = len(_known(str(cell.value) for cell in cells.values()))
    return not merged and known * 2 > len(cells) and any(column not in above for column in cells)


def _body(rows: Rows, bottom: int, last: int) -> int:
    """Return the first row after the head and after the numbers of its columns (栏次)."""
    for row in rows.after(bottom, last):
        if not is_column_numbers(rows.by_row[row].values()):
            return row
    return last + 1


def is_column_numbers(cells: Iterable[GridCell]) -> bool:
    """Whether a row has the numbers of the columns: ``**, **, 1, 2, 3`` or ``栏次, 1, 2``.

    Numbers alone count only if they are 1, 2, 3 … from the first column on.
    """
    texts = [plain(cell.value) for cell in cells]
    if not texts or not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    numbers = [int(text.partition("=")[0]) for text in texts if text[0].isdigit()]
    ascending = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    return ascending and (len(numbers) < len(texts) or (len(numbers) > 2 and numbers[0] == 1))


def _columns(rows: Rows, top: int, bottom: int, year: int) -> Iterable[Column]:
    """Yield the columns, each with the labels of all cells that reach over it."""
    covers: dict[int, list[tuple[int, GridCell]]] = {}
    widest = max(max(rows.by_row[row]) for row in rows.after(top - 1, bottom))
    for row in rows.after(top - 1, bottom):
        cells = rows.by_row[row]
        for column, cell in cells.items():
            for reached in range(column, _right(rows, row, column, bottom, widest) + 1):
                covers.setdefault(reached, []).append((row, cell))
    labels = {number: [cell for _, cell in sorted(covers[number], key=lambda one: one[0])] for number in sorted(covers)}
    is_final = any(_label(str(cell.value), year) == FINAL for cells in labels.values() for cell in cells)
    for number, found in labels.items():
        texts = tuple(str(cell.value) for cell in found)
        if is_final and (rest := _budgeted(texts, year)) is not None:
            own = meaning(rest, year) if rest else ""
            yield Column(number, texts, f"{BUDGETED}.{own}" if own else BUDGETED, found[-1].place, True)
            continue
        read = _final(texts, year) if is_final else texts
        yield Column(number, texts, meaning(read, year), found[-1].place, _is_other(read, year))


def _final(texts: tuple[str, ...], year: int) -> tuple[str, ...]:
    """Return the labels of a column of final accounts without 决算数.

    >>> _final(("决算数", "公务接待费"), 2025), _final(("收入", "决算数"), 2025)
    (('公务接待费',), ('收入', '合计'))
    """
    labels = [_label(text, year) for text in texts]
    *above, last = texts
    rest = [text for text, label in zip(above, labels, strict=False) if label != FINAL]
    return (*rest, "合计" if labels[-1] == FINAL else last)


def _budgeted(texts: tuple[str, ...], year: int) -> tuple[str, ...] | None:
    """Return the other labels of a column of the budget beside 决算数; None for any other column.

    >>> _budgeted(("预算数", "公务接待费"), 2025), _budgeted(("全年预算数",), 2025), _budgeted(("决算数", "合计"), 2025)
    (('公务接待费',), (), None)
    """
    labels = [_label(text, year) for text in texts]
    rest = tuple(text for text, label in zip(texts, labels, strict=True) if label not in BUDGETS)
    return rest if len(rest) < len(texts) else None


def _right(rows: Rows, row: int, column: int, bottom: int, widest: int) -> int:
    """Return the last column of a label: of its merged cell, or up to the next label if only rows below have more."""
    right = rows.span(row, column)[1]
    if right > column or row == bottom:
        return right
    below = {c for r in rows.after(row, bottom) for c in rows.by_row[r]}
    if column not in below:
        return right
    while right < widest and right + 1 not in rows.by_row[row] and right + 1 in below:
        right += 1
    return right


def _is_other(labels: tuple[str, ...], year: int) -> bool:
    """Whether labels say that a column is of another year, a change, or a part of another column without a name."""
    plain_labels = [_label(text, year) for text in labels]
    known, words = head_meanings(), head_words()
    unknown = [label for label in plain_labels if label not in known]
    if any(known.get(label) == "last" or re.search("20[0-9]{2}|增减", label) for label in plain_labels):
        return True
    return bool(unknown) and (
        any(word in label for label in unknown for word in words.other_amounts if word not in ("其中", "结转"))
        or (plain_labels[-1] in unknown and plain_labels[-1].startswith("其中"))
    )


def _label(text: str, year: int) -> str:
    """Return a label as ``heads.yaml`` has it: without unit and year; the year before is 上年."""
    label = _AMOUNT_UNIT.sub("", plain(text))
    return _YEAR.sub(lambda found: "" if int(found[1]) == year or not year else _other(int(found[1]), year), label)


def _other(named: int, year: int) -> str:
    return "上年" if named == year - 1 else str(named)


def meaning(labels: tuple[str, ...], year: int) -> str:
    """Return what a column means by its labels: the meaning of the last, after those above it that narrow it.

    >>> meaning(("上年结转结余", "一般公共预算"), 2026), meaning(("基本支出", "小计"), 2026)
    ('carry.general_public', 'basic')
    >>> meaning(("一般公共预算", "小计"), 2026), meaning(("本年收入", "合计"), 2026)
    ('general_public', 'this')
    """
    known, words = head_meanings(), head_words()
    *above, last = [_label(text, year) for text in labels]
    leaf = known.get(last, "")
    group = known.get(above[-1], "") if above else ""
    if leaf == "total" and group and group not in (*words.contexts, *TEXTS, "total"):
        above, leaf = above[:-1], group
    narrowed: list[str] = []
    for label in above:
        group = known.get(label, "")
        if group in words.contexts:
            narrowed.append(group)
        elif not group and label not in _OF_WHICH and any(word in label for word in words.other_amounts):
            return ""
        elif group in ("code", "class", "section") and leaf in ("class", "section", "item"):
            narrowed.append("code")
    if leaf == "total" and narrowed:
        leaf = ""
    elif not leaf:
        return ""
    return ".".join(dict.fromkeys([*narrowed, *([leaf] if leaf else [])]))
