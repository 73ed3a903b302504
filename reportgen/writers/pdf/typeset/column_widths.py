"""The column widths of a table and the size of its type.

The layout gives each column its share. Type begins at the style's size and shrinks by half points down to
``TableStyle.smallest_text`` until every figure fits its column and heads and short cells wrap into few lines, and
for figures and words that do not fit then, down to ``TableStyle.smallest``.
A column too narrow for what it must hold is widened at the expense of those with width to spare, text columns
first: a little at any size, as much as it takes at the smallest ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ....tree.grid import starts
from ....tree.nodes import Cell, Figure, Row, Table
from ....tree.style import TableStyle
from ...tables.column_widths import widened
from ...tables.head_words import longest_word
from ...tables.roles import text_role
from .line_breaking import EM
from .text import Typesetter

_STEP = 0.5
_MOST_HEAD_LINES, _MOST_SHORT_LINES = 4, 3
_SHORT, _LONGEST_WORD = 8 * EM, 10 * EM
_MOVED_AT_ANY_SIZE = 0.04
"""The share of the table's width that may be moved between columns before smaller type is tried."""


@dataclass(frozen=True, slots=True)
class ColumnFit:
    """The widths of the columns in points, and the factor on every size of type and every leading."""

    widths: tuple[float, ...]
    scale: float


@dataclass(slots=True)
class _ColumnNeeds:
    """What a column must hold, in thousandths of the size: its widest unbreakable part, its widest short cell."""

    part: float = 2 * EM
    short: float = 0
    has_figures: bool = False


@dataclass(slots=True)
class _Needs:
    """What all columns must hold; ``heads`` are head cells as (first column, end, natural width)."""

    columns: list[_ColumnNeeds]
    heads: list[tuple[int, int, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class GridRows:
    """Rows of a table with the columns in which their cells begin."""

    rows: Sequence[Row]
    starts: Sequence[Sequence[int]]

    @classmethod
    def of(cls, rows: Sequence[Row], columns: int) -> GridRows:
        """Return ``rows`` on a grid of ``columns``.

        Raises:
            SpanError: their cells do not fill the grid, or overlap.
        """
        return cls(rows, starts(rows, columns))

    def __iter__(self) -> Iterator[tuple[Row, Sequence[int]]]:
        """Iterate over the rows, each with the columns of its cells."""
        return zip(self.rows, self.starts, strict=True)


def fit_columns(table: Table, head: GridRows, body: GridRows, width: float, typesetter: Typesetter) -> ColumnFit:
    """Return widths and type scale for ``table`` at a ``width`` in points."""
    style = typesetter.style.table
    needs = _needs_of(table, head, body, typesetter)
    shares = [width * column.width / (sum(c.width for c in table.columns) or 1) for column in table.columns]
    nominal = typesetter.style_of("table-cell").size
    for size in _sizes(nominal, style.smallest):
        is_text_size = size > style.text_floor
        allowed = _MOVED_AT_ANY_SIZE * width if is_text_size else width
        widths = _widened(shares, needs.columns, size, style, allowed)
        if widths and (not is_text_size or _wraps_little(widths, needs, size, style)):
            return ColumnFit(tuple(widths), size / nominal)
    size = min(nominal, style.smallest)
    return ColumnFit(tuple(_squeezed(needs.columns, size, style, width)), size / nominal)


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    """Return the sizes to try: half a point apart, and the smallest."""
    size = largest
    while size > smallest + _STEP / 2:
        yield size
        size -= _STEP
    yield min(largest, smallest)


def is_figure(cell: Cell) -> bool:
    """Return whether a cell holds nothing but a figure, which is never wrapped."""
    return len(cell.runs) == 1 and isinstance(cell.runs[0], Figure)


def _needs_of(table: Table, head: GridRows, body: GridRows, typesetter: Typesetter) -> _Needs:
    needs = _Needs([_ColumnNeeds() for _ in table.columns])
    for rows in (head, body):
        for row, columns in rows:
            _add_row(needs, row, columns, table.id, typesetter)
    return needs


def _add_row(needs: _Needs, row: Row, columns: Sequence[int], table_id: str, typesetter: Typesetter) -> None:
    style, is_head = typesetter.style_of(text_role(row.role)), row.role in ("head", "number")
    known = typesetter.fonts.measured(style.face)
    for column, cell in zip(columns, row.cells, strict=True):
        if not cell.runs:
            continue
        measured = known.get(cell.runs[0].text) if len(cell.runs) == 1 else None
        natural = measured.natural if measured else typesetter.natural_width(cell.runs, style, table_id)
        if is_head:
            needs.heads.append((column, column + cell.colspan, natural))
        if cell.colspan > 1:
            continue
        need = needs.columns[column]
        indent, figure = cell.indent * EM, is_figure(cell)
        need.has_figures = need.has_figures or figure
        if natural + indent > need.part:
            part = natural if figure else min(typesetter.widest_part(cell.runs, style, table_id), _LONGEST_WORD)
            need.part = max(need.part, part + indent)
            if row.role == "head":
                need.part = max(need.part, len(longest_word(cell.text)) * EM)
        if need.short < natural <= _SHORT and row.role != "head":
            need.short = natural


def _widened(
    shares: list[float], needs: list[_ColumnNeeds], size: float, style: TableStyle, allowed: float
) -> list[float] | None:
    """Return the widths with narrow columns widened, or None if that moves more than ``allowed``."""
    least = [need.part * size / EM + 2 * style.pad_x + 0.1 for need in needs]
    return widened(shares, least, [not need.has_figures for need in needs], allowed)


def _squeezed(needs: list[_ColumnNeeds], size: float, style: TableStyle, width: float) -> list[float]:
    """Return widths in proportion to what the columns need, for more than ``width`` can hold."""
    least = [need.part * size / EM + 2 * style.pad_x for need in needs]
    return [width * need / sum(least) for need in least]


def _wraps_little(widths: list[float], needs: _Needs, size: float, style: TableStyle) -> bool:
    """Return whether heads and short cells wrap into few lines."""
    for first, end, natural in needs.heads:
        if _lines(natural, sum(widths[first:end]), size, style) > _MOST_HEAD_LINES:
            return False
    columns = zip(needs.columns, widths, strict=True)
    return all(_lines(need.short, width, size, style) <= _MOST_SHORT_LINES for need, width in columns)


def _lines(natural: float, width: float, size: float, style: TableStyle) -> int:
    """Return about how many lines a text takes: whole characters a line, as Chinese breaks."""
    inner = (width - 2 * style.pad_x) * EM / size
    return 1 if natural <= inner else -int(-natural // max(inner // EM * EM, EM))
