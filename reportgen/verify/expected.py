"""A document as a stranger should find it: paragraphs in order, tables with what stands around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..tree.grid import place
from ..tree.nodes import Block, Cell, Contents, Cover, Document, Heading, Paragraph, Row, Table, plain
from .findings import folded

Grid = list[list[Cell | None]]
"""Rows of cells, each in its first place; None where a cell only reaches to."""


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """A table: how it is called in findings, its rows without those that no cell begins in, its notes."""

    table: Table
    name: str
    head: Grid
    body: Grid
    notes: tuple[str, ...]
    after: int


@dataclass(slots=True)
class Expected:
    """What must be found: paragraphs and outline as folded texts, the tables."""

    paragraphs: list[str] = field(default_factory=list)
    outline: list[str] = field(default_factory=list)
    tables: list[ExpectedTable] = field(default_factory=list)


def expect(document: Document, prose: bool) -> Expected:
    """What a file of ``document`` must show, one with prose or one of tables only."""
    expected, below_table = Expected(), False
    for block in (block for section in document.sections for block in section.blocks):
        if isinstance(block, Heading | Table):
            expected.outline.append(folded((block.heading if isinstance(block, Table) else block).runs))
        if isinstance(block, Table):
            expected.tables.append(_table(block, len(expected.paragraphs)))
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
        yield from (folded(entry.runs) for entry in block.entries)
    elif isinstance(block, Heading | Paragraph):
        yield folded(block.runs)


def _table(table: Table, after: int) -> ExpectedTable:
    name = f"{table.label}《{plain(table.title)}》"
    head, body = (_grid(rows, len(table.columns)) for rows in (table.head, table.body))
    notes = tuple(text for text in (folded(note.runs) for note in table.notes) if text)
    return ExpectedTable(table, name, head, body, notes, after)


def _grid(rows: tuple[Row, ...], columns: int) -> Grid:
    grid: Grid = []
    for r, line in enumerate(place(rows, columns)):
        if rows[r].cells:
            grid.append([p.cell if (p.row, p.column) == (r, c) else None for c, p in enumerate(line)])
    return grid
