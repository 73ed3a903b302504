"""Mend what can be mended in a text without a doubt; each mend is kept with the text, so that a rule can report it.

Outer blanks are cut off, full-width digits and Kangxi radicals (which PDF viewers give in place of hanzi) become
ordinary characters, and a lead-in or a full stop that the layout prints itself is taken off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from .radicals import RADICAL, with_hanzi

USE = re.compile(r"(?:主要)?用于[：:，]?")
CONTENT = re.compile(rf"(?:开支)?内容(?:主要)?包括[：:，]?|{USE.pattern}")
REASON = re.compile(
    r"(?:[^，。；：“”]{0,15}(?:决算数?)?(?:大于|小于|高于|低于|超过|多于|少于)(?:年初|全年|调整)?预算数?的?"
    r"|(?:[^，。；：“”]{0,15}支出)?(?:增加|减少|增长|下降|增减)的?)?"
    r"(?:主要)?原因(?:主要)?(?:[是为][：:，]?|[：:，])|主要[是为][：:，]?|是(?!否)"
)
MECHANISM = re.compile("已?建立了?")
OF_MECHANISM = re.compile(r"的?预算绩效管理(?:工作)?机制[。；，、：:\s]*$")
NUMBER = re.compile(
    r"(?:[0-9]{1,2}[.．、](?![0-9])|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、"
    r"|[①-⑳㈠-㈩]|第[一二三四五六七八九十]{1,2}[，、])\s*"
)
SYSTEM = re.compile(rf"(?:建立了?)?(?:如下)?预算绩效管理制度[：:]|{NUMBER.pattern}")
COLON = re.compile(r"[：:]\s*")
STOP = re.compile(r"[。；，、：:\s]+$")

_WIDE_DIGIT = re.compile("[０-９]")


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that was mended: a message template and its values."""

    message: str
    values: dict[str, str]


class MendedText(str):
    """A text that was mended; ``mends`` says how."""

    mends: tuple[Mend, ...] = ()


def mended(
    text: str, lead_in: re.Pattern[str] | None = None, stop: bool = True, tail: re.Pattern[str] | None = None
) -> str:
    """Return ``text``, or a :class:`MendedText` if anything had to be mended.

    ``lead_in`` is what the layout prints before the text, ``tail`` what it prints after it; ``stop`` is whether the
    text may end with a full stop.
    """
    mends: list[Mend] = []
    for message, old, new in _steps(text, lead_in, stop, tail):
        mends.append(Mend(message, {"old": old}))
        text = new
    if not mends:
        return text
    result = MendedText(text)
    result.mends = tuple(mends)
    return result


def _steps(
    text: str, lead_in: re.Pattern[str] | None, stop: bool, tail: re.Pattern[str] | None
) -> Iterator[tuple[str, str, str]]:
    """Yield for each mend its message, what was replaced, and the text after it."""
    if (found := RADICAL.findall(text)) and (ordinary := with_hanzi(text)) != text:
        text = ordinary
        yield "部首字符“{old}”已换成通用的汉字", "".join(dict.fromkeys(found)), text
    if found := _WIDE_DIGIT.findall(text):
        text = _WIDE_DIGIT.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        yield "全角数字“{old}”已换成半角", "".join(dict.fromkeys(found)), text
    if text != text.strip():
        text = text.strip()
        yield "“{old}”前后的空格已去掉", text[:20], text
    if lead_in and (match := lead_in.match(text)):
        text = text[match.end() :].lstrip()
        yield "开头的“{old}”由版式印出，已从文字中去掉", match[0].strip(), text
    for ending in (tail, None if stop else STOP):
        if ending and (match := ending.search(text)):
            text = text[: match.start()]
            yield "末尾的“{old}”由版式印出，已从文字中去掉", match[0], text
