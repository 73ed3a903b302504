"""How big type can be in a table, how wide its columns must be, how high its text gets: without font metrics.

The one rule of thumb: a character of East Asian text is one em wide, a Latin letter or digit half of one
(both are exact for 宋体, 仿宋, 黑体 and 楷体). Widths and heights are points, text widths ems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from ...tree.grid import starts
from ...tree.nodes import Cell, Table
from ...tree.style import Style
from .column_widths import widened

_UNBREAKABLE = re.compile(r"[!-~]+")
_WIDE = re.compile(r"[^\x00-\u1fff]")
_GOOD_LINES = 4  # a cell of ordinary text should not take more lines than this …
_ORDINARY = 24.0  # … and text longer than this many ems is a paragraph, not a cell's label
_LONGEST_WORD = 12.0  # ems; what is longer is no figure and may break
_SUBSTITUTE = 1.28  # digits of what stands in for an absent 宋体 (DejaVu, Noto) are up to 0.64 em wide
LOST_TO_RULES = 1.06
"""禁则 leaves some lines a character short: so much longer is a text than its characters."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The type size of a table, the leading of its cells and its column widths, all in points."""

    size: float
    leading: float
    widths: tuple[float, ...]

    def width(self, column: int, colspan: int = 1) -> float:
        """The width of ``colspan`` columns from ``column`` on."""
        return sum(self.widths[column : column + colspan])


def ems(text: str) -> float:
    """The width of ``text`` on one line, in ems.

    >>> ems("合计 12.50")
    5.0
    """
    return len(text) / 2 if text.isascii() else len(text) - len(_WIDE.sub("", text)) / 2


def lines(text: str, width: float, size: float) -> int:
    """How many lines ``text`` of ``size`` takes in ``width`` (an estimate, on the safe side).

    >>> lines("总体绩效目标", 20, 10)
    4
    """
    per_line = max(1, floor(width / size))
    return sum([max(1, ceil(ems(part) * LOST_TO_RULES / per_line)) for part in text.split("\n")])


def split(text: str, width: float, size: float, room: int) -> tuple[str, str]:
    """``text`` cut in two, the first part filling at most ``room`` lines; joined they are ``text``."""
    per_line = max(1, floor(width / size))
    used, line = 1, 0.0
    for end, letter in enumerate(text):
        wide = 1.0 if _WIDE.match(letter) else 0.5
        line += wide
        if letter == "\n" or line > per_line:
            used, line = used + 1, 0.0 if letter == "\n" else wide
        if used > room:
            cut = _between_words(text, end)
            return text[:cut], text[cut:]
    return text, ""


def _between_words(text: str, end: int) -> int:
    start = end
    while start and _UNBREAKABLE.fullmatch(text[start - 1 : start + 1]):
        start -= 1
    return start or end


def fit(table: Table, style: Style, width: float) -> Fit:
    """Type size and columns for ``table`` in ``width``: as the style says, smaller where columns are many.

    The size is the largest, in steps of half a point, at which no figure breaks and no ordinary cell takes
    more than four lines, but never below ``Style.table.smallest``. A column too narrow for its figures even
    then is widened at the expense of those with room to spare.
    """
    cell = style.text["table-cell"]
    needs = _Needs.of(table)
    padding = 2 * style.table.pad_x
    shares = [column.width for column in table.columns]
    natural = [width * share / sum(shares) for share in shares]
    least = [words * style.table.smallest + padding + 1 for words in needs.words]
    widths = widened(natural, least) or natural
    fitting = min(needs.sizes(widths, padding), default=cell.size)
    size = min(cell.size, max(style.table.smallest, floor(fitting * 2) / 2))
    leading = (cell.leading or cell.size * 1.3) * size / cell.size
    return Fit(size, leading, tuple(widths))


@dataclass(frozen=True, slots=True)
class _Needs:
    """Ems that a line must hold: per column its longest word and fullest cell; per cell over several."""

    words: tuple[float, ...]
    cells: tuple[float, ...]
    spanning: tuple[tuple[int, int, float], ...]

    @classmethod
    def of(cls, table: Table) -> _Needs:
        words, cells = [0.0] * len(table.columns), [0.0] * len(table.columns)
        spanning: list[tuple[int, int, float]] = []
        for column, cell in _cells(table):
            word, need = _need(cell.text)
            need += cell.indent
            if cell.colspan == 1:
                if word > words[column]:
                    words[column] = word
                if need > cells[column]:
                    cells[column] = need
            else:
                spanning.append((column, cell.colspan, need))
        return cls(tuple(words), tuple(cells), tuple(spanning))

    def sizes(self, widths: Sequence[float], padding: float) -> Iterator[float]:
        """For each need the size at which it is just met."""
        for width, need in zip(widths, self.cells, strict=True):
            if need:
                yield (width - padding) / need
        for column, count, need in self.spanning:
            if need:
                yield (sum(widths[column : column + count]) - padding) / need


@lru_cache(maxsize=1 << 12)  # most cells are blank or say what others say too
def _need(text: str) -> tuple[float, float]:
    """The ems of a line that the longest word of ``text`` needs, and that all of it needs to be read with ease."""
    longest = max((ems(found) for found in _UNBREAKABLE.findall(text)), default=0.0)
    word = min(longest * _SUBSTITUTE, _LONGEST_WORD)
    return word, max(word, ceil(min(ems(text), _ORDINARY) / _GOOD_LINES))


def _cells(table: Table) -> Iterator[tuple[int, Cell]]:
    """The written cells of head and body, each with the column in which it begins."""
    for rows in (table.head, table.body):
        for row, columns in zip(rows, starts(rows, len(table.columns)), strict=True):
            yield from zip(columns, row.cells, strict=True)
