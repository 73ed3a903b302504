"""``layouts/README.md`` has every key, filter and function that a layout may use, and no others."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from reportgen.compose.check_expressions import NAMING, PLACES
from reportgen.compose.sandbox import environment_of
from reportgen.compose.template_errors import FILTER_NAMES
from reportgen.core.paths import shipped
from reportgen.core.settings import DisabledRule, Printing, Tie
from reportgen.layout import chart_files, outline_spec, spec, table_spec
from reportgen.layout.load import load_layout
from reportgen.layout.table_files import AFTER, CHANGE, EXTENDS, ORDER, PANEL

README = (shipped("layouts") / "README.md").read_text(encoding="utf-8")
ROWS = {
    place.strip(): set(re.findall(r"`([^`]+)`", words))
    for place, words in re.findall(r"^\| ([^|`]+) \| (.+) \|$", README.partition("## 名称总表")[2], re.MULTILINE)
}
KINDS: dict[str, type] = {
    "layout.yaml": spec.LayoutFile,
    "printing": Printing,
    "tables（layout.yaml）": table_spec.TableDefaults,
    "charts（layout.yaml）": table_spec.ChartDefaults,
    "document": spec.Names,
    "numbering": outline_spec.Numbering,
    "table_lines": spec.TableLines,
    "ties": Tie,
    "rules_off": DisabledRule,
    "outline": outline_spec.SectionSpec,
    "blocks": outline_spec.BlockSpec,
    "blocks 的 printing": outline_spec.PlacePrinting,
    "blocks 的 numbering": outline_spec.PlaceNumbering,
    "panels": table_spec.PanelSpec,
    "columns": table_spec.ColumnSpec,
    "rows、foot": table_spec.RowSpec,
    "row 的一格": table_spec.CellSpec,
    "total": table_spec.TotalSpec,
    "group_by": table_spec.GroupSpec,
}


def keys(kind: type) -> set[str]:
    return {field.name for field in fields(kind)} - {"place"}  # type: ignore[arg-type]


@pytest.mark.parametrize("place", KINDS)
def test_every_key_is_documented_and_no_other(place: str) -> None:
    assert ROWS[place] == keys(KINDS[place])


def test_the_keys_of_a_table_file_are_documented() -> None:
    assert ROWS["tables/*.yaml"] | PANEL == (keys(table_spec.TableSpec) - {"name"}) | {EXTENDS, CHANGE, ORDER} | PANEL
    assert ROWS["change 的一项"] == {AFTER}


def test_the_keys_of_a_chart_file_are_documented() -> None:
    assert ROWS["charts/*.yaml"] == (keys(table_spec.ChartSpec) - {"name", "panels"}) | chart_files.PANEL | {
        chart_files.CATEGORY, chart_files.SERIES
    }  # fmt: skip


def test_every_filter_and_function_is_documented_and_no_other() -> None:
    environment = environment_of(load_layout("zhejiang").folders)
    assert ROWS["过滤器"] == set(environment.filters) == set(FILTER_NAMES)
    assert ROWS["函数"] == set(environment.globals)
    assert {*PLACES, *NAMING} <= ROWS["过滤器"]


def test_the_table_has_no_other_rows() -> None:
    others = {"哪里", "---", "tables/*.yaml", "charts/*.yaml", "change 的一项", "过滤器", "函数"}
    assert set(ROWS) - others == set(KINDS)
