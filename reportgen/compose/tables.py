"""Fill a table of the layout with records: rows, totals, panels side by side, merged cells, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..core.errors import LayoutError
from ..core.suggest import nearest
from ..facts import Fact, FactGroup, SourceText
from ..layout.spec import ColumnSpec, PanelSpec, RowSpec, TableSpec, TotalSpec
from ..tree.nodes import Cell, Column, Figure, Paragraph, Row, RowRole, Text
from .figures import Format, figure
from .templates import Templates

HALF_WIDTH = str.maketrans("（）", "()")
"""Brackets of full width to half width."""


def filled_rows(spec: TableSpec, facts: FactGroup) -> tuple[Row, ...]:
    """Return the body of the table."""
    panels = [_Panel(spec, panel, facts) for panel in spec.panels]
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
    """Whether the rows have any figure; a table without one is empty."""
    return any(isinstance(run, Figure) for row in rows for cell in row.cells for run in cell.runs)


def notes(spec: TableSpec, rows: Iterable[Row], templates: Templates) -> tuple[Paragraph, ...]:
    """Return the notes below the table; an empty table has one of its own."""
    texts = [("note", spec.note), ("empty", "" if has_figures(rows) else spec.empty_note)]
    return tuple(
        Paragraph(f"{spec.name}/{name}", templates.inline(text, spec.place), "note") for name, text in texts if text
    )


class _Leaf:
    """An innermost column with what all its cells share: the format of figures, and the blank cell."""

    def __init__(self, leaf: ColumnSpec, spec: TableSpec) -> None:
        self.value, self.indent, self.align, self.place = leaf.value, leaf.indent, leaf.align, leaf.place
        self.is_half_width = leaf.brackets == "half"
        self.blank = Cell(align=leaf.align)
        self.format = Format(
            leaf.unit or spec.unit,
            spec.decimals if leaf.decimals is None else leaf.decimals,
            spec.grouped if leaf.grouped is None else leaf.grouped,
        )

    def cell(self, value: Any, level: int) -> Cell:
        """Return the cell of a value: blank for zero and for None, else a figure or a text of the document."""
        if isinstance(value, Fact):
            return Cell((figure(value, self.format),), align=self.align) if value.value else self.blank
        if not isinstance(value, SourceText):
            if isinstance(value, FactGroup | list | tuple):
                message, hint = "{place}：“{name}”是一组数据项，不能印在一格里", "再写到其中一项，如 {name}.total"
                raise LayoutError(
                    message, hint, place=self.place, name=value.dotted if isinstance(value, FactGroup) else self.value
                )
            return self.blank
        text = value.text.translate(HALF_WIDTH) if self.is_half_width else value.text
        return Cell((Text(text, value.pointer or "codes"),), align=self.align, indent=level if self.indent else 0)


class _Panel:
    """One of the lists side by side: its rows, the records they were made from, and its foot."""

    def __init__(self, spec: TableSpec, panel: PanelSpec, facts: FactGroup) -> None:
        self._spec, self._facts = spec, facts
        self.leaves = [_Leaf(leaf, spec) for top in panel.columns for leaf in top.leaves()]
        self.records: list[FactGroup | None] = []
        self.rows = self._all_rows(panel)
        lowest = len(panel.foot) - 1  # the foot is at the bottom of the table, so its rows are counted from there
        self.foot = [self._fixed_row(row, lowest - n, "foot") for n, row in enumerate(panel.foot)]

    def lines(self, height: int, foot: int) -> list[Row]:
        """Return the rows, fillers up to ``height`` rows, and the foot at the bottom of ``foot`` rows."""
        gap = height - len(self.rows) + foot - len(self.foot)
        return [*self.rows, *(self._filler(n) for n in range(gap)), *self.foot]

    def _all_rows(self, panel: PanelSpec) -> list[Row]:
        if not isinstance(panel.rows, str):
            return [self._fixed_row(row, n, "row") for n, row in enumerate(panel.rows)]
        records = self._look_up(panel.rows, panel.place)
        if not isinstance(records, list | tuple) or not all(isinstance(record, FactGroup) for record in records):
            raise LayoutError("{place}：rows 的“{name}”不是一列记录", place=panel.place, name=panel.rows)
        rows = [self._record_row(record) for record in records]
        self.records = list(records)
        if panel.total:
            at = 0 if panel.total.at == "first" else len(rows)
            rows.insert(at, self._total_row(panel.total))
            self.records.insert(at, None)
        return rows

    def _fixed_row(self, row: RowSpec, n: int, part: str) -> Row:
        """A row that the layout states itself."""
        label, *names = row.row
        cells = [Cell((Text(label),), indent=row.indent, align=row.align)]
        cells += [
            leaf.cell(self._look_up(name, row.place), 0) for leaf, name in zip(self.leaves[1:], names, strict=False)
        ]
        cells += [Cell()] * (len(self.leaves) - len(cells))
        return Row(f"{part}-{n + 1}", tuple(cells), row.role)

    def _record_row(self, record: FactGroup) -> Row:
        stated: int = record["level"] if "level" in record else 0  # noqa: SIM401 - a fact group has no get
        level = stated - 1 if stated else 0
        role: RowRole = record.role if "role" in record else ("subtotal" if stated == 1 else "item")
        cells = tuple(leaf.cell(self._of(record, leaf.value, leaf.place), level) for leaf in self.leaves)
        return Row(record.key if "key" in record else record.dotted, cells, role)

    def _total_row(self, total: TotalSpec) -> Row:
        group = self._look_up(total.of, total.place)
        if not isinstance(group, FactGroup):
            raise LayoutError("{place}：total 的“{name}”不是一组数据项", place=total.place, name=total.of)
        cells = []
        for leaf in self.leaves:
            if leaf.value == total.column:
                cells.append(Cell((Text(total.label),)))
            else:
                value = group.look_up(leaf.value) if _has(group, leaf.value) else None
                cells.append(leaf.cell(value if isinstance(value, Fact) else None, 0))
        return Row("total", tuple(cells), "total")

    def _filler(self, n: int) -> Row:
        return Row(f"filler-{n + 1}", (Cell(),) * len(self.leaves), "filler")

    def _look_up(self, name: str, place: str) -> Any:
        return self._of(self._facts, name, place)

    def _of(self, group: FactGroup, name: str, place: str) -> Any:
        try:
            return group.look_up(name)
        except KeyError:
            near = _nearest(group, name)
            hint = "是否想写 {near}？" if near else "名称见 docs/facts.md"
            message = "{place}：没有名为“{name}”的数据项"
            raise LayoutError(message, hint, place=place, name=name, near=near) from None


def _nearest(group: FactGroup, dotted: str) -> str:
    """Return the dotted name below ``group`` most like one that does not exist, or "" where none is similar."""
    before, _, last = dotted.rpartition(".")
    try:
        parent = group.look_up(before) if before else group
    except KeyError:
        near = _nearest(group, before)
        return f"{near}.{last}" if near else ""
    near = nearest(last, parent.names()) if isinstance(parent, FactGroup) else ""
    return f"{before}.{near}" if near and before else near


def _has(group: FactGroup, name: str) -> bool:
    try:
        group.look_up(name)
    except KeyError:
        return False
    return True


def _side_by_side(table: str, n: int, parts: Sequence[Row]) -> Row:
    """The parts of all panels in one row, which has the most important of their roles."""
    order: tuple[RowRole, ...] = ("total", "subtotal", "item", "filler")
    role = min((part.role for part in parts), key=order.index)
    cells = tuple(cell for part in parts for cell in part.cells)
    name = next((part.id for part in reversed(parts) if part.role != "filler"), f"{n + 1}")
    return Row(f"{table}/{name}", cells, role)


def _merged(rows: tuple[Row, ...], spec: TableSpec, records: Sequence[FactGroup | None]) -> tuple[Row, ...]:
    """Merge the cells of a column over rows whose records have the same ``merge`` value."""
    leaves = [leaf for top in spec.panels[0].columns for leaf in top.leaves()]
    if not any(leaf.merge for leaf in leaves):
        return rows
    for leaf in leaves:
        if leaf.merge and not all(record is None or leaf.merge in record for record in records):
            raise LayoutError("{place}：没有名为“{name}”的数据项", place=leaf.place, name=leaf.merge)
    spans = {n: _spans(records, leaf.merge) for n, leaf in enumerate(leaves) if leaf.merge}
    return tuple(replace(row, cells=tuple(_spanning(row, r, spans))) for r, row in enumerate(rows))


def _spanning(row: Row, r: int, spans: Mapping[int, Sequence[int]]) -> Iterator[Cell]:
    """Iterate over the cells of row ``r`` that no cell above covers."""
    for n, cell in enumerate(row.cells):
        rowspan = spans[n][r] if n in spans else 1
        if rowspan:
            yield cell if rowspan == 1 else replace(cell, rowspan=rowspan)


def _spans(records: Sequence[FactGroup | None], name: str) -> list[int]:
    """Return for each row how many rows its cell spans, 0 where a cell above covers it."""
    spans = [1] * len(records)
    for r in range(len(records) - 1, 0, -1):
        this, above = records[r], records[r - 1]
        if this is not None and above is not None and this[name] == above[name]:
            spans[r - 1] += spans[r]
            spans[r] = 0
    return spans
