"""The words before a numeral that say which figure it is: its label.

``包括人员支出1784.02万元，占59.4%`` labels 1784.02 with 人员支出, and 59.4 as the share of it: a clause that says
only 占, 增长 or 比上年增加 is about what was named before it. An amount, its change and its share are different
figures of one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from .numerals import Token

SAME = 0.5
"""The closeness from which two labels may be of the same figure."""
_NEAR = 0.8  # one name is a part of the other
_LONGEST = 40  # characters of a clause that are read
_SHARE = re.compile("占|比重|份额")
_CHANGE_WORDS = (
    "(?:比|较|同比)?(?:上年|去年|上一年|前一年)?(?:执行|预算|决算)?数?(?:略|净|共|大幅|小幅)?"
    "(?:增加|增长|增幅|增|上升|提高|提升|上涨|涨幅|多出?|减少|减幅|下降|降低|降幅|压减|回落|少|同比|比上年|较上年|比去年|较去年)了?"
)
_CHANGE = re.compile(
    "增加|增长|增幅|净增|上升|提高|提升|上涨|涨幅|多出|减少|减幅|下降|降低|降幅|压减|回落|同比|[比较](?:上|去|前一)年"
)
_EMPTY = re.compile(
    rf"{_CHANGE_WORDS}|占|比重|份额|其中|包括|分别|主要|安排|涉及|总额|总计|合计|共计|累计|以上|"
    "[万亿]?元|百分点|不到|不足|超过|约|近|为|是|即|共|[年%％的，、]"
)
"""Words that do not tell one figure from another."""
_UNIT_BEFORE = re.compile("^(?:年|[万亿]?元|%)")
_COMMON = re.compile("支出|收入|预算|经费|费用|资金|数$")
"""Words that many figures have in their names."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a numeral is called: a ``name``, "" if there is none, and whether it is its amount, change or share.

    ``words`` are those of the clause, for messages.
    """

    name: str = ""
    kind: Literal["amount", "change", "share"] = "amount"
    words: str = ""

    def closeness(self, own: Label) -> float:
        """Return how much this label, of an edit, says what ``own`` does: 1 the same, below :data:`SAME` not.

        A label without a name says nothing against any.
        """
        if self.kind != own.kind:
            return 0
        if self.name == own.name:
            return 1
        if not self.name or not own.name:
            return SAME
        return _closeness(_COMMON.sub("", self.name), _COMMON.sub("", own.name)) or _common(self.name, own.name)


def labels_of(tokens: Iterable[Token]) -> dict[int, Label]:
    """Return the labels of the numerals of a paragraph by their positions."""
    walk, labels = _Walk(), {}
    for token in tokens:
        if token.numeral:
            labels[token.start] = walk.label()
        else:
            walk.read(token.text)
    return labels


class _Walk:
    """The words of the clause so far, and what the sentence has named; of a bracket, both apart."""

    def __init__(self) -> None:
        self._words = self._subject = ""
        self._outside: list[tuple[str, str]] = []

    def read(self, char: str) -> None:
        """Go one character on."""
        if char in "。；;！？":
            self._words = self._subject = ""
        elif char in "，、：,:":
            self._subject, self._words = _name(self._words) or self._subject, ""
        elif char in "（(":
            self._outside.append((self._words, self._subject))
            self._words = ""
        elif char in "）)" and self._outside:
            self._words, self._subject = self._outside.pop()
        else:
            self._words += char

    def label(self) -> Label:
        """Return the label of a numeral here; the next words are about another one."""
        words, self._words = _UNIT_BEFORE.sub("", self._words[-_LONGEST:]), ""
        own = _name(words)
        self._subject = own or self._subject
        kind: Literal["amount", "change", "share"] = "amount"
        if _SHARE.search(words):
            kind = "share"
        elif _CHANGE.search(words):
            kind = "change"
        return Label(self._subject, kind, words if own else f"{self._subject}{words}")


def _name(words: str) -> str:
    return _EMPTY.sub("", "".join(words[-_LONGEST:].split()))


@lru_cache(4096)
def _closeness(name: str, own: str) -> float:
    if not name or not own:
        return 0
    if name == own or (min(len(name), len(own)) > 1 and (name in own or own in name)):
        return _NEAR
    ratio = SequenceMatcher(None, name, own, autojunk=False).ratio()
    return ratio if ratio >= SAME else 0


def _common(name: str, own: str) -> float:
    """The closeness of two names of which one has only common words (支出, 收入预算)."""
    if _COMMON.sub("", name) or _COMMON.sub("", own):
        return 0
    return _closeness(name, own)
