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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from ..tree.edited_docx import EditedParagraph, Span
from ..tree.nodes import Figure, Run
from .numerals import Token, Typed, just_before, keys, tokens_of


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that was edited to ``found`` against the data.

    ``kind`` says what was changed: its ``number``, its ``unit``; ``perhaps``: ``found`` may stand for it or not.
    """

    figure: Figure
    found: str
    kind: Literal["number", "unit", "perhaps"] = "number"


@dataclass(slots=True)
class LinkedParagraph:
    """A paragraph's words with their figures in them, and what contradicts the data."""

    runs: tuple[str | Figure, ...] = ()
    conflicts: list[Conflict] = field(default_factory=list)


def relink(
    ours: Sequence[Run],
    edited: EditedParagraph,
    near: Iterable[Run],
    prose: Iterable[Figure],
    figures: Mapping[str, Figure],
) -> LinkedParagraph:
    """The ``edited`` paragraph (without a number before it), which was written from the runs ``ours``.

    ``near`` are the runs from which it is likely to quote (for a paragraph typed in, those before it), ``prose`` the
    figures of all paragraphs, ``figures`` those of the whole document by their bookmarks.
    """
    one = _Relinking(ours, edited.text)
    one.by_words()
    one.by_marks([(span, figures[span.name]) for span in edited.spans if span.name in figures])
    one.by_neighbours()
    one.by_value([run for run in near if isinstance(run, Figure)], decimals=False)
    one.by_value(prose, decimals=True)
    one.by_value(figures.values(), decimals=True)
    return one.result()


class _Relinking:
    def __init__(self, ours: Sequence[Run], text: str) -> None:
        self.ours, self._own = list(tokens_of(ours)), "".join(run.text for run in ours)
        self._text, self._typed = text, Typed(text)
        self.theirs = self._typed.tokens
        self._used: set[int] = set()
        self._conflicts: list[Conflict] = []

    def by_words(self) -> None:
        """Numbers that stand where they stood, and those that alone were changed."""
        matcher = SequenceMatcher(None, keys(self.ours), keys(self.theirs), autojunk=False)
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
            equal = [token for token in inside if self._typed.states(token, figure)]
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
            same = [figure for figure in known if self._typed.quotes(token, figure)]
            if len({figure.fact for figure in same}) == 1:
                self._take(token, self._place_of(same[0]), same[0])

    def result(self) -> LinkedParagraph:
        """The runs, words that meet in one, and the units that were changed."""
        runs: list[str | Figure] = []
        for token in self.theirs:
            if token.figure:
                runs.append(self._typed.as_typed(token, token.figure))
            elif runs and isinstance(runs[-1], str):
                runs[-1] += token.text
            else:
                runs.append(token.text)
        return LinkedParagraph(tuple(runs), [*self._conflicts, *self._other_units(), *self._doubts()])

    def _other_units(self) -> Iterator[Conflict]:
        """The amounts and percentages that have lost their unit to another one."""
        for token in self.theirs:
            if token.figure and (unit := self._typed.other_unit(token, token.figure)):
                yield Conflict(token.figure, unit, "unit")

    def _doubts(self) -> Iterator[Conflict]:
        """Numbers that nobody knows, each with a figure of its unit that is gone."""
        gone = [own.figure for n, own in enumerate(self.ours) if own.figure and n not in self._used]
        for token in self._open():
            meant = next((figure for figure in gone if self._typed.has_unit(token, figure)), None)
            if meant:
                gone.remove(meant)
                yield Conflict(meant, token.text, "perhaps")

    def _open(self) -> list[Token]:
        return [token for token in self.theirs if token.numeral and not token.known]

    def _take(self, token: Token, n: int, figure: Figure | None) -> None:
        token.known, token.figure = True, figure
        self._used.add(n)
        if figure and not self._typed.states(token, figure):
            self._conflicts.append(Conflict(figure, token.text))

    def _place_of(self, figure: Figure) -> int:
        return next((n for n, own in enumerate(self.ours) if own.figure == figure and n not in self._used), -1)

    def _stands_like(self, token: Token, own: Token) -> bool:
        same = just_before(self._text, token) == just_before(self._own, own)
        return same and own.figure is not None and self._typed.has_unit(token, own.figure)
