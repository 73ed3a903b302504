"""The expressions that find the words of sentences, and the table of words that a text may end with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from .words import prose_words

YEAR = r"20[0-9]{2}年度?"
OF_A_NAME = "[^，,。；;()]{1,20}的彩票公益金支出"
"""What follows 用于 in names of items (用于体育事业的彩票公益金支出)."""
NUMERAL = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,15})(?:\.[0-9]{1,8})?(?![0-9.])"


def any_of(words: Iterable[str]) -> str:
    """Return an expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


class Endings:
    """Words that a text may end with, looked up by their lengths."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        """Take the meaning of each word."""
        self._meanings = meanings
        self._lengths = sorted({len(word) for word in meanings}, reverse=True)

    def find(self, text: str) -> tuple[str, str] | None:
        """Return the longest word that ``text`` ends with, and its meaning."""
        word = next(self.all(text), None)
        return None if word is None else (word, self._meanings[word])

    def all(self, text: str) -> Iterator[str]:
        """Yield the words that ``text`` ends with, the longest first."""
        for length in self._lengths:
            if length <= len(text) and text[-length:] in self._meanings:
                yield text[-length:]


@cache
def token_pattern() -> re.Pattern[str]:
    """Return the expression that finds what a sentence is divided by: figures, comparisons, marks, leading words."""
    words = prose_words()
    begin, when = any_of(words.compared.begin), any_of(words.compared.when)
    sign = r"(?:(?<![0-9.年月至到])[-+])?"
    nearly, flat = any_of(words.nearly), any_of(words.flat)
    return re.compile(
        rf"(?P<amount>(?<![0-9.,]){sign}{NUMERAL}(?:亿元|万元|千元|元))"
        rf"|(?P<percent>(?<![0-9.,]){sign}{NUMERAL}(?:%|个百分点))"
        rf"|(?P<zero>(?<=为)0(?=[;；,，。、)]|$))"
        rf"|(?P<compared>(?:{begin})(?:{when}|{YEAR}|{any_of(words.compared.own)})|{any_of(words.compared.alone)})"
        rf"|(?P<year>{YEAR})"
        rf"|(?P<flat>(?:{nearly})?(?:{flat}))"
        rf"|(?P<part>{any_of(words.parts)})"
        rf"|(?P<use>(?:{any_of(words.uses)})(?!{OF_A_NAME}))"
        rf"|(?P<reason>{any_of(words.reasons)})"
        r"|(?P<stop>[。！？](?!\)))|(?P<semicolon>[;；])|(?P<comma>[,，：:])|(?P<open>\()|(?P<close>\))"
    )


@cache
def direction_pattern() -> re.Pattern[str]:
    """Return the expression for a direction word at the end of what stands before a figure."""
    words = prose_words()
    up, down = any_of(words.up), any_of(words.down)
    both = rf"(?:{up})(?:\((?:{down})\)|[/或、](?:{down}))|(?:{down})(?:\((?:{up})\)|[/或、](?:{up}))"
    return re.compile(rf"(?:(?P<both>{both})|(?P<up>{up})|(?P<down>{down}))(?:{any_of(words.after_direction)}){{0,2}}$")
