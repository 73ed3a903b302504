"""Fill a chart of the layout with records or with the rows that it writes down, as a table is filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..core.errors import LayoutError
from ..facts import FactGroup
from ..layout.limits import MOST_BARS, MOST_CATEGORIES
from ..layout.table_spec import ChartSpec
from ..tree.nodes import Cell, Chart, ChartKind, ChartSeries, Figure, Row, Run, Text, plain
from .panel import Panel
from .templates import Templates

_BREAKS = re.compile(r"[\t\r\n]+")


def chart_of(spec: ChartSpec, id: str, label: str, facts: FactGroup, templates: Templates) -> Chart | None:
    """Return the chart ``id`` with the number ``label``; None if it has no category.

    A pie cannot show a negative figure, nor nothing but zeros: such a chart has bars instead.

    Raises:
        LayoutError: a cell has no figure or several, a category no name, or there are too many categories.
    """
    filled = (_without_zeros(row, spec) for row in Panel(spec, spec.panels[0], facts, templates).rows)
    rows = [row for row in filled if any(cell.runs for cell in row.cells[1:])]
    if not rows:
        return None
    most = min(MOST_CATEGORIES, MOST_BARS // len(spec.series))
    if len(rows) > most:
        raise LayoutError(
            "{place}：图“{name}”有 {count} 类，最多 {most} 类", "用 where、sort_by 选出，或用 rows 写明各类",
            place=spec.place, name=spec.name, count=str(len(rows)), most=str(most),
        )  # fmt: skip
    columns = [tuple(_figures(rows, n, spec)) for n in range(1, len(spec.series) + 1)]
    names = [templates.words(column.head, column.place.at("head")) for column in spec.series]
    values = [figure.value for column in columns for figure in column if figure]
    is_no_pie = min(values) < 0 or not any(values)
    kind: ChartKind = "bar" if spec.kind == "pie" and is_no_pie else spec.kind
    return Chart(
        id=id,
        kind=kind,
        label=label,
        caption=templates.inline(spec.caption, spec.place.at("caption")),
        categories=tuple(_on_one_line(_category(row, spec).runs) for row in rows),
        series=tuple(ChartSeries(_on_one_line(name), column) for name, column in zip(names, columns, strict=True)),
    )


def _without_zeros(row: Row, spec: ChartSpec) -> Row:
    """A row whose zeros are blank where the chart or the series says so, those of templates too."""
    zeros = [None, *(column.zero or spec.zero for column in spec.series)]
    cells = (
        replace(cell, runs=()) if zero == "blank" and _is_zero(cell) else cell
        for cell, zero in zip(row.cells, zeros, strict=True)
    )
    return replace(row, cells=tuple(cells))


def _is_zero(cell: Cell) -> bool:
    figures = [run for run in cell.runs if isinstance(run, Figure)]
    return bool(figures) and not any(figure.value for figure in figures)


def _category(row: Row, spec: ChartSpec) -> Cell:
    if not plain(row.cells[0].runs).strip():
        message, hint = "{place}：图“{name}”有一类没有名称", "category 写记录里的名称，如 name；写明的行，第一格写名称"
        raise LayoutError(message, hint, place=spec.place, name=spec.name)
    return row.cells[0]


def _on_one_line(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A name without the line breaks of its text: charts break names where they have space."""
    return tuple(Text(_BREAKS.sub(" ", run.text), run.source) if isinstance(run, Text) else run for run in runs)


def _figures(rows: list[Row], column: int, spec: ChartSpec) -> Iterator[Figure | None]:
    """Iterate over the figures of a column; a blank cell has none."""
    for row in rows:
        runs = row.cells[column].runs
        figures = [run for run in runs if isinstance(run, Figure)]
        if runs and len(figures) != 1:
            raise LayoutError(
                "{place}：图“{name}”的“{text}”这一格应有一个数，读到“{found}”", "写一个金额、百分比或数量的名称",
                place=spec.place, name=spec.name, text=plain(row.cells[0].runs)[:40], found=plain(runs)[:40],
            )  # fmt: skip
        yield figures[0] if figures else None
