"""Trees that differ from the seed's: in their texts, and in the number of their rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from reportgen.tree.nodes import Block, Cell, Contents, Cover, Document, Figure, Heading, Row, Run, Section, Table

LARGE = 30
"""Rows from which on a table is a larger one."""

_SHORT = 8
_LONGEST_WORD = 20
"""Characters: what is longer is a text of the clerk's, never one of the words that a field allows."""


def varied(document: Document, turn: int) -> Document:
    """``document`` with other texts of the same length and letters.

    In a batch no two departments' texts agree; a program that remembers the lines it set (Typst does) would
    otherwise set the second document in no time, and the figure would mean nothing.
    """
    if not turn:
        return document
    digits = str.maketrans("0123456789", "".join(str((n + turn) % 10) for n in range(10)))

    def other(run: Run) -> Run:
        text = run.text.translate(digits)
        if isinstance(run, Figure) or len(text) < _SHORT:
            return replace(run, text=text)
        step = turn % len(text)
        return replace(run, text=text[step:] + text[:step])

    sections = tuple(
        replace(section, blocks=tuple(_block(block, other) for block in section.blocks))
        for section in document.sections
    )
    return replace(document, sections=sections)


def other_texts(value: Any, turn: int) -> Any:
    """The value of a JSON document with its longer texts turned round; names of funds and the like stay."""
    if isinstance(value, dict):
        return {key: other_texts(one, turn) for key, one in value.items()}
    if isinstance(value, list):
        return [other_texts(one, turn) for one in value]
    if isinstance(value, str) and len(value) > _LONGEST_WORD:
        step = turn % len(value)
        return value[step:] + value[:step]
    return value


def grown(document: Document, factor: int) -> Document:
    """``document`` with the body rows of its larger tables repeated until there are ``factor`` times as many."""
    return replace(document, sections=tuple(_grown_section(section, factor) for section in document.sections))


def row_count(document: Document) -> int:
    """The body rows of all tables."""
    return sum(len(table.body) for table in document.tables())


def _grown_section(section: Section, factor: int) -> Section:
    blocks = (_grown_table(b, factor) if isinstance(b, Table) and len(b.body) >= LARGE else b for b in section.blocks)
    return replace(section, blocks=tuple(blocks))


def _grown_table(table: Table, factor: int) -> Table:
    rows = (replace(row, id=f"{row.id}~{n}" if n else row.id) for n in range(factor) for row in table.body)
    return replace(table, body=tuple(rows))


def _block(block: Block, other: Callable[[Run], Run]) -> Block:
    def runs(old: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(other(run) for run in old)

    if isinstance(block, Cover):
        return replace(block, lines=tuple(runs(line) for line in block.lines))
    if isinstance(block, Contents):
        return replace(block, entries=tuple(replace(entry, runs=runs(entry.runs)) for entry in block.entries))
    if isinstance(block, Table):
        return _table(block, runs)
    return replace(block, runs=runs(block.runs))


def _table(table: Table, runs: Callable[[tuple[Run, ...]], tuple[Run, ...]]) -> Table:
    def cell(one: Cell) -> Cell:
        return replace(one, runs=runs(one.runs))

    def rows(old: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(replace(row, cells=tuple(cell(one) for one in row.cells)) for row in old)

    heading: Heading = replace(table.heading, runs=runs(table.heading.runs))
    lines: dict[str, Any] = {name: runs(getattr(table, name)) for name in ("left", "right")}
    notes = tuple(replace(note, runs=runs(note.runs)) for note in table.notes)
    return replace(table, heading=heading, body=rows(table.body), notes=notes, **lines)
