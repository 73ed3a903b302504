"""The kinds of sheets that the form has, and the heads of the columns that are no fields of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...budget.field_types import Text
from .columns import Column

ITEM, CONTENT = "项目", "内容"
"""The heads of a sheet of single values: what it is, its value."""
KEY, CATEGORY, TEXT, NUMBER = "名称", "类别", "文字", "数量"
STAGE, NTH = "绩效", "同名的第几个"
POINTER, KIND, VALUE = "位置", "类型", "内容"
LONG_TEXT = Text(20_000, multiline=True)
POSTFIX = "填报表"
"""What the title of every sheet ends with: by its title a sheet is found again, whatever its name."""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet: the name of its tab, its title, what to fill in, the part of the document, its columns."""

    name: str
    about: str
    path: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """The text of its title cell."""
        return f"{self.name}{POSTFIX}"


class LineSheet(FormSheet):
    """A list of objects: a row for each."""


class ListSheet(FormSheet):
    """A list of texts: a row for each."""


@dataclass(frozen=True, slots=True)
class ValueSheet(FormSheet):
    """Single values of the document: a row for each of ``values``, found by its head in the first column.

    ``other_heads`` are heads that are read as well: what another form calls a value → its head here.
    """

    values: tuple[Column, ...] = ()
    other_heads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TotalSheet(FormSheet):
    """The totals: a row for each of ``keys`` (name of the figure → its key), found by its name.

    ``other_names`` are read as well: what another form calls a figure → its key.
    """

    keys: Mapping[str, str]
    other_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MapSheet(FormSheet):
    """Maps with keys of the document's own: a row for each value. ``maps`` are the parts by their category."""

    maps: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class IndicatorSheet(FormSheet):
    """The indicators of the projects of another sheet. ``stages`` are the goals that they belong to, by their term."""

    stages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UnitTextSheet(FormSheet):
    """Texts of units: a row for each. ``parts`` are the lists and maps of a unit that hold them, by their term."""

    parts: Mapping[str, str]


class LeafSheet(FormSheet):
    """What only the program writes: each leaf with its JSON pointer. ``path`` is empty: see ``PROGRAM_PARTS``."""


PROGRAM_PARTS = ("unread", "accepted", "overrides")
"""The parts of the document on the sheet for the program."""
LEAF_KINDS = ("文字", "数", "是否", "空列表", "空对象")
