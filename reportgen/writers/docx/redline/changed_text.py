"""Changed text inside paragraphs that stay: each figure and each wording deleted and inserted by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ....tree.text_diff import Piece, diff_texts
from .revisions import DELETED_TEXT, W_, Element, R, RevisionMarker, T, new_run

_SHOWN = {T: "", f"{W_}br": "\n", f"{W_}tab": "\t"}


def text_of(element: Element) -> str:
    """Return the text that ``element`` shows."""
    return "".join([_SHOWN[piece.tag] or piece.text or "" for piece in element.iter(*_SHOWN)])


def mark_changed_text(paragraphs: Sequence[Element], old: str, marker: RevisionMarker) -> None:
    """Mark, in ``paragraphs`` that together show the new text, what has changed since ``old``.

    Several paragraphs are the parts of one tall cell: they are compared as one text, so that text which only moved from
    one part to the next is not marked.
    """
    new = "".join(text_of(paragraph) for paragraph in paragraphs)
    if new == old:
        return
    pieces = diff_texts(old, new)
    runs = [run for paragraph in paragraphs for run in paragraph.iter(R) if text_of(run)]
    if not runs:
        paragraphs[0].extend(_markup(pieces, None, marker))
        return
    for run, run_pieces in zip(runs, _pieces_by_run(pieces, [len(text_of(run)) for run in runs]), strict=True):
        parent = run.getparent()
        at = parent.index(run)
        parent[at : at + 1] = list(_markup(run_pieces, run, marker))


def _pieces_by_run(pieces: Iterable[Piece], lengths: Sequence[int]) -> list[list[Piece]]:
    """The pieces for runs of these lengths; text deleted between two runs goes to the second, into its bookmark."""
    by_run: list[list[Piece]] = [[] for _ in lengths]
    at, room = 0, lengths[0]
    for piece in pieces:
        rest = piece.text
        while rest:
            if not room and at + 1 < len(lengths):
                at, room = at + 1, lengths[at + 1]
            taken = rest if piece.kind == "deleted" else rest[:room]
            by_run[at].append(Piece(piece.kind, taken))
            rest = rest[len(taken) :]
            room -= 0 if piece.kind == "deleted" else len(taken)
    return by_run


def _markup(pieces: Iterable[Piece], like: Element | None, marker: RevisionMarker) -> Iterable[Element]:
    for piece in pieces:
        if piece.kind == "equal":
            yield new_run(piece.text, like)
        elif piece.kind == "inserted":
            yield marker.mark("ins", new_run(piece.text, like))
        else:
            yield marker.mark("del", new_run(piece.text, like, DELETED_TEXT))
