"""Count what changed because of one cause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .change import Change

_SHARE = ".share"
"""The end of the names of facts that are shares of a whole (占比)."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many sentences, tables, cells of these, other lines, shares, numbers of headings and places of charts."""

    sentences: int = 0
    tables: int = 0
    cells: int = 0
    lines: int = 0
    shares: int = 0
    numbers: int = 0
    charts: int = 0

    def __bool__(self) -> bool:
        """Whether anything prints differently."""
        return bool(self.sentences or self.cells or self.lines or self.numbers or self.charts)


def counted(changes: Iterable[Change], cause: int) -> Counts:
    """Count the changes with the cause of this number."""
    own = [change for change in changes if cause in change.causes]
    tables = {change.location.block for change in own if change.location.kind == "cell"}
    shares = {figure.fact for change in own for figure in change.figures if figure.fact.endswith(_SHARE)}
    kinds = [change.location.kind for change in own]
    return Counts(
        kinds.count("sentence"),
        len(tables),
        kinds.count("cell"),
        kinds.count("heading") + kinds.count("line"),
        len(shares),
        kinds.count("number"),
        kinds.count("chart"),
    )
