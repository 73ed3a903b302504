"""The cells of a body: which columns are read as what, amounts in 元, texts over merged cells, rows that are none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ..core.finding import Finding, Severity
from ..core.money import MoneyUnit
from .cell_values import is_blank, is_ellipsis, read_amount, shown
from .grid import GridCell
from .head import Column, Head, Rows
from .table import UNITS, StatedAmount, StatedText, table_finding
from .words import TableKind, is_note

HEADS_SHOWN = 3
NARROWED = ("this", "spending", "basic", "vehicles", "code", "appropriation", "three_public_total")
"""Meanings of labels above columns that are not needed to tell the columns of a kind apart."""


@dataclass(slots=True)
class Body:
    """The body of one table while it is read. ``unit`` is that of its amounts; ``findings`` collects what is wrong."""

    rows: Rows
    kind: TableKind
    unit: str
    numbers: tuple[int, ...]
    findings: list[Finding] = field(default_factory=list)
    covered: Mapping[tuple[int, int], GridCell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Spread the first cell of merged cells that reach over several rows."""
        cells, inside = self.rows.grid.cells, set(self.numbers)
        tall = [one for one in self.rows.grid.merged if one[2] > one[0] and one[0] in inside and one[:2] in cells]
        self.covered = {
            (row, left): cells[top, left]
            for top, left, bottom, _ in tall
            for row in self.numbers[bisect_left(self.numbers, top) : bisect_right(self.numbers, bottom)]
        }

    def cell(self, row: int, column: int) -> GridCell | None:
        """Return a cell, of merged cells over several rows the first; None for a blank one."""
        cell = self.rows.by_row[row].get(column) or self.covered.get((row, column))
        return None if is_blank(cell) else cell

    def texts(self, row: int, columns: Mapping[str, Column]) -> dict[str, StatedText]:
        """Return the texts of the columns in which a row has one."""
        found = {name: self.cell(row, column.number) for name, column in columns.items()}
        return {
            name: StatedText(str(cell.value).strip(), cell.place)
            for name, cell in found.items()
            if cell is not None and not is_ellipsis(cell)
        }

    def amounts(self, row: int, columns: Mapping[str, Column]) -> dict[str, StatedAmount]:
        """Return the amounts of a row by column; a cell that is none is a finding."""
        found: dict[str, StatedAmount] = {}
        for name, column in columns.items():
            cell = self.rows.by_row[row].get(column.number)
            if cell is not None and not is_ellipsis(cell) and (amount := self.amount(cell)) is not None:
                found[name] = amount
        return found

    def amount(self, cell: GridCell) -> StatedAmount | None:
        """Return the amount of a cell in 元, or None after reporting what it is instead."""
        unit: MoneyUnit = "元" if self.unit in ("元", "千元") else "万元"
        reading = read_amount(cell, unit)
        if reading.problem:
            problem = reading.problem
            self.findings.append(
                table_finding("XL134", Severity.ERROR, problem.message, cell.place, problem.hint, **problem.values)
            )
        elif reading.note:
            note = reading.note
            self.findings.append(table_finding("XL135", Severity.NOTE, note.message, cell.place, **note.values))
        if reading.value is None:
            return None
        decimals = len(reading.value.partition(".")[2])
        rounding = Decimal(0) if self.unit == "元" else Decimal(UNITS[self.unit]).scaleb(-max(decimals, 2)) / 2
        return StatedAmount(Decimal(reading.value) * UNITS[self.unit], cell.place, rounding)

    def spread(self, row: int, column: Column) -> StatedAmount | None:
        """Return the amount of a cell that may be merged over several rows."""
        cell = self.cell(row, column.number)
        return None if cell is None or is_ellipsis(cell) else self.amount(cell)

    def is_empty(self, row: int) -> bool:
        """Whether a row says nothing: all its cells are blank or an ellipsis."""
        return all(is_blank(cell) or is_ellipsis(cell) for cell in self.rows.by_row[row].values())

    def is_note(self, row: int) -> bool:
        """Whether a row is a note: its only text begins as notes do, or is a sentence."""
        cells = [cell for cell in self.rows.by_row[row].values() if not is_blank(cell)]
        if len(cells) != 1 or not isinstance(cells[0].value, str):
            return False
        text = cells[0].value.strip()
        return is_note(text) or (len(text) > 12 and text.endswith(("。", "；", ".", "）", ")")) and "，" in text)

    def place(self, row: int) -> str:
        """Return the place of the first cell of a row."""
        return next(iter(self.rows.by_row[row].values())).place


def bound(columns: Iterable[Column], meanings: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Column]]:
    """Yield the names of a kind's columns, each with the column of the first of its meanings that the table has.

    Of several columns with one meaning the first is taken; a column has one name.
    """
    known = list(columns)
    taken: set[int] = set()
    for name, wanted in meanings.items():
        free = [column for column in known if column.number not in taken and _rank(column.meaning, wanted) is not None]
        if free:
            best = min(free, key=lambda column: _rank(column.meaning, wanted) or 0)
            taken.add(best.number)
            yield name, best


def _rank(meaning: str, wanted: tuple[str, ...]) -> int | None:
    """Return which of the wanted meanings a column has, None for none of them."""
    if not meaning:
        return None
    *above, last = meaning.split(".")
    shorter = ".".join([*(part for part in above if part not in NARROWED), last])
    return next((wanted.index(one) for one in (meaning, shorter) if one in wanted), None)


def report_unread(body: Body, head: Head, read: Iterable[Column]) -> None:
    """Report each column that has figures and is not read: its head is not known, or it has none.

    Columns of another year, of changes and of parts (其中) are one note, and so are columns of texts.
    """
    known = {column.number for column in read}
    others = {column.number: column for column in head.columns if column.is_other and column.number not in known}
    _note_others(body, others)
    _note_texts(body, [column for column in head.columns if column.number not in known])
    known |= set(others)
    heads = {column.number: column for column in head.columns}
    reported: set[int] = set()
    for row in body.numbers:
        for number, cell in body.rows.by_row[row].items():
            if number in known or number in reported or not _is_figure(cell):
                continue
            reported.add(number)
            label = " / ".join(heads[number].labels) if number in heads else ""
            message = (
                "“{table}”的表头“{label}”不认识，这一列没有读入（第一个数：{found}）"
                if label
                else "“{table}”有一列没有表头，没有读入（第一个数：{found}）"
            )
            hint = "把表头改成通行的名称，如“合计”“基本支出”“项目支出”；这一列本来不用读入的，不必理会"
            body.findings.append(
                table_finding(
                    "XL133",
                    Severity.WARNING,
                    message,
                    cell.place,
                    hint,
                    table=body.kind.name,
                    label=label,
                    found=shown(cell),
                )
            )


def _note_others(body: Body, columns: Mapping[int, Column]) -> None:
    cells = [(number, cell) for row in body.numbers for number, cell in body.rows.by_row[row].items()]
    figures = [(number, cell) for number, cell in cells if number in columns and _is_figure(cell)]
    if figures:
        heads = list(dict.fromkeys(" / ".join(columns[number].labels) for number, _ in figures))
        shown_heads = "、".join(f"“{head}”" for head in heads[:HEADS_SHOWN]) + ("…" if len(heads) > HEADS_SHOWN else "")
        message = "“{table}”里不是本年合计内的列没有读：{heads}，共 {count} 个数"
        values = {"table": body.kind.name, "heads": shown_heads, "count": str(len(figures))}
        body.findings.append(table_finding("XL133", Severity.NOTE, message, figures[0][1].place, **values))


def _note_texts(body: Body, columns: Iterable[Column]) -> None:
    """Note the columns with a head and texts that are not read."""
    cells = [body.rows.by_row[row] for row in body.numbers if not body.is_note(row)]
    found: dict[str, list[GridCell]] = {}
    for column in columns:
        texts = [row[column.number] for row in cells if column.number in row and _is_text(row[column.number])]
        if texts and column.labels:
            found.setdefault(" / ".join(column.labels), []).extend(texts)
    if found:
        heads = "、".join(f"“{head}”" for head in list(found)[:HEADS_SHOWN]) + ("…" if len(found) > HEADS_SHOWN else "")
        texts = [cell for some in found.values() for cell in some]
        message = "“{table}”里有列的表头不认识，没有读：{heads}，共 {count} 格文字"
        hint = "要用的，把表头改成通行的名称，如“绩效目标”；导入之后也可以在文件里补"
        values = {"table": body.kind.name, "heads": heads, "count": str(len(texts))}
        body.findings.append(table_finding("XL133", Severity.NOTE, message, texts[0].place, hint, **values))


def _is_text(cell: GridCell) -> bool:
    if not isinstance(cell.value, str) or is_blank(cell) or is_ellipsis(cell):
        return False
    return read_amount(cell).value is None and any(character.isalpha() for character in cell.value)


def _is_figure(cell: GridCell) -> bool:
    if isinstance(cell.value, bool) or not cell.value:
        return False
    return isinstance(cell.value, int | Decimal) or read_amount(cell).value not in (None, "0")
