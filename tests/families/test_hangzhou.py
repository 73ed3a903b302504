"""The branches that the sample of ``hangzhou`` does not take: what a department does not have."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.pipeline.in_memory import prepare
from reportgen.tree.nodes import Document, Heading, Paragraph, Table, plain

from .golden import sample


def without(fund: str) -> Document:
    """The sample without the money of a fund, also last year."""
    data: Any = parse_json(sample("hangzhou").read_bytes())
    data["expenditure"] = [line for line in data["expenditure"] if line.get("fund") != fund]
    data["revenue"] = [line for line in data["revenue"] if line["source"] != fund]
    for project in data["projects"]:
        project.pop("government_fund", None)
    for line in data["three_public"]:
        line.pop("overseas", None)
    data["totals"]["government_fund"] = {"last": {"execution": 0}}
    data["totals"]["overseas"] = {"last": {"budget": 0}}
    return prepare(data, "hangzhou").document


@pytest.fixture(scope="module")
def document() -> Document:
    return without("政府性基金预算")


def sentence(document: Document, id: str) -> str:
    found = (block for block in document.blocks() if isinstance(block, Heading | Paragraph) and block.id == id)
    return plain(next(found).runs)


def test_a_fund_without_money_is_as_last_year(document: Document) -> None:
    said = "本部门2026年没有使用政府性基金预算拨款安排的支出，与上年持平。"
    assert sentence(document, "政府性基金/支出") == said
    table = next(block for block in document.blocks() if isinstance(block, Table) and block.id == "表/政府性基金")
    assert [plain(note.runs) for note in table.notes] == [
        "备注：本部门没有政府性基金预算拨款安排的支出，故本表无数据。"
    ]


def test_travel_abroad_is_budgeted_within_the_year(document: Document) -> None:
    assert sentence(document, "三公/出国").endswith("相应调增因公出国（境）费用预算。")
    assert "年初不编制" in sentence(document, "三公/出国")


def test_shares_add_up_with_what_was_carried_over(document: Document) -> None:
    assert sentence(document, "收入/来源").endswith("上年结转结余43.00万元，占1.0%。")
