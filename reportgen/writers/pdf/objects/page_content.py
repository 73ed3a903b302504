"""Pages as content streams (ISO 32000-1, 8.5 paths and 9.4 text): rectangles, drawings, text lines.

The blanks at which a line breaks are written too, though nothing of them is seen: text that is copied out needs them
between words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..fonts.font import Font
from ..pages.page import Page
from ..tagging import Element
from ..typeset.text import TypesetLine
from ..typeset.type_area import MM

_BOLD = 1 / 30
"""The width of the outline that makes type bold where a face has no bold, in type sizes."""


def content_of(page: Page, rule_width: float) -> tuple[str, list[Element]]:
    """Return the operators that draw ``page``, and the elements of its marked-content sequences, by MCID.

    ``rule_width`` is that of the rules of tables, in points.
    """
    height = page.area.setup.height * MM
    operators, owners, text, tag = [*_rules(page, height, rule_width)], list[Element](), _TextWriter(), None
    for drawing in page.drawings:
        operators.append(f"/{drawing.tag.kind} <</MCID {len(owners)}>> BDC\n{drawing.operators}\nEMC")
        owners.append(drawing.tag)
    for placed in page.lines:
        if placed.tag is not tag:
            operators += ["EMC"] if tag else []
            tag = placed.tag
            if isinstance(tag, Element):
                operators.append(f"/{tag.kind} <</MCID {len(owners)}>> BDC")
                owners.append(tag)
            else:
                operators.append(f"/Artifact {tag.properties} BDC")
        operators.append(text.line(placed.line, placed.x + placed.line.x, height - placed.y))
    operators += ["EMC"] if tag else []
    return "\n".join(operators), owners


class _Lengths(dict[float, str]):
    """Lengths as they are written; columns and rows share most of theirs."""

    def __missing__(self, value: float) -> str:
        """Write a length and keep it."""
        written = self[value] = f"{value:.2f}"
        return written


def _rules(page: Page, height: float, rule_width: float) -> Iterator[str]:
    """Return the operators for the ruled cells: shades first, then all rules at once."""
    if not page.ruled:
        return
    yield "/Artifact <</Type /Layout>> BDC"
    written, rectangles = _Lengths(), []
    for row in page.ruled:
        low, high = written[height - row.y - row.height], written[row.height]
        row_rectangles = [f"{written[x]} {low} {written[width]} {high} re" for x, width in row.cells]
        rectangles += row_rectangles
        if row.shade:
            yield from (f"{_colour(row.shade)} rg {rectangle} f 0 g" for rectangle in row_rectangles)
    yield f"{rule_width:g} w"
    yield from rectangles
    yield "S EMC"


def _colour(shade: str) -> str:
    return " ".join(f"{int(shade[n : n + 2], 16) / 255:.3f}" for n in (0, 2, 4))


class _TextWriter:
    """Writes lines of type as text objects; font, character spacing and weight only when they change."""

    def __init__(self) -> None:
        self._font: Font | None = None
        self._size = 0.0
        self._spread = 0.0
        self._bold = 0.0
        self._lengths = _Lengths()

    def line(self, line: TypesetLine, x: float, y: float) -> str:
        """Return a line as a text object; its base line begins at ``x``, ``y``, from the lower left of the page."""
        broken, text = line.line, line.text
        lengths = self._lengths
        position = f"BT {lengths[x]} {lengths[y]} Td "
        if not (broken.spread or line.bold or self._spread or self._bold):
            is_plain = len(text.fonts) == 1 and broken.start < broken.end and not (broken.kerns or line.forced_break)
            if is_plain:  # as in most cells
                font = text.fonts[0][1]
                select = "" if font is self._font and line.size == self._size else self._select(font, line.size)
                return f"{position}{select}{font.shown[text.text[broken.start : broken.end]]} Tj ET"
        else:
            position += self._state(line)
        return position + self._stretches(line) + "ET"

    def _stretches(self, line: TypesetLine) -> str:
        """Return the operators that show the characters of a line, font by font."""
        broken, fonts, operators = line.line, line.text.fonts, ""
        start, last = broken.start, broken.end
        for end, font in fonts:
            stop = end if end < last else last
            if start < stop:
                if font is not self._font or line.size != self._size:
                    operators += self._select(font, line.size)
                operators += _show(line.text.text, start, stop, font, broken.kerns)
                start = stop
        if line.forced_break:
            operators += _show(" ", 0, 1, fonts[0][1], ())
        return operators

    def _state(self, line: TypesetLine) -> str:
        """Return the operators that change character spacing and weight."""
        spread = round(line.line.spread * line.size / 1000, 4)
        bold = line.size * _BOLD if line.bold else 0
        operators = ""
        if spread != self._spread:
            self._spread = spread
            operators = f"{spread:g} Tc "
        if bold != self._bold:
            self._bold = bold
            operators += f"2 Tr {bold:.3f} w " if bold else "0 Tr "
        return operators

    def _select(self, font: Font, size: float) -> str:
        self._font, self._size = font, size
        return f"/{font.name} {size:.3f} Tf "


def _show(text: str, start: int, stop: int, font: Font, kerns: Sequence[tuple[int, float]]) -> str:
    """Return one operator that shows characters; a kern moves what follows by thousandths of the size."""
    shown = font.shown
    inner = [(i, more) for i, more in kerns if start <= i < stop] if kerns else ()
    if not inner:
        return f"{shown[text[start:stop]]} Tj "
    parts = []
    for i, more in inner:
        parts.append(f"{shown[text[start : i + 1]]}{-more:.0f}")
        start = i + 1
    rest = shown[text[start:stop]] if start < stop else ""
    return f"[{''.join(parts)}{rest}] TJ "
