"""The style of a document: typefaces, sizes, pages, as a layout's ``style.yaml`` declares them.

Lengths of a page are in millimetres, those of type in points. A writer looks styles up by role ("heading1",
"table-cell").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from ..core.bounds import Within
from .nodes import Align

Points = Annotated[float, Within(4, 72)]
"""A type size."""
Sheet = Annotated[float, Within(50, 1200)]
Margin = Annotated[float, Within(5, 300)]

TEXT_ROLES = (
    "cover", "contents-title", "contents1", "contents2", "heading1", "heading2", "heading3", "heading4", "body", "item",
    "page-number", "table-title", "table-line", "table-head", "table-number", "table-cell", "table-total", "table-note",
    "chart-caption", "chart-label",
)  # fmt: skip
"""The roles that a style describes."""
OTHERWISE_LIKE = {"cover-line": "cover"}
"""Roles that look like another where a style does not describe them: the lines of the cover after the first."""
PAGE_NUMBER = "{n}"
"""What stands for the number in the pattern of page numbers."""
PROSE_PAGE = "prose"
"""The page set-up that every style has: the template of a DOCX starts from it."""


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
    size: Points
    align: Align | Literal["justify"] = "justify"
    bold: bool = False
    first_indent: Annotated[float, Within(0, 20)] = 0
    left_indent: Annotated[float, Within(0, 20)] = 0
    leading: Annotated[float, Within(0, 200)] = 0
    before: Annotated[float, Within(0, 200)] = 0
    after: Annotated[float, Within(0, 200)] = 0
    keep_next: bool = False
    latin_gap: Annotated[float, Within(0, 0.25)] = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A page setup. ``lines`` × ``chars`` is the document grid (0: none); ``first_number`` restarts page numbers.

    ``numbered`` pages print their number ("— 1 —"), right on odd and left on even pages, one character from the edge;
    or in the middle, where the style of ``page-number`` has ``align: center``.
    """

    width: Sheet
    height: Sheet
    top: Margin
    bottom: Margin
    left: Margin
    right: Margin
    lines: Annotated[int, Within(0, 100)] = 0
    chars: Annotated[int, Within(0, 100)] = 0
    numbered: bool = False
    first_number: Annotated[int, Within(0, 9999)] | None = None

    @property
    def landscape(self) -> bool:
        """Whether the page is wider than high."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class TableStyle:
    """The style of all tables: rule width and padding in points, smallest type sizes, the side of the ``label``.

    Text makes the type of a table no smaller than ``smallest_text``: it takes more lines. Figures, which are never
    broken, may make it as small as ``smallest``.
    """

    rule: Annotated[float, Within(0.05, 10)] = 0.5
    pad_x: Annotated[float, Within(0, 50)] = 3
    pad_y: Annotated[float, Within(0, 50)] = 2
    row_height: Annotated[float, Within(1, 300)] = 18
    smallest: Points = 6
    smallest_text: Points = 7.5
    shaded_head: str = ""
    label: Literal["left", "right"] = "right"

    @property
    def text_floor(self) -> float:
        """Return the size at which text takes more lines instead of smaller type."""
        return max(self.smallest, self.smallest_text)


@dataclass(frozen=True, slots=True)
class Style:
    """The style of a document, by roles, typefaces and pages.

    ``text`` has every one of :data:`TEXT_ROLES` (table-line: label, department, unit) and of :data:`OTHERWISE_LIKE`.
    ``page_number`` is the pattern of page numbers, with :data:`PAGE_NUMBER` once. ``pages`` are the page setups by
    the names that sections give.
    """

    faces: Mapping[str, Face]
    fallback: Face
    text: Mapping[str, TextStyle]
    pages: Mapping[str, Page]
    table: TableStyle
    page_number: str = "— {n} —"

    def around_page_number(self) -> tuple[str, str]:
        """Return what is printed before and after the number of a page."""
        before, _, after = self.page_number.partition(PAGE_NUMBER)
        return before, after
