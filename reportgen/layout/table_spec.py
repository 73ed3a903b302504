"""The tables and charts of a layout as plain data: columns, rows, groups, panels, and what they have unless said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from ..core.bounds import Within
from ..core.money import MoneyUnit
from ..core.settings import Zero
from ..tree.nodes import Align, ChartKind
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
