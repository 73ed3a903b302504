"""Number headings and items: 一、（一）1.（1）."""

from __future__ import annotations

import re

from ..layout.checks import PLACEHOLDER
from ..layout.limits import CHINESE_NUMBER
from ..layout.spec import Numbering

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

    def __init__(self, numbering: Numbering) -> None:
        """Start before the first heading."""
        self._numbering = numbering
        self._counts = [0] * len(numbering.headings)
        self._items = 0
        self.level = 0

    def heading(self, level: int) -> str:
        """Count a heading of ``level`` (1 …) and return its number."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (len(self._counts) - level)
        self._items, self.level = 0, level
        return formatted(self._numbering.headings[level - 1], self._counts[level - 1])

    def item(self) -> str:
        """Count an item under the current heading and return its number."""
        self._items += 1
        return formatted(self._numbering.items[max(0, self.level - 1)], self._items)
