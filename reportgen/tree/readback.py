"""What a stranger finds in a finished file, as plain data, so that it can be held against the document it came from.

Each writer's folder has a reader that fills this in from the bytes alone. Texts are as they stand in the file: how
much white space counts is for whoever compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class ReadCell(NamedTuple):
    """A cell: what it shows, and in a spreadsheet the exact number behind it (None for words)."""

    text: str
    value: Decimal | None = None


BLANK = ReadCell("")
"""An empty cell, and every place that a cell covers without beginning there."""

ReadGrid = tuple[tuple[ReadCell, ...], ...]
"""Rows of cells; a span's text stands in its first place, the places it covers are :data:`BLANK`."""


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table with what stands around it.

    ``after`` is the number of paragraphs that stand before it. ``repeated`` is what each further page shows again,
    page by page, where the format has pages.
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
class ReadDocument:
    """All that is found in a file.

    ``title`` is its metadata's; ``paragraphs`` are cover lines, contents entries, headings and paragraphs in order
    (blank ones left out), None for a format without prose; ``outline`` is what the navigation pane lists, headings of
    tables included, None without one; ``index`` are the rows of a sheet that lists the tables, None without one.
    ``trouble`` says why the file could not be read, empty if it could.
    """

    title: str
    paragraphs: tuple[str, ...] | None
    tables: tuple[ReadTable, ...]
    outline: tuple[str, ...] | None = None
    index: tuple[tuple[str, ...], ...] | None = None
    trouble: str = ""


class Unreadable(ValueError):
    """A file is not what its suffix promises. The message says what was expected."""
