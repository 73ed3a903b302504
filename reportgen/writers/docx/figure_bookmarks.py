"""A bookmark with a stable name around each figure (§17.13.6), hidden from Word's list by its underscore."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...tree.figure_ids import FigureNames
from ...tree.nodes import Figure, Run, plain
from .markup import run


class FigureBookmarks:
    """Writes runs with their figures in bookmarks, which it numbers through the whole document."""

    def __init__(self, first: int) -> None:
        """``first`` is the first bookmark number still free."""
        self._names = FigureNames()
        self._next = first

    def runs(self, runs: Iterable[Run], where: str) -> str:
        """Return the runs of a block: adjoining text becomes one run, each figure is in its bookmark."""
        return "".join(self._pieces(runs, where))

    def text(self, text: str, runs: tuple[Run, ...], where: str) -> str:
        """Return ``text``, all or a part of a cell's ``runs``, in a bookmark if the cell is nothing but a figure."""
        if len(runs) == 1 and isinstance(runs[0], Figure) and runs[0].text == text:
            return self._figure(runs[0], where)
        return run(text, where)

    def _pieces(self, runs: Iterable[Run], where: str) -> Iterator[str]:
        texts: list[Run] = []
        for piece in runs:
            if isinstance(piece, Figure) and piece.text:
                yield run(plain(tuple(texts)), where)
                texts.clear()
                yield self._figure(piece, where)
            else:
                texts.append(piece)
        yield run(plain(tuple(texts)), where)

    def bookmarked(self, name: str, content: str) -> str:
        """Return ``content`` inside a bookmark called ``name``."""
        number = self._next
        self._next += 1
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'

    def _figure(self, figure: Figure, where: str) -> str:
        return self.bookmarked(self._names.name(where, figure), run(figure.text, where))
