"""A document as a reader gives it: paragraphs and tables in reading order, each with its place on the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from .grid import Grid


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, counted from 1; the lengths are points from the top left corner of the page as shown."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page as shown, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph or a heading, joined over lines and pages. ``page`` is where it begins, 0 in files without pages.

    ``level`` is that of a heading (1 is the highest); 0 is a paragraph. ``in_contents`` is whether it is a line of the
    table of contents.
    """

    text: str
    place: str
    page: int = 0
    level: int = 0
    in_contents: bool = False


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table, joined over pages. The first rows of its grid are the lines above it that belong to it: title, unit."""

    grid: Grid
    page: int = 0


Block: TypeAlias = ReadParagraph | ReadTable


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What was read: blocks in reading order, pages, the boxes of each place, and the pages that have no text.

    ``boxes`` has the places of cells, rows and paragraphs (empty for files without pages).
    """

    blocks: tuple[Block, ...]
    pages: tuple[PageSize, ...] = ()
    boxes: Mapping[str, tuple[Box, ...]] = field(default_factory=dict)
    without_text: tuple[int, ...] = ()

    def paragraphs(self) -> Iterator[ReadParagraph]:
        """Yield the paragraphs and headings."""
        yield from (block for block in self.blocks if isinstance(block, ReadParagraph))

    def tables(self) -> Iterator[ReadTable]:
        """Yield the tables."""
        yield from (block for block in self.blocks if isinstance(block, ReadTable))
