"""The type area of a page and its grid of lines and characters (版心, GB/T 9704-2012, 5.2). Lengths are points."""

from __future__ import annotations

from dataclasses import dataclass

from ....tree.style import Page as PageSetup

MM = 72 / 25.4
"""A millimetre in points."""


@dataclass(slots=True, eq=False)
class TypeArea:
    """The type area of a page setup; ``line_pitch`` and ``char_pitch`` are the steps of its grid (0: no grid)."""

    setup: PageSetup
    left: float
    top: float
    width: float
    bottom: float
    line_pitch: float
    char_pitch: float

    @classmethod
    def of(cls, setup: PageSetup) -> TypeArea:
        """Return the type area of a page setup."""
        width = (setup.width - setup.left - setup.right) * MM
        height = (setup.height - setup.top - setup.bottom) * MM
        line_pitch = height / setup.lines if setup.lines else 0
        char_pitch = width / setup.chars if setup.chars else 0
        top = setup.top * MM
        return cls(setup, setup.left * MM, top, width, top + height, line_pitch, char_pitch)

    def type_size(self, size: float) -> float:
        """Return the size to set: type of the grid's nominal size (三号 in 28 characters a line) fills its step."""
        return self.char_pitch if abs(size - self.char_pitch) < 0.5 else size

    def leading(self, leading: float, size: float) -> float:
        """Return the distance of lines: the style's own, else the grid's, else one and a half times the size."""
        return leading or self.line_pitch or 1.5 * size
