"""Pages as they fill: type, rules, links and marks with their places, before anything is drawn.

Places are points from the upper left corner of the page, down and to the right. What is on a sheet stands
in reading order, and is drawn in it, so that the text can be copied out as it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ....tree.style import Page
from ..tagging import Element, Tag
from ..typeset.set_text import SetLine

MM = 72 / 25.4
_MIDDLE = 0.38  # of the size: where the middle of type stands above its base line


@dataclass(slots=True, eq=False)
class Frame:
    """The type area of a page setup, and its grid: ``pitch`` of lines and ``cell`` of characters (0: none)."""

    page: Page
    left: float
    top: float
    width: float
    bottom: float
    pitch: float
    cell: float

    @classmethod
    def of(cls, page: Page) -> Frame:
        """The type area of ``page``."""
        width = (page.width - page.left - page.right) * MM
        height = (page.height - page.top - page.bottom) * MM
        pitch = height / page.lines if page.lines else 0
        cell = width / page.chars if page.chars else 0
        return cls(page, page.left * MM, page.top * MM, width, page.top * MM + height, pitch, cell)

    def size(self, size: float) -> float:
        """The size to set: type of the grid's nominal size (三号 in 28 characters a line) fills its cell exactly."""
        return self.cell if abs(size - self.cell) < 0.5 else size

    def leading(self, leading: float, size: float) -> float:
        """The distance of lines: the style's own, else the grid's, else one and a half times the size."""
        return leading or self.pitch or 1.5 * size


@dataclass(slots=True, eq=False)
class Placed:
    """A line of type: its measure begins at ``x``, its base line stands at ``y``; ``tag`` is what it belongs to."""

    x: float
    y: float
    line: SetLine
    tag: Tag


@dataclass(slots=True, eq=False)
class Ruled:
    """Ruled rectangles side by side, each an ``x`` and a width, shaded if ``shade`` (six hexadecimal digits) is set."""

    y: float
    height: float
    spans: Sequence[tuple[float, float]]
    shade: str = ""


@dataclass(slots=True, eq=False)
class Link:
    """A rectangle that leads to the block with the id ``target``; ``text`` tells where to."""

    x: float
    y: float
    width: float
    height: float
    target: str
    text: str
    tag: Element


@dataclass(slots=True, eq=False)
class Mark:
    """A block that links and the outline can lead to. ``level`` and ``title`` are its entry in the outline."""

    ids: tuple[str, ...]
    y: float
    level: int
    title: str


@dataclass(slots=True)
class Sheet:
    """A page with what stands on it; ``number`` is what it prints, None if it prints none."""

    frame: Frame
    number: int | None = None
    type: list[Placed] = field(default_factory=list)
    ruled: list[Ruled] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def put(self, x: float, top: float, leading: float, line: SetLine, tag: Tag) -> None:
        """Put a line of type whose band, ``leading`` high, begins at ``top``; the type stands in its middle."""
        fonts = line.text.fonts
        middle = fonts[0][1].middle if fonts else _MIDDLE
        self.type.append(Placed(x, top + leading / 2 + line.size * middle, line, tag))

    def put_at(self, x: float, base: float, line: SetLine, tag: Tag) -> None:
        """Put a line of type on the base line ``base``."""
        self.type.append(Placed(x, base, line, tag))


class Sheets:
    """The pages made so far, and the place on the last one where the next block begins."""

    def __init__(self) -> None:
        """No pages yet."""
        self.all: list[Sheet] = []
        self.y = 0.0
        self._number = 0
        self._frame: Frame | None = None

    def begin(self, page: Page) -> Frame:
        """Begin a section with that page setup; its first page comes with its first block."""
        self._frame = Frame.of(page)
        self._number = page.first_number - 1 if page.first_number is not None else self._number
        self.turn()
        return self._frame

    def turn(self) -> Sheet:
        """Begin a new page."""
        assert self._frame is not None
        self._number += 1
        self.all.append(Sheet(self._frame, self._number if self._frame.page.numbered else None))
        self.y = self._frame.top
        return self.all[-1]

    @property
    def sheet(self) -> Sheet:
        """The page that is being filled."""
        return self.all[-1]

    @property
    def room(self) -> float:
        """The height that is left on it."""
        return self.sheet.frame.bottom - self.y

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on it yet."""
        return self.y <= self.sheet.frame.top
