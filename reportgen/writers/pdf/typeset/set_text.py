"""Runs of the tree set as lines of type: face, size, indents and alignment applied, not yet on a page.

From here on lengths are points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....tree.nodes import Figure, Run, plain
from ....tree.style import Style, TextStyle
from ...punctuation import BLANK, meet
from ..fonts.fonts import Fonts, Measured
from .line_breaking import EM, Line, break_lines, widest_part

_NOWHERE: frozenset[int] = frozenset()
_BLANKS = ("", *BLANK)
_SHARES = {"center": 0.5, "right": 1.0}
"""How much of the room of a line stands before it."""
_BREAK = re.compile(r"\r\n?|\n")


@dataclass(slots=True, eq=False)
class SetLine:
    """A line of type; ``x`` is where it begins, from the left of its measure.

    ``broken``: the text itself breaks the line here, which is a blank to whoever copies the text.
    """

    x: float
    size: float
    bold: bool
    text: Measured
    line: Line
    broken: bool = False

    @property
    def width(self) -> float:
        """How wide the line is."""
        return self.line.width * self.size / EM


@dataclass(slots=True, eq=False)
class Measure:
    """The column that text is set into: its width, the size of type, indents (first line, all lines, rest)."""

    width: float
    size: float
    align: str
    first: float = 0
    left: float = 0
    hanging: float = 0


class Setter:
    """Sets text in the styles of one document."""

    def __init__(self, style: Style) -> None:
        """For a document in ``style``."""
        self.style = style
        self.fonts = Fonts(style)

    def role(self, name: str) -> TextStyle:
        """The style of a role; a deeper level that the style does not know looks like the level above it."""
        while name not in self.style.text and name[-1:].isdigit() and name[-1] > "1":
            name = name[:-1] + str(int(name[-1]) - 1)
        return self.style.text[name]

    def lines(self, runs: Sequence[Run], look: TextStyle, measure: Measure, where: str) -> list[SetLine]:
        """``runs`` set into ``measure``; a line break in the text begins a new line.

        Raises:
            MissingGlyph: a character no face has; ``where`` (a block's id) goes into the message.
        """
        if len(runs) == 1 and (text := runs[0].text).isprintable():
            return _aligned(self.fonts.measure(text, look.face, where), _NOWHERE, look, measure)
        lines: list[SetLine] = []
        for text, joined in _pieces(tuple(runs)):
            if lines:
                lines[-1] = replace(lines[-1], broken=True)
            measured = self.fonts.measure(text, look.face, where)
            lines += _aligned(measured, joined, look, measure)
        return lines

    def short(self, text: str, look: TextStyle, measure: Measure, where: str) -> SetLine | None:
        """``text`` on one line of ``measure``, or None if it needs more, or more care: most cells are that short."""
        if look.latin_gap or text[-1:] in _BLANKS or not text.isprintable() or meet(text):
            return None
        measured = self.fonts.measure(text, look.face, where)
        room = measure.width - measure.left - measured.natural * measure.size / EM
        if room < 0:
            return None
        x = measure.left + _SHARES.get(measure.align, 0.0) * room
        line = Line(0, len(text), len(text), measured.natural)
        return SetLine(x, measure.size, look.bold, measured, line)

    def balanced(self, runs: Sequence[Run], look: TextStyle, measure: Measure, where: str) -> list[SetLine]:
        """As :meth:`lines`, but the lines of a title that needs several are about as long as each other."""
        lines = self.lines(runs, look, measure, where)
        if len(lines) < 2:
            return lines
        narrow = min(measure.width, sum(line.width for line in lines) / len(lines) + measure.size)
        inset = (measure.width - narrow) / 2 if measure.align == "center" else 0
        again = self.lines(runs, look, Measure(narrow, measure.size, measure.align), where)
        if len(again) > len(lines):
            return lines
        return [replace(one, x=one.x + inset) for one in again]

    def widest_part(self, runs: Sequence[Run], look: TextStyle, where: str) -> float:
        """The width of the widest word or figure, in thousandths of the size."""
        return max(widest_part(t, self.fonts.measure(t, look.face, where).widths) for t, _ in _pieces(tuple(runs)))

    def natural(self, runs: Sequence[Run], look: TextStyle, where: str) -> float:
        """The width of the text on one line, in thousandths of the size."""
        if len(runs) == 1 and (text := runs[0].text).isprintable():
            return self.fonts.measure(text, look.face, where).natural
        return max(self.fonts.measure(text, look.face, where).natural for text, _ in _pieces(tuple(runs)))


def _pieces(runs: tuple[Run, ...]) -> list[tuple[str, frozenset[int]]]:
    """The text between line breaks, each with the positions that must not be parted: a figure and its unit."""
    text = runs[0].text if len(runs) == 1 else plain(runs)
    joined = _joined(runs, text) if len(runs) > 1 else frozenset()
    if "\n" not in text and "\r" not in text:
        return [(text, joined)]
    pieces, start = [], 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        pieces.append((text[start:end], frozenset(p - start for p in joined if start < p < end)))
        start = match.end() if match else end
    return pieces


def _joined(runs: tuple[Run, ...], text: str) -> frozenset[int]:
    places: set[int] = set()
    end = 0
    for run in runs:
        end += len(run.text)
        if isinstance(run, Figure) and run.unit and text.startswith(run.unit, end):
            places |= set(range(end, end + len(run.unit)))
    return frozenset(places)


def _aligned(text: Measured, joined: frozenset[int], look: TextStyle, measure: Measure) -> list[SetLine]:
    scale = EM / measure.size
    width, first = measure.width - measure.left - measure.hanging, measure.first - measure.hanging
    lines = break_lines(
        text.text, text.widths, width * scale, natural=text.natural,
        first=first * scale, justify=measure.align == "justify", joined=joined, gap=look.latin_gap * EM,
    )  # fmt: skip
    share = _SHARES.get(measure.align, 0.0)
    out = []
    for n, line in enumerate(lines):
        indent = first if n == 0 else 0
        x = measure.left + measure.hanging + indent + share * (width - indent - line.width / scale)
        out.append(SetLine(x, measure.size, look.bold, text, line))
    return out
