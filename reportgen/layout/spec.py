"""A layout as plain data: its names and words, its outline and its tables.

The classes here, in ``table_spec`` and in ``outline_spec`` have no ``__eq__`` and ``__repr__``, which are never used
and would make the import slower.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ..core.settings import DisabledRule, Printing, Tie
from ..tree.style import Style
from .outline_spec import Numbering, SectionSpec
from .table_spec import CHART_LABEL, ChartDefaults, ChartSpec, TableDefaults, TableSpec
from .yaml_mapping import Place


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
