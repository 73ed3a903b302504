"""One list of a table: the rows of its records (chosen, sorted, grouped) or those written down, its total, its foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from ..core.errors import LayoutError
from ..core.suggest import nearest
from ..facts import Fact, FactGroup
from ..layout.table_spec import ChartSpec, GroupSpec, PanelSpec, RowSpec, TableSpec, TotalSpec
from ..tree.nodes import Cell, Figure, Row, RowRole
from .cells import Leaf, look_up
from .records import chosen, group_by, sort_by
from .templates import Templates
from .unknown_name import UnknownName

CHOOSING = ("where", "where_not", "sort_by")
"""What chooses and sorts the records of a list."""


class Panel:
    """One of the lists side by side: its rows, the records they were made from, and its foot."""

    def __init__(self, spec: TableSpec | ChartSpec, panel: PanelSpec, facts: FactGroup, templates: Templates) -> None:
        """Fill the list ``panel`` of the table or chart ``spec``."""
        self._spec, self._facts = spec, facts
        self.leaves = [Leaf(leaf, spec, templates) for top in panel.columns for leaf in top.leaves()]
        self.records: list[FactGroup | None] = []
        self._counts: dict[int, int] = {}
        self.rows = self._all_rows(panel)
        lowest = len(panel.foot) - 1  # the foot is at the bottom of the table, so its rows are counted from there
        self.foot = list(self._fixed_rows(panel.foot, "foot", [lowest - n for n in range(len(panel.foot))]))

    def lines(self, height: int, foot: int) -> list[Row]:
        """Return the rows, fillers up to ``height`` rows, and the foot at the bottom of ``foot`` rows."""
        gap = height - len(self.rows) + foot - len(self.foot)
        return [*self.rows, *(self._filler(n) for n in range(gap)), *self.foot]

    def _all_rows(self, panel: PanelSpec) -> list[Row]:
        if not isinstance(panel.rows, str):
            return list(self._fixed_rows(panel.rows, "row", range(len(panel.rows))))
        rows = []
        for record, row in self._list_rows(self._records(panel, panel.rows), panel):
            self.records.append(record)
            rows.append(row)
        if panel.total:
            at = 0 if panel.total.at == "first" else len(rows)
            rows.insert(at, self._total_row(panel.total))
            self.records.insert(at, None)
        return rows

    def _records(self, panel: PanelSpec, name: str) -> list[FactGroup]:
        """Return the records of the list ``name``: those that the panel chooses, in its order."""
        records = look_up(self._facts, name, panel.place.at("rows"))
        if not isinstance(records, list | tuple) or not all(isinstance(record, FactGroup) for record in records):
            raise LayoutError(
                "{place}：rows 的“{name}”不是一列记录", "写一列记录的名称，如 units.rows；名称见 docs/facts.md",
                place=panel.place.at("rows"), name=name,
            )  # fmt: skip
        try:
            return sort_by(chosen(records, panel.where, panel.where_not), *panel.sort_by)
        except UnknownName as error:
            near = nearest(error.name, error.known or ())
            hint = "是否想写 {near}？" if near else "名称见 docs/facts.md"
            message = "{place}：没有名为“{name}”的数据项"
            place = next(
                (panel.place.at(key) for key in CHOOSING if _says(getattr(panel, key), error.name)), panel.place
            )
            raise LayoutError(message, hint, place=place, name=error.name, near=near) from None

    def _list_rows(self, records: list[FactGroup], panel: PanelSpec) -> Iterator[tuple[FactGroup | None, Row]]:
        """Iterate over records with their rows, and the rows of groups, which have no record."""
        if panel.record_rows:
            yield from ((record, row) for record in records for row in self._rows_of(record, panel.record_rows))
            return
        groupings = panel.groups()
        for grouping in groupings if records else ():
            look_up(records[0], grouping.by, grouping.place.at("by"))
        yield from self._grouped_rows(records, groupings, count(1), "")

    def _grouped_rows(
        self, records: list[FactGroup], groupings: tuple[GroupSpec, ...], numbers: Iterator[int], within: str
    ) -> Iterator[tuple[FactGroup | None, Row]]:
        """Iterate over the rows of groups, and of the groups within each; ``within`` is the id of the outer ones."""
        if not groupings:
            yield from ((record, self._record_row(record, next(numbers))) for record in records)
            return
        grouping, *inner = groupings
        for group in group_by(records, grouping.by):
            row = f"{within}{group.key}"
            if grouping.at == "first":
                yield None, self._group_row(row, group, grouping)
            yield from self._grouped_rows(group.rows, tuple(inner), numbers, f"{row}/")
            if grouping.at == "last":
                yield None, self._group_row(row, group, grouping)

    def _group_row(self, row: str, group: FactGroup, grouping: GroupSpec) -> Row:
        cells = []
        for leaf in self.leaves:
            if leaf.name == grouping.column:
                cells.append(Cell(leaf.words(grouping.label, grouping.place.at("label"), group=group)))
            else:
                value = group[leaf.value] if grouping.sums and leaf.value in group else None
                cells.append(leaf.cell(value if isinstance(value, Fact) else None, 0))
        return Row(row, tuple(cells), "subtotal")

    def _fixed_rows(self, rows: Sequence[RowSpec], part: str, numbers: Sequence[int]) -> Iterator[Row]:
        """Yield the rows that the layout states itself, without those that it wants only if they are not zero."""
        for spec, n in zip(rows, numbers, strict=True):
            row = self._fixed_row(spec, n, part)
            figures = [run.value for cell in row.cells for run in cell.runs if isinstance(run, Figure)]
            if any(figures) or not spec.unless_zero:
                yield row

    def _rows_of(self, record: FactGroup, specs: tuple[RowSpec, ...]) -> Iterator[Row]:
        """Iterate over the rows that the layout writes down for a record."""
        name = record.key if "key" in record else record.dotted
        for n, spec in enumerate(specs, 1):
            yield Row(f"{name}-{n}", self._written_cells(spec, record, row=record), spec.role)

    def _fixed_row(self, row: RowSpec, n: int, part: str) -> Row:
        """A row that the layout states itself."""
        return Row(f"{part}-{n + 1}", self._written_cells(row, self._facts), row.role)

    def _written_cells(self, spec: RowSpec, facts: FactGroup, **more: FactGroup) -> tuple[Cell, ...]:
        """Return the cells of a row that the layout writes down; its names are below ``facts``."""
        label, *others = spec.row
        first = self.leaves[0]
        if isinstance(label, str):
            cells = [Cell(first.words(label, spec.place, **more), indent=spec.indent, align=spec.align)]
        else:
            cells = [first.written(label, facts, spec.place, **more)]
        cells += [
            leaf.written(cell, facts, spec.place, **more) for leaf, cell in zip(self.leaves[1:], others, strict=False)
        ]
        return (*cells, *[Cell()] * (len(self.leaves) - len(cells)))

    def _record_row(self, record: FactGroup, n: int) -> Row:
        stated: int = record["level"] if "level" in record else 0  # noqa: SIM401 - a fact group has no get
        level = stated - 1 if stated else 0
        role: RowRole = record.role if "role" in record else ("subtotal" if stated == 1 else "item")
        self._counts[stated] = self._counts.get(stated, 0) + 1
        numbers = (self._number(leaf, n, stated) for leaf in self.leaves)
        cells = tuple(leaf.of_record(record, m, level) for leaf, m in zip(self.leaves, numbers, strict=True))
        return Row(record.key if "key" in record else record.dotted, cells, role)

    def _number(self, leaf: Leaf, n: int, level: int) -> int | None:
        """Return the number of the ``n``-th row in a column, or None where only another level is numbered."""
        if leaf.number_level is None:
            return n
        return self._counts[level] if level == leaf.number_level else None

    def _total_row(self, total: TotalSpec) -> Row:
        group = look_up(self._facts, total.of, total.place.at("of"))
        if not isinstance(group, FactGroup):
            raise LayoutError(
            "{place}：total 的“{name}”不是一组数据项", "写一组的名称，如 revenue；名称见 docs/facts.md",
            place=total.place.at("of"), name=total.of,
        )  # fmt: skip
        cells = []
        for leaf in self.leaves:
            if leaf.name == total.column:
                cells.append(Cell(leaf.words(total.label, total.place.at("label"))))
            else:
                value = group.look_up(leaf.value) if _has(group, leaf.value) else None
                cells.append(leaf.cell(value if isinstance(value, Fact) else None, 0))
        return Row("total", tuple(cells), "total")

    def _filler(self, n: int) -> Row:
        return Row(f"filler-{n + 1}", (Cell(),) * len(self.leaves), "filler")


def _says(names: Iterable[str], name: str) -> bool:
    return name in {one.removeprefix("-") for one in names}


def _has(group: FactGroup, name: str) -> bool:
    try:
        group.look_up(name)
    except KeyError:
        return False
    return True
