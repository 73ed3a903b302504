"""Names of sheets: short, free of what a spreadsheet forbids, no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...tree.locations import chart_name
from ...tree.nodes import Chart, Table, plain

LIMIT = 31
"""The longest name that Excel takes, in UTF-16 code units."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_YEAR = re.compile(r"^(?:\D{1,30}[局委厅办部院会校馆所站处室队台社团心位门])?\d{4}年度?")  # after an institution's name
_LEVEL = re.compile(r"^(?:[省市区县州]\w?级)?(?:本级)?(?:部门|单位)(?=.{4})")


def sheet_names(blocks: Iterable[Table | Chart], taken: Iterable[str]) -> list[str]:
    """Return one name for each table or chart: its label and its title without year and level, cut to :data:`LIMIT`.

    ``taken`` are names that other sheets have. A name used before gets a number: ``表01 收支总表(2)``.
    """
    used = {name.casefold() for name in taken}
    names = []
    for number, block in enumerate(blocks, 1):
        label, title = (chart_name(block), block.caption) if isinstance(block, Chart) else (block.label, block.title)
        full_name = " ".join(filter(None, (_clean(label), short_title(plain(title)))))
        name = _unique(full_name or f"表{number:02}", used)
        used.add(name.casefold())
        names.append(name)
    return names


def short_title(title: str) -> str:
    """Return the part of a table's title that distinguishes it from the others.

    >>> short_title("2026年市级部门收支预算总表"), short_title("某市财政局2023年度部门决算表")
    ('收支预算总表', '部门决算表')
    """
    words = re.sub(r"\s+", "", _clean(title))
    without_year = _YEAR.sub("", words) or words
    return _LEVEL.sub("", without_year) or without_year


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text).strip().strip("'")


def _unique(full_name: str, used: set[str]) -> str:
    name, number = _cut(full_name, LIMIT), 1
    while name.casefold() in used:
        number += 1
        suffix = f"({number})"
        name = _cut(full_name, LIMIT - len(suffix)) + suffix
    return name


def _cut(text: str, limit: int) -> str:
    """The longest beginning of ``text`` within ``limit`` UTF-16 code units, marked with … where shortened."""
    if _length(text) <= limit:
        return text
    while _length(text) > limit - 1:
        text = text[:-1]
    return text.rstrip(" '（(“") + "…"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2
