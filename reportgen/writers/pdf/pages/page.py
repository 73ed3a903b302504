"""Pages as they fill: lines of type, ruled cells, links and bookmarks with their places.

Places are points from the upper left corner of the page, to the right and down. Lines are placed in reading order and
drawn in it, so that text is copied out in the order in which it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ....tree.style import Page as PageSetup
from ..tagging import Element, Tag
from ..typeset.text import TypesetLine
from ..typeset.type_area import TypeArea

_MIDDLE = 0.38
"""The middle of type above its base line, in type sizes, for a line without a font."""


@dataclass(slots=True, eq=False)
class PlacedLine:
    """A line of type whose measure begins at ``x`` and whose base line is at ``y``."""

    x: float
    y: float
    line: TypesetLine
    tag: Tag


@dataclass(slots=True, eq=False)
class RuledCells:
    """Ruled cells side by side, each with its ``x`` and its width; ``shade`` is six hexadecimal digits, or empty."""

    y: float
    height: float
    cells: Sequence[tuple[float, float]]
    shade: str = ""


@dataclass(slots=True, eq=False)
class Link:
    """A rectangle that links to the block with the id ``target``; ``text`` is its description."""

    x: float
    y: float
    width: float
    height: float
    target: str
    text: str
    tag: Element


@dataclass(slots=True, eq=False)
class Bookmark:
    """A place that links to ``ids`` lead to; ``level`` and ``title`` are its entry in the outline."""

    ids: tuple[str, ...]
    y: float
    level: int
    title: str


@dataclass(slots=True, eq=False)
class Drawing:
    """Shapes as operators of the page, below its text."""

    operators: str
    tag: Element


@dataclass(slots=True)
class Page:
    """A page and what is placed on it; ``number`` is the page number that it prints, or None."""

    area: TypeArea
    number: int | None = None
    lines: list[PlacedLine] = field(default_factory=list)
    ruled: list[RuledCells] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)

    def put(self, x: float, top: float, leading: float, line: TypesetLine, tag: Tag) -> None:
        """Place a line in the middle of a strip that begins at ``top`` and is ``leading`` high."""
        fonts = line.text.fonts
        middle = fonts[0][1].middle if fonts else _MIDDLE
        self.lines.append(PlacedLine(x, top + leading / 2 + line.size * middle, line, tag))

    def put_at(self, x: float, base_line: float, line: TypesetLine, tag: Tag) -> None:
        """Place a line on a base line."""
        self.lines.append(PlacedLine(x, base_line, line, tag))


class Pages:
    """The pages made so far; ``y`` is where the next block begins on the last one."""

    def __init__(self) -> None:
        """Start without a page."""
        self.all: list[Page] = []
        self.y = 0.0
        self._number = 0
        self._area: TypeArea | None = None

    def begin(self, setup: PageSetup) -> TypeArea:
        """Begin a section and its first page; return the type area of its pages."""
        self._area = TypeArea.of(setup)
        self._number = setup.first_number - 1 if setup.first_number is not None else self._number
        self.turn()
        return self._area

    def turn(self) -> Page:
        """Begin a new page."""
        assert self._area is not None
        self._number += 1
        self.all.append(Page(self._area, self._number if self._area.setup.numbered else None))
        self.y = self._area.top
        return self.all[-1]

    @property
    def current(self) -> Page:
        """The page that is being filled."""
        return self.all[-1]

    @property
    def free_height(self) -> float:
        """The height that is left on the current page."""
        return self.current.area.bottom - self.y

    @property
    def is_blank(self) -> bool:
        """Whether nothing is placed on the current page yet."""
        return self.y <= self.current.area.top
