"""The contents of a finished file as plain data, to be compared with the document that it was made from.

Each writer's folder has a reader that returns this from the bytes alone. Texts are as they are in the file; white space
is folded in the comparison.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class ReadCell(NamedTuple):
    """A cell: the text it shows, and in a spreadsheet its exact number (None for a text)."""

    text: str
    value: Decimal | None = None


BLANK = ReadCell("")
"""An empty cell, and every place of the grid that a cell covers without beginning there."""

ReadGrid = tuple[tuple[ReadCell, ...], ...]
"""Rows of cells; a span's text is in its first place, the other places it covers are :data:`BLANK`."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table with the lines around it.

    ``after`` is the number of paragraphs before it. ``repeated`` are the texts that each further page repeats, page by
    page, where the format has pages.
    """

    label: str
    title: str
    left: str
    right: str
    head: ReadGrid
    body: ReadGrid
    notes: tuple[str, ...] = ()
    after: int = 0
    repeated: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ReadChart:
    """A chart: what it shows, in order, and the line below it.

    ``shown`` are the names of the series where there are several, then by categories the name and its figures (a blank
    where there is none), with exact numbers in a native chart. ``source`` are the cells that a native chart refers to,
    in the same order; None where a format has none. ``after`` is the number of paragraphs before it.
    """

    caption: str
    alternative: str
    shown: tuple[ReadCell, ...]
    source: tuple[ReadCell, ...] | None = None
    kind: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The contents of a file.

    ``title`` is the one in its metadata; ``paragraphs`` are cover lines, contents entries, headings and paragraphs in
    order (blank ones left out), None for a format without prose; ``outline`` are the entries of the navigation pane,
    headings of tables included, None without one; ``index`` are the rows of a sheet that lists the tables, None without
    one. ``trouble`` is the reason why the file could not be read, "" if it could. A format that is not ``paged`` has no
    pages: its contents are without page numbers.
    """

    title: str
    paragraphs: tuple[str, ...] | None
    tables: tuple[ReadTable, ...]
    outline: tuple[str, ...] | None = None
    index: tuple[tuple[str, ...], ...] | None = None
    trouble: str = ""
    charts: tuple[ReadChart, ...] = ()
    paged: bool = True


class Unreadable(ValueError):
    """A file does not have the format of its suffix; the message states what was expected."""
