"""Stable names of printed figures, the same in all files.

A name is made from the id of the block (or row id and column) and the fact, not from a position, so edits elsewhere do
not change it. It is at most 40 characters of ASCII letters, digits and underscores and begins with an
underscore: Word hides such bookmarks from its list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2s

from .grid import starts
from .locations import charted_figures
from .nodes import Chart, Document, Figure, Heading, Paragraph, Run, Table

LONGEST = 40
_DIGEST = 5


class FigureNames:
    """The names of the figures of one document, in order: a second printing of a fact in one place has its own name."""

    def __init__(self) -> None:
        """Start without any figure."""
        self._counts: dict[tuple[str, str], int] = {}

    def name(self, place: str, figure: Figure) -> str:
        """Return the name of ``figure`` printed at ``place`` (a block's id, or row id and column)."""
        key = (place, figure.fact)
        count = self._counts[key] = self._counts.get(key, 0) + 1
        return figure_name(place, figure.fact, count)


def named_figures(document: Document) -> Iterator[tuple[str, Figure, str]]:
    """Iterate over the named figures, each with its place (for a cell: the table's id, row id and column) and its name.

    Cover and contents only repeat other text; their figures have no names.
    """
    return ((at, figure, name) for at, figure, name, _ in figures_in_text(document))


def figures_in_text(document: Document) -> Iterator[tuple[str, Figure, str, int]]:
    """Iterate over the named figures as :func:`named_figures` does, with the number of characters before each."""
    names = FigureNames()
    for block in document.blocks():
        if isinstance(block, Heading | Paragraph):
            yield from _named(block.id, block.runs, block.id, names)
        elif isinstance(block, Table):
            yield from _named(f"{block.id}/title", block.title, f"{block.id}/title", names)
            yield from _named_cells(block, names)
            for note in block.notes:
                yield from _named(note.id, note.runs, note.id, names)
        elif isinstance(block, Chart):
            yield from _named(f"{block.id}/caption", block.caption, f"{block.id}/caption", names)
            for _, where, figure in charted_figures(block):
                yield where, figure, names.name(where, figure), 0


def _named_cells(table: Table, names: FigureNames) -> Iterator[tuple[str, Figure, str, int]]:
    for row, columns in zip(table.body, starts(table.body, len(table.columns)), strict=True):
        for column, cell in zip(columns, row.cells, strict=True):
            if cell.runs:
                where = f"{row.id}/{column + 1}"
                yield from _named(f"{table.id}/{where}", cell.runs, where, names)


def _named(at: str, runs: Iterable[Run], where: str, names: FigureNames) -> Iterator[tuple[str, Figure, str, int]]:
    before = 0
    for run in runs:
        if isinstance(run, Figure) and run.text:
            yield at, run, names.name(where, run), before
        before += len(run.text)


@lru_cache(maxsize=1 << 13)  # three writers and the comparison name the figures of a document in turn
def figure_name(place: str, fact: str, count: int = 1) -> str:
    """Return the name of the ``count``-th printing of ``fact`` at ``place``.

    >>> figure_name("收入/1", "revenue.change.delta")
    '_revenue_change_delta_999296c6a1'
    """
    digest = blake2s(f"{place}\0{fact}\0{count}".encode(), digest_size=_DIGEST).hexdigest()
    return f"_{_readable(fact)}_{digest}"


@lru_cache(maxsize=4096)  # a document states few facts in one place only, and the next document states the same
def _readable(fact: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", fact)[: LONGEST - 2 * _DIGEST - 2].strip("_")
