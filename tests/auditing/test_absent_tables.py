"""A table that is not in the file: what is said is that it is missing, and nothing of figures that are not printed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from reportgen.auditing.audit import audit_read
from reportgen.auditing.completeness import required_and_missing
from reportgen.auditing.named_tables import named_and_missing
from reportgen.auditing.report import AuditFinding
from reportgen.core.finding import Severity
from reportgen.intake.readers.published import read_document
from reportgen.pipeline.in_memory import prepare
from reportgen.pipeline.source import load
from reportgen.recognise.absent_tables import absent_kinds
from reportgen.recognise.blocks import Block, ReadDocument, ReadParagraph, ReadTable
from reportgen.recognise.recognise import Recognised, recognise
from reportgen.writers.docx import write
from tests.recognise.grids import grid

from ..families.golden import sample

LAYOUTS = {"hangzhou": "zhejiang", "final-accounts": "final-accounts"}
NAMES = tuple(LAYOUTS)
"""A budget and final accounts with money of all three funds."""
MISSING = ("AU105", Severity.WARNING)
FORM = 9
"""Tables of the form of final accounts."""


@cache
def read(name: str) -> ReadDocument:
    prepared = prepare(load(sample(name)), LAYOUTS[name])
    return read_document(write(prepared.document, prepared.layout.style), isolated=False)


@cache
def without_each(name: str) -> dict[str, list[AuditFinding]]:
    """What is found only when a table of a document is taken out, by the first cell of the table."""
    whole = read(name)
    known = {str(one.finding) for one in audit_read(whole).findings}
    found = {}
    for table in whole.tables():
        left = replace(whole, blocks=tuple(block for block in whole.blocks if block is not table))
        first = next(iter(table.grid.cells.values())).value
        found[str(first)] = [one for one in audit_read(left).findings if str(one.finding) not in known]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_is_missing_makes_no_error_elsewhere(name: str) -> None:
    found = without_each(name)
    assert len(found) >= FORM
    errors = [one for new in found.values() for one in new if one.finding.severity is Severity.ERROR]
    assert errors == [], [str(one.finding) for one in errors]
    assert {one.finding.code for new in found.values() for one in new} <= {"AU105", "AU109"}


@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_is_missing_is_a_warning(name: str) -> None:
    """Also where neither the form nor money requires it: contents name it, or the numbers leave it out."""
    found = without_each(name)
    found.pop("序号", None)  # the list of units is no table of the form
    for first, new in found.items():
        said = [one.finding.text for one in new if (one.finding.code, one.finding.severity) == MISSING]
        assert said, first
        assert len({place.cell for one in new for place in one.finding.where}) == sum(
            len(one.finding.where) for one in new
        ), "no line of the contents is said twice"


@pytest.mark.parametrize(
    ("name", "first", "says"),
    [
        ("hangzhou", "表09", "没有找到国有资本经营预算支出表"),
        ("hangzhou", "表09", "“表08”后面是“表10”，中间少了一张表"),
        ("hangzhou", "表10", "文件里列有“（十）2026年部门项目支出预算表”，没有找到这张表"),
        ("hangzhou", "表12", "文件里列有“（十二）2026年部门绩效指标表”，没有找到这张表"),
        ("final-accounts", "公开08表", "没有找到国有资本经营预算财政拨款收入支出决算表"),
    ],
)
def test_a_missing_table_is_named(name: str, first: str, says: str) -> None:
    assert says in [one.finding.text for one in without_each(name)[first]]


@pytest.mark.parametrize(("year", "required"), [(2023, True), (2019, False)])
def test_the_table_of_state_capital_is_one_of_the_nine_of_final_accounts(year: int, required: bool) -> None:
    rows = [
        ["收入支出决算总表"],
        ["单位：万元"],
        ["收入", "", "支出", ""],
        ["项目", "决算数", "项目", "决算数"],
        ["一、一般公共预算财政拨款收入", "1.00", "一、一般公共服务支出", "1.00"],
        ["总计", "1.00", "总计", "1.00"],
    ]
    tables = recognise([grid(rows, "表1")], year).tables
    assert ("state_capital" in required_and_missing(tables, year)) is required


@pytest.mark.parametrize(("below", "says"), [(True, []), (False, ["文件里列有“（五）项目支出表”，没有找到这张表"])])
def test_a_heading_that_names_a_table_has_one_below_it(below: bool, says: list[str]) -> None:
    titles = ("（一）收支总表", "（二）收入总表", "（三）支出总表", "（四）财政拨款收支总表", "（五）项目支出表")
    blocks: list[Block] = []
    for number, title in enumerate(titles, 1):
        blocks.append(ReadParagraph(title, f"第 {number} 段", level=2))
        if below or number < len(titles):
            blocks.append(ReadTable(grid([["项目", "预算数"], ["合计", f"{number}.00"]], f"第 {number} 个表")))
    read = ReadDocument(tuple(blocks))
    found = named_and_missing(read, Recognised([], []), ())
    assert [one.finding.text for one in found] == says


@pytest.mark.parametrize(("amount", "absent"), [("20.00", True), ("0.00", False)])
def test_the_table_of_a_fund_is_absent_only_if_another_states_its_money(amount: str, absent: bool) -> None:
    rows = [
        ["2026年部门收支总表"],
        ["单位：万元"],
        ["项目", "预算数", "项目", "预算数"],
        ["一、一般公共预算", "100.00", "一、一般公共服务支出", "100.00"],
        ["二、政府性基金预算", amount, "二、教育支出", amount],
        ["收入总计", "120.00", "支出总计", "120.00"],
    ]
    kinds = absent_kinds(recognise([grid(rows, "表1")], 2026).tables)
    assert ("government_fund" in kinds) is absent
    assert "revenue" in kinds
    assert not kinds & {"balance", "state_capital"}
