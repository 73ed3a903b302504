"""Make the head of a table from its columns: nested columns give the spans, so these always fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..layout.table_spec import ColumnSpec, PanelSpec, TableSpec
from ..tree.nodes import Cell, Row, Text
from .templates import Templates


def head_rows(spec: TableSpec, templates: Templates) -> tuple[Row, ...]:
    """Return all head rows, the column-number row last where the form has one."""
    sides = [_side(panel) for panel in spec.panels]
    depth = max(column.depth() for side in sides for column in side)
    lines: list[list[Cell]] = [[] for _ in range(depth)]
    for side in sides:
        for column in side:
            _add_cells(column, 0, depth, lines, templates)
    rows = tuple(Row(f"{spec.name}/head/{n + 1}", tuple(line), "head") for n, line in enumerate(lines))
    return (*rows, _number_row(spec)) if spec.numbers else rows


def _side(panel: PanelSpec) -> Sequence[ColumnSpec]:
    """A panel with a head of its own is a group of columns under that head."""
    return (ColumnSpec(panel.head, panel.place, columns=panel.columns),) if panel.head else panel.columns


def _add_cells(column: ColumnSpec, line: int, depth: int, lines: list[list[Cell]], templates: Templates) -> None:
    """Add a column's head to ``line`` and its inner columns below; a column without inner ones spans to the bottom."""
    rowspan = column.head_rows if column.columns else depth - line
    words = templates.words(column.head, column.place.at("head"))
    lines[line].append(Cell(words, rowspan, len(column.leaves()), "center"))
    for inner in column.columns:
        _add_cells(inner, line + rowspan, depth, lines, templates)


def _number_row(spec: TableSpec) -> Row:
    return Row(f"{spec.name}/head/number", tuple(_numbers(spec)), "number")


def _numbers(spec: TableSpec) -> Iterator[Cell]:
    """Iterate over the cells of the number row: ``**`` over names and codes, 1, 2, 3 … over figures."""
    count = 0
    for panel in spec.panels:
        for column in (leaf for top in panel.columns for leaf in top.leaves()):
            mark = column.number
            if mark is None and column.align == "right":
                count += 1
                mark = str(count)
            yield Cell((Text("**" if mark is None else mark),), align="center")
