"""The content of a file edited by a clerk, as plain data: paragraphs and tables in order, and the bookmarks in them.

Texts are as in the file, with tracked changes taken as accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A bookmark: its name and the characters of its paragraph that it covers, ``end`` not included."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EditedParagraph:
    """A paragraph outside of tables; ``spans`` are the bookmarks that begin in it.

    ``level`` is its outline level: 1 and more of a heading, 0 of body text.
    """

    text: str
    spans: tuple[Span, ...] = ()
    level: int = 0


@dataclass(frozen=True, slots=True)
class EditedTable:
    """A table: the texts of its cells, row by row as the file has them (spans are not resolved).

    ``headings`` are the texts of the paragraphs in its cells that are headings.
    """

    rows: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...] = ()


class Beyond(NamedTuple):
    """Something that a file shows beyond its paragraphs and tables: its ``kind`` (picture, footnote …) and its text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Edited:
    """The whole main part. ``tracked``: it has changes neither accepted nor rejected yet."""

    blocks: tuple[EditedParagraph | EditedTable, ...]
    tracked: bool = False

    def paragraphs(self) -> tuple[EditedParagraph, ...]:
        """Return the paragraphs that have any text."""
        return tuple(b for b in self.blocks if isinstance(b, EditedParagraph) and b.text.strip())

    def tables(self) -> tuple[EditedTable, ...]:
        """Return the tables."""
        return tuple(b for b in self.blocks if isinstance(b, EditedTable))
