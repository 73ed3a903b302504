"""The style of a document: typefaces, sizes, pages, as a layout's ``style.yaml`` declares them.

Lengths of a page are in millimetres, those of type in points. A writer looks styles up by role ("heading1",
"table-cell").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .nodes import Align


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface by its two names: the official one, which DOCX and XLSX *name*, and the free one PDF *embeds*.

    ``alternative`` is the name a word processor may fall back to (``w:altName``).
    """

    name: str
    file: Path
    alternative: str = ""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text of one role is set. ``first_indent`` counts characters, ``leading`` and spaces are points.

    ``leading`` 0 means the line of the page's grid. ``latin_gap`` is the blank between a hanzi and a letter or digit,
    in characters (clreq 3.2.2: a quarter at most); a word processor knows only none and a quarter.
    """

    face: str
    size: float
    align: Align | Literal["justify"] = "justify"
    bold: bool = False
    first_indent: float = 0
    left_indent: float = 0
    leading: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    latin_gap: float = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page setup. ``lines`` × ``chars`` is the document grid (0: none); ``first_number`` restarts page numbers.

    ``numbered`` pages print "— 1 —", right on odd and left on even pages, one character from the edge.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    lines: int = 0
    chars: int = 0
    numbered: bool = False
    first_number: int | None = None

    @property
    def landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class TableStyle:
    """The style of all tables: rule width and padding in points, smallest type size to which a cell may shrink."""

    rule: float = 0.5
    pad_x: float = 3
    pad_y: float = 2
    row_height: float = 18
    smallest: float = 6
    shaded_head: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a document, by roles, typefaces and pages.

    ``text`` roles: cover, contents-title, contents1, contents2, heading1 … heading4, body, item, page-number,
    table-title, table-line (label, department, unit), table-head, table-number, table-cell, table-total,
    table-note. ``pages`` are the page setups by the names that sections give.
    """

    faces: Mapping[str, Face]
    fallback: Face
    text: Mapping[str, TextStyle]
    pages: Mapping[str, Page]
    table: TableStyle
