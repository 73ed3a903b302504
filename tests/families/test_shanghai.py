"""The branches that the sample of ``shanghai`` does not take: what a unit does not have."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.pipeline.in_memory import prepare
from reportgen.tree.nodes import Document, Heading, Paragraph, Table, plain

from .golden import sample


@pytest.fixture(scope="module")
def document() -> Document:
    """The sample of a unit that has neither 机关运行经费 nor 政府性基金, spends less than last year, and flat 三公."""
    data: Any = parse_json(sample("shanghai").read_bytes())
    fund, totals = "政府性基金预算", data["totals"]
    for name in ("expenditure", "revenue"):
        data[name] = [line for line in data[name] if fund not in (line.get("fund"), line.get("source"))]
    data["expenditure"] = [line for line in data["expenditure"] if line["function"] != "212"]
    data["projects"] = [project for project in data["projects"] if "government_fund" not in project]
    data["department"]["units"][0]["nature"] = "公益一类"
    del data["agency_operating"], data["sections"]
    totals["government_fund"] = {"last": {"budget": 0}}
    totals["appropriation"] = {"last": {"budget": 30000000}, "reason": "压减项目支出"}
    totals["agency_operating"] = {"last": {"budget": 0}}
    totals["reception"] = {"last": {"budget": 20000}}
    return prepare(data, "shanghai").document


def sentence(document: Document, id: str) -> str:
    found = (block for block in document.blocks() if isinstance(block, Heading | Paragraph) and block.id == id)
    return plain(next(found).runs)


def test_a_fund_without_money_has_an_empty_table_with_a_note(document: Document) -> None:
    assert "政府性基金拨款支出预算为0；" in sentence(document, "说明/支出")
    table = next(block for block in document.blocks() if isinstance(block, Table) and block.id == "表/政府性基金")
    assert [cell.text for row in table.body for cell in row.cells if cell.text] == ["合计"]
    notes = [plain(note.runs) for note in table.notes]
    assert notes == ["注：本单位2026年无政府性基金预算财政拨款安排的预算，故本表为空表。"]


def test_less_than_last_year_has_its_reason(document: Document) -> None:
    assert sentence(document, "说明/原因") == "财政拨款收入支出减少的主要原因是压减项目支出。"


def test_what_a_unit_does_not_have_and_what_is_flat(document: Document) -> None:
    assert sentence(document, "机关运行/经费") == "本单位无机关运行经费。"
    assert sentence(document, "三公/接待") == "（三）公务接待费2.00万元，与2025年预算持平。"
    assert sentence(document, "机构/1") == "青溪市公共就业实训中心包括以下预算单位：青溪市公共就业实训中心。"
    cover = next(document.blocks())
    assert plain(cover.lines[0]) == "上海市2026年市级单位预算"  # type: ignore[union-attr]
