"""Figures under their stable names: a bookmark around each (§17.13.6), hidden from Word's list by its underscore."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...tree.figure_ids import FigureNames
from ...tree.nodes import Figure, Run, plain
from .markup import run


class FigureMarks:
    """Sets runs; counts the bookmarks of a document, from ``first`` on."""

    def __init__(self, first: int) -> None:
        """``first`` is the first bookmark number still free."""
        self._names = FigureNames()
        self._next = first

    def runs(self, runs: Iterable[Run], where: str) -> str:
        """The runs of a block: words that meet become one run, each figure stands in its bookmark."""
        return "".join(self._pieces(runs, where))

    def text(self, text: str, runs: tuple[Run, ...], where: str) -> str:
        """``text``, which may be a part of a cell's runs, marked where the cell is nothing but a figure."""
        if len(runs) == 1 and isinstance(runs[0], Figure) and runs[0].text == text:
            return self._figure(runs[0], where)
        return run(text, where)

    def _pieces(self, runs: Iterable[Run], where: str) -> Iterator[str]:
        words: list[Run] = []
        for one in runs:
            if isinstance(one, Figure) and one.text:
                yield run(plain(tuple(words)), where)
                words.clear()
                yield self._figure(one, where)
            else:
                words.append(one)
        yield run(plain(tuple(words)), where)

    def marked(self, name: str, content: str) -> str:
        """``content`` inside a bookmark called ``name``."""
        number = self._next
        self._next += 1
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'

    def _figure(self, figure: Figure, where: str) -> str:
        return self.marked(self._names.name(where, figure), run(figure.text, where))
