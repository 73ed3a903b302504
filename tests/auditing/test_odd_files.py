"""Files that hold several disclosures, hidden sheets, errors and formulas without values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from reportgen.auditing.audit import audit_read
from reportgen.auditing.cells_without_values import cells_without_values
from reportgen.core.finding import Severity
from reportgen.recognise.blocks import ReadDocument, ReadTable
from reportgen.recognise.grid import Grid, GridCell
from tests.recognise.grids import grid

from .test_tables_and_form import Rows, general


def said(cells: Mapping[tuple[int, int], GridCell], hidden: bool = False) -> list[tuple[str, Severity, str]]:
    read = ReadDocument((ReadTable(Grid("表05", cells, (), hidden), False),))
    return [(one.finding.code, one.finding.severity, one.finding.text) for one in cells_without_values(read)]


def test_errors_and_formulas_without_a_value_are_told() -> None:
    cells = {
        (1, 1): GridCell("#REF!", "A1", problem="error"),
        (2, 1): GridCell("####", "A2"),
        (3, 1): GridCell("=B1+C1", "A3", formula=True, problem="not calculated"),
        (4, 1): GridCell("#1 楼", "A4"),
        (5, 1): GridCell(3, "A5", formula=True),
    }
    assert said(cells) == [
        ("AU119", Severity.ERROR, "2 个格子印的是公式的错误值，如“#REF!”"),
        ("AU195", Severity.WARNING, "1 个格子是没有算出的公式，没有审核，如“=B1+C1”"),
    ]


def test_what_is_hidden_is_told() -> None:
    cells = {(1, 1): GridCell("底稿", "A1", hidden=True), (2, 1): GridCell("5", "A2")}
    assert said(cells) == [("AU195", Severity.NOTE, "1 个有内容的格子是隐藏的，如“底稿”")]
    assert said(cells, hidden=True) == [("AU195", Severity.WARNING, "1 张工作表是隐藏的，如“表05”")]


def disclosure(*changes: tuple[int, int, str]) -> list[Rows]:
    titles = ("支出总表", "一般公共预算支出表", "收入总表", "财政拨款收支总表", "收支总表")
    tables = [[[f"2026年{title}"], *general(*changes)[1:]] for title in titles[:2]]
    sides = ["项目", "预算数", "项目", "预算数"]
    line = ["一、一般公共预算拨款收入", "100.00", "一、一般公共服务支出", "100.00"]
    whole = ["收入总计", "100.00", "支出总计", "100.00"]
    return [*tables, *([[f"2026年{title}"], ["单位：万元"], sides, line, whole] for title in titles[3:])]


def test_a_file_with_two_disclosures_is_held_table_by_table() -> None:
    rows = [*disclosure(), *disclosure((5, 2, "65.00"))]
    made = [replace(grid(table), name=str(number)) for number, table in enumerate(rows)]
    report = audit_read(ReadDocument(tuple(ReadTable(one, False) for one in made)))
    codes = {one.finding.code for one in report.findings}
    assert "AU194" in codes
    assert "AU101" in codes, "what is wrong within a table is told"
    assert not codes & {"AU104", "AU105", "GJ101", "GJ203", "XL141"}
    once = audit_read(ReadDocument(tuple(ReadTable(one, False) for one in made[:4])))
    assert "AU194" not in {one.finding.code for one in once.findings}
