"""Classes of characters for line breaking: marks, blanks, words, figures with their units.

Sources: GB/T 15834-2011 (5.1.3, 5.2: marks at the ends of a line) and W3C *Requirements for Chinese Text
Layout* 3.1.3 (line ends) and 3.1.6 (marks that meet).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import pairwise

NO_END = "“‘（《〔【「『〈［｛([{"
"""Marks that end no line."""

HALF_BLANK = "、，。；：！？”’）》〕】」』〉］｝"
"""Full-width marks whose right half is blank."""

NO_START = HALF_BLANK + "…—％%·‰℃"
"""Characters that begin no line."""

CLOSING = ",.;:!?)]}"
"""Half-width marks that begin no line either, but also occur within figures and words."""

CONNECTORS = "+-/\\~&=_|×÷–−＋－／～＆＝｜"
"""Signs between two words or hanzi: they begin no line, but may begin a text (clreq 3.1.3)."""

BLANK = " \u3000"
"""Blanks that vanish at the end of a line."""

_HEADING_NUMBER = re.compile(r"（[^（）]{1,3}）|第?[^、（）]{1,3}[、.．]|第[^ \u3000]{1,3}部分[ \u3000]*")
_MARKS = frozenset(NO_START + NO_END + CLOSING + BLANK)


def _class(excluded: str) -> str:
    """Return a class of all characters below and above the Chinese ones, except those ``excluded``.

    It lists what it contains: a negated class takes five times as long to compile.
    """
    ends = [-1, *sorted({ord(char) for char in excluded if char < _CJK}), ord(_CJK)]
    ranges = [f"\\u{one + 1:04x}-\\u{other - 1:04x}" for one, other in pairwise(ends) if one + 1 < other]
    return f"[{''.join(ranges)}\U00010000-\U0001ffff\U00040000-\U0010ffff]"


_UNITS = (
    "万平方米|平方公里|平方米|个百分点|百分点|年度|万元|亿元|万人|人次|公里|千米|公斤|周岁|小时|分钟|"
    "[元万亿年月日号时个人名位户家所座处场辆台套艘架次项件条款类张批组米吨度倍岁期天级页成]"
)
_CJK = "\u2e80"
"""The first Chinese character or mark; above U+FFFF only planes 2 and 3 are Chinese, all else belongs to words."""
_OPEN, _CLOSE = (re.escape(marks) for marks in (NO_END, NO_START + CLOSING.replace(".", "")))
_TAIL = rf"(?:[{_CLOSE}]|\.(?![0-9]))"
_WORD = _class(BLANK + NO_END + NO_START)
_SHORT_BRACKETS = f"（[^（）{BLANK}]{{1,2}}）"
_CORE = f"{_WORD}+(?:(?<=[0-9])(?:{_UNITS}))?|[^{BLANK}{_OPEN}{NO_START}]"
_RARE_HANZI = (("\u3007", "\u3007"), ("\u3400", "\u4dbf"), ("\U00020000", "\U0003ffff"))
_HANZI = "\u4e00-\u9fff" + "".join(f"{first}-{last}" for first, last in _RARE_HANZI)
_PART = re.compile(
    f"(?:([{_HANZI}]+)|{_SHORT_BRACKETS}|(?:[{_OPEN}][{BLANK}]*)*(?:{_CORE})?)"
    f"{_TAIL}*(?:[{BLANK}]+[{NO_START}]+)*([{BLANK}]*)"
)
_LONG = re.compile(f"[{_OPEN}]*(?:{_WORD}{{3,}}(?:(?<=[0-9])(?:{_UNITS}))?|{_SHORT_BRACKETS}){_TAIL}*")
_MEETING = re.compile(f"[{HALF_BLANK}](?=[{HALF_BLANK}{_OPEN}])|[{_OPEN}](?=[{_OPEN}])")
_RIGID = re.compile(f"{_WORD}(?={_WORD}|[%‰℃·])|—(?=—)|…(?=…)")
_CONNECTED = re.compile(f"(?<=[^{BLANK}])[{re.escape(CONNECTORS)}]")
_LATIN = re.compile("[0-9A-Za-z]+")
_SOFT = re.compile("[、，。；：！？]")


def unbreakable_parts(text: str, joined: Set[int] = frozenset()) -> list[tuple[int, int]]:
    """Return the parts that stay on one line as pairs: the end of the part's ink, the end of its trailing blanks.

    A part is a character with the marks before and after it, a word, a figure with its unit, （类）. There is no
    break before a sign that connects (互联网+), and none at the positions in ``joined``.

    >>> [end for _, end in unbreakable_parts("占17633.63万元，（类）下降5.5%。")]
    [1, 12, 15, 16, 17, 22]
    """
    parts: list[tuple[int, int]] = []
    for match in _PART.finditer(text):
        first, last = match.start() + 1, match.end(1)
        if first < last:  # most of a text is hanzi, each a part of its own if another follows
            parts += zip(range(first, last), range(first, last), strict=True)
        parts.append((match.start(2), match.end()))
    del parts[-1]  # the empty one at the end of the text
    if _CONNECTED.search(text):
        joined = joined | {match.start() for match in _CONNECTED.finditer(text)}
    if not joined:
        return parts
    return [part for part in parts if part[1] not in joined or part[1] == len(text)]


def long_unbreakable_parts(text: str) -> Iterator[tuple[int, int]]:
    """Return start and end of the words, figures and brackets among :func:`unbreakable_parts`; others are short.

    >>> list(long_unbreakable_parts("占17633.63万元，（类）下降5.5%。"))
    [(1, 12), (12, 15), (17, 22)]
    """
    if text and min(text) >= _CJK and max(text) <= "\uffff" and "（" not in text:
        return iter(())
    return (match.span() for match in _LONG.finditer(text))


def meet(text: str) -> bool:
    """Return whether full-width marks meet anywhere in ``text``."""
    return _MEETING.search(text) is not None


def meeting(text: str) -> list[int]:
    """Return the index of the first of each two full-width marks that meet: the blank between them is left out."""
    return [match.start() for match in _MEETING.finditer(text)]


def spaced(text: str) -> list[int]:
    """Return the index of the first of each hanzi and Latin letter or digit that meet (clreq 3.2.2).

    >>> spaced("在2023年，占5.5%的GDP")
    [0, 4, 7, 12]
    """
    indexes = []
    for match in _LATIN.finditer(text):
        start, end = match.span()
        if start and _is_hanzi(text[start - 1]):
            indexes.append(start - 1)
        if end < len(text) and _is_hanzi(text[end]):
            indexes.append(end - 1)
    return indexes


def _is_hanzi(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or any(first <= char <= last for first, last in _RARE_HANZI)


def rigid(text: str) -> list[int]:
    """Return the characters after which a line is not spread: within words and figures, within —— and ……."""
    return [match.start() for match in _RIGID.finditer(text)]


def soft(text: str) -> list[int]:
    """Return the marks whose blank half may be made narrower."""
    return [match.start() for match in _SOFT.finditer(text)]


def is_single(text: str) -> bool:
    """Return whether ``text`` has at most one character besides marks and blanks.

    >>> is_single("。"), is_single("元。"), is_single("万元")
    (True, True, False)
    """
    return sum(char not in _MARKS for char in text) < 2


def number_of(heading: str) -> str:
    """Return the number that a heading begins with, or "".

    >>> number_of("（十一）部门预算表"), number_of("二、收支情况"), number_of("附件")
    ('（十一）', '二、', '')
    """
    number = _HEADING_NUMBER.match(heading)
    return number.group() if number else ""
