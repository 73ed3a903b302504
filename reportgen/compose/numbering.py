"""Number headings and items: 一、（一）1.（1）."""

from __future__ import annotations

import re

from ..layout.checks import PLACEHOLDER
from ..layout.limits import CHINESE_NUMBER, HEADING_LEVELS
from ..layout.outline_spec import BlockSpec, Numbering, SectionSpec
from ..layout.spec import Layout

DIGITS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """Return a number from 1 to 9999 in Chinese.

    >>> [chinese(n) for n in (3, 10, 12, 20, 21, 100, 101, 110, 215, 1001)]
    ['三', '十', '十二', '二十', '二十一', '一百', '一百零一', '一百一十', '二百一十五', '一千零一']
    """
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, n = divmod(n, unit)
        if digit:
            text += DIGITS[digit] + name
        elif text and n and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text


def formatted(pattern: str, n: int) -> str:
    """Return a number in its pattern: {n} 1, {n:02} 01, {zh} 一.

    >>> formatted("表{n:02}", 3), formatted("（{zh}）", 12)
    ('表03', '（十二）')
    """

    def number(place: re.Match[str]) -> str:
        if place[0] == "{zh}":
            return chinese(n) if n <= CHINESE_NUMBER else str(n)
        return str(n).zfill(int(place[1] or 0))

    return PLACEHOLDER.sub(number, pattern)


class Counter:
    """Count headings level by level, and the items below the current heading."""

    def __init__(self) -> None:
        """Start before the first heading."""
        self._counts = [0] * HEADING_LEVELS
        self._items = 0
        self._level = 0

    def heading(self, level: int, numbering: Numbering, keep_items: bool = False) -> str:
        """Count a heading of ``level`` (1 …) and return its number; items begin again, unless they are kept."""
        self._counts[level - 1] += 1
        self.unnumbered(level, keep_items)
        return formatted(numbering.headings[level - 1], self._counts[level - 1])

    def unnumbered(self, level: int, keep_items: bool = False) -> None:
        """Begin a heading of ``level`` that is not counted: what is below it is counted anew."""
        self._counts[level:] = [0] * (len(self._counts) - level)
        self._items, self._level = self._items if keep_items else 0, level

    def item(self, numbering: Numbering) -> str:
        """Count an item under the current heading and return its number."""
        self._items += 1
        return formatted(numbering.items[max(0, self._level - 1)], self._items)


class Numberings:
    """The patterns of numbers by the ids of the blocks of a layout."""

    def __init__(self, layout: Layout) -> None:
        """Read the outline of ``layout``."""
        self._default = layout.numbering
        self._by_block = {
            block.id: numbering_of(block, section, layout) for section in layout.outline for block in section.blocks
        }

        self._specs = {block.id: block for section in layout.outline for block in section.blocks}

    def in_template(self, block: str) -> bool:
        """Whether a block of the document is inside a template, not one of the outline."""
        return block not in self._specs

    def is_counted(self, block: str) -> bool:
        """Whether the heading of a block of the outline has a number."""
        return block not in self._specs or self._specs[block].number != "none"

    def of(self, block: str) -> Numbering:
        """Return the patterns of a block of the document: of the longest id of the outline that it begins with."""
        while block and block not in self._by_block:
            block = block.rpartition("/")[0]
        return self._by_block.get(block, self._default)


def numbering_of(block: BlockSpec, section: SectionSpec, layout: Layout) -> Numbering:
    """Return the patterns of a block: its own, those of its section, those of the layout."""
    usual, stated = layout.numbering, block.numbering or section.numbering
    if stated is None:
        return usual
    return Numbering(
        headings=stated.headings + usual.headings[len(stated.headings) :],
        items=stated.items + usual.items[len(stated.items) :],
        items_continue=stated.items_continue or usual.items_continue,
    )
