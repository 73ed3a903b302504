"""Whoever misspells a name of a known set is told the nearest one, wherever the name may be written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportgen import render
from reportgen.bulk import BulkOptions, run
from reportgen.core.errors import ReportgenError
from reportgen.hand_edits.figure_linking import link_figures
from reportgen.tree.edited_docx import EditedParagraph
from reportgen.tree.nodes import Figure
from tests.bad_input.command import run_json
from tests.bad_input.layouts import HEAD, ROWS, TABLE, TOTAL, block
from tests.bad_input.sample import DEMO, changed

PANEL = "title: 试\nrows: units.rows\ncolumns:\n  - {head: 甲, value: name, merge: calld}\n"
TIE = "ties: [{code: SX-01, description: 相等, left: [projects.total], right: [%s]}]\n"
LAYOUTS: dict[str, tuple[dict[str, str], str]] = {
    "a key": ({"layout.yaml": HEAD + "printng: {unit: 元}\n"}, "printing"),
    "a choice": ({"layout.yaml": HEAD + "printing: {shares: plane}\n"}, "plain"),
    "extends": ({"layout.yaml": "title: 试\nextends: zhejang\n"}, "zhejiang"),
    "a fact of a tie": ({"layout.yaml": HEAD + TIE % "projects.totl"}, "projects.total"),
    "a group of a tie": ({"layout.yaml": HEAD + TIE % "project.total"}, "projects.total"),
    "a group in place of its total": ({"layout.yaml": HEAD + TIE % "revenue"}, "revenue.total"),
    "a rule that is switched off": ({"layout.yaml": HEAD + "rules_off: [{code: GJ6O1, reason: 另行考核}]\n"}, "GJ601"),
    "a page": ({"layout.yaml": HEAD + "outline: [{page: prosa, cover: [甲]}]\n"}, "prose"),
    "a table": ({"layout.yaml": HEAD + block("table: 01-balanc")}, "01-balance"),
    "a face": ({"layout.yaml": HEAD, "style.yaml": "text: {body: {face: fangson}}\n"}, "fangsong"),
    "a role": ({"layout.yaml": HEAD, "style.yaml": "text: {bodi: {face: song, size: 16}}\n"}, "body"),
    "a template": ({"layout.yaml": HEAD + block("text: dutys.j2")}, "duties.j2"),
    "a fact of a sentence": (
        {"layout.yaml": HEAD + block("text: x.j2"), "text/x.j2": "{{ revenue.totl }}\n"}, "total"
    ),
    "a group of a sentence": (
        {"layout.yaml": HEAD + block("text: x.j2"), "text/x.j2": "{{ revenu.total }}\n"}, "revenue"
    ),
    "a filter": (
        {"layout.yaml": HEAD + block("text: x.j2"), "text/x.j2": "{{ units.rows | lenght }}\n"}, "length"
    ),
    "a list of records": (
        {"layout.yaml": HEAD + block("table: x"), "tables/x.yaml": TABLE.format(rows="units.row", value="name")},
        "units.rows",
    ),
    "a value of a column": (
        {"layout.yaml": HEAD + block("table: x"), "tables/x.yaml": TABLE.format(rows="units.rows", value="nam")}, "name"
    ),
    "a merged value": ({"layout.yaml": HEAD + block("table: x"), "tables/x.yaml": PANEL}, "called"),
    "a total": (
        {"layout.yaml": HEAD + block("table: x"), "tables/x.yaml": TOTAL.format(of="revenu", column="name")}, "revenue"
    ),
    "the column of a total": (
        {"layout.yaml": HEAD + block("table: x"), "tables/x.yaml": TOTAL.format(of="revenue", column="nam")}, "name"
    ),
    "a key of a column": (
        {"layout.yaml": HEAD + block("table: x"), "tables/x.yaml": ROWS.format(row="[甲]", more=", widht: 3")}, "width"
    ),
}  # fmt: skip
"""Files of a layout, and the name that is meant."""
FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "a field": ({"/departmant": {}}, "department"),
    "a field of a row": ({"/revenue/0/amuont": 1}, "amount"),
    "a word": ({"/expenditure/0/fund": "一般公供预算"}, "一般公共预算"),
    "a unit": ({"/revenue/0/unit": "450011"}, "450001"),
    "a fact of a hand edit": (
        {
            "/overrides": [
                {"block": "收入/规模", "runs": ["共", {"figure": "revenue.totl", "printed": "1.00"}, "万元。"]}
            ]
        },
        "revenue.total",
    ),
}
"""Changes of the sample, and the name that is meant."""


def hints(*arguments: str) -> list[str]:
    return [message.hint for message in run_json(*arguments).messages]


@pytest.mark.parametrize("name", LAYOUTS)
def test_in_a_layout(name: str, tmp_path: Path) -> None:
    files, meant = LAYOUTS[name]
    for file, text in files.items():
        (tmp_path / "own" / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "own" / file).write_text(text, encoding="utf-8")
    assert f"是否想写 {meant}？" in hints("check", str(DEMO), "--layout", str(tmp_path / "own"))


@pytest.mark.parametrize("name", FIELDS)
def test_in_a_document(name: str, tmp_path: Path) -> None:
    changes, meant = FIELDS[name]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(changed(changes), ensure_ascii=False, default=float), encoding="utf-8")
    assert f"是否想写 {meant}？" in hints("check", str(path))


def raised(act: Callable[[], object]) -> str:
    with pytest.raises(ReportgenError) as error:
        act()
    return error.value.hint_text


def test_a_layout_and_a_format(tmp_path: Path) -> None:
    assert hints("check", str(DEMO), "--layout", "zhejang") == ["是否想写 zhejiang？"]
    assert raised(lambda: render(DEMO, ["dcox"])) == "是否想写 docx？"
    assert raised(lambda: run([DEMO], tmp_path / "out", BulkOptions(formats=("xslx",)))) == "是否想写 xlsx？"


def test_a_fact_named_in_an_edited_file() -> None:
    figures = {"b1": Figure("1.00", 1, "万元", "revenue.total")}  # type: ignore[arg-type]
    linked = link_figures((), EditedParagraph("共{revenue.totl}万元"), figures)
    assert [(one.kind, one.near) for one in linked.conflicts] == [("name", "revenue.total")]
