"""A document as a stranger should find it: paragraphs in order, tables with what stands around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..tree.locations import table_name
from ..tree.nodes import (
    Block,
    Cell,
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
    """Rows without those that no cell begins in: as words, and with the exact numbers of a spreadsheet."""

    words: ReadGrid
    exact: ReadGrid


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """A table: how it is called in findings, its head and its body, its notes, how many paragraphs stand before it."""

    table: Table
    name: str
    head: Grid
    body: Grid
    notes: tuple[str, ...]
    after: int = 0


@dataclass(slots=True)
class Expected:
    """What must be found: paragraphs and outline as folded texts, the tables."""

    paragraphs: list[str] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)
    tables: list[ExpectedTable] = field(default_factory=list)


class _Same:
    """A document as a key: itself and no other, however equal."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __hash__(self) -> int:
        return id(self.document)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document


def expect(document: Document, prose: bool) -> Expected:
    """What a file of ``document`` must show, one with prose or one of tables only.

    The files of a document are looked at one after the other: it is worked out once for them.
    """
    return _expected(_Same(document))[prose]


@lru_cache(maxsize=1)
def _expected(same: _Same) -> tuple[Expected, Expected]:
    """Without prose and with it; the tables are the same."""
    tables = [_table(table) for table in same.document.tables()]
    return _in_order(same.document, tables, False), _in_order(same.document, tables, True)


def _in_order(document: Document, tables: Iterable[ExpectedTable], prose: bool) -> Expected:
    expected, waiting, below_table = Expected(), iter(tables), False
    for block in document.blocks():
        if heading := heading_of(block):
            expected.outline.append(folded(heading.runs))
        if isinstance(block, Table):
            expected.tables.append(replace(next(waiting), after=len(expected.paragraphs)))
            below_table = True
        elif below_table and prose and isinstance(block, Paragraph) and block.role == "note":
            last = expected.tables[-1]
            expected.tables[-1] = replace(last, notes=(*last.notes, folded(block.runs)))
        elif texts := [text for text in _texts(block) if text]:
            expected.paragraphs += texts
            below_table = False
    return expected


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Cover):
        yield from map(folded, block.lines)
    elif isinstance(block, Contents):
        yield folded(block.title)
        yield from (folded(f"{plain(entry.runs)} {entry.page}") for entry in block.entries)
    elif isinstance(block, Heading | Paragraph):
        yield folded(block.runs)


def _table(table: Table) -> ExpectedTable:
    head, body = (_grid(rows, len(table.columns)) for rows in (table.head, table.body))
    notes = tuple(text for text in (folded(note.runs) for note in table.notes) if text)
    return ExpectedTable(table, table_name(table), head, body, notes)


def _grid(rows: tuple[Row, ...], columns: int) -> Grid:
    """Spans are resolved here anew: what a writer made of them must not be asked."""
    words: list[tuple[ReadCell, ...]] = []
    exact: list[tuple[ReadCell, ...]] = []
    hanging = [0] * columns
    for row in rows:
        line, figures, place = [BLANK] * columns, [], 0
        for cell in row.cells:
            while hanging[place]:
                place += 1
            text, number = _seen(cell)
            line[place] = text
            if number is not text:
                figures.append((place, number))
            if cell.rowspan > 1:
                hanging[place : place + cell.colspan] = [cell.rowspan] * cell.colspan
            place += cell.colspan
        hanging = [left and left - 1 for left in hanging]
        if row.cells:
            words.append(tuple(line))
            for place, number in figures:
                line[place] = number
            exact.append(tuple(line))
    return Grid(tuple(words), tuple(exact))


def _seen(cell: Cell) -> tuple[ReadCell, ReadCell]:
    """A cell as words, and as a spreadsheet has it; the same object where it holds no number."""
    runs = cell.runs
    if not runs:
        return BLANK, BLANK
    only = runs[0]
    text = ReadCell(only.text if len(runs) == 1 else plain(runs))
    return text, ReadCell(text.text, only.value) if len(runs) == 1 and isinstance(only, Figure) else text
