"""How wide the columns of a table are, and in which size its type is set.

The layout gives each column its share. Type begins at the style's size and shrinks by half points down to
``TableStyle.smallest`` until every figure fits its column and heads and short cells wrap into few lines.
A column too narrow for what it must hold is widened at the expense of those that have room, text columns
first: a little at any size, as much as it takes at the smallest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ....tree.grid import starts
from ....tree.nodes import Cell, Figure, Row, Table
from ....tree.style import TableStyle
from ...tables.column_widths import widened
from ...tables.roles import text_role
from .line_breaking import EM
from .set_text import Setter

_STEP = 0.5
_HEAD_LINES, _SHORT_LINES = 4, 3
_SHORT, _LONGEST_WORD = 8 * EM, 10 * EM
_LITTLE = 0.04


@dataclass(frozen=True, slots=True)
class Fit:
    """The answer: the widths in points, the factor on every size of type and on every leading."""

    widths: tuple[float, ...]
    scale: float


@dataclass(slots=True)
class _Demand:
    """What a column must hold, in thousandths of the size: its widest part, its widest short cell."""

    part: float = 2 * EM
    short: float = 0
    figures: bool = False


@dataclass(slots=True)
class _Demands:
    columns: list[_Demand]
    heads: list[tuple[int, int, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of a table with the column in which each of their cells begins."""

    rows: Sequence[Row]
    starts: Sequence[Sequence[int]]

    @classmethod
    def of(cls, rows: Sequence[Row], columns: int) -> Rows:
        """``rows`` on a grid of so many ``columns``.

        Raises:
            SpanError: their cells do not fill it, or overlap.
        """
        return cls(rows, starts(rows, columns))

    def __iter__(self) -> Iterator[tuple[Row, Sequence[int]]]:
        """Row by row, each with its columns."""
        return zip(self.rows, self.starts, strict=True)


def fit(table: Table, head: Rows, body: Rows, width: float, setter: Setter) -> Fit:
    """Widths and scale of type for ``table``, set ``width`` points wide."""
    style = setter.style.table
    demands = _demands(table, head, body, setter)
    wanted = [width * column.width / (sum(c.width for c in table.columns) or 1) for column in table.columns]
    nominal = setter.role("table-cell").size
    size = nominal
    while size > style.smallest + _STEP / 2:
        widths = _widened(wanted, demands.columns, size, style, _LITTLE * width)
        if widths and _reads_well(widths, demands, size, style):
            return Fit(tuple(widths), size / nominal)
        size -= _STEP
    size = min(nominal, style.smallest)
    widths = _widened(wanted, demands.columns, size, style, width)
    return Fit(tuple(widths or _squeezed(demands.columns, size, style, width)), size / nominal)


def _demands(table: Table, head: Rows, body: Rows, setter: Setter) -> _Demands:
    demands = _Demands([_Demand() for _ in table.columns])
    for rows in (head, body):
        for row, columns in rows:
            _ask(demands, row, columns, table.id, setter)
    return demands


def _ask(demands: _Demands, row: Row, columns: Sequence[int], where: str, setter: Setter) -> None:
    look, heads = setter.role(text_role(row.role)), row.role in ("head", "number")
    for column, cell in zip(columns, row.cells, strict=True):
        if not cell.runs:
            continue
        natural = setter.natural(cell.runs, look, where)
        if heads:
            demands.heads.append((column, column + cell.colspan, natural))
        if cell.colspan > 1:
            continue
        demand = demands.columns[column]
        indent, figure = cell.indent * EM, is_figure(cell)
        demand.figures = demand.figures or figure
        if natural + indent > demand.part:
            part = natural if figure else min(setter.widest_part(cell.runs, look, where), _LONGEST_WORD)
            demand.part = max(demand.part, part + indent)
        if demand.short < natural <= _SHORT and row.role != "head":
            demand.short = natural


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds nothing but a figure, which is never wrapped."""
    return len(cell.runs) == 1 and isinstance(cell.runs[0], Figure)


def _widened(
    wanted: list[float], demands: list[_Demand], size: float, style: TableStyle, allowed: float
) -> list[float] | None:
    """The wanted widths with narrow columns widened, or None if that takes more than ``allowed``."""
    least = [demand.part * size / EM + 2 * style.pad_x + 0.1 for demand in demands]
    return widened(wanted, least, [not demand.figures for demand in demands], allowed)


def _squeezed(demands: list[_Demand], size: float, style: TableStyle, width: float) -> list[float]:
    least = [demand.part * size / EM + 2 * style.pad_x for demand in demands]
    return [width * need / sum(least) for need in least]


def _reads_well(widths: list[float], demands: _Demands, size: float, style: TableStyle) -> bool:
    """Whether heads and short cells wrap into few lines."""
    for first, end, natural in demands.heads:
        if _lines(natural, sum(widths[first:end]), size, style) > _HEAD_LINES:
            return False
    columns = zip(demands.columns, widths, strict=True)
    return all(_lines(demand.short, width, size, style) <= _SHORT_LINES for demand, width in columns)


def _lines(natural: float, width: float, size: float, style: TableStyle) -> int:
    """About how many lines a text takes: whole characters a line, as Chinese breaks."""
    inner = (width - 2 * style.pad_x) * EM / size
    return 1 if natural <= inner else -int(-natural // max(inner // EM * EM, EM))
