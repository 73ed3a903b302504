"""Link the numbers of an edited paragraph to figures: find which number is which fact.

In this order, each number once:

1. the words around it did not change: it is the figure that was there;
2. it is in a figure's bookmark, or the figure's unit and the two characters before it are the same: it is that figure.
   If it states another number, the edit contradicts the data: the figure keeps the data's value, and a conflict is
   reported;
3. it states the same number, with the same unit, as one single figure that was removed from this paragraph;
4. the clerk names the fact, in braces: ``{revenue.total}``;
5. else it is no figure and is kept as it was typed, although a fact elsewhere may print the same. If a figure of the
   same unit was removed from the paragraph, it may be meant for that one: a possible conflict is reported.

A number that several facts of the document print (0.00, 100.0) is the figure that was there only where the words before
it are still much the same. A rounded number states the figure if 约 is before it; with 不到 or 以上 nothing does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from ..core.suggest import nearest
from ..tree.edited_docx import EditedParagraph, Span
from ..tree.nodes import Figure, Run
from .normalize import parse_number
from .numerals import EditedText, Token, qualifiers, text_before, token_keys, tokens_of

_CLAUSE = re.compile(r"[，。；：、（）]")
_CLAUSE_LENGTH = 30  # characters before a numeral that say which figure it is
_SAME_WORDS = 0.6
"""The ratio of :class:`difflib.SequenceMatcher` from which the words before two numerals are the same sentence."""

LONGEST_NAME = 100
"""Characters of a wrong name of a fact for which the nearest one is sought."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that was edited to ``found`` and contradicts the data.

    ``kind`` is what was changed: its ``number``, its ``unit``, the words around it that make it more or less
    (``qualifier``), or only the ``form`` in which it is typed; ``possible``: ``found`` may be meant for it or not;
    ``name``: no fact has the name that the clerk typed, and there is no figure; ``near`` is the name most like it.
    """

    figure: Figure | None
    found: str
    kind: Literal["number", "unit", "qualifier", "form", "possible", "name"] = "number"
    near: str = ""


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
    linker.by_words()
    linker.by_bookmarks([(span, figures[span.name]) for span in edited.spans if span.name in figures])
    linker.by_neighbours()
    linker.by_value()
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


class _Linker:
    """The tokens of the original and of the edited paragraph, and which of them are linked so far."""

    def __init__(self, original: Sequence[Run], text: str, ambiguous: frozenset[Decimal]) -> None:
        self._original, self._original_text = list(tokens_of(original)), "".join(run.text for run in original)
        self._text, self._edited, self._ambiguous = text, EditedText(text), ambiguous
        self._tokens = self._edited.tokens
        self._linked: set[int] = set()
        self._conflicts: list[Conflict] = []

    def by_words(self) -> None:
        """Link numbers between unchanged words, and a number that alone was changed."""
        matcher = SequenceMatcher(None, token_keys(self._original), token_keys(self._tokens), autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                for n, token in zip(range(a, b), self._tokens[c:d], strict=True):
                    if self._original[n].figure is None or self._is_same_sentence(token, self._original[n]):
                        self._link(token, n, self._original[n].figure)
            elif (
                tag == "replace"
                and b - a == d - c == 1
                and self._original[a].figure
                and self._is_linkable(self._tokens[c])
            ):
                self._link(self._tokens[c], a, self._original[a].figure)

    def by_bookmarks(self, bookmarks: Sequence[tuple[Span, Figure]]) -> None:
        """Link numbers inside a figure's bookmark: the one that is equal, else the only one."""
        for span, figure in bookmarks:
            n = self._index_of(figure)
            inside = [t for t in self._linkable() if span.start <= t.start < span.end]
            equal = [token for token in inside if self._edited.states(token, figure)]
            for token in equal[:1] or (inside if len(inside) == 1 else []):
                if n < 0 or self._is_same_sentence(token, self._original[n]):
                    self._link(token, n, figure)

    def by_neighbours(self) -> None:
        """Link numbers that have an unlinked figure's unit after them and the same characters before them."""
        for token in self._linkable():
            for n, own in enumerate(self._original):
                if own.figure and n not in self._linked and own.figure.unit and self._has_same_neighbours(token, own):
                    self._link(token, n, own.figure)
                    break

    def by_value(self) -> None:
        """Link numbers that state a single figure which was removed from this paragraph, with its unit."""
        for token in self._linkable():
            if token.number in self._ambiguous:
                continue
            removed = ((n, own.figure) for n, own in enumerate(self._original) if own.figure and n not in self._linked)
            same = [(n, figure) for n, figure in removed if self._edited.quotes(token, figure)]
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
        """The numbers that are not linked, each with a figure of its unit (or of another unit of its kind) removed."""
        removed = [own.figure for n, own in enumerate(self._original) if own.figure and n not in self._linked]
        for token in self._unlinked():
            same_unit = (figure for figure in removed if self._edited.has_unit(token, figure))
            meant = next(same_unit, None) or next((f for f in removed if self._edited.other_unit(token, f)), None)
            if meant:
                removed.remove(meant)
                yield Conflict(meant, token.text, "possible")

    def _unlinked(self) -> list[Token]:
        return [token for token in self._tokens if token.numeral and not token.is_linked]

    def _linkable(self) -> list[Token]:
        """Without percentages in Chinese, which have their unit before them: a figure there has none."""
        return [token for token in self._unlinked() if self._is_linkable(token)]

    def _is_linkable(self, token: Token) -> bool:
        return token.numeral and not token.text.startswith("百分之")

    def _link(self, token: Token, n: int, figure: Figure | None) -> None:
        token.is_linked, token.figure = True, figure
        self._linked.add(n)
        if figure is None:
            return
        qualifiers = self._edited.qualifiers(token)
        if not self._edited.states(token, figure):
            self._conflicts.append(Conflict(figure, token.text))
        elif qualifiers and (n < 0 or qualifiers != self._qualifiers_of(self._original[n])):
            self._conflicts.append(Conflict(figure, qualifiers, "qualifier"))
        elif self._edited.has_other_form(token, figure):
            self._conflicts.append(Conflict(figure, token.text, "form"))

    def _qualifiers_of(self, own: Token) -> str:
        return qualifiers(self._original_text, own)

    def _is_same_sentence(self, token: Token, own: Token) -> bool:
        """Whether the words before the numeral still say which figure it is; of a number of its own they always do."""
        if token.number not in self._ambiguous or (own.figure and own.figure.unit in ("", "年")):
            return True
        before, was = (_clause_before(text, t.start) for text, t in ((self._text, token), (self._original_text, own)))
        return before == was or SequenceMatcher(None, before, was, autojunk=False).ratio() >= _SAME_WORDS

    def _index_of(self, figure: Figure) -> int:
        return next((n for n, own in enumerate(self._original) if own.figure == figure and n not in self._linked), -1)

    def _has_same_neighbours(self, token: Token, own: Token) -> bool:
        same = text_before(self._text, token) == text_before(self._original_text, own)
        return same and own.figure is not None and self._edited.has_unit(token, own.figure)


def _clause_before(text: str, start: int) -> str:
    """The words before a place, back to the one before the last comma or stop if they are few."""
    return "".join(_CLAUSE.split(text[:start])[-2:])[-_CLAUSE_LENGTH:]
