"""Numbers of headings and items: 一、（一）1.（1）."""

from __future__ import annotations

from ..layout.spec import Numbering

DIGITS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    """A number from 1 to 99 in Chinese.

    >>> chinese(3), chinese(10), chinese(12), chinese(20), chinese(21)
    ('三', '十', '十二', '二十', '二十一')
    """
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return head + (DIGITS[ones] if ones or not tens else "")


class Counter:
    """Counts headings level by level, and the items below the current heading."""

    def __init__(self, numbering: Numbering) -> None:
        """Nothing counted yet."""
        self._numbering = numbering
        self._counts = [0] * len(numbering.headings)
        self._items = 0
        self.level = 0

    def heading(self, level: int) -> str:
        """The number of the next heading of ``level`` (1 …)."""
        self._counts[level - 1] += 1
        self._counts[level:] = [0] * (len(self._counts) - level)
        self._items, self.level = 0, level
        return self._numbering.headings[level - 1].format(
            n=self._counts[level - 1], zh=chinese(self._counts[level - 1])
        )

    def item(self) -> str:
        """The number of the next numbered paragraph under the current heading."""
        self._items += 1
        pattern = self._numbering.items[max(0, self.level - 1)]
        return pattern.format(n=self._items, zh=chinese(self._items))
