"""Link the numbers of an edited paragraph to figures: find which number is which fact.

In this order, each number once:

1. the words around it did not change: it is the figure that was there;
2. it is in a figure's bookmark, or the figure's unit and the two characters before it are the same: it is that figure.
   If it states another number, the edit contradicts the data: the figure keeps the data's value, and a conflict is
   reported;
3. it states the same number, with the same unit, as a figure of this paragraph;
4. it states the same number, with decimals and unit, as one single fact of the prose, else of the whole document;
5. else it is no figure and is kept as it was typed. If a figure of the same unit was removed from the paragraph, it may
   be meant for that one: a possible conflict is reported.

A rounded number states the figure if 约 is before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from ..tree.edited_docx import EditedParagraph, Span
from ..tree.nodes import Figure, Run
from .numerals import EditedText, Token, text_before, token_keys, tokens_of


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that was edited to ``found`` and contradicts the data.

    ``kind`` is what was changed: its ``number`` or its ``unit``; ``possible``: ``found`` may be meant for it or not.
    """

    figure: Figure
    found: str
    kind: Literal["number", "unit", "possible"] = "number"


@dataclass(slots=True)
class LinkedParagraph:
    """A paragraph's texts and figures, and its conflicts with the data."""

    runs: tuple[str | Figure, ...] = ()
    conflicts: list[Conflict] = field(default_factory=list)


def link_figures(
    original: Sequence[Run],
    edited: EditedParagraph,
    nearby: Iterable[Run],
    prose: Iterable[Figure],
    figures: Mapping[str, Figure],
) -> LinkedParagraph:
    """Link the ``edited`` paragraph (without its number), which was written from the runs ``original``.

    ``nearby`` are the runs that it is likely to quote (for an inserted paragraph those before it), ``prose`` are the
    figures of all paragraphs, ``figures`` those of the whole document by their bookmarks.
    """
    linker = _Linker(original, edited.text)
    linker.by_words()
    linker.by_bookmarks([(span, figures[span.name]) for span in edited.spans if span.name in figures])
    linker.by_neighbours()
    linker.by_value([run for run in nearby if isinstance(run, Figure)], decimals_only=False)
    linker.by_value(prose, decimals_only=True)
    linker.by_value(figures.values(), decimals_only=True)
    return linker.result()


class _Linker:
    """The tokens of the original and of the edited paragraph, and which of them are linked so far."""

    def __init__(self, original: Sequence[Run], text: str) -> None:
        self._original, self._original_text = list(tokens_of(original)), "".join(run.text for run in original)
        self._text, self._edited = text, EditedText(text)
        self._tokens = self._edited.tokens
        self._linked: set[int] = set()
        self._conflicts: list[Conflict] = []

    def by_words(self) -> None:
        """Link numbers between unchanged words, and a number that alone was changed."""
        matcher = SequenceMatcher(None, token_keys(self._original), token_keys(self._tokens), autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                for n, token in zip(range(a, b), self._tokens[c:d], strict=True):
                    self._link(token, n, self._original[n].figure)
            elif tag == "replace" and b - a == d - c == 1 and self._original[a].figure and self._tokens[c].numeral:
                self._link(self._tokens[c], a, self._original[a].figure)

    def by_bookmarks(self, bookmarks: Sequence[tuple[Span, Figure]]) -> None:
        """Link numbers inside a figure's bookmark: the one that is equal, else the only one."""
        for span, figure in bookmarks:
            inside = [t for t in self._unlinked() if span.start <= t.start < span.end]
            equal = [token for token in inside if self._edited.states(token, figure)]
            for token in equal[:1] or (inside if len(inside) == 1 else []):
                self._link(token, self._index_of(figure), figure)

    def by_neighbours(self) -> None:
        """Link numbers that have an unlinked figure's unit after them and the same characters before them."""
        for token in self._unlinked():
            for n, own in enumerate(self._original):
                if own.figure and n not in self._linked and own.figure.unit and self._has_same_neighbours(token, own):
                    self._link(token, n, own.figure)
                    break

    def by_value(self, figures: Iterable[Figure], decimals_only: bool) -> None:
        """Link numbers that state a single fact; ``decimals_only``: no integers, which may be equal by chance."""
        candidates = [f for f in figures if "." in f.text or not decimals_only or f.unit == "年"]
        for token in self._unlinked():
            same = [figure for figure in candidates if self._edited.quotes(token, figure)]
            if len({figure.fact for figure in same}) == 1:
                self._link(token, self._index_of(same[0]), same[0])

    def result(self) -> LinkedParagraph:
        """Return the runs, neighbouring words joined, and the conflicts."""
        runs: list[str | Figure] = []
        for token in self._tokens:
            if token.figure:
                runs.append(self._edited.as_printed(token, token.figure))
            elif runs and isinstance(runs[-1], str):
                runs[-1] += token.text
            else:
                runs.append(token.text)
        return LinkedParagraph(tuple(runs), [*self._conflicts, *self._unit_conflicts(), *self._possible_conflicts()])

    def _unit_conflicts(self) -> Iterator[Conflict]:
        """The amounts and percentages whose unit was changed to another one."""
        for token in self._tokens:
            if token.figure and (unit := self._edited.other_unit(token, token.figure)):
                yield Conflict(token.figure, unit, "unit")

    def _possible_conflicts(self) -> Iterator[Conflict]:
        """The numbers that are not linked, each with a figure of its unit that was removed."""
        removed = [own.figure for n, own in enumerate(self._original) if own.figure and n not in self._linked]
        for token in self._unlinked():
            meant = next((figure for figure in removed if self._edited.has_unit(token, figure)), None)
            if meant:
                removed.remove(meant)
                yield Conflict(meant, token.text, "possible")

    def _unlinked(self) -> list[Token]:
        return [token for token in self._tokens if token.numeral and not token.is_linked]

    def _link(self, token: Token, n: int, figure: Figure | None) -> None:
        token.is_linked, token.figure = True, figure
        self._linked.add(n)
        if figure and not self._edited.states(token, figure):
            self._conflicts.append(Conflict(figure, token.text))

    def _index_of(self, figure: Figure) -> int:
        return next((n for n, own in enumerate(self._original) if own.figure == figure and n not in self._linked), -1)

    def _has_same_neighbours(self, token: Token, own: Token) -> bool:
        same = text_before(self._text, token) == text_before(self._original_text, own)
        return same and own.figure is not None and self._edited.has_unit(token, own.figure)
