"""Type size, column widths and heights of text in a table, estimated without font metrics.

The one assumption: a character of East Asian text is one em wide, a Latin letter or digit half of one
(both are exact for 宋体, 仿宋, 黑体 and 楷体). Widths and heights are points, text widths ems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from ...tree.grid import starts
from ...tree.nodes import Cell, Row, Table
from ...tree.style import Style
from .column_widths import widened, with_wanted
from .head_words import good_line, longest_word

_UNBREAKABLE = re.compile(r"[!-~]+")
_STOPS = ("\n。；！？", "，、：,;）)")  # ends of sentences, ends of clauses
_WIDE = re.compile(r"[^\x00-\u1fff]")
_GOOD_LINES = 4  # a cell of ordinary text should not take more lines than this …
_ORDINARY = 24.0  # … and text longer than this many ems is a paragraph, not a cell's label
_LONGEST_WORD = 12.0  # ems; what is longer is no figure and may break
_SUBSTITUTE = 1.28  # digits of the faces that replace an absent 宋体 (DejaVu, Noto) are up to 0.64 em wide
LINE_BREAK_LOSS = 1.06
"""Factor on the length of a text: 禁则 leaves some lines a character short."""


@dataclass(frozen=True, slots=True)
class TableFit:
    """The type size of a table, the leading of its cells and its column widths, all in points."""

    size: float
    leading: float
    widths: tuple[float, ...]

    def width(self, column: int, colspan: int = 1) -> float:
        """Return the width of ``colspan`` columns from ``column`` on."""
        return sum(self.widths[column : column + colspan])


def ems(text: str) -> float:
    """Return the width of ``text`` on one line, in ems.

    >>> ems("合计 12.50")
    5.0
    """
    return len(text) / 2 if text.isascii() else len(text) - len(_WIDE.sub("", text)) / 2


def line_count(text: str, width: float, size: float) -> int:
    """Return how many lines ``text`` of ``size`` takes in ``width`` (an estimate, rather too many).

    >>> line_count("总体绩效目标", 20, 10)
    4
    """
    per_line = max(1, floor(width / size))
    return sum([max(1, ceil(ems(part) * LINE_BREAK_LOSS / per_line)) for part in text.split("\n")])


def split_text(text: str, width: float, size: float, most_lines: int) -> tuple[str, str]:
    """Return ``text`` cut in two, the first part filling at most ``most_lines`` lines; joined they are ``text``.

    The cut is at the end of a sentence, or else of a clause, in the last third of the first part if one ends there.

    >>> split_text("加大培训力度。提高技能水平，增加供给", 20, 10, 4)
    ('加大培训力度。', '提高技能水平，增加供给')
    """
    per_line = max(1, floor(width / size))
    used, line = 1, 0.0
    for end, letter in enumerate(text):
        wide = 1.0 if _WIDE.match(letter) else 0.5
        line += wide
        if letter == "\n" or line > per_line:
            used, line = used + 1, 0.0 if letter == "\n" else wide
        if used > most_lines:
            cut = _good_cut(text, end)
            return text[:cut], text[cut:]
    return text, ""


def _good_cut(text: str, end: int) -> int:
    """Return where to cut ``text`` at ``end`` or a little before."""
    for stops in _STOPS:
        cut = 1 + max(text.rfind(stop, 0, end) for stop in stops)
        if cut > end * 2 / 3:
            return cut
    return _between_words(text, end)


def _between_words(text: str, end: int) -> int:
    start = end
    while start and _UNBREAKABLE.fullmatch(text[start - 1 : start + 1]):
        start -= 1
    return start or end


def fit_table(table: Table, style: Style, width: float) -> TableFit:
    """Return type size and column widths for ``table`` in ``width``: as in the style, smaller for many columns.

    The size is the largest, in steps of half a point, at which no figure breaks and no ordinary cell takes
    more than four lines. It goes below ``Style.table.smallest_text`` for figures only, and never below
    ``Style.table.smallest``. A column too narrow for its figures even then is widened at the expense of those with
    room to spare.
    """
    cell = style.text["table-cell"]
    needs = _Needs.of(table)
    padding = 2 * style.table.pad_x
    shares = [column.width for column in table.columns]
    natural = [width * share / sum(shares) for share in shares]
    sizes = (style.table.text_floor, style.table.smallest)
    enough = (widened(natural, [words * size + padding + 1 for words in needs.words]) for size in sizes)
    widths = next(filter(None, enough), natural)
    for_words = min(needs.word_sizes(widths, padding), default=cell.size)
    fitting = max(min(for_words, style.table.text_floor), min(needs.sizes(widths, padding), default=cell.size))
    size = min(cell.size, max(style.table.smallest, floor(fitting * 2) / 2))
    leading = (cell.leading or cell.size * 1.3) * size / cell.size
    return TableFit(size, leading, tuple(_for_heads(widths, needs, size, padding + 1)))


def _for_heads(widths: Sequence[float], needs: _Needs, size: float, around: float) -> Sequence[float]:
    """The widths with room in each column for lines of its heads that end between words, if others have it to spare."""
    least = [
        min(width, max(word, need) * size + around)
        for width, word, need in zip(widths, needs.words, needs.cells, strict=True)
    ]
    wanted = []
    for column, head in needs.heads:
        per_line = min(good_line(head, int((widths[column] - around) / size)), ems(head))
        wanted.append((column, per_line * size + around))
    return with_wanted(widths, least, wanted)


@dataclass(frozen=True, slots=True)
class _Needs:
    """The ems that a line must hold: by column the longest word and the fullest cell; by cell over several columns."""

    words: tuple[float, ...]
    cells: tuple[float, ...]
    spanning: tuple[tuple[int, int, float], ...]
    heads: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, table: Table) -> _Needs:
        words, cells = [0.0] * len(table.columns), [0.0] * len(table.columns)
        spanning: list[tuple[int, int, float]] = []
        heads = [(column, cell.text) for column, cell in _cells(table.head, len(table.columns)) if cell.colspan == 1]
        for column, head in heads:
            words[column] = max(words[column], float(len(longest_word(head))))
        for column, cell in _cells((*table.head, *table.body), len(table.columns)):
            word, need = _need(cell.text)
            need += cell.indent
            if cell.colspan == 1:
                if word > words[column]:
                    words[column] = word
                if need > cells[column]:
                    cells[column] = need
            else:
                spanning.append((column, cell.colspan, need))
        return cls(tuple(words), tuple(cells), tuple(spanning), tuple(heads))

    def word_sizes(self, widths: Sequence[float], padding: float) -> Iterator[float]:
        """Return for the longest word of each column the size at which it just fits."""
        for width, need in zip(widths, self.words, strict=True):
            if need:
                yield (width - padding) / need

    def sizes(self, widths: Sequence[float], padding: float) -> Iterator[float]:
        """Return for each need the size at which it is just met."""
        for width, need in zip(widths, self.cells, strict=True):
            if need:
                yield (width - padding) / need
        for column, count, need in self.spanning:
            if need:
                yield (sum(widths[column : column + count]) - padding) / need


@lru_cache(maxsize=1 << 12)  # most cells are blank or equal to others
def _need(text: str) -> tuple[float, float]:
    """The ems of a line that the longest word of ``text`` needs, and that the whole needs to take few lines."""
    longest = max((ems(word) for word in _UNBREAKABLE.findall(text)), default=0.0)
    word = min(longest * _SUBSTITUTE, _LONGEST_WORD)
    return word, max(word, ceil(min(ems(text), _ORDINARY) / _GOOD_LINES))


def _cells(rows: Sequence[Row], columns: int) -> Iterator[tuple[int, Cell]]:
    """The origin cells of the rows, each with the column in which it begins."""
    for row, begun in zip(rows, starts(rows, columns), strict=True):
        yield from zip(begun, row.cells, strict=True)
