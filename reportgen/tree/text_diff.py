"""Compare two texts as a reader does: figure by figure, word by word.

A numeral is one token, so a changed figure is deleted and inserted as a whole; a run of Latin letters is one token, a
Chinese character is one. One or two equal characters between two changed wordings are equal by chance and are replaced
with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["equal", "deleted", "inserted"]

_TOKEN = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?|[A-Za-z]+|.", re.DOTALL)
_CLAUSE = re.compile(r"[^，。；：、（）\n]*[，。；：、（）\n]|[^，。；：、（）\n]+")
_NUMERAL = re.compile(r"[0-9][0-9,.]*")
_LONGEST_CHANCE = 2  # characters between two changed wordings that are equal by chance
_MOST_TOKEN_PAIRS = 250_000  # above it clauses are compared, because the time grows with the product of the lengths
_MOST_CLAUSE_PAIRS = 2_500_000  # above it a text is replaced as a whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: ``equal`` in both, ``deleted`` from the old one, or ``inserted`` into the new one."""

    kind: Kind
    text: str


def diff_texts(old: str, new: str) -> tuple[Piece, ...]:
    """Return the pieces of both texts in order, none empty; what is deleted comes before what replaces it.

    >>> [(piece.kind, piece.text) for piece in diff_texts("减少17.96万元。", "增加3.00万元。")]
    [('deleted', '减少17.96'), ('inserted', '增加3.00'), ('equal', '万元。')]
    """
    if old == new:
        return (Piece("equal", new),) if new else ()
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > _MOST_TOKEN_PAIRS:
        return tuple(_joined(_by_clauses(old, new)))
    return tuple(_joined(_without_chance(list(_joined(_by_tokens(before, after))))))


def _by_clauses(old: str, new: str) -> Iterator[Piece]:
    """Compare long texts by clauses, and replaced clauses by tokens if there are not too many of these either."""
    before, after = _CLAUSE.findall(old), _CLAUSE.findall(new)
    if len(before) * len(after) > _MOST_CLAUSE_PAIRS:
        yield from _replaced(old, new)
        return
    for kind, a, b, c, d in _opcodes(before, after):
        deleted, inserted = "".join(before[a:b]), "".join(after[c:d])
        if kind == "equal":
            yield Piece("equal", inserted)
        elif deleted and inserted and len(deleted) * len(inserted) <= _MOST_TOKEN_PAIRS:
            yield from diff_texts(deleted, inserted)
        else:
            yield from _replaced(deleted, inserted)


def _by_tokens(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in _opcodes(before, after):
        if kind == "equal":
            yield Piece("equal", "".join(after[c:d]))
        else:
            yield from _replaced("".join(before[a:b]), "".join(after[c:d]))


def _opcodes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def _replaced(deleted: str, inserted: str) -> Iterator[Piece]:
    if deleted:
        yield Piece("deleted", deleted)
    if inserted:
        yield Piece("inserted", inserted)


def _without_chance(pieces: list[Piece]) -> Iterator[Piece]:
    """What is equal by chance is deleted and inserted again, so that it is part of both changed wordings."""
    for k, piece in enumerate(pieces):
        if piece.kind == "equal" and 0 < k < len(pieces) - 1 and _is_chance(piece.text, pieces, k):
            yield from _replaced(piece.text, piece.text)
        else:
            yield piece


def _is_chance(text: str, pieces: list[Piece], k: int) -> bool:
    if len(text) > _LONGEST_CHANCE or _CLAUSE.fullmatch(text) is None or text[-1] in "，。；：、（）\n":
        return False
    left = [piece.text for piece in pieces[max(0, k - 2) : k] if piece.kind != "equal"]
    right = [piece.text for piece in pieces[k + 1 : k + 3] if piece.kind != "equal"]
    return not (_are_numerals(left) or _are_numerals(right))


def _are_numerals(texts: Iterable[str]) -> bool:
    return all(_NUMERAL.fullmatch(text) for text in texts)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of one kind; between two equal pieces first all that is deleted, then all that is inserted."""
    deleted, inserted, equal = "", "", ""
    for piece in pieces:
        if piece.kind == "equal":
            yield from _replaced(deleted, inserted)
            deleted, inserted, equal = "", "", equal + piece.text
            continue
        if equal:
            yield Piece("equal", equal)
            equal = ""
        deleted += piece.text if piece.kind == "deleted" else ""
        inserted += piece.text if piece.kind == "inserted" else ""
    yield from _replaced(deleted, inserted)
    if equal:
        yield Piece("equal", equal)
