"""Find the figures that 分别 gives to names, or to amounts before it: 基本支出、项目支出分别为3.00万元、2.00万元."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from .patterns import NUMERAL

LONGEST_HOW = 8
_FIGURE = rf"{NUMERAL}(?:亿元|万元|千元|元|%)"
_BETWEEN = "(?:[、，,]|和|及|与|以及)"
_NAMES = re.compile(r"(?:^|[，,。；;：:)]|其中)(?:其中)?([^，,。；;：:0-9()]*(?:\([^()]{1,6}\)[^，,。；;：:0-9()]*)*)$")


@dataclass(frozen=True, slots=True)
class Group:
    """The figures after a 分别: how it leads to them (占, 减少), where each begins, what they are of, if it says."""

    how: str
    starts: tuple[int, ...]
    names: tuple[str, ...]

    def name(self, number: int) -> str:
        """Return what a figure is of, "" where nothing before the 分别 says it."""
        return self.names[number] if self.names else ""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"(?:各自|分别)(?P<how>[^0-9，。；;]{{0,{LONGEST_HOW}}}?)(?P<figures>{_FIGURE}(?:{_BETWEEN}{_FIGURE})+)"
    )


def groups(text: str) -> Mapping[int, tuple[Group, int]]:
    """Return the groups of a compact text: for the place of each figure its group and its number in it.

    >>> group, number = groups("其中基本支出、项目支出分别为3.00万元、2.00万元")[21]
    >>> group.names, group.how, number
    (('基本支出', '项目支出'), '为', 1)
    """
    found: dict[int, tuple[Group, int]] = {}
    for match in _pattern().finditer(text):
        figures = match.start("figures")
        starts = tuple(figures + one.start() for one in re.finditer(_FIGURE, match["figures"]))
        group = Group(match["how"], starts, _names(text[: match.start()], len(starts)))
        found |= {start: (group, number) for number, start in enumerate(starts)}
    return found


def _names(before: str, count: int) -> tuple[str, ...]:
    """Return the names that the clause before a 分别 lists, if there are as many as figures."""
    clause = _NAMES.search(before[-120:])
    names = [name for name in re.split("、|以及|和(?!结余)|及(?!运行)", clause[1]) if name] if clause else []
    return tuple(names) if len(names) == count else ()
