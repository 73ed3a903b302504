"""The workbook of a budget system, filled: what comes of it is the document that it was made from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from reportgen.core.finding import Finding, Severity
from reportgen.core.settings import Printing
from reportgen.facts import derive_facts
from reportgen.facts.fact import Fact
from reportgen.intake.readers import read_grids
from reportgen.pipeline.source import load
from reportgen.recognise.document import RecognisedDocument, document
from reportgen.recognise.recognise import recognise

from .grids import grid
from .workbooks import FUNDS, NAME, grids, source, workbook

SEEDS = range(1, 6)
DEPARTMENT = {"code": "510", "units": [{"code": "510001", "name": NAME, "nature": "行政"}]}


def imported(seed: int) -> RecognisedDocument:
    return document(recognise(grids(source(seed))), {"department": DEPARTMENT})


@cache
def from_file() -> RecognisedDocument:
    return document(recognise(read_grids(workbook(source(1)), False)), {"department": DEPARTMENT})


def items(
    lines: list[dict[str, Any]], key: str, width: int, *columns: str
) -> dict[tuple[str, str], dict[str, Decimal]]:
    """The lines of the lowest codes by fund or source and code: their amounts."""
    return {
        (line.get("fund", line.get("source", "")), line[key]): {c: Decimal(line[c]) for c in columns if line.get(c)}
        for line in lines
        if len(line.get(key, "")) == width and line.get("fund") != "全部资金"
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_lines_are_those_that_the_workbook_was_made_from(seed: int) -> None:
    made, found = source(seed), imported(seed).data
    assert found["money_unit"] == "元"
    assert found["year"] == 2026
    for part, key, width, columns in (
        ("expenditure", "function", 7, ("basic", "project")),
        ("revenue", "function", 7, ("amount",)),
        ("basic_expenditure", "economic", 5, ("amount",)),
    ):
        assert items(found[part], key, width, *columns) == items(made[part], key, width, *columns)
    (public,) = found["three_public"]
    assert {key: Decimal(value) for key, value in public.items() if key != "unit"} == made["three_public"]
    assert Decimal(found["agency_operating"]) == made["agency_operating"]


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_wrong_with_the_workbook(seed: int) -> None:
    assert [str(finding) for finding in imported(seed).findings if finding.severity is not Severity.NOTE] == []


def test_the_department_is_as_the_sheets_say() -> None:
    department = imported(1).data["department"]
    assert department["name"] == NAME
    assert department["duties"][-2:] == ["组织实施公共就业服务。", "管理就业补助资金。"]
    assert imported(1).data["scope"] == "department"


def test_the_file_gives_what_its_grids_give() -> None:
    assert from_file().data == imported(1).data


def test_every_amount_has_its_cell() -> None:
    found = from_file()
    for n, line in enumerate(found.data["expenditure"]):
        for column in ("total", "basic", "project"):
            if column in line:
                assert "!" in found.cells[f"/expenditure/{n}/{column}"]
    assert found.cells["/agency_operating"].endswith("运行费预算表!G7")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_stated_sums_are_those_of_the_lines(seed: int) -> None:
    """The facts of the imported document, with its stated subtotals, are those of its lines alone."""
    data = dict(imported(seed).data)
    bare = dict(data)
    for part, key in (("expenditure", "function"), ("basic_expenditure", "economic")):
        width = 7 if key == "function" else 5
        bare[part] = [line for line in data[part] if len(line[key]) == width and line.get("fund") != "全部资金"]
    bare.pop("totals")
    stated, computed = values(data), values(bare)
    assert {name: value for name, value in stated.items() if computed.get(name) != value} == {}
    assert len(stated) > 100


def values(data: dict[str, Any]) -> dict[str, Decimal]:
    facts = derive_facts(load(data).data, Printing())
    return {
        name: fact.value
        for group in ("expenditure", "revenue", "basic", "three_public", *FUNDS.values(), "own_funds")
        for name, fact in numbers(facts[group]).items()
    }


def numbers(group: Any) -> dict[str, Fact]:
    found = {}
    for name in group.names():
        one = group[name]
        if isinstance(one, Fact):
            found[f"{group.dotted}.{name}"] = one
        elif hasattr(one, "names") and name.isdigit():
            found |= numbers(one)
    return found


def test_without_basics_a_placeholder_stands_for_what_is_missing() -> None:
    found = document(recognise(grids(source(1))))
    assert [finding.code for finding in found.findings] == ["XL146", "XL143"]
    (missing, _) = found.findings
    assert missing.values["parts"] == "部门代码、预算单位"
    assert [unit["nature"] for unit in found.data["department"]["units"]] == ["行政"]
    assert "/department/units" in found.unread
    assert codes_of_errors(found.findings) == set()


def test_an_empty_workbook_says_that_it_is_empty() -> None:
    empty = [
        replace(sheet, cells={at: cell for at, cell in sheet.cells.items() if not isinstance(cell.value, Decimal)})
        for sheet in grids(source(1))
    ]
    found = document(recognise(empty))
    assert found.data["year"] == 2026
    assert [finding.text for finding in found.findings if finding.severity is Severity.ERROR] == [
        "收入的表里没有数字",
        "支出的表里没有数字",
    ]


def codes_of_errors(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings if finding.severity is Severity.ERROR}


def test_the_department_is_no_unit_of_its_own_beside_its_units() -> None:
    """A table by unit begins with the department's sum: it is the total, no further unit's amounts."""
    rows: list[list[Any]] = [
        ["2026年部门支出预算总表"],
        ["编制部门：青溪市就业局", "", "", "单位：元"],
        ["单位名称", "科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["青溪市就业局", "", "", 30, 20, 10],
        ["青溪市就业局本级", "", "", 18, 12, 6],
        ["", "2080101", "行政运行", 18, 12, 6],
        ["青溪市职业训练中心", "", "", 12, 8, 4],
        ["", "2080101", "行政运行", 12, 8, 4],
    ]
    found = document(recognise([grid(rows, "支出")]))
    assert [unit["name"] for unit in found.data["department"]["units"]] == ["青溪市就业局本级", "青溪市职业训练中心"]
