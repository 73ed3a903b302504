"""Changed words inside paragraphs that stay: each figure and each wording gone and come by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ....tree.text_diff import Piece, diff_texts
from .revisions import DELETED_TEXT, W_, Element, R, Stamp, T, new_run

_SHOWN = {T: "", f"{W_}br": "\n", f"{W_}tab": "\t"}


def text_of(element: Element) -> str:
    """What a reader sees in ``element``."""
    return "".join([_SHOWN[piece.tag] or piece.text or "" for piece in element.iter(*_SHOWN)])


def mark_words(paragraphs: Sequence[Element], old: str, stamp: Stamp) -> None:
    """Mark, in ``paragraphs`` that together show the new text, what has changed since ``old``.

    Several paragraphs are the parts of one tall cell: they are compared as one text, so that words which only went from
    one part to the next are not marked.
    """
    new = "".join(text_of(paragraph) for paragraph in paragraphs)
    if new == old:
        return
    pieces = diff_texts(old, new)
    runs = [run for paragraph in paragraphs for run in paragraph.iter(R) if text_of(run)]
    if not runs:
        paragraphs[0].extend(_markup(pieces, None, stamp))
        return
    for run, own in zip(runs, _shared_out(pieces, [len(text_of(run)) for run in runs]), strict=True):
        parent = run.getparent()
        at = parent.index(run)
        parent[at : at + 1] = list(_markup(own, run, stamp))


def _shared_out(pieces: Iterable[Piece], lengths: Sequence[int]) -> list[list[Piece]]:
    """The pieces for runs of these lengths; what is gone between two runs goes to the second, into its bookmark."""
    shares: list[list[Piece]] = [[] for _ in lengths]
    at, room = 0, lengths[0]
    for piece in pieces:
        rest = piece.text
        while rest:
            if not room and at + 1 < len(lengths):
                at, room = at + 1, lengths[at + 1]
            taken = rest if piece.kind == "deleted" else rest[:room]
            shares[at].append(Piece(piece.kind, taken))
            rest = rest[len(taken) :]
            room -= 0 if piece.kind == "deleted" else len(taken)
    return shares


def _markup(pieces: Iterable[Piece], like: Element | None, stamp: Stamp) -> Iterable[Element]:
    for piece in pieces:
        if piece.kind == "equal":
            yield new_run(piece.text, like)
        elif piece.kind == "inserted":
            yield stamp.mark("ins", new_run(piece.text, like))
        else:
            yield stamp.mark("del", new_run(piece.text, like, DELETED_TEXT))
