"""Cut a text into numerals and single characters, and compare typed numerals with figures.

A numeral *states* a figure if it is its number, or its number rounded with 约 before it. The figure's unit may be
missing after it or be another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..core.money import rounded
from ..tree.nodes import Figure, Run
from .normalize import ASCII, NUMERAL, parse_number

_TOKEN = re.compile(rf"{NUMERAL.pattern}|.", re.DOTALL)
_UNIT = re.compile("[万亿]?元|[%％‰]|个?百分点")
_BEFORE = 2  # characters before a numeral that identify it


@dataclass(slots=True)
class Token:
    """A numeral or a character; ``figure`` is the one that it prints, or that it was linked to."""

    text: str
    start: int = 0
    figure: Figure | None = None
    is_linked: bool = False

    @property
    def numeral(self) -> bool:
        """Whether it is a numeral, or what a figure prints."""
        return self.figure is not None or self.text[:1].isdigit()


class EditedText:
    """An edited text and its ``tokens``."""

    def __init__(self, text: str) -> None:
        """Cut ``text`` into tokens, none of them linked."""
        self._text = text
        self.tokens = [Token(match[0], match.start()) for match in _TOKEN.finditer(text)]

    def states(self, token: Token, figure: Figure) -> bool:
        """Whether the numeral is the figure's number, or that rounded."""
        return parse_number(token.text) == parse_number(figure.text) or self._is_rounded(token, figure)

    def has_unit(self, token: Token, figure: Figure) -> bool:
        """Whether the figure has a unit, and it comes after the numeral."""
        return bool(figure.unit) and self._text.startswith(figure.unit, token.start + len(token.text))

    def quotes(self, token: Token, figure: Figure) -> bool:
        """Whether the numeral states the figure with its unit."""
        return self.states(token, figure) and self.has_unit(token, figure)

    def other_unit(self, token: Token, figure: Figure) -> str:
        """Return the unit after an amount or a percentage if it is another one; else ""."""
        if figure.unit not in ("万元", "元", "%") or self.has_unit(token, figure):
            return ""
        unit = _UNIT.match(self._text[token.start + len(token.text) :])
        return unit[0] if unit and unit[0].replace("％", "%") != figure.unit else ""

    def as_printed(self, token: Token, figure: Figure) -> Figure:
        """Return the figure, rounded or with thousands separators if it was typed so."""
        text = token.text.translate(ASCII)
        if not self.states(token, figure) or not ("," in text or self._is_rounded(token, figure)):
            return figure
        return replace(figure, text=text, decimals=_decimals(text), grouped="," in text)

    def _is_rounded(self, token: Token, figure: Figure) -> bool:
        has_about = self._text[: token.start].endswith("约")
        return has_about and parse_number(token.text) == rounded(figure.value, _decimals(token.text))


def tokens_of(runs: Sequence[Run]) -> Iterator[Token]:
    """Iterate over the tokens of runs; a figure is one token, whatever it prints."""
    start = 0
    for run in runs:
        if isinstance(run, Figure):
            yield Token(run.text, start, run)
        else:
            yield from (Token(match[0], start + match.start()) for match in _TOKEN.finditer(run.text))
        start += len(run.text)


def text_before(text: str, token: Token) -> str:
    """Return the characters of ``text`` just before a token of it."""
    return text[max(0, token.start - _BEFORE) : token.start]


def token_keys(tokens: Iterable[Token]) -> list[str | Decimal]:
    """Return tokens as they are compared: a figure equals its numeral."""
    return [parse_number(token.text) if token.numeral else token.text for token in tokens]


def _decimals(text: str) -> int:
    return len(text.translate(ASCII).partition(".")[2])
