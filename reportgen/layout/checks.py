"""What must hold between the parts of a layout, once each of them has been read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..core.errors import LayoutError
from ..core.suggest import nearest
from .fields import shown
from .limits import HEADING_LEVELS, MOST_SERIES
from .outline_spec import BlockSpec, PlaceNumbering, SectionSpec
from .spec import Layout
from .table_spec import ChartSpec, PanelSpec, TableSpec
from .unit_words import check_unit_words
from .yaml_mapping import Mapping

PROJECT_ROWS = "performance.rows"
"""The rows of a table that can be cut into tables of single projects."""
PLACEHOLDER = re.compile(r"\{n(?::0([1-4]))?\}|\{zh\}")
"""What a pattern of numbers may have: {n} 1, {n:02} 01, {zh} 一."""


def check_layout(layout: Layout, data: Mapping) -> None:
    """Raise an error for what is wrong between the parts of a layout; ``data`` is its ``layout.yaml``.

    Raises:
        LayoutError: file and line are named.
    """
    _check_numbers(layout, data)
    _check_unit_budget_words(layout, data)
    for table in layout.tables.values():
        _check_table(table)
    for chart in layout.charts.values():
        _check_chart(chart)
    _check_pattern(layout.chart_label, data.at("charts"))
    check_unit_words(layout)
    _check_project_table(layout, data)
    ids: set[str] = set()
    for section in layout.outline:
        _check_page(section, layout)
        _check_place_numbering(section.numbering, section.place.at("numbering"))
        for block in section.blocks:
            _check_block(block, layout, ids)
    for section in layout.outline:
        _check_listed(section, ids)
    if not layout.outline:
        raise LayoutError(
            "{place}：outline 里一页也没有",
            "至少写一页：page 和它的 blocks、cover 或 contents",
            place=data.at("outline"),
        )


def _check_numbers(layout: Layout, data: Mapping) -> None:
    stated = data.get("numbering")
    for name, patterns in (("headings", layout.numbering.headings), ("items", layout.numbering.items)):
        place = stated.at(name) if isinstance(stated, Mapping) else data.place
        if len(patterns) < HEADING_LEVELS:
            raise LayoutError(
                "{place}：“{name}”要写满 {most} 级",
                '每级一个编号，不编号的写 ""',
                place=place,
                name=name,
                most=str(HEADING_LEVELS),
            )
        for pattern in patterns:
            _check_pattern(pattern, place)
    lines = layout.table_lines
    for name, pattern in (("label", lines.label), ("title", lines.title)):
        _check_pattern(pattern, lines.place.at(name))


def _check_unit_budget_words(layout: Layout, data: Mapping) -> None:
    """The words of a unit's document replace words that the layout has."""
    for name in layout.unit_budget_words:
        if name not in layout.words:
            place = data["unit_budget_words"].at(name)
            near = nearest(name, layout.words)
            hint = "是否想写 {near}？" if near else "先在 words 里写这个词"
            message = "{place}：words 里没有“{name}”这个词"
            raise LayoutError(message, hint, place=place, name=shown(name), near=near)


def _check_project_table(layout: Layout, data: Mapping) -> None:
    """The table that each project has as a file of its own exists and lists the goals of projects."""
    name = layout.project_table
    if name and name not in layout.tables:
        near = nearest(name, layout.tables)
        hint = "是否想写 {near}？" if near else "文件放进版式的这个文件夹，或改成有的名称"
        message, place = "{place}：没有表格 tables/{name}.yaml", data.at("project_table")
        raise LayoutError(message, hint, place=place, name=shown(name), near=near)
    if name and {panel.rows for panel in layout.tables[name].panels} != {PROJECT_ROWS}:
        message = "{place}：“{name}”不是列出各项目绩效目标的表"
        hint = "这张表的 rows 应为 {rows}"
        raise LayoutError(message, hint, place=data.at("project_table"), name=shown(name), rows=PROJECT_ROWS)


def _check_pattern(pattern: str, place: str) -> None:
    if "{" in (rest := PLACEHOLDER.sub("", pattern)) or "}" in rest:
        message = "{place}：编号“{pattern}”里只能用 {{n}}、{{n:02}} 和 {{zh}}"
        raise LayoutError(message, "改成其中一种；其他字照写", place=place, pattern=shown(pattern))


def _check_place_numbering(numbering: PlaceNumbering | None, place: str) -> None:
    for pattern in (*numbering.headings, *numbering.items) if numbering else ():
        _check_pattern(pattern, place)


def _check_listed(section: SectionSpec, ids: set[str]) -> None:
    """Raise an error if the contents name a block that the outline does not have."""
    for key, name in ((part, name) for part in ("only", "without") for name in getattr(section, part)):
        if name not in ids:
            near = nearest(name, ids)
            hint = "是否想写 {near}？" if near else "写 outline 里一段的 id"
            raise LayoutError(
                "{place}：outline 里没有“{name}”这一段", hint, place=section.place.at(key), name=shown(name), near=near
            )


def _check_table(table: TableSpec) -> None:
    if not table.panels or not all(panel.columns for panel in table.panels):
        raise LayoutError(
            "{place}：表格没有栏目（columns）", "写 columns，每栏 head 和 value", place=table.place.at("columns")
        )
    _check_pattern(table.label or "", table.place.at("label"))
    for panel in table.panels:
        leaves = [leaf for column in panel.columns for leaf in column.leaves()]
        _check_labels(panel, {leaf.name for leaf in leaves})
        for leaf in leaves:
            _check_pattern(leaf.numbered, leaf.place.at("numbered"))
            if leaf.merge and (len(table.panels) > 1 or not isinstance(panel.rows, str)):
                raise LayoutError(
                    "{place}：merge 只能用在列出一列记录的表里",
                    "删去 merge，或 rows 写一列记录的名称",
                    place=leaf.place.at("merge"),
                )
        _check_rows(panel, len(leaves))


def _check_rows(panel: PanelSpec, most: int) -> None:
    """Raise an error for rows that the layout writes down and that are empty or longer than ``most`` columns."""
    if panel.record_rows and not isinstance(panel.rows, str):
        raise LayoutError(
            "{place}：record_rows 只能用在列出一列记录的表里",
            "rows 写一列记录的名称",
            place=panel.place.at("record_rows"),
        )
    for row in (*(panel.rows if isinstance(panel.rows, tuple) else ()), *panel.record_rows, *panel.foot):
        if not row.row:
            raise LayoutError("{place}：空行：row 至少要有名称", "写上名称，或删去这一行", place=row.place)
        if len(row.row) > most:
            message = "{place}：row 有 {count} 项，多于表格的 {most} 栏"
            raise LayoutError(message, "删去多的项，或加一栏", place=row.place, count=str(len(row.row)), most=str(most))


def _check_chart(chart: ChartSpec) -> None:
    """Raise an error if a chart has too few series for its kind, or too many, or columns inside columns."""
    least, most = (2, MOST_SERIES) if chart.kind == "grouped-bar" else (1, 1)
    if not least <= len(chart.series) <= most:
        raise LayoutError(
            "{place}：{kind} 图的 series 应有 {least} 至 {most} 个，读到 {count} 个",
            "一个系列用 pie 或 bar，几个系列并列用 grouped-bar",
            place=chart.place.at("series"), kind=chart.kind, least=str(least), most=str(most),
            count=str(len(chart.series)),
        )  # fmt: skip
    for column in chart.series:
        if column.columns:
            raise LayoutError(
                "{place}：图的系列里不能再套栏（columns）", "每个系列写 head 和 value", place=column.place.at("columns")
            )
    _check_rows(chart.panels[0], len(chart.panels[0].columns))


def _check_labels(panel: PanelSpec, names: set[str]) -> None:
    """Raise an error if the label of the total row or of groups is in no column."""
    for labelled in (*((panel.total,) if panel.total else ()), *panel.groups()):
        if labelled.column not in names:
            near = nearest(labelled.column, names)
            hint = "是否想写 {near}？" if near else "column 写某一栏的 value；没有 value 的栏写 head"
            message = "{place}：没有名为“{name}”的栏目"
            raise LayoutError(message, hint, place=labelled.place.at("column"), name=shown(labelled.column), near=near)


def _check_page(section: SectionSpec, layout: Layout) -> None:
    pages = layout.style.pages
    if section.page not in pages:
        near = nearest(section.page, pages)
        hint = "是否想写 {near}？" if near else "写 style.yaml 的 pages 里的一个"
        message = "{place}：style.yaml 里没有页面“{name}”"
        raise LayoutError(message, hint, place=section.place.at("page"), name=shown(section.page), near=near)


def _check_block(block: BlockSpec, layout: Layout, ids: set[str]) -> None:
    if not (block.heading or block.table or block.text or block.chart or block.entry):
        raise LayoutError(
            "{place}：一段要有 heading、text、table 或 chart；只列在目录里的写 entry",
            "写上其中一样，或删去这一段",
            place=block.place,
        )
    if block.chart and (block.heading or block.table or block.text):
        message, hint = "{place}：图单独成一段，不与 heading、text、table 写在一起", "在前后另写一段"
        raise LayoutError(message, hint, place=block.place.at("chart"))
    _check_place_numbering(block.numbering, block.place.at("numbering"))
    if not block.id.strip():
        raise LayoutError("{place}：id 是空的", "每段写一个名称，各不相同", place=block.place.at("id"))
    if block.id in ids:
        raise LayoutError(
            "{place}：id“{name}”重复", "每段的 id 各不相同", place=block.place.at("id"), name=shown(block.id)
        )
    ids.add(block.id)
    _check_named(block, "table", "{place}：没有表格 tables/{name}.yaml", layout.tables)
    _check_named(block, "chart", "{place}：没有图 charts/{name}.yaml", layout.charts)


def _check_named(block: BlockSpec, kind: str, message: str, known: Iterable[str]) -> None:
    """Raise an error if a block names a table or a chart that has no file."""
    name = getattr(block, kind)
    if name and name not in known:
        near = nearest(name, known)
        hint = "是否想写 {near}？" if near else "文件放进版式的这个文件夹，或改成有的名称"
        raise LayoutError(message, hint, place=block.place.at(kind), name=shown(name), near=near)
