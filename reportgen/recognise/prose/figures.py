"""Divide a paragraph into tokens: figures, comparisons, marks and leading words, each with its place in the text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from ...budget.radicals import with_hanzi
from ..table import UNITS
from .patterns import token_pattern
from .statement import Printed

_KEPT = frozenset("，；：")
_DROPPED = frozenset("“”„‟\"‘’'「」『』\u200b\ufeff")
OPENING = frozenset("“„‘「『")
FIGURES = ("amount", "percent", "zero")
ENOUGH = 8
"""So many amounts show how a document prints them."""
LONGEST = 200_000
"""Characters of a paragraph that are read; no sentence is longer, but damaged files can be."""


@dataclass(frozen=True, slots=True)
class Compact:
    """A text without blanks and quotation marks, in ordinary characters; ``places`` has where each stood."""

    text: str
    places: Sequence[int]
    original_text: str

    def begin(self, start: int) -> int:
        """Return where the original text of a compact position begins, with the quotation mark before it."""
        place = self.places[min(start, len(self.places) - 1)]
        before = self.places[start - 1] if start else -1
        return place - 1 if place - 1 > before and self.original_text[place - 1] in OPENING else place

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the range in the original text."""
        return self.places[start], self.places[end - 1] + 1 if end > start else self.places[start]


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a compact text: ``kind`` is the name of its group in the expression of tokens."""

    kind: str
    text: str
    start: int
    end: int


@cache
def _ordinary(char: str) -> str:
    """Return the character in its ordinary form, "" for what is left out."""
    if char in _KEPT:
        return char
    if char == "\n" or char == "\r":
        return ""
    if char.isspace() or char in _DROPPED:
        return ""
    plain = with_hanzi(unicodedata.normalize("NFKC", char))
    return plain if len(plain) == 1 and not plain.isspace() else char


def compact(text: str) -> Compact:
    """Return the compact form of a text.

    >>> compact("“三公”　经费１，２3 4．5万元").text
    '三公经费1，234.5万元'
    """
    chars: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text[:LONGEST]):
        if ordinary := _ordinary(char):
            chars.append(ordinary)
            places.append(place)
    return Compact("".join(chars), (*places, len(text[:LONGEST])), text)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a compact text. Brackets without a figure in them are no tokens."""
    found = [Token(match.lastgroup or "", match[0], *match.span()) for match in token_pattern().finditer(text)]
    kept = _brackets_with_figures(found)
    return [token for number, token in enumerate(found) if token.kind not in ("open", "close") or number in kept]


def _brackets_with_figures(found: Sequence[Token]) -> set[int]:
    """Return the positions of the pairs of brackets that have a figure between them."""
    kept: set[int] = set()
    opened: list[int] = []
    last_figure = -1
    for number, token in enumerate(found):
        if token.kind in FIGURES:
            last_figure = number
        elif token.kind == "open":
            opened.append(number)
        elif token.kind == "close" and opened:
            if last_figure > opened[-1]:
                kept |= {opened[-1], number}
            opened.pop()
        elif token.kind == "stop":
            opened.clear()
    return kept


def printed(token: Token, compacted: Compact) -> Printed:
    """Return the figure of a token; an amount in 元."""
    start, end = compacted.original(token.start, token.end)
    digits = token.text.rstrip("亿万千元%个百分点")
    unit = token.text[len(digits) :]
    number = Decimal(digits.replace(",", "").replace("+", ""))
    scale = Decimal(UNITS.get(unit, 1))
    exponent = number.as_tuple().exponent
    half = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
    return Printed(number * scale, half * scale, token.text, unit, start, end)


def as_written(figures: Iterable[Printed]) -> bool:
    """Whether a document prints its amounts without the zeros at their end (5万元, 6.7万元 beside 8.16万元).

    Then an amount is exact to two decimals, however many it shows.
    """
    decimals = [figure.text.rstrip("亿万千元").partition(".")[2] for figure in figures if figure.unit == "万元"]
    two = [text for text in decimals if len(text) == 2]
    return (
        len(two) >= ENOUGH
        and not any(text.endswith("0") for text in decimals if text)
        and any(len(text) < 2 for text in decimals)
    )


def sharpened(figure: Printed) -> Printed:
    """Return an amount of a document that leaves out zeros: it is exact to two decimals of 万元."""
    if figure.unit != "万元" or figure.rounding <= 50:
        return figure
    return replace(figure, rounding=Decimal(50))


def two_decimals(figures: Iterable[Printed]) -> bool:
    """Whether a document prints every amount but zero with two decimals of 万元: its 0万元 is exact, too."""
    some = [figure.text.rstrip("万元") for figure in figures if figure.unit == "万元" and figure.value]
    return len(some) >= ENOUGH and all(len(text.partition(".")[2]) == 2 for text in some)


def exact_zero(figure: Printed) -> Printed:
    """Return an amount of a document that prints two decimals: a zero without decimals is exact to two of them."""
    return figure if figure.value else sharpened(figure)
