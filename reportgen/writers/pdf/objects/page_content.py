"""Sheets as PDF page contents (ISO 32000-1, 8.5 paths and 9.4 text): one text object a line of type.

The blanks at which a line breaks are written too, unseen as they are: a reader of the text needs them between
words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..fonts.fonts import Font
from ..pages.sheets import MM, Sheet
from ..tagging import Element
from ..typeset.set_text import SetLine

_BOLD = 1 / 30
"""The width of the outline that makes type bold where a face has no bold, in type sizes."""


def contents(sheet: Sheet, rule: float) -> tuple[str, list[Element]]:
    """The operators that draw ``sheet``, and the elements that its marked stretches belong to, in their order.

    ``rule`` is the width of a table's rules in points.
    """
    height = sheet.frame.page.height * MM
    out, owners, pen, tag = [*_rules(sheet, height, rule)], list[Element](), _Pen(), None
    for placed in sheet.type:
        if placed.tag is not tag:
            out += ["EMC"] if tag else []
            tag = placed.tag
            if isinstance(tag, Element):
                out.append(f"/{tag.kind} <</MCID {len(owners)}>> BDC")
                owners.append(tag)
            else:
                out.append(f"/Artifact {tag.kind} BDC")
        out.append(pen.line(placed.line, placed.x + placed.line.x, height - placed.y))
    out += ["EMC"] if tag else []
    return "\n".join(out), owners


class _Places(dict[float, str]):
    """Places and lengths as they are written; columns and rows share most of theirs."""

    def __missing__(self, value: float) -> str:
        """A length not written before."""
        written = self[value] = f"{value:.2f}"
        return written


def _rules(sheet: Sheet, height: float, rule: float) -> Iterator[str]:
    if not sheet.ruled:
        return
    yield "/Artifact <</Type /Layout>> BDC"
    written, rectangles = _Places(), []
    for row in sheet.ruled:
        low, high = written[height - row.y - row.height], written[row.height]
        drawn = [f"{written[x]} {low} {written[width]} {high} re" for x, width in row.spans]
        rectangles += drawn
        if row.shade:
            yield from (f"{_colour(row.shade)} rg {rectangle} f 0 g" for rectangle in drawn)
    yield f"{rule:g} w"
    yield from rectangles
    yield "S EMC"


def _colour(shade: str) -> str:
    return " ".join(f"{int(shade[n : n + 2], 16) / 255:.3f}" for n in (0, 2, 4))


class _Pen:
    """Writes lines of type, and a font, a spread or a weight only when it changes."""

    def __init__(self) -> None:
        self._font: Font | None = None
        self._size = 0.0
        self._spread = 0.0
        self._bold = 0.0

    def line(self, line: SetLine, x: float, y: float) -> str:
        """A line of type as one text object, its base line beginning at ``x``, ``y`` (from the lower left)."""
        laid, text = line.line, line.text
        place = f"BT {x:.2f} {y:.2f} Td "
        if not (laid.spread or line.bold or self._spread or self._bold):
            if len(text.fonts) == 1 and laid.start < laid.end and not (laid.kerns or line.broken):  # as in most cells
                font = text.fonts[0][1]
                select = "" if font is self._font and line.size == self._size else self._select(font, line.size)
                return f"{place}{select}{font.shown[text.text[laid.start : laid.end]]} Tj ET"
        else:
            place += self._state(line)
        return place + self._stretches(line) + "ET"

    def _stretches(self, line: SetLine) -> str:
        """The characters of a line, font by font."""
        laid, fonts, out = line.line, line.text.fonts, ""
        start, last = laid.start, laid.end
        for end, font in fonts:
            stop = end if end < last else last
            if start < stop:
                if font is not self._font or line.size != self._size:
                    out += self._select(font, line.size)
                out += _show(line.text.text, start, stop, font, laid.kerns)
                start = stop
        if line.broken:
            out += _show(" ", 0, 1, fonts[0][1], ())
        return out

    def _state(self, line: SetLine) -> str:
        spread = round(line.line.spread * line.size / 1000, 4)
        bold = line.size * _BOLD if line.bold else 0
        out = ""
        if spread != self._spread:
            self._spread = spread
            out = f"{spread:g} Tc "
        if bold != self._bold:
            self._bold = bold
            out += f"2 Tr {bold:.3f} w " if bold else "0 Tr "
        return out

    def _select(self, font: Font, size: float) -> str:
        self._font, self._size = font, size
        return f"/{font.name} {size:.3f} Tf "


def _show(text: str, start: int, stop: int, font: Font, kerns: Sequence[tuple[int, float]]) -> str:
    """The characters as one show operator; a kern moves what follows by thousandths of the size."""
    shown = font.shown
    here = [(i, more) for i, more in kerns if start <= i < stop] if kerns else ()
    if not here:
        return f"{shown[text[start:stop]]} Tj "
    parts = []
    for i, more in here:
        parts.append(f"{shown[text[start : i + 1]]}{-more:.0f}")
        start = i + 1
    rest = shown[text[start:stop]] if start < stop else ""
    return f"[{''.join(parts)}{rest}] TJ "
