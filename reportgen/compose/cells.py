"""The cells of one column of a table: figures, texts of the document, templates, numbers of rows."""

from __future__ import annotations

from typing import Any

from ..core.errors import LayoutError
from ..facts import Fact, FactGroup, SourceText
from ..facts.nearest_name import nearest_dotted
from ..layout.table_spec import CellSpec, ChartSpec, ColumnSpec, TableSpec
from ..tree.nodes import Align, Cell, Run, Text
from .figures import Format, changed, figure
from .numbering import formatted
from .templates import Templates, in_half_brackets

PARTS = {"class": slice(0, 3), "section": slice(3, 5), "item": slice(5, 7)}
"""The digits of a code that its class (类), section (款) and item (项) have."""


class Leaf:
    """An innermost column with what all its cells share: the format of figures, and the blank cell."""

    def __init__(self, leaf: ColumnSpec, spec: TableSpec | ChartSpec, templates: Templates) -> None:
        """Read the column ``leaf`` of the table or chart ``spec``."""
        self.value, self.name, self.place, self.merge = leaf.value, leaf.name, leaf.place, leaf.merge
        self.number_level, self.line_number = leaf.number_level, leaf.line_number
        self._spec, self._templates = leaf, templates
        self.blank = Cell(align=leaf.align)
        self._format = changed(changed(Format(), spec), leaf)

    def of_record(self, record: FactGroup, n: int | None, level: int) -> Cell:
        """Return the cell of the ``n``-th record (1 …; None: without a number), which is indented by its ``level``."""
        if self._spec.text:
            runs = self._templates.inline(self._spec.text, self.place.at("text"), row=record)
            cell = Cell(runs, align=self._spec.align, indent=level if self._spec.indent else 0)
        elif self.value:
            cell = self.cell(look_up(record, self.value, self.place.at("value")), level, self.value)
        else:
            cell = self.blank
        if not self._spec.numbered or n is None:
            return cell
        number = Text(formatted(self._spec.numbered, n))
        return Cell((number, *cell.runs), align=self._spec.align, indent=cell.indent)

    def cell(self, value: Any, level: int, name: str = "") -> Cell:
        """Return the cell of a value called ``name``: a figure or a text of the document, blank for None."""
        if isinstance(value, Fact):
            return self._figure(value, self._format, self._spec.align)
        if isinstance(value, SourceText):
            return self._text(value, level)
        if isinstance(value, FactGroup | list | tuple):
            message, hint = "{place}：“{name}”是一组数据项，不能印在一格里", "再写到其中一项，如 {name}.total"
            raise LayoutError(message, hint, place=self.place.at("value"), name=name)
        return self.blank

    def written(self, cell: str | CellSpec, facts: FactGroup, place: str, **more: Any) -> Cell:
        """Return a cell of a row that the layout writes down: the name of a fact, a :class:`CellSpec`, or nothing.

        ``more`` are further names for its template.
        """
        if cell == "":
            return self.blank
        if isinstance(cell, str):
            return self.cell(look_up(facts, cell, place), 0, cell)
        align = cell.align or self._spec.align
        if cell.text:
            return Cell(self.words(cell.text, cell.place.at("text"), **more), align=align)
        if not cell.fact:
            return Cell(align=align)
        value = look_up(facts, cell.fact, cell.place.at("fact"))
        if isinstance(value, Fact):
            return self._figure(value, changed(self._format, cell), align)
        return self.cell(value, 0, cell.fact)

    def words(self, text: str, place: str, **more: Any) -> tuple[Run, ...]:
        """Return a text of the layout: as it is, or rendered where it is a template."""
        return self._templates.words(text, place, **more)

    def _figure(self, fact: Fact, format: Format, align: Align | None) -> Cell:
        if not fact.value and format.zero == "blank":
            return Cell(align=align)
        return Cell((figure(fact, format),), align=align)

    def _text(self, value: SourceText, level: int) -> Cell:
        text = (in_half_brackets(value) if self._spec.brackets == "half" else value).text
        if self._spec.part:
            text = text[PARTS[self._spec.part]]
            if not text:
                return self.blank
        runs = (Text(text, value.pointer or "codes"),)
        return Cell(runs, align=self._spec.align, indent=level if self._spec.indent else 0)


def look_up(group: FactGroup, name: str, place: str) -> Any:
    """Return the value at a dotted name below ``group``.

    Raises:
        LayoutError: there is none; it names ``place`` and the nearest name.
    """
    try:
        return group.look_up(name)
    except KeyError:
        near = nearest_dotted(group, name)
        hint = "是否想写 {near}？" if near else "名称见 docs/facts.md"
        raise LayoutError("{place}：没有名为“{name}”的数据项", hint, place=place, name=name, near=near) from None
