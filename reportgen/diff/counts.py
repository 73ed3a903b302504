"""How far one cause reaches, in numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .change import Change

_SHARE = ".share"
"""The facts that are shares of a whole (占比) have names with this end."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences, tables with changed cells, their cells, other lines, shares among the figures, new numbers."""

    sentences: int = 0
    tables: int = 0
    cells: int = 0
    lines: int = 0
    shares: int = 0
    numbers: int = 0

    def __bool__(self) -> bool:
        """Whether anything is printed otherwise."""
        return bool(self.sentences or self.cells or self.lines or self.numbers)


def counted(changes: Iterable[Change], cause: int) -> Counts:
    """What hangs on the cause with this number."""
    own = [one for one in changes if cause in one.causes]
    cells = [one for one in own if one.spot.kind == "cell"]
    shares = {figure.fact for one in own for figure in one.figures if figure.fact.endswith(_SHARE)}
    kinds = [one.spot.kind for one in own]
    return Counts(
        kinds.count("sentence"),
        len({one.spot.block for one in cells}),
        len(cells),
        kinds.count("heading") + kinds.count("line"),
        len(shares),
        kinds.count("number"),
    )
