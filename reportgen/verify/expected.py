"""What a file of a document must contain: paragraphs in order, tables with the lines around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..tree.locations import table_name
from ..tree.nodes import (
    Block,
    Cell,
    Chart,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    heading_of,
    plain,
)
from ..tree.readback import BLANK, ReadCell, ReadGrid
from .findings import folded


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows in which a cell begins: as texts, and with the exact numbers of a spreadsheet."""

    texts: ReadGrid
    exact: ReadGrid


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """A table: its name in findings, its head and its body, its notes, the number of paragraphs before it."""

    table: Table
    name: str
    head: Grid
    body: Grid
    notes: tuple[str, ...]
    after: int = 0


@dataclass(slots=True)
class Expected:
    """The expected contents of a file: paragraphs and outline as folded texts, the tables, the charts.

    A chart comes with the number of paragraphs before it.
    """

    paragraphs: list[str] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)
    tables: list[ExpectedTable] = field(default_factory=list)
    charts: list[tuple[Chart, int]] = field(default_factory=list)


def expect(document: Document, prose: bool, paged: bool = True) -> Expected:
    """Return what a file of ``document`` must contain.

    Without ``prose`` notes after a table are paragraphs too; a file that is not ``paged`` has no page numbers.
    """
    expected, is_after_table = Expected(), False
    for block in document.blocks():
        if heading := heading_of(block):
            expected.outline.append(folded(heading.runs))
        if isinstance(block, Table):
            expected.tables.append(replace(_table(block), after=len(expected.paragraphs)))
            is_after_table = True
        elif isinstance(block, Chart):
            expected.charts.append((block, len(expected.paragraphs)))
            is_after_table = False
        elif is_after_table and prose and isinstance(block, Paragraph) and block.role == "note":
            last = expected.tables[-1]
            expected.tables[-1] = replace(last, notes=(*last.notes, folded(block.runs)))
        elif texts := [text for text in _texts(block, paged) if text]:
            expected.paragraphs += texts
            is_after_table = False
    return expected


def _texts(block: Block, paged: bool) -> Iterator[str]:
    if isinstance(block, Cover):
        yield from map(folded, block.lines)
    elif isinstance(block, Contents):
        yield folded(block.title)
        yield from (folded(f"{plain(entry.runs)} {entry.page if paged else ''}") for entry in block.entries)
    elif isinstance(block, Heading | Paragraph):
        yield folded(block.runs)


def _table(table: Table) -> ExpectedTable:
    head, body = (_grid(rows, len(table.columns)) for rows in (table.head, table.body))
    notes = tuple(text for text in (folded(note.runs) for note in table.notes) if text)
    return ExpectedTable(table, table_name(table), head, body, notes)


def _grid(rows: tuple[Row, ...], columns: int) -> Grid:
    """Spans are resolved here again, independently of ``tree.grid``, which the writers use."""
    texts: list[tuple[ReadCell, ...]] = []
    exact: list[tuple[ReadCell, ...]] = []
    rows_left = [0] * columns  # of the cell that covers each column
    for row in rows:
        line, numbers, column = [BLANK] * columns, [], 0
        for cell in row.cells:
            while rows_left[column]:
                column += 1
            text, number = _expected_cell(cell)
            line[column] = text
            if number is not text:
                numbers.append((column, number))
            if cell.rowspan > 1:
                rows_left[column : column + cell.colspan] = [cell.rowspan] * cell.colspan
            column += cell.colspan
        rows_left = [left and left - 1 for left in rows_left]
        if row.cells:
            texts.append(tuple(line))
            for column, number in numbers:
                line[column] = number
            exact.append(tuple(line))
    return Grid(tuple(texts), tuple(exact))


def _expected_cell(cell: Cell) -> tuple[ReadCell, ReadCell]:
    """A cell as text, and as a spreadsheet has it; the same object where it has no number."""
    runs = cell.runs
    if not runs:
        return BLANK, BLANK
    first = runs[0]
    text = ReadCell(first.text if len(runs) == 1 else plain(runs))
    return text, ReadCell(text.text, first.value) if len(runs) == 1 and isinstance(first, Figure) else text
