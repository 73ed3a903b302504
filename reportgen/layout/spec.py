"""The content of a layout as plain data: the outline of the document and the shape of its tables.

The classes have no ``__eq__`` and ``__repr__``, which are never used and would make the import slower.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from ..core.bounds import Within
from ..core.money import MoneyUnit
from ..core.settings import DisabledRule, Printing, Tie, Zero, ZeroInProse
from ..tree.nodes import Align, ChartKind
from ..tree.style import Style
from .yaml_mapping import Place

Decimals = Annotated[int, Within(0, 8)]
Level = Annotated[int, Within(1, 4)]
CHART_LABEL = "图{n}："
"""The number before the caption of a chart, where a layout states no other."""
FixedRowRole = Literal["total", "subtotal", "item"]
"""The roles of rows that a layout may write down; the others are the program's."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ColumnSpec:
    """A column, or a group of columns under one head.

    What a cell prints is ``value``, ``text`` (a template that may name ``row``) or a ``numbered`` pattern ({n}, {zh}),
    which is put before them; with ``number_level`` only the rows of that level are counted and numbered. ``part``
    prints only the digits of a code that its class, section or item has.

    ``value`` is a dotted name below the row's record ("total", "this.general_public"). ``number`` is what the
    column-number row prints; without it, the next number over figures and ** over the rest.
    ``merge``: rows whose record has the same value of this name share one cell. ``brackets: half`` prints （） as (),
    as budget systems export names. ``unit`` … ``zero`` override what the table says of its figures.
    ``head_rows`` is the height of the head of a group. A ``line_number`` column prints 行次: all lines of the table are
    counted, fillers and feet too, one side after the other.
    """

    head: str
    place: Place
    value: str = ""
    text: str = ""
    numbered: str = ""
    number_level: Level | None = None
    part: Literal["class", "section", "item"] | None = None
    width: Annotated[float, Within(0.01, 10_000)] = 10
    align: Align | None = None
    indent: bool = False
    number: str | None = None
    merge: str = ""
    brackets: Literal["full", "half"] = "full"
    unit: MoneyUnit | None = None
    decimals: Decimals | None = None
    grouped: bool | None = None
    percent_decimals: Decimals | None = None
    trim_zeros: bool | None = None
    zero: Zero | None = None
    line_number: bool = False
    columns: tuple[ColumnSpec, ...] = ()
    head_rows: Annotated[int, Within(1, 4)] = 1

    @property
    def name(self) -> str:
        """What the column is called where a layout names it: its value, or else its head."""
        return self.value or self.head

    def leaves(self) -> tuple[ColumnSpec, ...]:
        """Return the columns without columns below them, left to right."""
        return tuple(leaf for column in self.columns for leaf in column.leaves()) or (self,)

    def depth(self) -> int:
        """Return the number of head rows that the column needs."""
        return (self.head_rows if self.columns else 1) + max((column.depth() for column in self.columns), default=0)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CellSpec:
    """A cell of a row written down: a template (``text``), or a fact that prints otherwise than its column."""

    place: Place
    text: str = ""
    fact: str = ""
    align: Align | None = None
    unit: MoneyUnit | None = None
    decimals: Decimals | None = None
    grouped: bool | None = None
    percent_decimals: Decimals | None = None
    trim_zeros: bool | None = None
    zero: Zero | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RowSpec:
    """A row written down in the layout: a label and, for each further column, the name of a fact, a cell or "".

    ``unless_zero``: the row is left out where all its figures are zero.
    """

    row: tuple[str | CellSpec, ...]
    place: Place
    indent: Annotated[int, Within(0, 10)] = 0
    role: FixedRowRole = "item"
    align: Align | None = None
    unless_zero: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TotalSpec:
    """The total row of a list of records: ``of`` is the group that has the totals, ``column`` holds the label.

    A column is named by its value, or, without one, by its head.
    """

    of: str
    place: Place
    label: str = "合计"
    column: str = "name"
    at: Literal["first", "last"] = "first"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class GroupSpec:
    """Rows with the same text ``by`` together, and a row for each group: its ``label``, and (``sums``) its sums.

    ``label`` is a template that may name ``group`` (``{{ group.name }}小计``); it is in the column ``column``, which is
    named by its value, or, without one, by its head.
    """

    by: str
    place: Place
    column: str
    label: str = "{{ group.name }}"
    at: Literal["first", "last"] = "first"
    sums: bool = True


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PanelSpec:
    """One side of a table: columns, rows (a list of records by its dotted name, or written-down rows), foot.

    A table has one panel, or several side by side (收入 | 支出): the shorter one is filled up with empty rows, and the
    foot rows of all are at the bottom. ``where`` and ``where_not`` choose records by the texts of their values (or by
    ``nonzero``, ``zero``), ``sort_by`` names values (``-total``: largest first), ``group_by`` puts the rows of a group
    together; further ones make groups within each. ``record_rows`` are the rows that each record prints in place of
    one: names in them are below the record, templates may name ``row``.
    """

    columns: tuple[ColumnSpec, ...]
    rows: str | tuple[RowSpec, ...]
    place: Place
    head: str = ""
    record_rows: tuple[RowSpec, ...] = ()
    total: TotalSpec | None = None
    foot: tuple[RowSpec, ...] = ()
    where: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    where_not: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    sort_by: tuple[str, ...] = ()
    group_by: GroupSpec | tuple[GroupSpec, ...] = ()

    def groups(self) -> tuple[GroupSpec, ...]:
        """Return what its rows are grouped by, the outermost first."""
        return self.group_by if isinstance(self.group_by, tuple) else (self.group_by,)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TableSpec:
    """A table of the form. ``note`` always follows it, ``empty_note`` only when the table has no figures.

    ``common_note`` follows these two; a layout states it once for all its tables, a table its own (or "") in its place.

    ``label``, ``left`` and ``right`` are its own in place of those of all tables. A table with an empty label is not
    counted. ``withheld`` names the groups whose notes on withheld rows (保密) follow it; without it, these are the
    groups whose lists it prints.
    """

    name: str
    title: str
    panels: tuple[PanelSpec, ...]
    place: Place
    unit: MoneyUnit = "万元"
    decimals: Decimals = 2
    grouped: bool = False
    percent_decimals: Decimals = 1
    trim_zeros: bool = False
    zero: Zero = "blank"
    numbers: bool = True
    note: str = ""
    empty_note: str = ""
    common_note: str = ""
    withheld: tuple[str, ...] | None = None
    label: str | None = None
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TableDefaults:
    """What every table of a layout has unless it says otherwise: the fields of :class:`TableSpec` of these names."""

    unit: MoneyUnit | None = None
    decimals: Decimals | None = None
    grouped: bool | None = None
    percent_decimals: Decimals | None = None
    trim_zeros: bool | None = None
    zero: Zero | None = None
    numbers: bool | None = None
    common_note: str | None = None
    left: str | None = None
    right: str | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChartSpec:
    """A chart: its only panel has the names of categories in the first column, a series in each further one.

    ``caption`` is a template, printed after the number. A category all of whose cells are blank is left out.
    """

    name: str
    kind: ChartKind
    caption: str
    panels: tuple[PanelSpec, ...]
    place: Place
    unit: MoneyUnit = "万元"
    decimals: Decimals = 2
    grouped: bool = False
    percent_decimals: Decimals = 1
    trim_zeros: bool = False
    zero: Zero = "0.00"

    @property
    def series(self) -> tuple[ColumnSpec, ...]:
        """The columns that are series."""
        return self.panels[0].columns[1:]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ChartDefaults:
    """What every chart of a layout has unless it says otherwise, and ``label``, the number before captions ({n})."""

    label: str = CHART_LABEL
    unit: MoneyUnit | None = None
    decimals: Decimals | None = None
    grouped: bool | None = None
    percent_decimals: Decimals | None = None
    trim_zeros: bool | None = None
    zero: Zero | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PlacePrinting:
    """What the sentences of a block print otherwise than the layout's ``printing``.

    Wording (up, down, flat) is still decided on the layout's decimals.
    """

    unit: MoneyUnit | None = None
    decimals: Decimals | None = None
    grouped: bool | None = None
    percent_decimals: Decimals | None = None
    trim_zeros: bool | None = None
    zero: ZeroInProse | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PlaceNumbering:
    """Patterns of numbers in a section or a block; levels that are not stated have the layout's.

    ``items_continue``: items are counted on across the headings of one template.
    """

    headings: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    items_continue: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BlockSpec:
    """A heading with what follows it, a template (``text``) or a table; a template without a heading; or a chart.

    A block with an ``entry`` alone is only listed in the contents, before the heading that follows it.

    ``number``: the number is printed (``all``), only listed in the contents (``entry``), or there is none. ``entry`` is
    a template of the title in the contents, if it is another than the printed one. ``new_page: false`` lets a table go
    on below the paragraph before it.
    """

    id: str
    place: Place
    level: Level = 1
    heading: str = ""
    text: str = ""
    table: str = ""
    chart: str = ""
    entry: str = ""
    number: Literal["all", "entry", "none"] = "all"
    new_page: bool = True
    printing: PlacePrinting | None = None
    numbering: PlaceNumbering | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SectionSpec:
    """Pages of one setup: a cover, the contents, or a list of blocks. ``place`` is file and line.

    ``contents`` is the title of the contents, which list headings down to the level ``depth``, with ``page_numbers``
    or without: of all blocks, ``only`` of some, or of all ``without`` some. ``printing`` and ``numbering`` are those
    of all its blocks that state none.
    """

    page: str
    place: Place
    cover: tuple[str, ...] = ()
    contents: str = ""
    depth: Level = 2
    page_numbers: bool = False
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    printing: PlacePrinting | None = None
    numbering: PlaceNumbering | None = None
    blocks: tuple[BlockSpec, ...] = ()


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Numbering:
    """Patterns of numbers: {n} 1, {zh} 一. One per heading level; ``items`` one per level of the heading above.

    ``items_continue``: items are counted on across the headings of one template.
    """

    headings: tuple[str, ...] = ("{zh}、", "（{zh}）", "{n}.", "（{n}）")
    items: tuple[str, ...] = ("{n}.", "{n}.", "（{n}）", "（{n}）")
    items_continue: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Names:
    """Templates of the document's names: ``title``, ``author``, ``subject`` go into the files' properties."""

    title: str
    author: str
    subject: str
    place: Place


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TableLines:
    """Templates of the lines around a table: ``label`` (with {n:02}), department line, unit line ({unit}).

    ``title`` is a pattern like ``label`` that is put before the title itself (``表{n}：``). ``continued`` is fixed
    text, added to a title and to the label of a cut group on further pages.
    """

    left: str
    right: str
    place: Place
    label: str = ""
    title: str = ""
    continued: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LayoutFile:
    """The content of ``layout.yaml``, with that of the layouts it extends merged in."""

    title: str
    document: Names
    table_lines: TableLines
    outline: tuple[SectionSpec, ...]
    extends: str = ""
    tables: TableDefaults | None = None
    charts: ChartDefaults = field(default_factory=ChartDefaults)
    words: Mapping[str, str] = field(default_factory=dict)
    unit_budget_words: Mapping[str, str] = field(default_factory=dict)
    printing: Printing = field(default_factory=Printing)
    numbering: Numbering = field(default_factory=Numbering)
    fixed_numerals: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    rules_off: tuple[DisabledRule, ...] = ()
    stage: Literal["budget", "final"] = "budget"
    project_table: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Layout:
    """A layout, ready for use. ``folders`` hold its templates, the nearest first.

    ``unit_budget_words`` are those of its ``words`` that are others in the document of a unit (单位预算). ``stage`` is
    that of the documents that it is for. ``project_table`` is the table (of ``performance.rows``) that each project
    has as a file of its own.
    """

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
    charts: Mapping[str, ChartSpec] = field(default_factory=dict)
    chart_label: str = CHART_LABEL
    words: Mapping[str, str] = field(default_factory=dict)
    unit_budget_words: Mapping[str, str] = field(default_factory=dict)
    fixed_numerals: tuple[str, ...] = field(default=())
    ties: tuple[Tie, ...] = ()
    rules_off: tuple[DisabledRule, ...] = ()
    stage: Literal["budget", "final"] = "budget"
    project_table: str = ""
