"""Fill a table of the layout with records: rows, totals, panels side by side, merged cells, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..facts import FactGroup
from ..layout.spec import TableSpec
from ..tree.nodes import Cell, Column, Figure, Paragraph, Row, RowRole
from .cells import look_up
from .panel import Panel
from .templates import Templates


def filled_rows(spec: TableSpec, facts: FactGroup, templates: Templates) -> tuple[Row, ...]:
    """Return the body of the table."""
    panels = [Panel(spec, panel, facts, templates) for panel in spec.panels]
    height = max(len(panel.rows) for panel in panels)
    foot = max(len(panel.foot) for panel in panels)
    lines = [panel.lines(height, foot) for panel in panels]
    rows = tuple(_side_by_side(spec.name, n, parts) for n, parts in enumerate(zip(*lines, strict=True)))
    return _merged(rows, spec, panels[0].records) if len(panels) == 1 else rows


def columns(spec: TableSpec) -> tuple[Column, ...]:
    """Return the innermost columns with their shares of the width."""
    leaves = [leaf for panel in spec.panels for top in panel.columns for leaf in top.leaves()]
    whole = sum(leaf.width for leaf in leaves)
    return tuple(Column(100 * leaf.width / whole, leaf.align or "left") for leaf in leaves)


def panels(spec: TableSpec) -> tuple[int, ...]:
    """Return the numbers of columns of lists side by side; nothing for a table of one list."""
    counts = tuple(sum(len(top.leaves()) for top in panel.columns) for panel in spec.panels)
    return counts if len(counts) > 1 else ()


def has_figures(rows: Iterable[Row]) -> bool:
    """Whether the rows have any figure that is not zero; a table without one is empty."""
    return any(isinstance(run, Figure) and run.value for row in rows for cell in row.cells for run in cell.runs)


def notes(spec: TableSpec, rows: Iterable[Row], templates: Templates) -> tuple[Paragraph, ...]:
    """Return the notes below the table: its own, that of an empty table, and the one that all tables have."""
    texts = [
        ("note", "note", spec.note),
        ("empty", "empty_note", "" if has_figures(rows) else spec.empty_note),
        ("common", "common_note", spec.common_note),
    ]
    return tuple(
        Paragraph(f"{spec.name}/{name}", runs, "note")
        for name, key, text in texts
        if text and (runs := templates.inline(text, spec.place.at(key)))
    )


def _side_by_side(table: str, n: int, parts: Sequence[Row]) -> Row:
    """The parts of all panels in one row, which has the most important of their roles."""
    order: tuple[RowRole, ...] = ("total", "subtotal", "item", "filler")
    role = min((part.role for part in parts), key=order.index)
    cells = tuple(cell for part in parts for cell in part.cells)
    name = next((part.id for part in reversed(parts) if part.role != "filler"), f"{n + 1}")
    return Row(f"{table}/{name}", cells, role)


def _merged(rows: tuple[Row, ...], spec: TableSpec, records: Sequence[FactGroup | None]) -> tuple[Row, ...]:
    """Merge the cells of a column over rows whose records have the same ``merge`` value; the foot has no records."""
    records = [*records, *[None] * (len(rows) - len(records))]
    leaves = [leaf for top in spec.panels[0].columns for leaf in top.leaves()]
    if not any(leaf.merge for leaf in leaves):
        return rows
    values = {
        n: [None if record is None else look_up(record, leaf.merge, leaf.place.at("merge")) for record in records]
        for n, leaf in enumerate(leaves)
        if leaf.merge
    }
    spans = {n: _spans(records, of_column) for n, of_column in values.items()}
    return tuple(replace(row, cells=tuple(_spanning(row, r, spans))) for r, row in enumerate(rows))


def _spanning(row: Row, r: int, spans: Mapping[int, Sequence[int]]) -> Iterator[Cell]:
    """Iterate over the cells of row ``r`` that no cell above covers."""
    for n, cell in enumerate(row.cells):
        rowspan = spans[n][r] if n in spans else 1
        if rowspan:
            yield cell if rowspan == 1 else replace(cell, rowspan=rowspan)


def _spans(records: Sequence[FactGroup | None], values: Sequence[Any]) -> list[int]:
    """Return for each row how many rows its cell spans, 0 where a cell above covers it."""
    spans = [1] * len(records)
    for r in range(len(records) - 1, 0, -1):
        if records[r] is not None and records[r - 1] is not None and values[r] == values[r - 1]:
            spans[r - 1] += spans[r]
            spans[r] = 0
    return spans
