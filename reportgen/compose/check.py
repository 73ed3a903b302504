"""Check a whole layout without data: its templates, its tables, and the names in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from ..core.errors import LayoutError
from ..core.settings import BudgetedKind
from ..core.suggest import nearest
from ..facts import FactGroup
from ..layout.folder import TABLES, printable
from ..layout.spec import Layout
from ..layout.table_spec import CellSpec, ChartSpec, ColumnSpec, PanelSpec, RowSpec, TableSpec
from .check_expressions import group_of
from .check_headings import heading_mistakes
from .check_tables import record_of, rows_of, table_mistakes, unknown_names
from .check_templates import Checker
from .known import Group, Known, Leaf, Several, known
from .sandbox import environment_of
from .template_files import FOLDER
from .templates import QUOTED_SETTINGS


def mistakes(layout: Layout, *examples: FactGroup) -> tuple[LayoutError, ...]:
    """Return the mistakes in a layout that was loaded: of all its templates and tables, those not in use included.

    ``examples`` are the facts of documents that together have everything that a document can have.
    """
    environment = environment_of(layout.folders)
    root = known(*examples)
    assert isinstance(root, Group)
    settings = Group(dict.fromkeys(QUOTED_SETTINGS, Leaf("word", frozenset(get_args(BudgetedKind)))))
    words = Group(dict.fromkeys(layout.words, Leaf("word")))
    names: Mapping[str, Known] = {**root.names, "words": words, "printing": settings}
    everything, checker = Group(names), Checker(environment, names, layout.fixed_numerals)
    _check_lines(layout, checker)
    _check_named_files(layout, checker)
    for spec in layout.tables.values():
        _check_templates_of(spec, everything, checker)
    for chart in layout.charts.values():
        checker.inline(chart.caption, chart.place.at("caption"))
        _check_panels(chart, everything, checker)
    misnamed = tuple(_misnamed_files(layout, checker))  # after all that could import a file
    _check_own_files(layout, checker)
    others = (*misnamed, *_names_in_yaml(layout, everything), *heading_mistakes(layout, environment))
    found = {**checker.mistakes, **{str(error): error for error in others}}
    return tuple(found.values())


def _misnamed_files(layout: Layout, checker: Checker) -> Iterator[LayoutError]:
    """Yield a mistake for each own file that nothing uses and whose name is nearly that of one that a block names.

    A file that one of the layouts below has as well replaces it. ``checker`` knows the templates that are imported.
    """
    blocks = [block for section in layout.outline for block in section.blocks]
    for folder, suffix, named in (
        (TABLES, ".yaml", {layout.project_table, *(block.table for block in blocks)}),
        (FOLDER, ".j2", {block.text for block in blocks}),
    ):
        wanted = {name.removesuffix(suffix) for name in named if name}
        for path in sorted((layout.folders[0] / folder).glob(f"*{suffix}")):
            below = any((other / folder / path.name).exists() for other in layout.folders[1:])
            near = nearest(path.stem, wanted)
            if near and not (path.stem in wanted or below or checker.is_checked(path.name)):
                place, name = f"{folder}/{printable(path.name)}", near + suffix
                yield LayoutError("{place}：没有哪一段用这个文件", "是否想写 {near}？", place=place, near=name)


def _names_in_yaml(layout: Layout, names: Group) -> Iterator[LayoutError]:
    specs: tuple[TableSpec | ChartSpec, ...] = (*layout.tables.values(), *layout.charts.values())
    for spec in specs:
        yield from table_mistakes(spec, names)
    for tie in layout.ties:
        for name in (*tie.left, *tie.right):
            yield from unknown_names(names, name, f"layout.yaml：ties 的 {tie.code}")


def _check_lines(layout: Layout, checker: Checker) -> None:
    names, lines = layout.document, layout.table_lines
    for name in ("title", "author", "subject"):
        checker.inline(getattr(names, name), names.place.at(name))
    for name in ("left", "right"):
        checker.inline(getattr(lines, name).replace("{unit}", ""), lines.place.at(name))
    for section in layout.outline:
        for line in section.cover:
            checker.inline(line, section.place.at("cover"))
        checker.inline(section.contents, section.place.at("contents"))
        for block in section.blocks:
            checker.inline(block.heading, block.place.at("heading"))
            checker.inline(block.entry, block.place.at("entry"))


def _check_named_files(layout: Layout, checker: Checker) -> None:
    """Check the templates of the outline, and with them what they import."""
    for block in (block for section in layout.outline for block in section.blocks if block.text):
        checker.file(block.text, block.place.at("text"))


def _check_own_files(layout: Layout, checker: Checker) -> None:
    """Check the templates of the layout's own folder that nothing names or imports."""
    for name in sorted(path.name for path in (layout.folders[0] / FOLDER).glob("*.j2")):
        if not checker.is_checked(name):
            checker.file(name, f"{FOLDER}/{name}")


def _check_templates_of(spec: TableSpec, names: Group, checker: Checker) -> None:
    for name in ("title", "note", "empty_note", "common_note", "left", "right"):
        checker.inline((getattr(spec, name) or "").replace("{unit}", ""), spec.place.at(name))
    _check_panels(spec, names, checker)


def _check_panels(spec: TableSpec | ChartSpec, names: Group, checker: Checker) -> None:
    for panel in spec.panels:
        record = record_of(panel, names)
        _check_words(panel.head, panel.place.at("head"), checker)
        for column in _columns(panel.columns):
            _check_words(column.head, column.place.at("head"), checker)
            checker.inline(column.text, column.place.at("text"), row=record)
        _check_labels(panel, record, checker)


def _check_labels(panel: PanelSpec, record: Known, checker: Checker) -> None:
    if panel.total:
        _check_words(panel.total.label, panel.total.place.at("label"), checker)
    for grouping in panel.groups():
        checker.inline(grouping.label, grouping.place.at("label"), group=group_of(Several(record)))
    for row in rows_of(panel):
        _check_row(row, checker)
    for row in panel.record_rows:
        _check_row(row, checker, row=record)


def _check_row(spec: RowSpec, checker: Checker, **more: Known) -> None:
    label = spec.row[0]
    for text in (cell.text for cell in spec.row if isinstance(cell, CellSpec)):
        _check_words(text, spec.place, checker, **more)
    _check_words(label if isinstance(label, str) else "", spec.place, checker, **more)


def _check_words(text: str, place: str, checker: Checker, **more: Known) -> None:
    """Check a text that is a template only where it looks like one; the layout's own words may have any numeral."""
    if "{{" in text or "{%" in text:
        checker.inline(text, place, **more)


def _columns(columns: tuple[ColumnSpec, ...]) -> Iterator[ColumnSpec]:
    for column in columns:
        yield column
        yield from _columns(column.columns)
