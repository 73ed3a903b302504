"""Link the numbers of an edited paragraph to figures: find which number is which fact.

In this order, each number once, and only where the words before it (:mod:`.labels`) do not say another figure:

1. it states a figure of this paragraph with its unit, and its label is the same: it is that figure, wherever it moved;
2. the words around it did not change: it is the figure that was there;
3. it is in a figure's bookmark, or the figure's unit and the two characters before it are the same: it is that figure.
   If it states another number, the edit contradicts the data: the figure keeps the data's value, and a conflict is
   reported;
4. it states the same number, with the same unit, as one single figure that was removed from this paragraph;
5. the words before it and its unit are those of one single figure that was removed: it contradicts the data;
6. the clerk names the fact, in braces: ``{revenue.total}``;
7. else it is no figure and is kept as it was typed, although a fact elsewhere may print the same. If it states a figure
   that was removed under the label of another one, the sentence is false: a conflict. If its label is of no figure, or
   a figure of the same unit was removed, it may be meant for that one: a possible conflict.

A number that several facts of the document print (0.00, 100.0) is the figure that was there only where the words before
it are still much the same. A rounded number states the figure if 约 is before it; with 不到 or 以上 nothing does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from ..core.suggest import nearest
from ..tree.edited_docx import EditedParagraph, Span
from ..tree.nodes import Figure, Run
from .linked_tokens import Conflict, LinkedTokens
from .normalize import parse_number
from .numerals import token_keys

LONGEST_NAME = 100
"""Characters of a wrong name of a fact for which the nearest one is sought."""


@dataclass(slots=True)
class LinkedParagraph:
    """A paragraph's texts and figures, and its conflicts with the data."""

    runs: tuple[str | Figure, ...] = ()
    conflicts: list[Conflict] = field(default_factory=list)


def link_figures(original: Sequence[Run], edited: EditedParagraph, figures: Mapping[str, Figure]) -> LinkedParagraph:
    """Link the ``edited`` paragraph (without its number), which was written from the runs ``original``.

    ``figures`` are those of the whole document by their bookmarks.
    """
    linker = _Linker(original, edited.text, _printed_by_several(figures.values()))
    linker.by_labels()
    linker.by_words()
    linker.by_bookmarks([(span, figures[span.name]) for span in edited.spans if span.name in figures])
    linker.by_neighbours()
    linker.by_value()
    linker.by_labels_alone()
    linker.by_name({figure.fact: figure for figure in figures.values()})
    return linker.result()


def _printed_by_several(figures: Iterable[Figure]) -> frozenset[Decimal]:
    """The numbers that more than one fact prints; 0 and 100 are always among them."""
    facts: dict[Decimal, str] = {}
    several = {Decimal(0), Decimal(100)}
    for figure in figures:
        number = parse_number(figure.text)
        if facts.setdefault(number, figure.fact) != figure.fact:
            several.add(number)
    return frozenset(several)


class _Linker(LinkedTokens):
    """The passes over the numbers of the edited paragraph, one method each."""

    def by_labels(self) -> None:
        """Link numbers that state a figure with its unit under its label."""
        for token in self._linkable():
            label = self._labels[token.start]
            if not label.name and token.number in self._ambiguous:
                continue
            quoted = self._quoted(token)
            same = [n for n in quoted if label.closeness(self._own_labels[self._original[n].start]) == 1]
            if same:
                self._link(token, same[0], self._original[same[0]].figure)

    def by_labels_alone(self) -> None:
        """Link numbers that have a removed figure's unit and the very words that were before it."""
        for token in self._linkable():
            label = self._labels[token.start]
            same = [n for n, figure in self._removed() if self._edited.has_unit(token, figure)]
            same = [n for n in same if self._own_labels[self._original[n].start] == label]
            if label.name and len(same) == 1 and not self._quoted(token):
                self._link(token, same[0], self._original[same[0]].figure)

    def by_words(self) -> None:
        """Link numbers between unchanged words, and a number that alone was changed."""
        matcher = SequenceMatcher(None, token_keys(self._original), token_keys(self._tokens), autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                for n, token in zip(range(a, b), self._tokens[c:d], strict=True):
                    if self._is_free(token, n) and self._says(token, n):
                        self._link(token, n, self._original[n].figure)
            elif tag == "replace" and b - a == d - c == 1 and self._original[a].figure:
                token = self._tokens[c]
                is_free = self._is_linkable(token) and self._is_free(token, a)
                if is_free and self._says(token, a, same_number=False) and not self._quotes_another(token, a):
                    self._link(token, a, self._original[a].figure)

    def by_bookmarks(self, bookmarks: Sequence[tuple[Span, Figure]]) -> None:
        """Link numbers inside a figure's bookmark: the one that is equal, else the only one."""
        for span, figure in bookmarks:
            n = self._index_of(figure)
            inside = [t for t in self._linkable() if span.start <= t.start < span.end]
            equal = [token for token in inside if self._edited.states(token, figure)]
            for token in equal[:1] or (inside if len(inside) == 1 else []):
                if n < 0 or (self._says(token, n) and not self._quotes_another(token, n)):
                    self._link(token, n, figure)

    def by_neighbours(self) -> None:
        """Link numbers that have an unlinked figure's unit after them and the same characters before them."""
        for token in self._linkable():
            for n, own in enumerate(self._original):
                is_free = own.figure and n not in self._linked and own.figure.unit
                if is_free and self._has_same_neighbours(token, own) and self._says(token, n, same_number=False):
                    if not self._quotes_another(token, n):
                        self._link(token, n, own.figure)
                    break

    def by_value(self) -> None:
        """Link numbers that state a single figure which was removed from this paragraph, with its unit."""
        for token in self._linkable():
            if token.number in self._ambiguous:
                continue
            quoted = ((n, self._original[n].figure) for n in self._quoted(token) if self._says(token, n))
            same = [(n, figure) for n, figure in quoted if figure]
            if len({figure.fact for _, figure in same}) == 1:
                self._link(token, *same[0])

    def by_name(self, facts: Mapping[str, Figure]) -> None:
        """Link the facts that the clerk names in braces."""
        for token in self._tokens:
            if token.name in facts:
                token.is_linked, token.figure = True, facts[token.name]
            elif token.name:
                self._conflicts.append(Conflict(None, token.text, "name", nearest(token.name[:LONGEST_NAME], facts)))

    def result(self) -> LinkedParagraph:
        """Return the runs, neighbouring words joined, and the conflicts."""
        runs: list[str | Figure] = []
        for token in self._tokens:
            if token.figure:
                runs.append(token.figure if token.name else self._edited.as_printed(token, token.figure))
            elif runs and isinstance(runs[-1], str):
                runs[-1] += token.text
            else:
                runs.append(token.text)
        return LinkedParagraph(tuple(runs), [*self._conflicts, *self._unit_conflicts(), *self._possible_conflicts()])

    def _unit_conflicts(self) -> Iterator[Conflict]:
        """The figures whose unit was changed to another one."""
        for token in self._tokens:
            if token.figure and (unit := self._edited.other_unit(token, token.figure)):
                yield Conflict(token.figure, unit, "unit")

    def _possible_conflicts(self) -> Iterator[Conflict]:
        """The numbers that are not linked, each with the removed figure that it states, or else may be meant for.

        That is one of its unit, or of another unit of its kind.
        """
        removed = [figure for _, figure in self._removed()]
        for token in self._unlinked():
            words = self._labels[token.start].words
            stated = next((n for n in self._quoted(token) if self._original[n].figure in removed), None)
            if stated is not None and (own := self._original[stated].figure):
                removed.remove(own)
                kind: Literal["label", "words"] = "label" if self._names_another(token, stated) else "words"
                yield Conflict(own, words, kind, own_words=self._own_labels[self._original[stated].start].words)
                continue
            same_unit = (figure for figure in removed if self._edited.has_unit(token, figure))
            meant = next(same_unit, None) or next((f for f in removed if self._edited.other_unit(token, f)), None)
            if meant:
                removed.remove(meant)
                yield Conflict(meant, token.text, "possible")
