"""What a canonical document should print, as the recogniser reads it: tables, paragraphs, and each figure's source.

The document is composed with its layout and read like a published one. The cell of a figure holds its exact value, and
its place is a key of :attr:`Composed.places`, which has the place in print and the JSON pointer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from ..core.finding import Place
from ..facts import Fact, FactsByName
from ..pipeline import BudgetSource, LayoutSource, prepare
from ..pipeline.report import Prepared
from ..recognise.blocks import ReadParagraph
from ..recognise.grid import CellValue, Grid, GridCell
from ..recognise.recognise import recognise
from ..recognise.table import RecognisedTable
from ..recognise.words import plain as plain_words
from ..tree.grid import Placed
from ..tree.grid import place as placed
from ..tree.locations import TableCells, printed_places
from ..tree.nodes import Cell, Figure, Heading, Paragraph, Row, Run, Table, plain

Head = tuple[tuple[tuple[int, str], ...], ...]
ABOVE = 2
"""Rows of a grid above its head: the title, then department and unit."""
MONEY = ("元", "千元", "万元", "亿元")


@dataclass(frozen=True, slots=True)
class Composed:
    """A composed document: its recognised tables, its paragraphs as they are read, and their runs by their places.

    ``places`` has the printed place and the JSON pointer of each figure's cell, ``figures`` the figure itself.
    ``grids`` are the tables with the texts of the rows of their heads, by column.
    """

    prepared: Prepared
    facts: FactsByName
    tables: Sequence[RecognisedTable]
    paragraphs: Sequence[ReadParagraph]
    runs: Mapping[str, tuple[Run, ...]] = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)
    figures: Mapping[str, Figure] = field(repr=False)
    grids: Sequence[tuple[Grid, Head]] = field(repr=False)

    def place_of(self, figure: Figure, printed: str) -> Place:
        """Return the place of a figure that is printed at ``printed``, with the JSON pointer of its data."""
        return Place(pointer=pointer_of(self.facts, figure), printed=printed)


def compose_document(source: BudgetSource, layout: LayoutSource | None = None) -> Composed:
    """Return what the document in ``source`` should print.

    Raises:
        InputError: it cannot be read or breaks the contract.
        UsageError, LayoutError: there is no such layout, or something in it is wrong.
    """
    prepared = prepare(source, layout)
    facts = FactsByName(prepared.facts)
    document = prepared.document
    reading = _Reading(facts)
    grids = [reading.grid(table) for table in document.tables()]
    names = printed_places(document)
    blocks = [*document.prose(), *(note for table in document.tables() for note in table.notes)]
    runs = {names.get(block.id, block.id): block.runs for block in blocks}
    paragraphs = tuple(_paragraph(block, names.get(block.id, block.id)) for block in blocks)
    tables = recognise(grids, prepared.year).tables
    heads = [(grid, _head(grid, table)) for grid, table in zip(grids, document.tables(), strict=True)]
    return Composed(prepared, facts, tables, paragraphs, runs, reading.places, reading.figures, heads)


def pointer_of(facts: Mapping[str, Fact], figure: Figure) -> str:
    """Return the JSON pointer of a figure's data: of several cells the part of the document that has them all."""
    fact = facts.get(figure.fact)
    return common_pointer(sorted(fact.cells())) if fact is not None else ""


def common_pointer(cells: Sequence[str]) -> str:
    """Return the pointer of what has all ``cells``; of cells that have only the document in common the first.

    >>> common_pointer(["/expenditure/0/basic", "/expenditure/3/basic"]), common_pointer(["/year", "/revenue/0"])
    ('/expenditure', '/year')
    """
    if not cells:
        return ""
    parts = zip(*(cell.split("/") for cell in cells), strict=False)
    common = [part for part, *_ in takewhile(lambda one: len(set(one)) == 1, parts)]
    return "/".join(common) if len(common) > 1 else cells[0]


def _head(grid: Grid, table: Table) -> Head:
    """Return the texts of the rows of a table's head, without rows of column numbers."""
    rows = [number for number, row in enumerate(table.head, ABOVE + 1) if row.role == "head"]
    texts = {number: cells for number, cells in grid.rows() if number in rows}
    return tuple(tuple((column, plain_words(cell.value)) for column, cell in texts[row].items()) for row in texts)


def _paragraph(block: Heading | Paragraph, place: str) -> ReadParagraph:
    return ReadParagraph(plain(block.runs), place, level=block.level if isinstance(block, Heading) else 0)


class _Reading:
    """The grids of the tables, and where the figures in them come from."""

    def __init__(self, facts: FactsByName) -> None:
        self._facts = facts
        self.places: dict[str, Place] = {}
        self.figures: dict[str, Figure] = {}

    def grid(self, table: Table) -> Grid:
        """Return a table as a reader gives it: title, department and unit, head, body."""
        above = [(table.title,), (table.left, table.right)]
        cells: dict[tuple[int, int], GridCell] = {}
        merged: list[tuple[int, int, int, int]] = []
        for row, texts in enumerate(above, 1):
            for column, runs in enumerate(texts, 1):
                if text := plain(runs):
                    cells[row, column] = GridCell(text, f"{table.id}/above/{row}/{column}")
        names = TableCells(table)
        for rows, part, first in ((table.head, "head", ABOVE + 1), (table.body, "body", ABOVE + 1 + len(table.head))):
            for (r, c), one in _origins(rows, len(table.columns)):
                row, column = first + r, c + 1
                if one.rowspan > 1 or one.colspan > 1:
                    merged.append((row, column, row + one.rowspan - 1, column + one.colspan - 1))
                if one.text:
                    key = f"{table.id}/{part}/{r}/{c}"
                    cells[row, column] = GridCell(self._value(one, key, names if part == "body" else None, r, c), key)
        return Grid(table.label or table.id, cells, tuple(merged))

    def _value(self, cell: Cell, key: str, names: TableCells | None, row: int, column: int) -> CellValue:
        """Return what a cell holds: of an amount the exact value."""
        figure = cell.runs[0] if len(cell.runs) == 1 else None
        if not isinstance(figure, Figure) or names is None:
            return "\u3000" * cell.indent + cell.text
        self.figures[key] = figure
        self.places[key] = Place(pointer=pointer_of(self._facts, figure), printed=names.place(row, column))
        return figure.value if figure.unit in MONEY else figure.text


def _origins(rows: Sequence[Row], columns: int) -> Iterator[tuple[tuple[int, int], Cell]]:
    grid: list[list[Placed]] = placed(rows, columns)
    for r, line in enumerate(grid):
        for c, one in enumerate(line):
            if one[:2] == (r, c):
                yield (r, c), one.cell
