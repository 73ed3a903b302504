"""The content of a layout as plain data: the outline of the document and the shape of its tables.

The classes have no ``__eq__`` and ``__repr__``, which are never used and would make the import slower.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ..core.money import MoneyUnit
from ..core.settings import DisabledRule, Printing, Tie
from ..tree.nodes import Align, RowRole
from ..tree.style import Style


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ColumnSpec:
    """A column, or a group of columns under one head.

    ``value`` is a dotted name below the row's record ("total", "this.general_public"). ``number`` is what the
    column-number row prints ("**" or nothing for the next number). ``merge``: rows whose record has the same
    value of this name share one cell. ``brackets: half`` prints （） as (), as budget systems export names.
    ``unit``, ``decimals``, ``grouped`` override the table's.
    """

    head: str
    value: str = ""
    width: float = 10
    align: Align | None = None
    indent: bool = False
    number: str | None = None
    merge: str = ""
    brackets: Literal["full", "half"] = "full"
    unit: MoneyUnit | None = None
    decimals: int | None = None
    grouped: bool | None = None
    columns: tuple[ColumnSpec, ...] = ()

    def leaves(self) -> tuple[ColumnSpec, ...]:
        """Return the columns without columns below them, left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves()) or (self,)

    def depth(self) -> int:
        """Return the number of head rows that the column needs."""
        return 1 + max((column.depth() for column in self.columns), default=0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RowSpec:
    """A row written down in the layout: a label and, for each further column, the name of a fact."""

    row: tuple[str, ...]
    indent: int = 0
    role: RowRole = "item"
    align: Align | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TotalSpec:
    """The total row of a list of records: ``of`` is the group that has the totals, ``column`` holds the label."""

    of: str
    label: str = "合计"
    column: str = "name"
    at: Literal["first", "last"] = "first"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PanelSpec:
    """One side of a table: columns, rows (a list of records by its dotted name, or written-down rows), foot.

    A table has one panel, or several side by side (收入 | 支出): the shorter one is filled up with empty rows, and the
    foot rows of all are at the bottom.
    """

    columns: tuple[ColumnSpec, ...]
    rows: str | tuple[RowSpec, ...]
    head: str = ""
    total: TotalSpec | None = None
    foot: tuple[RowSpec, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TableSpec:
    """A table of the form. ``note`` always follows it, ``empty_note`` only when the table has no figures."""

    name: str
    title: str
    panels: tuple[PanelSpec, ...]
    place: str
    unit: MoneyUnit = "万元"
    decimals: int = 2
    grouped: bool = False
    numbers: bool = True
    note: str = ""
    empty_note: str = ""
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BlockSpec:
    """A heading with what follows it: a template (``text``) or a table."""

    id: str
    place: str
    level: int = 1
    heading: str = ""
    text: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SectionSpec:
    """Pages of one setup: a cover, the contents, or a list of blocks. ``place`` is file and line.

    ``contents`` is the title of the contents, which list headings down to the level ``depth``, with ``page_numbers`` or
    without.
    """

    page: str
    place: str
    cover: tuple[str, ...] = ()
    contents: str = ""
    depth: int = 2
    page_numbers: bool = False
    blocks: tuple[BlockSpec, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Numbering:
    """Patterns of numbers: {n} 1, {zh} 一. One per heading level; ``items`` one per level of the heading above."""

    headings: Sequence[str] = ("{zh}、", "（{zh}）", "{n}.", "（{n}）")
    items: Sequence[str] = ("{n}.", "{n}.", "（{n}）", "（{n}）")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Names:
    """Templates of the document's names: ``title``, ``author``, ``subject`` go into the files' properties."""

    title: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TableLines:
    """Templates of the lines around a table: ``label`` (with {n:02}), department line, unit line ({unit}).

    ``continued`` is fixed text, added to a title and to the label of a cut group on further pages.
    """

    left: str
    right: str
    label: str = ""
    continued: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Layout:
    """A layout, ready for use. ``folders`` hold its templates, the nearest first."""

    name: str
    title: str
    folders: tuple[Path, ...]
    printing: Printing
    document: Names
    numbering: Numbering
    table_lines: TableLines
    outline: tuple[SectionSpec, ...]
    tables: Mapping[str, TableSpec]
    style: Style
    fixed_numerals: tuple[str, ...] = field(default=())
    ties: tuple[Tie, ...] = ()
    rules_off: tuple[DisabledRule, ...] = ()
