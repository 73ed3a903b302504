"""What a line is by its words: a heading and of which level, a line of the table of contents, a table's title."""

from __future__ import annotations

import re

from ...recognise.titles import LONGEST_TITLE, kind_of_title
from ...recognise.words import plain

LONGEST_HEADING = 45
"""Characters; a longer text is a paragraph."""
_HEADINGS = (
    re.compile(r"第[一二三四五六七八九十0-9]{1,3}(?:部分|章|篇)"),
    re.compile(r"[一二三四五六七八九十]{1,3}[、.]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"[0-9]{1,2}[、.](?![0-9])"),
    re.compile(r"\([0-9]{1,2}\)|[①-⑳]"),
)
"""How headings begin, from the highest level; items of lists begin so, too."""
_LEADER = re.compile(r"^(.*?)(?:[\s.．…·⋯‥•_-]{3,}|\t)\s*[-—]?\s*([0-9０-９ivxIVX]{1,4})\s*[-—]?$")
_CONTENTS = re.compile(r"目[录錄次]|contents", re.I)
_END = re.compile(r"[。；：，、,;:！？!?]$")
_SENTENCE = re.compile(r"[。；;：:，,]$|。")
_PART = re.compile(r"第[一二三四五六七八九十0-9]+(?:部分|章|部|节)")
_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[、.](?![0-9])|[①-⑳])"
)
_OF_TABLE = re.compile(
    r"单位[:为]?.{0,6}元|(?:部门|单位)(?:名称|编码|代码)?(?:\(.{0,8}\))?:|(?:表|附表|附件|公开)[0-9一二三四五六七八九十]+"
    r"|[0-9一二三四五六七八九十]+表$|^[0-9]{3,12}[-—_]|填报日期|续表"
)
_TITLE = re.compile(r"表(?:\(.{1,20}\)|[0-9一二三四五六七八九十]{0,3})$|^续表")
_NUMBER_OF_TABLE = re.compile(r".{0,4}表[0-9一二三四五六七八九十]*|.{0,4}[0-9一二三四五六七八九十]+表")


def heading_level(text: str) -> int:
    """Return the level of a heading by its number; 0 for a text without one, or that is long or a sentence.

    >>> heading_level("第一部分 部门概况"), heading_level("（一）收入"), heading_level("1.收入12.00万元。")
    (1, 3, 0)
    """
    label = plain(text)
    if not can_be_heading(label):
        return 0
    return next((level for level, pattern in enumerate(_HEADINGS, 1) if pattern.match(label)), 0)


def can_be_heading(text: str) -> bool:
    """Whether a text is short and does not end as sentences do."""
    label = plain(text)
    return 0 < len(label) <= LONGEST_HEADING and not _END.search(label)


def is_contents_heading(text: str) -> bool:
    """Whether a text is the heading of the table of contents."""
    return bool(_CONTENTS.fullmatch(plain(text)))


def contents_entry(text: str) -> tuple[str, str] | None:
    """Return title and page of a line of the table of contents that has leaders, or None.

    >>> contents_entry("一、部门职责……………… 3")
    ('一、部门职责', '3')
    """
    found = _LEADER.match(text.strip())
    return (found[1].strip(), found[2]) if found and re.search("[\u4e00-\u9fff]", found[1]) else None


def is_of_table(text: str) -> bool:
    """Whether a text stands above a table and says its number, its unit, or who publishes it."""
    return bool(_OF_TABLE.search(plain(text))) and "。" not in text


def is_table_title(text: str) -> bool:
    """Whether a text is the title of a table, of a kind that is known or of another."""
    title = plain(text)
    if len(title) > LONGEST_TITLE or "。" in title or title.endswith((";", ",", ":")) or _PART.match(title):
        return False
    return kind_of_title(text) is not None or (bool(_TITLE.search(title)) and not _NUMBER_OF_TABLE.fullmatch(title))


def belongs_to_table(text: str, centred: bool) -> bool:
    """Whether a line above a table is one of it: its title or a line of that, its number, unit, publisher.

    ``centred`` is whether the line stands in the middle.
    """
    label = plain(text)
    if not label or len(label) > LONGEST_TITLE or _PART.match(label):
        return False
    if is_of_table(text) or is_table_title(text):
        return True
    return centred and not _SENTENCE.search(label) and not _NUMBERED.match(label)
