"""A text cut into numerals and single characters, and what a typed numeral says of a figure.

A numeral *states* a figure if it is its number, or its number rounded with 约 before it. It may lack the figure's unit
behind it or have another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ..core.money import rounded
from ..tree.nodes import Figure, Run
from .normalize import ASCII as _ASCII
from .normalize import NUMERAL, number

_TOKEN = re.compile(rf"{NUMERAL.pattern}|.", re.DOTALL)
_UNIT = re.compile("[万亿]?元|[%％‰]|个?百分点")
_BEFORE = 2


@dataclass(slots=True)
class Token:
    """A numeral or a character; of ours the figure that it is, of theirs the figure that it was found to be."""

    text: str
    start: int = 0
    figure: Figure | None = None
    known: bool = False

    @property
    def numeral(self) -> bool:
        """Whether it is a numeral, or what a figure prints."""
        return self.figure is not None or self.text[:1].isdigit()


class Typed:
    """A text that somebody typed, and its ``tokens``."""

    def __init__(self, text: str) -> None:
        """Cut ``text``; no token is a figure yet."""
        self._text = text
        self.tokens = [Token(match[0], match.start()) for match in _TOKEN.finditer(text)]

    def states(self, token: Token, figure: Figure) -> bool:
        """Whether the numeral is the figure's number, or about that."""
        return number(token.text) == number(figure.text) or self._rounds(token, figure)

    def has_unit(self, token: Token, figure: Figure) -> bool:
        """Whether the figure's unit, if it has one, stands behind the numeral."""
        return bool(figure.unit) and self._text.startswith(figure.unit, token.start + len(token.text))

    def quotes(self, token: Token, figure: Figure) -> bool:
        """Whether the numeral states the figure with its unit."""
        return self.states(token, figure) and self.has_unit(token, figure)

    def other_unit(self, token: Token, figure: Figure) -> str:
        """The unit behind an amount or a percentage that is not its own; nothing if there is none."""
        if figure.unit not in ("万元", "元", "%") or self.has_unit(token, figure):
            return ""
        found = _UNIT.match(self._text[token.start + len(token.text) :])
        return found[0] if found and found[0].replace("％", "%") != figure.unit else ""

    def as_typed(self, token: Token, figure: Figure) -> Figure:
        """The figure, rounded or with thousands separators if it was typed so."""
        text = token.text.translate(_ASCII)
        if not self.states(token, figure) or not ("," in text or self._rounds(token, figure)):
            return figure
        return replace(figure, text=text, decimals=_decimals(text), grouped="," in text)

    def _rounds(self, token: Token, figure: Figure) -> bool:
        about = self._text[: token.start].endswith("约")
        return about and number(token.text) == rounded(figure.value, _decimals(token.text))


def tokens_of(runs: Sequence[Run]) -> Iterator[Token]:
    """The tokens of our own words; a figure is one, whatever it prints."""
    at = 0
    for run in runs:
        if isinstance(run, Figure):
            yield Token(run.text, at, run)
        else:
            yield from (Token(match[0], at + match.start()) for match in _TOKEN.finditer(run.text))
        at += len(run.text)


def just_before(text: str, token: Token) -> str:
    """The characters of ``text`` just before a token of it."""
    return text[max(0, token.start - _BEFORE) : token.start]


def keys(tokens: Iterable[Token]) -> list[str | Decimal]:
    """Tokens as they are compared: a figure and its numeral are the same."""
    return [number(token.text) if token.numeral else token.text for token in tokens]


def _decimals(text: str) -> int:
    return len(text.translate(_ASCII).partition(".")[2])
