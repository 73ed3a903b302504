"""Two texts compared as a reader compares them: figure by figure, word by word.

A numeral is one token, so a changed figure is given up and replaced as a whole; a run of Latin letters is one token, a
Chinese character is one. A pair of equal characters between two changed wordings is an accident of spelling
and goes with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "come"]

_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)
_CLAUSE = re.compile(r"[^，。；：、（）\n]*[，。；：、（）\n]|[^，。；：、（）\n]+")
_NUMERAL = re.compile(r"[0-9][0-9,.]*")
_ACCIDENT = 2  # equal characters that are no common ground between two changed wordings
_LARGEST = 250_000  # pairs of tokens compared token by token; above it clause by clause, for the comparison is a square
_MOST_CLAUSES = 2_500_000  # pairs of clauses; above it a text is replaced as a whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: the ``same`` in both, ``gone`` from the old one, or ``come`` into the new one."""

    kind: Kind
    text: str


def compared(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in order, none empty; what is gone stands before what came in its place.

    >>> [(piece.kind, piece.text) for piece in compared("减少17.96万元。", "增加3.00万元。")]
    [('gone', '减少17.96'), ('come', '增加3.00'), ('same', '万元。')]
    """
    if old == new:
        return (Piece("same", new),) if new else ()
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _LARGEST:
        return tuple(_joined(_by_clause(old, new)))
    return tuple(_joined(_without_accidents(list(_joined(_aligned(before, after))))))


def _by_clause(old: str, new: str) -> Iterator[Piece]:
    """Long texts: clauses first, and within those that were replaced tokens, if they are not too many either."""
    before, after = _CLAUSE.findall(old), _CLAUSE.findall(new)
    if len(before) * len(after) > _MOST_CLAUSES:
        yield from _replaced(old, new)
        return
    for kind, a, b, c, d in _opcodes(before, after):
        gone, come = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            yield Piece("same", come)
        elif gone and come and len(gone) * len(come) <= _LARGEST:
            yield from compared(gone, come)
        else:
            yield from _replaced(gone, come)


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in _opcodes(before, after):
        if kind == "equal":
            yield Piece("same", "".join(after[c:d]))
        else:
            yield from _replaced("".join(before[a:b]), "".join(after[c:d]))


def _opcodes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def _replaced(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece("gone", gone)
    if come:
        yield Piece("come", come)


def _without_accidents(pieces: list[Piece]) -> Iterator[Piece]:
    """An accident is given up and comes again, so that it stands in both changed wordings."""
    for k, piece in enumerate(pieces):
        if piece.kind == "same" and 0 < k < len(pieces) - 1 and _accident(piece.text, pieces, k):
            yield from _replaced(piece.text, piece.text)
        else:
            yield piece


def _accident(text: str, pieces: list[Piece], k: int) -> bool:
    if len(text) > _ACCIDENT or _CLAUSE.fullmatch(text) is None or text[-1] in "，。；：、（）\n":
        return False
    left = [piece.text for piece in pieces[max(0, k - 2) : k] if piece.kind != "same"]
    right = [piece.text for piece in pieces[k + 1 : k + 3] if piece.kind != "same"]
    return not (_numerals(left) or _numerals(right))


def _numerals(texts: Iterable[str]) -> bool:
    return all(_NUMERAL.fullmatch(text) for text in texts)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece; between two same pieces first all that is gone, then all that came."""
    gone, come, same = "", "", ""
    for piece in pieces:
        if piece.kind == "same":
            yield from _replaced(gone, come)
            gone, come, same = "", "", same + piece.text
            continue
        if same:
            yield Piece("same", same)
            same = ""
        gone += piece.text if piece.kind == "gone" else ""
        come += piece.text if piece.kind == "come" else ""
    yield from _replaced(gone, come)
    if same:
        yield Piece("same", same)
