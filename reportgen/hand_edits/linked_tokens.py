"""The tokens of an original and of an edited paragraph: which are linked so far, and which may be the same figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Literal

from ..tree.nodes import Figure, Run
from .labels import SAME, labels_of
from .numerals import EditedText, Token, qualifiers, text_before, tokens_of

_CLAUSE = re.compile(r"[，。；：、（）]")
_CLAUSE_LENGTH = 30  # characters before a numeral that say which figure it is
_SAME_WORDS = 0.6
"""The ratio of :class:`difflib.SequenceMatcher` from which the words before two numerals are the same sentence."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that was edited to ``found`` and contradicts the data.

    ``kind`` is what was changed: its ``number``, its ``unit``, the words around it that make it more or less
    (``qualifier``), or only the ``form`` in which it is typed; ``label``: it has the words ``found`` of another figure
    before it; ``words``: it has words before it that may be of it or not; ``possible``: ``found`` may be meant for it;
    ``name``: no fact has the name that the clerk typed, and there is no figure; ``near`` is the name most like it.
    ``own_words`` are the words before the figure as it was generated.
    """

    figure: Figure | None
    found: str
    kind: Literal["number", "unit", "qualifier", "form", "label", "words", "possible", "name"] = "number"
    near: str = ""
    own_words: str = ""


class LinkedTokens:
    """The tokens of the original and of the edited paragraph, and which of them are linked so far."""

    def __init__(self, original: Sequence[Run], text: str, ambiguous: frozenset[Decimal]) -> None:
        """Cut both into tokens; ``ambiguous`` are the numbers that several facts of the document print."""
        self._original, self._original_text = list(tokens_of(original)), "".join(run.text for run in original)
        self._text, self._edited, self._ambiguous = text, EditedText(text), ambiguous
        self._tokens = self._edited.tokens
        self._labels, self._own_labels = labels_of(self._tokens), labels_of(self._original)
        self._linked: set[int] = set()
        self._conflicts: list[Conflict] = []

    def _removed(self) -> list[tuple[int, Figure]]:
        """The figures of this paragraph to which no number is linked, with the numbers of their tokens."""
        return [(n, own.figure) for n, own in enumerate(self._original) if own.figure and n not in self._linked]

    def _quoted(self, token: Token) -> list[int]:
        """The removed figures that the numeral states with their unit."""
        return [n for n, figure in self._removed() if self._edited.quotes(token, figure)]

    def _quotes_another(self, token: Token, n: int) -> bool:
        """Whether the numeral states a removed figure, and not the ``n``-th token's."""
        quoted = self._quoted(token)
        return bool(quoted) and n not in quoted

    def _is_free(self, token: Token, n: int) -> bool:
        return not token.is_linked and n not in self._linked

    def _says(self, token: Token, n: int, same_number: bool = True) -> bool:
        """Whether the words before the numeral do not say another figure than the ``n``-th token.

        A year or another number without a unit says itself what it is. ``same_number``: the numerals are equal, so
        that of a number which many facts print also the words must be much the same.
        """
        own = self._original[n]
        if own.figure is None or own.figure.unit in ("", "年"):
            return True
        closeness = self._closeness(token, n)
        is_known = not same_number or self._is_same_sentence(token, own)
        return is_known and closeness >= SAME and closeness >= self._closest(token, n)

    def _names_another(self, token: Token, n: int) -> bool:
        """Whether the words before the numeral say another figure of this paragraph than the ``n``-th token."""
        closest = self._closest(token, n)
        return closest > SAME and closest > self._closeness(token, n)

    def _closeness(self, token: Token, n: int) -> float:
        return self._labels[token.start].closeness(self._own_labels[self._original[n].start])

    def _closest(self, token: Token, n: int) -> float:
        """How close the words before the numeral are to the closest figure of the unit of the ``n``-th token."""
        figure = self._original[n].figure
        unit = figure.unit if figure else ""
        same_unit = (k for k, own in enumerate(self._original) if own.figure and own.figure.unit == unit)
        return max(self._closeness(token, k) for k in same_unit)

    def _is_same_sentence(self, token: Token, own: Token) -> bool:
        """Whether the words before a number that several facts print are still much the same."""
        if token.number not in self._ambiguous:
            return True
        before, was = (_clause_before(text, t.start) for text, t in ((self._text, token), (self._original_text, own)))
        return before == was or SequenceMatcher(None, before, was, autojunk=False).ratio() >= _SAME_WORDS

    def _has_same_neighbours(self, token: Token, own: Token) -> bool:
        same = text_before(self._text, token) == text_before(self._original_text, own)
        return same and own.figure is not None and self._edited.has_unit(token, own.figure)

    def _unlinked(self) -> list[Token]:
        return [token for token in self._tokens if token.numeral and not token.is_linked]

    def _linkable(self) -> list[Token]:
        """Without percentages in Chinese, which have their unit before them: a figure there has none."""
        return [token for token in self._unlinked() if self._is_linkable(token)]

    def _is_linkable(self, token: Token) -> bool:
        return token.numeral and not token.text.startswith("百分之")

    def _qualifiers_of(self, own: Token) -> str:
        return qualifiers(self._original_text, own)

    def _index_of(self, figure: Figure) -> int:
        return next((n for n, own in enumerate(self._original) if own.figure == figure and n not in self._linked), -1)

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


def _clause_before(text: str, start: int) -> str:
    """The words before a place, back to the one before the last comma or stop if they are few."""
    return "".join(_CLAUSE.split(text[:start])[-2:])[-_CLAUSE_LENGTH:]
