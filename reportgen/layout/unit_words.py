"""Units that a layout writes as words on a table or chart: each must be the one in which its figures are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ..core.errors import LayoutError
from .spec import Layout, TableLines
from .table_spec import CellSpec, ChartSpec, ColumnSpec, PanelSpec, RowSpec, TableSpec

_UNIT = re.compile(r"(?:人民币)?([百千]?[万亿]?元)(?![/／每])").pattern
_STATED = re.compile(rf"单\s*位\s*[:：为是]\s*(?:[^\s元]{{1,4}}[、，,/])?{_UNIT}|[（(\[]{_UNIT}[)）\]]")
"""单位：万元, 单位：人、万元, （万元）."""
_WORD = re.compile(r"\{\{ *words\.(\w+) *\}\}")

Text = tuple[str, str, frozenset[str]]
"""A text, its place, and the units of the figures that it is written over."""


def check_unit_words(layout: Layout) -> None:
    """Raise an error if a table or chart names a unit that its figures are not printed in.

    Raises:
        LayoutError: file and line are named.
    """
    specs: tuple[TableSpec | ChartSpec, ...] = (*layout.tables.values(), *layout.charts.values())
    for spec in specs:
        for text, place, units in _texts(spec, layout.table_lines):
            for unit in _stated(text, layout.words):
                if unit not in units:
                    message = "{place}：写的单位是{stated}，这里的数却按{unit}印"
                    hint = "改成{unit}，或用 unit 改变印法"
                    raise LayoutError(message, hint, place=place, stated=unit, unit="、".join(sorted(units)))


def _stated(text: str, words: Mapping[str, str]) -> Iterator[str]:
    text = _WORD.sub(lambda name: words.get(name[1], ""), text)
    return (found[1] or found[2] for found in _STATED.finditer(text))


def _texts(spec: TableSpec | ChartSpec, lines: TableLines) -> Iterator[Text]:
    columns = [leaf for panel in spec.panels for column in panel.columns for leaf in column.leaves()]
    every = _units(columns, spec)
    if isinstance(spec, ChartSpec):
        yield spec.caption, spec.place.at("caption"), every
    else:
        usual = frozenset([spec.unit])
        for name in ("title", "note", "empty_note", "common_note"):
            yield getattr(spec, name), spec.place.at(name), every
        for name in ("left", "right"):
            own: str | None = getattr(spec, name)
            place = lines.place if own is None else spec.place
            yield (getattr(lines, name) if own is None else own), place.at(name), usual
    for panel in spec.panels:
        yield from _of_panel(panel, spec)


def _of_panel(panel: PanelSpec, spec: TableSpec | ChartSpec) -> Iterator[Text]:
    leaves = [leaf for column in panel.columns for leaf in column.leaves()]
    yield panel.head, panel.place.at("head"), _units(leaves, spec)
    yield from _heads(panel.columns, spec)
    for row in (*(panel.rows if isinstance(panel.rows, tuple) else ()), *panel.foot):
        label = row.row[0]
        text = label.text if isinstance(label, CellSpec) else label
        yield text, row.place, _units_of_row(row, leaves, spec)


def _heads(columns: Iterable[ColumnSpec], spec: TableSpec | ChartSpec) -> Iterator[Text]:
    for column in columns:
        yield column.head, column.place.at("head"), _units(column.leaves(), spec)
        yield from _heads(column.columns, spec)


def _units(columns: Iterable[ColumnSpec], spec: TableSpec | ChartSpec) -> frozenset[str]:
    return frozenset(column.unit or spec.unit for column in columns)


def _units_of_row(row: RowSpec, leaves: Iterable[ColumnSpec], spec: TableSpec | ChartSpec) -> frozenset[str]:
    own = (
        (cell.unit if isinstance(cell, CellSpec) else None) or leaf.unit or spec.unit
        for cell, leaf in list(zip(row.row, leaves, strict=False))[1:]
        if cell != ""
    )
    return frozenset(own) or frozenset([spec.unit])
