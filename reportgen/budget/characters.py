"""The characters that a text cannot have, with the message and the hint for each.

A page is typeset character by character, each with a glyph of its own. A character is refused if it has no glyph,
changes its neighbours, or means something else on another machine: controls, bidirectional and zero-width formats,
private-use, unassigned and surrogate code points, also combining marks and variation selectors (é is one character, not
two; the typeface decides which form of a hanzi is printed).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_COMBINING = ("组合符号或异体选择符", "换成单个字符（如 é 不写成 e 加组合符号），或删去；字形由字体决定")
_INVISIBLE = ("看不见的字符", "删去该字符")
KINDS = {
    "Cc": ("控制字符", "删去该字符；分段请分成多条"),
    "Cf": ("看不见的格式符（零宽、书写方向等）", "删去该字符；多半是从网页或聊天软件粘来的"),
    "Cs": ("半个字符（代理项）", "重新导出文件；原来的字在转换中损坏了"),
    "Co": ("私用区字符，换一台电脑就不是这个字", "换成标准编码的字"),
    "Cn": ("没有定义的字符", "换成标准编码的字"),
    "Zl": ("行分隔符", "删去该字符；分段请分成多条"),
    "Zp": ("段分隔符", "删去该字符；分段请分成多条"),
    "Mn": _COMBINING,
    "Mc": _COMBINING,
    "Me": _COMBINING,
}
"""General category of Unicode → what the character is, what to do."""
SINGLE = {
    "\ufffc": ("对象占位符", "删去该字符；图片等不能写在文字里"),
    "\ufffd": ("乱码的替代符", "重新导出文件；原来的字在转换中损坏了"),
    **dict.fromkeys("\u115f\u1160\u2800\u3164\uffa0", _INVISIBLE),
}
"""Refused characters of categories that are otherwise printable."""
NAMES = {"\t": "制表符", "\n": "换行", "\r": "回车", "\0": "NUL", "\x1b": "ESC", "\x7f": "DEL"}
ORDINARY = re.compile("[ -~\u4e00-\u9fa5、。《》“”（），：；！？％]*")
"""Nearly every text consists of these characters; only the others are examined one by one."""
MAX_FAULTS = 5
"""Different characters that are reported for one text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text or a cell: a message template, a hint and the values of both."""

    message: str
    hint: str
    values: dict[str, str]


def faults(text: str, also: str = "") -> Iterator[Fault]:
    """Yield a fault for each different character of ``text`` that cannot be printed; those of ``also`` are allowed."""
    if ORDINARY.fullmatch(text):
        return
    wrong = [char for char in dict.fromkeys(text) if char not in also and fault_of(char)]
    for char in wrong[:MAX_FAULTS]:
        kind, hint = fault_of(char) or ("", "")
        values = {"place": str(text.index(char) + 1), "char": named(char), "kind": kind}
        yield Fault("第 {place} 字 {char}是{kind}，不能印刷", hint, values)


@lru_cache(maxsize=1 << 16)
def fault_of(char: str) -> tuple[str, str] | None:
    """Return what a refused character is and what to do, or None for a printable one."""
    if char in SINGLE:
        return SINGLE[char]
    if 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE:
        return "非字符", "删去该字符"
    return KINDS.get(unicodedata.category(char))


def named(char: str) -> str:
    """Return the code point and the name: U+200B（ZERO WIDTH SPACE）."""
    name = NAMES.get(char) or unicodedata.name(char, "")
    return f"U+{ord(char):04X}（{name}）" if name else f"U+{ord(char):04X}"
