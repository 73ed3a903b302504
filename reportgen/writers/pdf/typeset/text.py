"""Runs of the tree set as lines of type: face, size, indents and alignment applied. Lengths are points from here on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....tree.nodes import Figure, Run, plain
from ....tree.style import Style, TextStyle
from ...punctuation import BLANK, meet
from ..fonts.font_set import FontSet, MeasuredText
from .line_breaking import EM, Line, break_lines, widest_unbreakable_part

_NO_POSITIONS: frozenset[int] = frozenset()
_BLANKS = ("", *BLANK)
_SHARES = {"left": 0.0, "justify": 0.0, "center": 0.5, "right": 1.0}
"""The share of a line's free width that goes before it, by alignment."""
_LINE_BREAK = re.compile(r"\r\n?|\n")


@dataclass(slots=True, eq=False)
class TypesetLine:
    """A line of type; ``x`` is where it begins, from the left of its measure.

    ``forced_break``: the text itself breaks the line at its end, which is a blank in text that is copied out.
    """

    x: float
    size: float
    bold: bool
    text: MeasuredText
    line: Line
    forced_break: bool = False

    @property
    def width(self) -> float:
        """The width of the line."""
        return self.line.width * self.size / EM


@dataclass(slots=True, eq=False)
class Measure:
    """The measure that text is set to: width, size of type, alignment, indents (first line, all lines, others)."""

    width: float
    size: float
    align: str
    first: float = 0
    left: float = 0
    hanging: float = 0


class Typesetter:
    """Sets text in the styles of one document."""

    def __init__(self, style: Style) -> None:
        """Make a typesetter for a document in ``style``."""
        self.style = style
        self.fonts = FontSet(style)

    def style_of(self, role: str) -> TextStyle:
        """Return the style of a role; a level deeper than the style has is set like the deepest one that it has."""
        while role not in self.style.text and role[-1:].isdigit() and role[-1] > "1":
            role = role[:-1] + str(int(role[-1]) - 1)
        return self.style.text[role]

    def lines(
        self,
        runs: Sequence[Run],
        style: TextStyle,
        measure: Measure,
        block_id: str,
        joined: frozenset[int] = _NO_POSITIONS,
    ) -> list[TypesetLine]:
        """Set ``runs`` to a measure; a line break in the text begins a new line.

        A text of one run without line breaks does not break at the positions in ``joined``.

        Raises:
            MissingGlyph: no face has one of the characters; the message names the block.
        """
        if len(runs) == 1 and (text := runs[0].text).isprintable():
            return _aligned(self.fonts.measure(text, style.face, block_id), joined, style, measure)
        lines: list[TypesetLine] = []
        for text, joined_runs in _split_at_line_breaks(tuple(runs)):
            if lines:
                lines[-1] = replace(lines[-1], forced_break=True)
            lines += _aligned(self.fonts.measure(text, style.face, block_id), joined_runs, style, measure)
        return lines

    def single_line(self, text: str, style: TextStyle, measure: Measure, block_id: str) -> TypesetLine | None:
        """Set ``text`` on one line, as most cells are; return None if it takes several, or marks or gaps to adjust."""
        if style.latin_gap or text[-1:] in _BLANKS or not text.isprintable() or meet(text):
            return None
        measured = self.fonts.measure(text, style.face, block_id)
        free = measure.width - measure.left - measured.natural * measure.size / EM
        if free < 0:
            return None
        x = measure.left + _SHARES[measure.align] * free
        line = Line(0, len(text), len(text), measured.natural)
        return TypesetLine(x, measure.size, style.bold, measured, line)

    def balanced(self, runs: Sequence[Run], style: TextStyle, measure: Measure, block_id: str) -> list[TypesetLine]:
        """Set a title as :meth:`lines` does, but if it takes several lines, make them about equally long."""
        lines = self.lines(runs, style, measure, block_id)
        if len(lines) < 2:
            return lines
        narrow = min(measure.width, sum(line.width for line in lines) / len(lines) + measure.size)
        inset = (measure.width - narrow) / 2 if measure.align == "center" else 0
        balanced = self.lines(runs, style, Measure(narrow, measure.size, measure.align), block_id)
        if len(balanced) > len(lines):
            return lines
        return [replace(line, x=line.x + inset) for line in balanced]

    def widest_part(self, runs: Sequence[Run], style: TextStyle, block_id: str) -> float:
        """Return the width of the widest word or figure, in thousandths of the size."""
        texts = [text for text, _ in _split_at_line_breaks(tuple(runs))]
        return max(
            widest_unbreakable_part(text, self.fonts.measure(text, style.face, block_id).widths) for text in texts
        )

    def natural_width(self, runs: Sequence[Run], style: TextStyle, block_id: str) -> float:
        """Return the width of the text on one line, in thousandths of the size."""
        if len(runs) == 1 and (text := runs[0].text).isprintable():
            return self.fonts.measure(text, style.face, block_id).natural
        texts = [text for text, _ in _split_at_line_breaks(tuple(runs))]
        return max(self.fonts.measure(text, style.face, block_id).natural for text in texts)


def _split_at_line_breaks(runs: tuple[Run, ...]) -> list[tuple[str, frozenset[int]]]:
    """Return the texts between line breaks, each with the positions between a figure and its unit: no break there."""
    text = runs[0].text if len(runs) == 1 else plain(runs)
    joined = _joined_positions(runs, text) if len(runs) > 1 else frozenset()
    if "\n" not in text and "\r" not in text:
        return [(text, joined)]
    parts, start = [], 0
    for match in [*_LINE_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        parts.append((text[start:end], frozenset(p - start for p in joined if start < p < end)))
        start = match.end() if match else end
    return parts


def _joined_positions(runs: tuple[Run, ...], text: str) -> frozenset[int]:
    positions: set[int] = set()
    end = 0
    for run in runs:
        end += len(run.text)
        if isinstance(run, Figure) and run.unit and text.startswith(run.unit, end):
            positions |= set(range(end, end + len(run.unit)))
    return frozenset(positions)


def _aligned(text: MeasuredText, joined: frozenset[int], style: TextStyle, measure: Measure) -> list[TypesetLine]:
    """Break ``text`` into lines and align them in the measure."""
    scale = EM / measure.size
    width, first = measure.width - measure.left - measure.hanging, measure.first - measure.hanging
    lines = break_lines(
        text.text, text.widths, width * scale, natural=text.natural,
        first=first * scale, justify=measure.align == "justify", joined=joined, gap=style.latin_gap * EM,
    )  # fmt: skip
    share = _SHARES.get(measure.align, 0.0)
    aligned = []
    for n, line in enumerate(lines):
        indent = first if n == 0 else 0
        x = measure.left + measure.hanging + indent + share * (width - indent - line.width / scale)
        aligned.append(TypesetLine(x, measure.size, style.bold, text, line))
    return aligned
