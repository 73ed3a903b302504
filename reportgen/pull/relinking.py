"""The figures of an edited paragraph found again: which of its numbers is which fact.

In this order, each number once:

1. the words around it did not change: it is the figure that stands there;
2. it stands in a figure's bookmark, or the figure's unit and the two characters before it are the same: it is that
   figure. If it states another number, the clerk contradicts the data: the figure stays the data's and that is told;
3. it states the same number, with the same unit, as a figure of this paragraph;
4. it states the same number, with decimals and unit, as one single fact of the prose, else of the whole document;
5. else it is no figure, and stays as it was typed. If a figure of the same unit is gone from the paragraph, it may have
   been meant for that one: that is told.

A number that is rounded states the figure if 约 stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from ..core.money import rounded
from ..tree.edited import EditedParagraph, Span
from ..tree.nodes import Figure, Run
from .words import ASCII as _ASCII
from .words import NUMERAL, number

_TOKEN = re.compile(rf"{NUMERAL.pattern}|.", re.DOTALL)
_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that was edited to ``found`` against the data.

    ``kind`` says what was changed: its ``number``, its ``unit``; ``perhaps``: ``found`` may stand for it or not.
    """

    figure: Figure
    found: str
    kind: Literal["number", "unit", "perhaps"] = "number"


@dataclass(slots=True)
class Relinked:
    """A paragraph's words with their figures in them, and what contradicts the data."""

    runs: tuple[str | Figure, ...] = ()
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass(slots=True)
class _Token:
    """A numeral or a character; of ours the figure that it is, of theirs the figure that it was found to be."""

    text: str
    start: int = 0
    figure: Figure | None = None
    known: bool = False

    @property
    def numeral(self) -> bool:
        return self.figure is not None or self.text[:1].isdigit()


def relink(
    ours: Sequence[Run],
    edited: EditedParagraph,
    near: Iterable[Run],
    prose: Iterable[Figure],
    figures: Mapping[str, Figure],
) -> Relinked:
    """The ``edited`` paragraph (without a number before it), which was written from the runs ``ours``.

    ``near`` are the runs from which it is likely to quote (for a paragraph typed in, those before it), ``prose`` the
    figures of all paragraphs, ``figures`` those of the whole document by their bookmarks.
    """
    one = _Relinking(list(_ours(ours)), edited.text)
    one.by_words()
    one.by_marks([(span, figures[span.name]) for span in edited.spans if span.name in figures])
    one.by_neighbours()
    one.by_value([run for run in near if isinstance(run, Figure)], decimals=False)
    one.by_value(prose, decimals=True)
    one.by_value(figures.values(), decimals=True)
    return one.result()


def _ours(runs: Sequence[Run]) -> Iterator[_Token]:
    at = 0
    for run in runs:
        if isinstance(run, Figure):
            yield _Token(run.text, at, run)
        else:
            yield from (_Token(match[0], at + match.start()) for match in _TOKEN.finditer(run.text))
        at += len(run.text)


class _Relinking:
    def __init__(self, ours: list[_Token], text: str) -> None:
        self.ours, self._text = ours, text
        self.theirs = [_Token(match[0], match.start()) for match in _TOKEN.finditer(text)]
        self._own = "".join(token.text for token in ours)
        self._used: set[int] = set()
        self._conflicts: list[Conflict] = []

    def by_words(self) -> None:
        """Numbers that stand where they stood, and those that alone were changed."""
        matcher = SequenceMatcher(None, _keys(self.ours), _keys(self.theirs), autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                for n, token in zip(range(a, b), self.theirs[c:d], strict=True):
                    self._take(token, n, self.ours[n].figure)
            elif tag == "replace" and b - a == d - c == 1 and self.ours[a].figure and self.theirs[c].numeral:
                self._take(self.theirs[c], a, self.ours[a].figure)

    def by_marks(self, marks: Sequence[tuple[Span, Figure]]) -> None:
        """Numbers inside a figure's bookmark: the one that is equal, else the only one."""
        for span, figure in marks:
            inside = [t for t in self._open() if span.start <= t.start < span.end]
            equal = [token for token in inside if self._states(token, figure)]
            for token in equal[:1] or (inside if len(inside) == 1 else []):
                self._take(token, self._place_of(figure), figure)

    def by_neighbours(self) -> None:
        """Numbers that have a lost figure's unit behind and the same characters before them."""
        for token in self._open():
            for n, own in enumerate(self.ours):
                if own.figure and n not in self._used and own.figure.unit and self._stands_like(token, own):
                    self._take(token, n, own.figure)
                    break

    def by_value(self, figures: Iterable[Figure], decimals: bool) -> None:
        """Numbers that state what one fact alone states; ``decimals``: only those that have any, which is no chance."""
        known = [figure for figure in figures if "." in figure.text or not decimals or figure.unit == "年"]
        for token in self._open():
            same = [figure for figure in known if self._states(token, figure) and self._has_unit(token, figure)]
            if len({figure.fact for figure in same}) == 1:
                self._take(token, self._place_of(same[0]), same[0])

    def result(self) -> Relinked:
        """The runs, words that meet in one, and the units that were changed."""
        runs: list[str | Figure] = []
        for token in self.theirs:
            if token.figure:
                runs.append(self._as_typed(token, token.figure))
            elif runs and isinstance(runs[-1], str):
                runs[-1] += token.text
            else:
                runs.append(token.text)
        units = (self._other_unit(token) for token in self.theirs if token.figure)
        return Relinked(tuple(runs), [*self._conflicts, *filter(None, units), *self._doubts()])

    def _doubts(self) -> Iterator[Conflict]:
        """Numbers that nobody knows, each with a figure of its unit that is gone."""
        gone = [own.figure for n, own in enumerate(self.ours) if own.figure and n not in self._used]
        for token in self._open():
            meant = next((figure for figure in gone if self._has_unit(token, figure)), None)
            if meant:
                gone.remove(meant)
                yield Conflict(meant, token.text, "perhaps")

    def _open(self) -> list[_Token]:
        return [token for token in self.theirs if token.numeral and not token.known]

    def _take(self, token: _Token, n: int, figure: Figure | None) -> None:
        token.known, token.figure = True, figure
        self._used.add(n)
        if figure and not self._states(token, figure):
            self._conflicts.append(Conflict(figure, token.text))

    def _place_of(self, figure: Figure) -> int:
        return next((n for n, own in enumerate(self.ours) if own.figure == figure and n not in self._used), -1)

    def _stands_like(self, token: _Token, own: _Token) -> bool:
        before = self._own[max(0, own.start - _BEFORE) : own.start]
        same = self._text[max(0, token.start - _BEFORE) : token.start] == before
        return same and own.figure is not None and self._has_unit(token, own.figure)

    def _has_unit(self, token: _Token, figure: Figure) -> bool:
        return bool(figure.unit) and self._text.startswith(figure.unit, token.start + len(token.text))

    def _other_unit(self, token: _Token) -> Conflict | None:
        """An amount or a percentage that has lost its unit to another one."""
        figure, end = token.figure, token.start + len(token.text)
        if figure is None or figure.unit not in ("万元", "元", "%") or self._has_unit(token, figure):
            return None
        found = re.match(r"[万亿]?元|[%％‰]|个?百分点", self._text[end:])
        same = found and found[0].replace("％", "%") == figure.unit
        return Conflict(figure, found[0], "unit") if found and not same else None

    def _states(self, token: _Token, figure: Figure) -> bool:
        return number(token.text) == number(figure.text) or self._rounds(token, figure)

    def _rounds(self, token: _Token, figure: Figure) -> bool:
        about = self._text[: token.start].endswith("约")
        return about and number(token.text) == rounded(figure.value, _decimals(token.text))

    def _as_typed(self, token: _Token, figure: Figure) -> Figure:
        """The figure, rounded or with thousands separators if it was typed so."""
        text = token.text.translate(_ASCII)
        if not self._states(token, figure) or not ("," in text or self._rounds(token, figure)):
            return figure
        return replace(figure, text=text, decimals=_decimals(text), grouped="," in text)


def _keys(tokens: Iterable[_Token]) -> list[str | Decimal]:
    """Tokens as they are compared: a figure and its numeral are the same."""
    return [number(token.text) if token.numeral else token.text for token in tokens]


def _decimals(text: str) -> int:
    return len(text.translate(_ASCII).partition(".")[2])
