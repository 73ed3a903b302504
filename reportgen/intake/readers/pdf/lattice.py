"""Ruled lines to grids: lines that touch make a lattice; its squares without a line between them are one cell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .geometry import Area, Edge

SNAP = 2.5
"""Points within which lines are the same line."""
TOUCH = 3.0
"""Points within which the ends of lines meet."""
OPEN_SIDE = 12.0
"""Points by which the rows reach beyond the outermost line of a lattice whose sides are not ruled."""
MOST_SQUARES = 60_000
"""Squares of one lattice; the largest real page has about 1,500."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Lattice:
    """The cells of one ruled table: the x of its columns' sides, the y of its rows', the cell of each square."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]
    owners: tuple[tuple[int, ...], ...]

    @property
    def area(self) -> Area:
        """The rectangle of the whole table."""
        return Area(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int:
        """Return the number of the cell at a point, -1 outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owners[row][column]
        return -1

    def area_of(self, cell: Cell) -> Area:
        """Return the rectangle of a cell."""
        return Area(self.xs[cell.left], self.ys[cell.top], self.xs[cell.right + 1], self.ys[cell.bottom + 1])


def lattices(edges: Iterable[Edge]) -> list[Lattice]:
    """Return the lattices of a page's ruled lines, from top to bottom; single boxes and single lines are none."""
    found = [lattice for group in _groups(_joined(edges)) if (lattice := _lattice(group)) and len(lattice.cells) > 1]
    return sorted(found, key=lambda one: (one.ys[0], one.xs[0]))


def _joined(edges: Iterable[Edge]) -> list[Edge]:
    """Return the lines with those on one line put on the same coordinate, and joined where they go on."""
    joined: list[Edge] = []
    for vertical in (False, True):
        lines: list[list[Edge]] = []
        for edge in sorted((edge for edge in edges if edge.vertical == vertical), key=lambda edge: edge.at):
            if lines and edge.at - lines[-1][-1].at <= 1 and edge.at - lines[-1][0].at <= SNAP:
                lines[-1].append(edge)
            else:
                lines.append([edge])
        for line in lines:
            at = sum(edge.at for edge in line) / len(line)
            joined += _runs(vertical, at, line)
    return joined


def _runs(vertical: bool, at: float, line: Iterable[Edge]) -> Iterator[Edge]:
    start = end = None
    for edge in sorted(line, key=lambda edge: edge.start):
        if start is None or end is None:
            start, end = edge.start, edge.end
        elif edge.start <= end + TOUCH:
            end = max(end, edge.end)
        else:
            yield Edge(vertical, at, start, end)
            start, end = edge.start, edge.end
    if start is not None and end is not None:
        yield Edge(vertical, at, start, end)


def _groups(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Return the lines in groups of those that cross or touch, directly or by others."""
    across = [edge for edge in edges if not edge.vertical]  # sorted by y
    ys = [edge.at for edge in across]
    down = [edge for edge in edges if edge.vertical]
    parent = list(range(len(across) + len(down)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for number, edge in enumerate(down, len(across)):
        for at in range(bisect_left(ys, edge.start - TOUCH), bisect_right(ys, edge.end + TOUCH)):
            if across[at].start - TOUCH <= edge.at <= across[at].end + TOUCH:
                parent[root(at)] = root(number)
    groups: dict[int, list[Edge]] = {}
    for number, edge in enumerate((*across, *down)):
        groups.setdefault(root(number), []).append(edge)
    return [group for group in groups.values() if len(group) > 3]


def _lattice(edges: list[Edge]) -> Lattice | None:
    xs = _positions([edge.at for edge in edges if edge.vertical])
    ys = _positions([edge.at for edge in edges if not edge.vertical])
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > MOST_SQUARES:
        return None
    edges, xs = _closed(edges, xs, ys)
    return Lattice(tuple(xs), tuple(ys), *_cells(_Lines(edges, xs, ys)))


def _positions(values: list[float]) -> list[float]:
    positions: list[float] = []
    for value in sorted(values):
        if not positions or value - positions[-1] > SNAP:
            positions.append(value)
    return positions


def _closed(edges: list[Edge], xs: list[float], ys: list[float]) -> tuple[list[Edge], list[float]]:
    """Return the lines with a side of its own where the rows reach beyond the outermost one: the side is not ruled."""
    across = [edge for edge in edges if not edge.vertical]
    left, right = min(edge.start for edge in across), max(edge.end for edge in across)
    if xs[0] - left > OPEN_SIDE and sum(xs[0] - edge.start > OPEN_SIDE for edge in across) * 2 > len(across):
        edges, xs = [*edges, Edge(True, left, ys[0], ys[-1])], [left, *xs]
    if right - xs[-1] > OPEN_SIDE and sum(edge.end - xs[-1] > OPEN_SIDE for edge in across) * 2 > len(across):
        edges, xs = [*edges, Edge(True, right, ys[0], ys[-1])], [*xs, right]
    return edges, xs


class _Lines:
    """Which sides of the squares are ruled."""

    def __init__(self, edges: Iterable[Edge], xs: list[float], ys: list[float]) -> None:
        self.columns, self.rows = len(xs) - 1, len(ys) - 1
        self.beside = [[False] * (self.columns + 1) for _ in range(self.rows)]
        self.above = [[False] * self.columns for _ in range(self.rows + 1)]
        for edge in edges:
            along = ys if edge.vertical else xs
            at = _nearest(xs if edge.vertical else ys, edge.at)
            first = bisect_left(along, edge.start - TOUCH)
            last = bisect_right(along, edge.end + TOUCH) - 1
            for square in range(first, last):
                if edge.vertical:
                    self.beside[square][at] = True
                else:
                    self.above[at][square] = True


def _nearest(positions: list[float], value: float) -> int:
    at = bisect_left(positions, value)
    if at and (at == len(positions) or value - positions[at - 1] <= positions[at] - value):
        return at - 1
    return at


def _cells(lines: _Lines) -> tuple[tuple[Cell, ...], tuple[tuple[int, ...], ...]]:
    """Return the cells, from the top left on: each as wide, then as high, as there is no line through it."""
    owners = [[-1] * lines.columns for _ in range(lines.rows)]
    cells: list[Cell] = []
    for row in range(lines.rows):
        for column in range(lines.columns):
            if owners[row][column] >= 0:
                continue
            right = column
            while right + 1 < lines.columns and owners[row][right + 1] < 0 and not lines.beside[row][right + 1]:
                right += 1
            bottom = row
            while bottom + 1 < lines.rows and _goes_on(lines, bottom + 1, column, right):
                bottom += 1
            for r in range(row, bottom + 1):
                owners[r][column : right + 1] = [len(cells)] * (right + 1 - column)
            cells.append(Cell(row, column, bottom, right))
    return tuple(cells), tuple(tuple(row) for row in owners)


def _goes_on(lines: _Lines, row: int, left: int, right: int) -> bool:
    """Whether a row's squares belong to the cell above: nothing is ruled between, nor within, and both sides are."""
    return not any(lines.above[row][left : right + 1]) and not any(lines.beside[row][left + 1 : right + 1])
