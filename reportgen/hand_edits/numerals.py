"""Cut a text into numerals and single characters, and compare typed numerals with figures.

A numeral is what a reader takes for a number: digits of any script with a sign, Chinese numerals before a unit, ½, ①.
It *states* a figure if it is its number, or its number rounded with 约 before it. The figure's unit may be missing
after it or be another one. A name in braces, ``{revenue.total}``, is a token too: with it a clerk quotes a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..core.chinese_numerals import CHINESE, OTHER_DIGITS, PERCENT, SIGN, chinese_number
from ..core.money import rounded
from ..tree.nodes import Figure, Run
from .normalize import ASCII, NUMERAL, parse_number

_COUNTED = "[万亿]?元|[%％‰]|个?百分点|[年辆家个台套]"
_NUMBER = rf"{SIGN}{NUMERAL.pattern}|{OTHER_DIGITS}|{PERCENT}|负?{CHINESE}(?=[余多]?(?:{_COUNTED}))"
_TOKEN = re.compile(rf"(?P<name>\{{[a-z][a-z0-9_.]*\}})|(?P<number>{_NUMBER})|.", re.DOTALL)
_UNIT = re.compile("[万亿]?元|[%％‰]|个?百分点")
_SIGNS = str.maketrans("−－﹣＋负", "---+-")
_BEFORE = 2  # characters before a numeral that identify it
_QUALIFIED_BEFORE = re.compile(
    "(?:不到|不足|不少于|不超过|不低于|不高于|未超过|近|接近|超过?|逾|突破|至少|至多|最多|最少|低于|高于|多于|少于|小于|大于)为?$"
)
_QUALIFIED_AFTER = re.compile(rf"[余多几]|(?:{_COUNTED})?(?:以上|以下|左右|上下|有余|多(?!于)|余(?!额))")


@dataclass(slots=True)
class Token:
    """A numeral or a character; ``figure`` is the one that it prints, or that it was linked to.

    ``numeral``: it is a numeral, or what a figure prints. ``name`` is the fact that it names in braces.
    """

    text: str
    start: int = 0
    figure: Figure | None = None
    is_linked: bool = False
    numeral: bool = False
    name: str = ""

    @property
    def number(self) -> Decimal | None:
        """The number of a numeral; None of one that is not written with digits or in plain Chinese."""
        if NUMERAL.fullmatch(self.text.lstrip("-−－﹣+＋负")):
            return parse_number(self.text.translate(_SIGNS))
        return chinese_number(self.text)


class EditedText:
    """An edited text and its ``tokens``."""

    def __init__(self, text: str) -> None:
        """Cut ``text`` into tokens, none of them linked."""
        self._text = text
        self.tokens = list(_tokens(text))

    def states(self, token: Token, figure: Figure) -> bool:
        """Whether the numeral is the figure's number, or that rounded."""
        return token.number == parse_number(figure.text) or self._is_rounded(token, figure)

    def has_unit(self, token: Token, figure: Figure) -> bool:
        """Whether the figure has a unit, and it comes after the numeral (or before it: 百分之)."""
        if figure.unit == "%" and token.text.startswith("百分之"):
            return True
        return bool(figure.unit) and self._text.startswith(figure.unit, token.start + len(token.text))

    def quotes(self, token: Token, figure: Figure) -> bool:
        """Whether the numeral states the figure with its unit."""
        return self.states(token, figure) and self.has_unit(token, figure)

    def other_unit(self, token: Token, figure: Figure) -> str:
        """Return the unit of money or share after the numeral if it is not the figure's; else ""."""
        if not figure.unit or self.has_unit(token, figure):
            return ""
        unit = _UNIT.match(self._text[token.start + len(token.text) :])
        return unit[0] if unit and unit[0].replace("％", "%") != figure.unit else ""

    def qualifiers(self, token: Token) -> str:
        """Return the words around the numeral that make it more or less than it says (不到, 以上; not 约)."""
        return qualifiers(self._text, token)

    def as_printed(self, token: Token, figure: Figure) -> Figure:
        """Return the figure, rounded or with thousands separators if it was typed so."""
        text = token.text.translate(ASCII)
        if not self.states(token, figure) or not ("," in text or self._is_rounded(token, figure)):
            return figure
        return replace(figure, text=text, decimals=_decimals(text), grouped="," in text)

    def has_other_form(self, token: Token, figure: Figure) -> bool:
        """Whether the figure's own number is typed in a form in which it is not printed (125 for 125.00)."""
        if not self.states(token, figure):
            return False
        return self.as_printed(token, figure).text != token.text.translate(ASCII)

    def _is_rounded(self, token: Token, figure: Figure) -> bool:
        if not self._text[: token.start].endswith("约") or not NUMERAL.fullmatch(token.text):
            return False
        return token.number == rounded(figure.value, _decimals(token.text))


def tokens_of(runs: Sequence[Run]) -> Iterator[Token]:
    """Iterate over the tokens of runs; a figure is one token, whatever it prints."""
    start = 0
    for run in runs:
        if isinstance(run, Figure):
            yield Token(run.text, start, run, numeral=True)
        else:
            yield from _tokens(run.text, start)
        start += len(run.text)


def text_before(text: str, token: Token) -> str:
    """Return the characters of ``text`` just before a token of it."""
    return text[max(0, token.start - _BEFORE) : token.start]


def qualifiers(text: str, token: Token) -> str:
    """Return the words of ``text`` around a numeral of it that make it more or less than it says."""
    before = _QUALIFIED_BEFORE.search(text[: token.start])
    after = _QUALIFIED_AFTER.match(text, token.start + len(token.text))
    return (before[0] if before else "") + (after[0] if after else "")


def token_keys(tokens: Iterable[Token]) -> list[str | Decimal]:
    """Return tokens as they are compared: a figure equals its numeral."""
    return [token.text if not token.numeral or (number := token.number) is None else number for token in tokens]


def _tokens(text: str, start: int = 0) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        name = match["name"] or ""
        yield Token(match[0], start + match.start(), numeral=bool(match["number"]), name=name[1:-1])


def _decimals(text: str) -> int:
    return len(text.translate(ASCII).partition(".")[2])
