"""Find the mistakes of tables without data: names of lists, values and totals that no document can have."""

from __future__ import annotations

from collections.abc import Iterator

from ..core.errors import LayoutError
from ..core.suggest import nearest
from ..layout.table_spec import CellSpec, ChartSpec, PanelSpec, RowSpec, TableSpec
from .known import ANYTHING, Group, Known, Several
from .tables import nothing_withheld


def table_mistakes(spec: TableSpec | ChartSpec, names: Group) -> Iterator[LayoutError]:
    """Yield the mistakes of a table or chart, but for those in its templates."""
    for group in getattr(spec, "withheld", None) or ():
        yield from _withheld_mistakes(group, spec.place.at("withheld"), names)
    for panel in spec.panels:
        if isinstance(panel.rows, str):
            yield from _list_mistakes(panel, panel.rows, names)
            yield from _record_mistakes(panel, record_of(panel, names))
        leaves = [leaf for column in panel.columns for leaf in column.leaves()]
        record = record_of(panel, names)
        owned = [(row, names) for row in rows_of(panel)]
        owned += [(row, record) for row in panel.record_rows if isinstance(record, Group)]
        for row, owner in owned:
            for leaf, cell in zip(leaves[1:], row.row[1:], strict=False):
                name = cell.fact if isinstance(cell, CellSpec) else cell
                yield from _cell_mistakes(owner, name, row.place, leaf.place)


def _withheld_mistakes(group: str, place: str, names: Group) -> Iterator[LayoutError]:
    """Yield the mistake if ``group`` is no group that rows may be withheld from."""
    known = [name for name, value in names.names.items() if isinstance(value, Group) and "withheld" in value.names]
    if group not in known:
        yield nothing_withheld(group, place, known)


def rows_of(panel: PanelSpec) -> tuple[RowSpec, ...]:
    """Return the rows of a list that the layout writes down."""
    return (*(panel.rows if isinstance(panel.rows, tuple) else ()), *panel.foot)


def record_of(panel: PanelSpec, names: Group) -> Known:
    """Return what is known of the records of a list."""
    found = _value(names, panel.rows) if isinstance(panel.rows, str) else None
    return found.item if isinstance(found, Several) else ANYTHING


def unknown_names(owner: Group, dotted: str, place: str) -> Iterator[LayoutError]:
    """Yield the mistake if ``owner`` has no value at a dotted name."""
    at: Known | None = owner
    steps = dotted.split(".")
    for n, name in enumerate(steps):
        if at == ANYTHING:
            return
        names = at.names if isinstance(at, Group) else ()
        at = at.get(name) if isinstance(at, Group) else None
        if at is None:
            near = nearest(name, names)
            near = ".".join([*steps[:n], near, *steps[n + 1 :]]) if near else ""
            hint = "是否想写 {near}？" if near else "名称见 reportgen layout facts"
            yield LayoutError("{place}：没有名为“{name}”的数据项", hint, place=place, name=dotted, near=near)
            return


def _list_mistakes(panel: PanelSpec, rows: str, names: Group) -> Iterator[LayoutError]:
    yield from unknown_names(names, rows, panel.place.at("rows"))
    found = _value(names, rows)
    if found is not None and not (isinstance(found, Several) and isinstance(found.item, Group)):
        yield LayoutError(
            "{place}：rows 的“{name}”不是一列记录",
            "写一列记录的名称，如 units.rows；名称见 docs/facts.md",
            place=panel.place.at("rows"),
            name=rows,
        )
    if panel.total:
        yield from unknown_names(names, panel.total.of, panel.total.place.at("of"))
        group = _value(names, panel.total.of)
        if group is not None and not isinstance(group, Group):
            yield LayoutError(
                "{place}：total 的“{name}”不是一组数据项",
                "写一组的名称，如 revenue；名称见 docs/facts.md",
                place=panel.total.place.at("of"),
                name=panel.total.of,
            )


def _record_mistakes(panel: PanelSpec, record: Known) -> Iterator[LayoutError]:
    if not isinstance(record, Group):
        return
    for leaf in (leaf for column in panel.columns for leaf in column.leaves()):
        yield from _cell_mistakes(record, leaf.value, leaf.place.at("value"), leaf.place.at("value"))
        yield from _cell_mistakes(record, leaf.merge, leaf.place.at("merge"), leaf.place.at("merge"))
    for key in ("where", "where_not", "sort_by"):
        for name in getattr(panel, key):
            yield from unknown_names(record, name.removeprefix("-"), panel.place.at(key))
    for grouping in panel.groups():
        yield from unknown_names(record, grouping.by, grouping.place.at("by"))


def _cell_mistakes(owner: Group, name: str, place: str, column: str) -> Iterator[LayoutError]:
    """Yield what is wrong with a cell at ``place`` that prints the value ``name``."""
    if not name:
        return
    yield from unknown_names(owner, name, place)
    if isinstance(_value(owner, name), Group | Several):
        message, hint = "{place}：“{name}”是一组数据项，不能印在一格里", "再写到其中一项，如 {name}.total"
        yield LayoutError(message, hint, place=column, name=name)


def _value(owner: Known | None, dotted: str) -> Known | None:
    for name in dotted.split("."):
        owner = owner.get(name) if isinstance(owner, Group) else None
    return owner
