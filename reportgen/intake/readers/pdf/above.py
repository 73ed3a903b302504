"""Which lines above a table belong to it: its title, its number, its unit, who publishes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ....recognise.titles import LONGEST_TITLE, kind_of_title
from ....recognise.words import plain
from .cell_text import PageTable
from .lines import Line

MOST_LINES = 6
FARTHEST = 70.0
"""Points between a table and a line that belongs to it, and between two such lines."""
_SENTENCE = re.compile(r"[。；;：:，,]$|。")
_PART = re.compile(r"第[一二三四五六七八九十0-9]+(?:部分|章|部|节)")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[、.](?![0-9])|[①-⑳])"
)
_OF_TABLE = re.compile(
    r"单位[:为]?.{0,6}[元]|(?:部门|单位)(?:名称|编码|代码)?(?:\(.{0,8}\))?:|(?:表|附表|附件|公开)[0-9一二三四五六七八九十]+|[0-9一二三四五六七八九十]+表$|^[0-9]{3,12}[-—_]|金额单位|填报日期|续表"
)
_TITLE = re.compile(r"表(?:\(.{1,20}\)|[0-9一二三四五六七八九十]{0,3})$|^续表")


def belongs(line: Line, table: PageTable) -> bool:
    """Whether a short line above a table is one of it."""
    text = plain(line.text)
    if len(text) > LONGEST_TITLE or _PART.match(text) or not text:
        return False
    if _OF_TABLE.search(text) and "。" not in text:
        return True
    if is_title(line):
        return True
    return not _SENTENCE.search(text) and not _NUMBERED.match(text) and _is_centred(line, table)


def is_title(line: Line) -> bool:
    """Whether a line is the title of a table."""
    return any(is_title_text(piece.text) for piece in line.pieces) or is_title_text(line.text)


def is_title_text(text: str) -> bool:
    """Whether a text is the title of a table, of a kind that is known or of another."""
    title = plain(text)
    if len(title) > LONGEST_TITLE or "。" in title or title.endswith((";", ",", ":")) or _PART.match(title):
        return False
    return kind_of_title(text) is not None or (
        bool(_TITLE.search(title))
        and not re.fullmatch(r".{0,4}表[0-9一二三四五六七八九十]*|.{0,4}[0-9一二三四五六七八九十]+表", title)
    )


def _is_centred(line: Line, table: PageTable) -> bool:
    area = table.area
    if len(line.pieces) > 1:
        return False
    return abs(line.area.left + line.area.right - area.left - area.right) < 0.12 * (area.right - area.left)


def lines_above(before: Sequence[object], table: PageTable) -> list[Line]:
    """Return the lines at the end of what stands before a table on its page that belong to it, from top to bottom."""
    found: list[Line] = []
    below = table.area.top
    for item in reversed(before):
        if not isinstance(item, Line) or len(found) == MOST_LINES or below - item.area.bottom > FARTHEST:
            break
        if not belongs(item, table):
            break
        found.insert(0, item)
        below = item.area.top
    return found if any(is_title(line) or _OF_TABLE.search(plain(line.text)) for line in found) else []
