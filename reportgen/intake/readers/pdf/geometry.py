"""Characters and ruled edges of a page: plain values in points from the top left corner of the page as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple


class Char(NamedTuple):
    """A character and its loose box: as wide as it advances, as high as its typeface's lines.

    ``bold`` is whether its typeface is a heavy one.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    size: float
    bold: bool = False

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Edge(NamedTuple):
    """A ruled line: ``at`` is its x if it is vertical, else its y; it reaches from ``start`` to ``end``."""

    vertical: bool
    at: float
    start: float
    end: float


class Area(NamedTuple):
    """A rectangle of a page."""

    left: float
    top: float
    right: float
    bottom: float


def area_of(boxes: Iterable[Char | Area]) -> Area:
    """Return the smallest rectangle around all of them (at least one)."""
    found = list(boxes)
    return Area(
        min(box.left for box in found),
        min(box.top for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )


@dataclass(frozen=True, slots=True)
class View:
    """How a page is shown: its box in the file's own coordinates, which begin at the bottom left, and its rotation."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: Literal[0, 90, 180, 270] = 0

    @property
    def width(self) -> float:
        """The width as shown, in points."""
        return self.right - self.left if self.rotation in (0, 180) else self.top - self.bottom

    @property
    def height(self) -> float:
        """The height as shown, in points."""
        return self.top - self.bottom if self.rotation in (0, 180) else self.right - self.left

    def shown(self, left: float, bottom: float, right: float, top: float) -> Area:
        """Return a rectangle of the file's coordinates as it is shown.

        >>> View(0, 0, 600, 800, 90).shown(0, 0, 10, 20)
        Area(left=0, top=0, right=20, bottom=10)
        """
        if self.rotation == 0:
            return Area(left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.rotation == 90:
            return Area(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.rotation == 180:
            return Area(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return Area(self.top - top, self.right - right, self.top - bottom, self.right - left)
