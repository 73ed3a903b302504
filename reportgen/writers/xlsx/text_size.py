"""Widths and heights of text in a sheet, estimated without a typeface.

A *unit* is the unit of a column's width: a digit of the workbook's default type. The default type is 宋体,
so a Chinese character is two units and an ASCII character is one. What a reader's machine puts in place of
宋体 may be a little wider or higher; the estimates err on the roomy side, because a cell that is too small
hides its text and one that is too large hides nothing.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from ..punctuation import unbreakable_parts

PADDING = 1.0
"""Units that a cell keeps free of text (Excel: five pixels of a digit's seven)."""

INDENT = 3.0
"""Units of one step of a cell's indent: three spaces of the default type (ECMA-376 part 1, 18.8.1)."""

# The faces that usually replace 宋体 (Noto, Source Han) are 1.44 em high, 宋体 itself is 1.14 em.
_LINE = 1.45

_WORD = re.compile(r"[!-~]+")

# A Latin letter of 宋体 is as wide as a digit; those of the faces that replace it are wider.
_LETTER = re.compile(r"[A-Za-z]")
_LETTER_EXCESS = 0.25


def units(text: str) -> int:
    """Return the width of ``text`` on one line, in units of the default type.

    GB 18030 spends one byte on an ASCII character and two on a common Chinese one, which are the widths
    they have in 宋体; the four bytes of a rare one are too many, on the safe side.
    """
    return len(text.encode("gb18030", "replace"))


def longest_word(text: str) -> int:
    """Return the width of the longest part of ``text`` that should stay on one line: a word, a code, a character."""
    return max(2, *map(len, _WORD.findall(text)), 0)


@lru_cache(maxsize=4096)
def line_count(text: str, width: float) -> int:
    """Return the number of lines that ``text`` takes in ``width`` units, at least one.

    >>> line_count("科目名称", 8), line_count("科目名称", 7.9), line_count("一、财政拨款。", 6)
    (1, 2, 3)
    >>> line_count("收入17633.63万元左右", 12)  # the figure keeps its unit, as on the pages of the PDF
    3
    """
    return sum(_wrapped_count(line, max(width, 2)) for line in text.split("\n"))


def first_lines(text: str, width: float, lines: int) -> int:
    """Return how many characters from the beginning of ``text`` take at most ``lines`` lines in ``width`` units.

    >>> first_lines("一、财政拨款。", 6, 2), first_lines("甲乙\\n丙丁", 40, 1)
    (5, 3)
    """
    taken, width = 0, max(width, 2)
    for line in text.split("\n"):
        count = _wrapped_count(line, width)
        if count > lines:
            return taken + _first_lines(line, width, lines)
        taken, lines = taken + len(line) + 1, lines - count
    return len(text)


def _first_lines(line: str, width: float, lines: int) -> int:
    """Return the end of the last part of a line without breaks that ``lines`` lines of ``width`` units hold."""
    count, used, start = 1, 0.0, 0
    for _, end in unbreakable_parts(line):
        too_wide = _width(line[start:end]) > width
        if too_wide and used:
            count, used = count + 1, 0.0
        for piece in range(start + 1, end + 1) if too_wide else (end,):
            size = _width(line[start:piece])
            if used + size > width:
                count, used = count + 1, 0.0
            if count > lines:
                return start
            used, start = used + size, piece
    return len(line)


def _width(text: str) -> float:
    return units(text) + _LETTER_EXCESS * len(_LETTER.findall(text))


def _wrapped_count(line: str, width: float) -> int:
    if _width(line) <= width:
        return 1
    count, used = 1, 0.0
    start = 0
    for _, end in unbreakable_parts(line):  # where the PDF may break a line
        size, start = _width(line[start:end]), end
        if used + size > width:
            count += 1 if used else 0
            full = math.ceil(size / width) - 1
            count += full
            used = size - full * width
        else:
            used += size
    return count


def line_height(size: float, leading: float) -> float:
    """Return the height in points that a line of type of ``size`` points needs, at least its ``leading``."""
    return max(leading, _LINE * size)
