"""Messy sheets: what each becomes, or which findings it gives (``sheets.yaml``)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.core.finding_codes import declared_codes
from reportgen.recognise.grid import Grid
from reportgen.recognise.recognise import recognise

from .grids import grid

DATA = yaml.safe_load((Path(__file__).parent / "sheets.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = DATA["cases"]


def sheet(case: dict[str, Any]) -> Grid:
    if "sheet" in case:
        return grid(case["sheet"], case.get("sheet_name", "表"))
    parts = {**DATA["default"], **case}
    return grid([[parts["title"]], [parts["unit"]], *parts["head"], *parts["rows"]], case.get("sheet_name", "表"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_the_sheet_becomes(case: dict[str, Any]) -> None:
    found = recognise([sheet(case)])
    assert len(found.tables) == case.get("tables", 1)
    gives = case["gives"].items() if isinstance(case["gives"], dict) else case["gives"]
    expected = [(key, {name: Decimal(str(value)) for name, value in row.items()}) for key, row in gives]
    rows = [row for table in found.tables for row in table.rows]
    assert [(row.key, {name: one.value for name, one in row.amounts.items()}) for row in rows] == expected


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_which_findings_the_sheet_gives(case: dict[str, Any]) -> None:
    findings = recognise([sheet(case)]).findings
    wanted = case.get("finds", [])
    assert [finding.code for finding in findings] == [text.split()[0] for text in wanted]
    for finding, text in zip(findings, wanted, strict=True):
        assert text.partition(" ")[2] in finding.text
        assert finding.where
        assert finding.where[0].cell


def test_every_code_is_declared() -> None:
    declared = {code.code for code in declared_codes()}
    assert {text.split()[0] for case in CASES for text in case.get("finds", ())} <= declared


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80
    assert len({case["name"] for case in CASES}) == len(CASES)


def test_a_long_sheet_takes_no_more_than_its_rows() -> None:
    """20,000 rows, and a merged cell over all of them."""
    rows = [["2026年部门支出预算总表"], ["单位：元"], ["科目编码", "科目名称", "合计", "备注"]]
    long = grid([*rows, *(["2080101", "行政运行", 1, ""] for _ in range(20_000))])
    found = recognise([replace(long, merged=((4, 4, 1_048_576, 4),))])
    assert len(found.tables[0].rows) == 20_000
