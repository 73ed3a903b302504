"""What kind of character stands where: the marks, blanks, words and units that line breaking asks for.

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
"""Half-width marks that begin no line either, but stand within figures and words too."""

BLANK = " \u3000"
"""Blanks that vanish at the end of a line."""

_MARKS = frozenset(NO_START + NO_END + CLOSING + BLANK)


def _class(excluded: str) -> str:
    """A class of all characters below the Chinese ones and beyond them, but for those ``excluded``.

    Said by what is in it: a class that says what is not in it takes five times as long to compile.
    """
    ends = [-1, *sorted({ord(char) for char in excluded if char < _CJK}), ord(_CJK)]
    ranges = [f"\\u{one + 1:04x}-\\u{other - 1:04x}" for one, other in pairwise(ends) if one + 1 < other]
    return f"[{''.join(ranges)}\U00010000-\U0001ffff\U00040000-\U0010ffff]"


_UNITS = (
    "万平方米|平方公里|平方米|个百分点|百分点|年度|万元|亿元|万人|人次|公里|千米|公斤|周岁|小时|分钟|"
    "[元万亿年月日号时个人名位户家所座处场辆台套艘架次项件条款类张批组米吨度倍岁期天级页成]"
)
_CJK = "\u2e80"
"""Chinese characters and marks begin here; what is beyond them, above U+FFFF, are words but for plane 2 and 3."""
_OPEN, _CLOSE = (re.escape(marks) for marks in (NO_END, NO_START + CLOSING.replace(".", "")))
_TAIL = rf"(?:[{_CLOSE}]|\.(?![0-9]))"
_WORD = _class(BLANK + NO_END + NO_START)
_SHORT_BRACKETS = f"（[^（）{BLANK}]{{1,2}}）"
_CORE = f"{_WORD}+(?:(?<=[0-9])(?:{_UNITS}))?|[^{BLANK}{_OPEN}{NO_START}]"
_RARE_HANZI = (("\u3007", "\u3007"), ("\u3400", "\u4dbf"), ("\U00020000", "\U0003ffff"))
_HANZI = "\u4e00-\u9fff" + "".join(f"{first}-{last}" for first, last in _RARE_HANZI)
_BOX = re.compile(
    f"(?:([{_HANZI}]+)|{_SHORT_BRACKETS}|(?:[{_OPEN}][{BLANK}]*)*(?:{_CORE})?)"
    f"{_TAIL}*(?:[{BLANK}]+[{NO_START}]+)*([{BLANK}]*)"
)
_LONG = re.compile(f"[{_OPEN}]*(?:{_WORD}{{3,}}(?:(?<=[0-9])(?:{_UNITS}))?|{_SHORT_BRACKETS}){_TAIL}*")
_MEETING = re.compile(f"[{HALF_BLANK}](?=[{HALF_BLANK}{_OPEN}])|[{_OPEN}](?=[{_OPEN}])")
_RIGID = re.compile(f"{_WORD}(?={_WORD}|[%‰℃·])|—(?=—)|…(?=…)")
_LATIN = re.compile("[0-9A-Za-z]+")
_SOFT = re.compile("[、，。；：！？]")


def boxes(text: str, joined: Set[int] = frozenset()) -> list[tuple[int, int]]:
    """The parts that stay on one line, as pairs: where the part's ink ends, where its blanks end.

    A part is a character with the marks that cling to it, a word, a figure with its unit, （类）. At the
    positions in ``joined`` there is no break either.

    >>> [end for _, end in boxes("占17633.63万元，（类）下降5.5%。")]
    [1, 12, 15, 16, 17, 22]
    """
    found: list[tuple[int, int]] = []
    for match in _BOX.finditer(text):
        first, last = match.start() + 1, match.end(1)
        if first < last:  # hanzi: each before another is a part of its own, and most of a text is hanzi
            found += zip(range(first, last), range(first, last), strict=True)
        found.append((match.start(2), match.end()))
    del found[-1]  # the empty one at the end of the text
    if not joined:
        return found
    return [part for part in found if part[1] not in joined or part[1] == len(text)]


def long_parts(text: str) -> Iterator[tuple[int, int]]:
    """The words, figures and brackets among :func:`boxes`, start and end; all others are about two characters.

    >>> list(long_parts("占17633.63万元，（类）下降5.5%。"))
    [(1, 12), (12, 15), (17, 22)]
    """
    if text and min(text) >= _CJK and max(text) <= "\uffff" and "（" not in text:
        return iter(())
    return (match.span() for match in _LONG.finditer(text))


def meet(text: str) -> bool:
    """Whether marks meet anywhere."""
    return _MEETING.search(text) is not None


def meeting(text: str) -> list[int]:
    """Where two full-width marks meet and the blank between them goes: the index of the first of the two."""
    return [match.start() for match in _MEETING.finditer(text)]


def spaced(text: str) -> list[int]:
    """Where a hanzi and a Latin letter or a digit meet: the index of the first of the two (clreq 3.2.2).

    >>> spaced("在2023年，占5.5%的GDP")
    [0, 4, 7, 12]
    """
    found = []
    for match in _LATIN.finditer(text):
        start, end = match.span()
        if start and _is_hanzi(text[start - 1]):
            found.append(start - 1)
        if end < len(text) and _is_hanzi(text[end]):
            found.append(end - 1)
    return found


def _is_hanzi(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or any(first <= char <= last for first, last in _RARE_HANZI)


def rigid(text: str) -> list[int]:
    """Characters after which a line is not spread: within words and figures, within —— and ……."""
    return [match.start() for match in _RIGID.finditer(text)]


def soft(text: str) -> list[int]:
    """Marks whose blank half may be squeezed."""
    return [match.start() for match in _SOFT.finditer(text)]


def is_lone(text: str) -> bool:
    """Whether at most one character stands there besides marks and blanks.

    >>> is_lone("。"), is_lone("元。"), is_lone("万元")
    (True, True, False)
    """
    return sum(char not in _MARKS for char in text) < 2
