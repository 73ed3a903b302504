"""Relations between the cells of one printed table: parents and their children, a row's sum and its columns.

They are found in the table itself: its codes (or indents) say which rows belong to which, the labels of its head which
columns. A relation between columns counts as the table's own only if most of its rows keep it (:data:`MOST`): a head
does not say which of its columns are parts, and which only repeat a part (其中).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ..core.money import MoneyUnit
from .cell_values import read_amount
from .codes import WIDTHS, Indents, code_and_name, indent_of
from .grid import Grid, GridCell
from .head import Column
from .panel_relations import panel_relations
from .relation import Relation, kept
from .table import UNITS, RecognisedRow, RecognisedTable, StatedAmount
from .words import is_total, plain, unnumbered

NO_AMOUNTS = ("code", "class", "section", "item", "number", "unit_code", "project_code", "government_code", "year")
PART_OF = ("其中", "#")
"""Labels that begin so repeat a part of a column beside them."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row of the body: its number in the grid, what messages call it, its code, the unit that it is of."""

    number: int
    name: str
    code: str
    level: int
    unit: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class _Family:
    """A row, and the rows directly below it in the hierarchy."""

    whole: PrintedRow
    below: tuple[PrintedRow, ...]
    alone: frozenset[str] = frozenset()
    """Codes of 款 without 项, which may stand again in the place of their only 项."""

    def includes(self, numbers: Iterable[int]) -> bool:
        """Whether one of the rows of the grid is between the first and the last row of the family."""
        return any(self.whole.number < number < self.below[-1].number for number in numbers)


def relations(table: RecognisedTable) -> Iterator[Relation]:
    """Yield the relations of a table that lists codes, and of codes in a balance; none of projects and goals."""
    if table.kind.rows == "panels":
        yield from panel_relations(table)
    if table.kind.rows not in ("function", "economic") or table.grid is None or table.head is None:
        return
    rows = list(_rows(table))
    cells = Amounts(table, table.grid)
    columns = [column for column in table.head.columns if cells.is_amounts(column, rows)]
    unknown = [
        number for number in table.numbers if number not in {row.number for row in rows} and cells.any(number, columns)
    ]
    alone = _alone(rows) if table.kind.rows == "function" else frozenset[str]()
    families = [one for one in _families(rows, alone) if not one.includes(unknown)]
    for column in columns:
        of_column = [found for one in families if (found := _sum_of_rows(one, column, cells)) is not None]
        if any(row.kind == "indented" for row in rows) or not prints_codes(table):
            yield from kept(of_column)  # an indent, or a name, says less than a code
        elif any(one.holds for one in of_column if not one.is_zero):
            yield from of_column
    for total, others in column_sums(columns):
        yield from kept(list(sums_of_columns(rows, total, others, cells)))


def _sum_of_rows(family: _Family, column: Column, cells: Amounts) -> Relation | None:
    """Return the relation of a row and those below it in one column.

    A code that follows itself counts twice (once for each 政府经济分类) or once (219 has no 项: its 款 is printed again
    as 项): whichever adds up.
    """
    whole = cells.at(family.whole.number, column)
    parts = [(row, part) for row in family.below if (part := cells.at(row.number, column)) is not None]
    if whole is None or not parts:
        return None
    names = family.whole.name, label_of(column)
    every = Relation("rows", *names, whole, tuple(part for _, part in parts))
    again = [second for (first, _), second in pairwise(parts) if first.code and first.code == second[0].code]
    once = tuple(part for row, part in parts if all(row is not other for other, _ in again))
    twice = tuple(part.place for row, part in again if row.code not in family.alone and part.value)
    distinct = Relation("rows", *names, whole, once, twice)
    return distinct if distinct.holds and not every.holds else every


def sums_of_columns(
    rows: Iterable[PrintedRow], total: Column, others: Sequence[Column], cells: Amounts
) -> Iterator[Relation]:
    """Yield for each row the relation of the column ``total`` and the ``others``."""
    for row in rows:
        whole = cells.at(row.number, total)
        parts = tuple(part for column in others if (part := cells.at(row.number, column)) is not None)
        if whole is not None and parts:
            yield Relation("columns", row.name, label_of(total), whole, parts)


class Amounts:
    """The amounts of a table's cells, whether or not their columns are known."""

    def __init__(self, table: RecognisedTable, grid: Grid) -> None:
        """Take the cells and the unit of a table."""
        self._cells, self._unit = grid.cells, table.unit or "元"
        self._decimals = max((_decimals(cell) for cell in grid.cells.values()), default=0)
        self._known: dict[tuple[int, int], StatedAmount | None] = {}

    def at(self, row: int, column: Column) -> StatedAmount | None:
        """Return the amount of a cell; None where there is none."""
        return self.in_column(row, column.number)

    def in_column(self, row: int, column: int) -> StatedAmount | None:
        """Return the amount of a cell, by the number of its column."""
        place = (row, column)
        if place not in self._known:
            cell = self._cells.get(place)
            self._known[place] = None if cell is None else self._amount(cell)
        return self._known[place]

    def any(self, row: int, columns: Iterable[Column]) -> bool:
        """Whether a row has an amount in one of the columns."""
        return any(self.at(row, column) is not None for column in columns)

    def _amount(self, cell: GridCell) -> StatedAmount | None:
        unit: MoneyUnit = "元" if self._unit in ("元", "千元") else "万元"
        value = read_amount(cell, unit).value
        if value is None:
            return None
        factor = UNITS[self._unit]
        places = max(self._decimals, len(value.partition(".")[2]))
        if not isinstance(cell.value, str):
            places = max(places, 2)  # a number of a workbook: its format, not its digits, says how it is printed
        rounding = Decimal(0) if self._unit == "元" and places >= 2 else Decimal(factor).scaleb(-places) / 2
        return StatedAmount(Decimal(value) * factor, cell.place, rounding)

    def is_amounts(self, column: Column, rows: Iterable[PrintedRow]) -> bool:
        """Whether a column has amounts: most of its cells are such, and it is none of codes or numbers."""
        if set(column.meaning.split(".")) & set(NO_AMOUNTS) or "%" in label_of(column) or "序号" in label_of(column):
            return False
        cells = [
            (row.number, self._cells[row.number, column.number])
            for row in rows
            if (row.number, column.number) in self._cells
        ]
        return bool(cells) and sum(self.at(number, column) is not None for number, _ in cells) * 2 > len(cells)


def _decimals(cell: GridCell) -> int:
    text = str(cell.value).strip()
    return len(text.rpartition(".")[2]) if "." in text and text.rpartition(".")[2].isdigit() else 0


def _rows(table: RecognisedTable) -> Iterator[PrintedRow]:
    """Yield the rows of the body; where most have no code, by the indent of their names.

    Names of 经济分类 say more than indents, which long names in two lines do not have.
    """
    assert table.grid is not None
    assert table.head is not None
    places = {cell.place: place[0] for place, cell in table.grid.cells.items()}
    known = {places[row.place]: row for row in table.rows if row.place in places}
    by_name = table.kind.rows == "economic" and known.keys() >= set(table.numbers)
    if prints_codes(table) or by_name:
        yield from (_known_row(number, known[number]) for number in table.numbers if number in known)
        return
    yield from _indented(table)


def prints_codes(table: RecognisedTable) -> bool:
    """Whether a table prints the codes of its rows: in columns of their own, or before the names."""
    columns = table.head.columns if table.head is not None else ()
    if {column.meaning.rpartition(".")[2] for column in columns} & {"code", "class", "section", "item"}:
        return True
    return any((name := row.texts.get("name")) is not None and code_and_name(name.value) for row in table.rows)


def _known_row(number: int, row: RecognisedRow) -> PrintedRow:
    name = "合计" if row.kind == "total" else " ".join(filter(None, (row.key if row.kind == "code" else "", row.name)))
    level = {"total": 0, "unit": 1}.get(row.kind, 1 + row.level)
    return PrintedRow(number, name, row.key if row.kind == "code" else "", level, row.unit, row.kind)


def _indented(table: RecognisedTable) -> Iterator[PrintedRow]:
    assert table.grid is not None
    assert table.head is not None
    column = next((one for one in table.head.columns if one.meaning in ("name", "item_label", "unit")), None)
    cells = (
        {n: table.grid.cells[n, column.number] for n in table.numbers if (n, column.number) in table.grid.cells}
        if column
        else {}
    )
    texts = {n: cell for n, cell in cells.items() if isinstance(cell.value, str)}
    indents = Indents(indent_of(cell) for cell in texts.values() if not is_total(str(cell.value)))
    for number, cell in texts.items():
        name = unnumbered(cell.value)
        if is_total(str(cell.value)):
            yield PrintedRow(number, "合计", "", 0, kind="total")
        elif level := indents.level(indent_of(cell)):
            yield PrintedRow(number, name, "", level, kind="indented")


def _alone(rows: Sequence[PrintedRow]) -> frozenset[str]:
    items = {row.code[: WIDTHS[1]] for row in rows if len(row.code) > WIDTHS[1]}
    return frozenset(row.code for row in rows if len(row.code) == WIDTHS[1] and row.code not in items)


def _families(rows: Sequence[PrintedRow], alone: frozenset[str]) -> Iterator[_Family]:
    """Yield each row that has rows below it, with these."""
    below: dict[int, list[PrintedRow]] = {}
    open_rows: list[PrintedRow] = []
    for row in rows:
        while open_rows and not _is_above(open_rows[-1], row):
            open_rows.pop()
        if open_rows:
            below.setdefault(open_rows[-1].number, []).append(row)
        open_rows.append(row)
    yield from (_Family(row, tuple(below[row.number]), alone) for row in rows if row.number in below)


def _is_above(upper: PrintedRow, row: PrintedRow) -> bool:
    if upper.kind == "total":
        return row.kind != "total"
    if upper.code and row.code:
        return upper.unit == row.unit and row.code.startswith(upper.code) and len(row.code) > len(upper.code)
    if upper.kind == "unit":
        return row.kind == "code" and row.unit in (upper.unit, upper.name, "")
    return upper.level < row.level


def label_of(column: Column) -> str:
    """Return the labels of a column as messages name it."""
    return " ".join(plain(label) for label in dict.fromkeys(column.labels))


def column_sums(columns: Sequence[Column]) -> Iterator[tuple[Column, list[Column]]]:
    """Yield columns that may be sums, each with the columns that may be their parts."""
    paths = {column.number: tuple(plain(label) for label in column.labels) for column in columns}
    groups = {path[:depth] for path in paths.values() for depth in range(len(path))}
    for group in sorted(groups, key=lambda one: (len(one), one)):
        members = [column for column in columns if paths[column.number][: len(group)] == group]
        children: dict[str, list[Column]] = {}
        for column in members:
            path = paths[column.number]
            children.setdefault(path[len(group)] if len(path) > len(group) else "", []).append(column)
        sums = [label for label, inner in children.items() if len(inner) == 1 and _is_sum(label, group)]
        if len(sums) != 1 or len(children) < 3:
            continue
        (total,) = children[sums[0]]
        parts = [
            part
            for label, inner in children.items()
            if label != sums[0] and not label.startswith(PART_OF)
            for part in _total_of(inner, paths, len(group) + 1)
        ]
        if len(parts) > 1:
            yield total, parts


def _is_sum(label: str, group: Sequence[str]) -> bool:
    return is_total(label) or label in ("小计", "总计", "合计") or (bool(group) and label == group[-1])


def _total_of(inner: Sequence[Column], paths: Mapping[int, tuple[str, ...]], depth: int) -> Sequence[Column]:
    """Return the column of a group's sum if it has one, else all its columns."""
    if len(inner) == 1:
        return inner
    own = [
        column
        for column in inner
        if len(paths[column.number]) <= depth + 1
        and (len(paths[column.number]) == depth or _is_sum(paths[column.number][depth], paths[column.number][:depth]))
    ]
    return own if len(own) == 1 else inner
