"""Fill a table of the layout with records: rows, totals, panels side by side, merged cells, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..core.errors import LayoutError
from ..core.suggest import nearest
from ..facts import FactGroup, SourceText
from ..layout.table_spec import TableSpec
from ..tree.nodes import Cell, Column, Figure, Paragraph, Row, RowRole, Text
from .cells import look_up
from .panel import Panel
from .templates import Templates

NAME = "withheld"
CLASSES = "1"
"""The level that is always printed in full."""
LISTS = ("rows", "unit_rows", "items", "compared_rows", "compared_items")
"""The lists of a group that print all rows, so that a row that is withheld is missing in them."""


def filled_rows(spec: TableSpec, facts: FactGroup, templates: Templates) -> tuple[Row, ...]:
    """Return the body of the table."""
    panels = [Panel(spec, panel, facts, templates) for panel in spec.panels]
    height = max(len(panel.rows) for panel in panels)
    foot = max(len(panel.foot) for panel in panels)
    lines = _with_line_numbers(panels, [panel.lines(height, foot) for panel in panels])
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


def notes(spec: TableSpec, rows: Iterable[Row], facts: FactGroup, templates: Templates) -> tuple[Paragraph, ...]:
    """Return the notes below the table: its own, that of an empty table, that of all tables, those on withheld rows."""
    texts = [
        ("note", "note", spec.note),
        ("empty", "empty_note", "" if has_figures(rows) else spec.empty_note),
        ("common", "common_note", spec.common_note),
    ]
    stated = (
        Paragraph(f"{spec.name}/{name}", runs, "note")
        for name, key, text in texts
        if text and (runs := templates.inline(text, spec.place.at(key)))
    )
    withheld = dict.fromkeys(note for group in withheld_groups(spec) for note in _withheld(spec, group, facts))
    place = spec.place.at(NAME)
    return (
        *stated,
        *(
            Paragraph(f"{spec.name}/withheld-{n}", templates.inline("{{ note }}", place, note=note), "note")
            for n, note in enumerate(withheld, 1)
        ),
    )


def withheld_groups(spec: TableSpec) -> tuple[str, ...]:
    """Return the groups whose notes on withheld rows follow the table: those it names, or those of its lists."""
    if spec.withheld is not None:
        return spec.withheld
    lists = (
        panel.rows.split(".")
        for panel in spec.panels
        if isinstance(panel.rows, str) and panel.where.get("level") != CLASSES
    )
    return tuple(dict.fromkeys(group for group, *_, rows in lists if rows in LISTS))


def nothing_withheld(group: str, place: str, known: Iterable[str]) -> LayoutError:
    """Return the error that no rows can be withheld from ``group``; ``known`` are the groups that have such notes."""
    near, names = nearest(group, known), "、".join(known)
    hint = "是否想写 {near}？" if near else "可以写 {known}"
    message = "{place}：withheld 的“{name}”没有剔除的行可注"
    return LayoutError(message, hint, place=place, name=group, near=near, known=names)


def _withheld(spec: TableSpec, group: str, facts: FactGroup) -> tuple[SourceText, ...]:
    """Return the notes on what is withheld from a group; a list of a group that has none has no notes."""
    known = [name for name in facts.names() if isinstance(facts[name], FactGroup) and NAME in facts[name].names()]
    if group in known:
        return tuple(facts[group].withheld)
    if spec.withheld is not None:
        raise nothing_withheld(group, spec.place.at(NAME), known)
    return ()


def _with_line_numbers(panels: Sequence[Panel], lines: Sequence[list[Row]]) -> list[list[Row]]:
    """Return the lines of the sides with 行次 in the columns for it: each side goes on where the one before ends."""
    numbered, first = [], 1
    for panel, rows in zip(panels, lines, strict=True):
        at = next((n for n, leaf in enumerate(panel.leaves) if leaf.line_number), None)
        numbered.append(rows if at is None else [_numbered(row, at, n) for n, row in enumerate(rows, first)])
        first += 0 if at is None else len(rows)
    return numbered


def _numbered(row: Row, at: int, n: int) -> Row:
    cells = list(row.cells)
    cells[at] = Cell((Text(str(n)),), align="center")
    return replace(row, cells=tuple(cells))


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
