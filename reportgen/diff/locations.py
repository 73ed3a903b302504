"""Every place of a document by its name for a reader, block by block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ..trace import cell_place, head_names, number_of
from ..tree.grid import Placed, place
from ..tree.nodes import Block, Document, Heading, Paragraph, Run, Table, Text


@dataclass(frozen=True, slots=True)
class BlockLocation:
    """A block with the name of its place; ``under`` is the path of the headings above it."""

    block: Block
    place: str
    under: str


def standing(document: Document) -> Iterator[BlockLocation]:
    """All blocks in order, named as the trace names them."""
    path: dict[int, str] = {}
    paragraphs = 0
    for block in (block for section in document.sections for block in section.blocks):
        if isinstance(block, Heading):
            above = "/".join(number for level, number in path.items() if level < block.level)
            path = {level: number for level, number in path.items() if level < block.level}
            path[block.level] = number_of(block)
            paragraphs = 0
            yield BlockLocation(block, f"{'/'.join(path.values())}标题", above)
        elif isinstance(block, Paragraph):
            paragraphs += 1
            under = "/".join(path.values())
            yield BlockLocation(block, f"{under}第{paragraphs}段", under)
        else:
            yield BlockLocation(block, block.label if isinstance(block, Table) else "", "/".join(path.values()))


def sentences(runs: tuple[Run, ...]) -> list[tuple[Run, ...]]:
    """The runs cut after every full stop."""
    found: list[tuple[Run, ...]] = []
    current: list[Run] = []
    for run in runs:
        if not isinstance(run, Text) or "。" not in run.text:
            current.append(run)
            continue
        *whole, rest = run.text.split("。")
        for piece in whole:
            found.append((*current, Text(f"{piece}。", run.source)))
            current = []
        current += [Text(rest, run.source)] if rest else []
    return [*found, tuple(current)] if current else found


Columns = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cells:
    """The body of a table on its grid, with the names of its cells."""

    table: Table
    grid: list[list[Placed]]
    heads: list[str]

    @classmethod
    def of(cls, table: Table) -> Cells:
        """The cells of ``table``."""
        return cls(table, place(table.body, len(table.columns)), head_names(table))

    def name(self, row: int, column: int) -> str:
        """Where a cell stands: 表03「2080101 行政运行」总计."""
        return cell_place(self.table.label, self.grid[row], row, column, self.heads[column])

    def merged(self) -> set[int]:
        """The columns with cells over several rows."""
        return {c for line in self.grid for c, placed in enumerate(line) if placed.cell.rowspan > 1}

    def beside(self, row: int, columns: Columns) -> tuple[Run, ...]:
        """All that is printed on a row in these columns."""
        return tuple(run for column in columns for run in self.grid[row][column].cell.runs)


def lists(table: Table, merged: set[int]) -> list[Columns]:
    """The columns of each list in a table: lists side by side as the layout has them, and, where columns are ``merged``
    over lines (a project over its indicators), these and each run of the others between them.
    """
    if table.panels:
        edges = list(accumulate(table.panels, initial=0))
        return [tuple(range(start, stop)) for start, stop in pairwise(edges)]
    found: list[list[int]] = [sorted(merged)] if merged else []
    for c in range(len(table.columns)):
        if c in merged:
            continue
        if c and c - 1 not in merged:
            found[-1].append(c)
        else:
            found.append([c])
    return [tuple(columns) for columns in found]


def homes(cells: Cells, columns: Columns, staying: set[int]) -> dict[tuple[int, int], int]:
    """Origin cell → the row on which it is compared: its first one, or, if that goes, the first that stays."""
    found: dict[tuple[int, int], int] = {}
    for r, line in enumerate(cells.grid):
        for column in columns:
            key = (line[column].row, column)
            if line[column].column == column and (key not in found or (found[key] not in staying and r in staying)):
                found[key] = r
    return found
