"""The charts of a layout from its files: a chart is read as a table of one list, whose columns are its series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import PurePath

from ..core.errors import LayoutError
from .fields import build, check_names, shown
from .folder import CHARTS
from .table_files import Files
from .table_spec import ChartDefaults, ChartSpec
from .yaml_mapping import Mapping, merged

PANEL = {"rows", "where", "where_not", "sort_by"}
"""What a chart states of its list of records, or of the rows that it writes down."""
CATEGORY, SERIES = "category", "series"
_NAME = "name"
"""The value of a record that names its category, where the chart states no other."""


def read_charts(folders: Sequence[Files], defaults: Mapping) -> dict[str, ChartSpec]:
    """Return the charts in ``folders``, the nearest first, by the names of their files.

    ``defaults`` is what ``layout.yaml`` says of all charts.

    Raises:
        LayoutError: something in a file is wrong; file and line are named.
    """
    files: dict[str, Mapping] = {}
    for folder in reversed(folders):
        files |= {PurePath(name).stem: data for name, data in folder.items() if name.startswith(f"{CHARTS}/")}
    stated = defaults.part({field.name for field in fields(ChartDefaults)} - {"label"})
    return {stem: _chart(stem, data, stated) for stem, data in files.items()}


def _chart(stem: str, data: Mapping, defaults: Mapping) -> ChartSpec:
    own = {field.name for field in fields(ChartSpec)} - {"name", "place", "panels"}
    check_names(data, own | PANEL | {CATEGORY, SERIES})
    for name in ("kind", "caption", "rows", SERIES):
        if name not in data:
            raise LayoutError(
                "{place}：缺“{name}”", "补上这一项；各项见 layouts/README.md", place=data.place, name=name
            )
    series = data[SERIES]
    if not isinstance(series, list):
        message, hint = "{place}：“{name}”应为列表，读到 {found}", "列表写成 [甲, 乙]，或一行一个 - 甲"
        raise LayoutError(message, hint, place=data.at(SERIES), name=SERIES, found=shown(series))
    panel = data.part(PANEL)
    panel["columns"] = [_category(data), *series]
    whole = merged(defaults, data.part(own))
    whole.place, whole.places = data.place, data.places
    whole["panels"] = [panel]
    return build(ChartSpec, whole, name=stem)


def _category(data: Mapping) -> Mapping:
    """Return the column of the categories' names: a value of the record, or a template that may name ``row``."""
    named = data.get(CATEGORY, "" if isinstance(data["rows"], list) else _NAME)
    is_template = isinstance(named, str) and "{" in named
    column = Mapping({"head": "", "text" if is_template else "value": named})
    column.place = data.at(CATEGORY)
    return column
