"""The branches that the sample of ``beijing`` does not take: down, flat, from zero, and nothing at all."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.core.finding import Severity
from reportgen.pipeline.in_memory import check, prepare
from reportgen.tree.nodes import Document, Heading, Paragraph, plain
from tests.strategies import dumped

from .golden import sample

KEPT = {"schema", "year", "money_unit", "department", "revenue", "expenditure", "basic_expenditure", "totals"}
LAST = {key: {"last": {"budget": 0}} for key in ("revenue", "grand_total", "three_public")}


def data(**totals: Any) -> Any:
    stated: Any = parse_json(sample("beijing").read_bytes())
    return {**stated, "totals": {**stated["totals"], **totals}}


def nothing() -> Any:
    """A department without money."""
    return {
        **{key: value for key, value in data().items() if key in KEPT},
        "revenue": [{"source": "一般公共预算", "amount": 0}],
        "expenditure": [{"function": "2060501", "personnel": 0}],
        "basic_expenditure": [{"economic": "30101", "amount": 0}],
        "totals": LAST,
    }


def said(document: Document) -> dict[str, str]:
    return {block.id: plain(block.runs) for block in document.blocks() if isinstance(block, Heading | Paragraph)}


@pytest.mark.parametrize(
    ("last", "reason", "expected"),
    [
        ("80000000.00", "完工", "比2025年年初预算数8000.00万元减少457.40万元，下降5.72%。主要原因是完工。"),
        ("75426004.18", None, "与2025年年初预算数7542.60万元持平。"),
        ("0", None, "比2025年年初预算数0万元增加7542.60万元。上年没有安排。"),
    ],
)  # fmt: skip
def test_the_grand_total_goes_every_way(last: str, reason: str | None, expected: str) -> None:
    total = {"last": {"budget": last}, **({"reason": reason} if reason else {})}
    document = prepare(dumped(data(grand_total=total)), "beijing").document
    assert said(document)["支出/规模"] == f"2026年支出预算7542.60万元，{expected}"


def test_a_department_without_money_is_a_document_without_charts() -> None:
    document = prepare(dumped(nothing()), "beijing").document
    text = said(document)
    assert text["收入/规模"] == "2026年度收入预算0万元，与2025年年初预算数0万元持平。"
    assert text["支出/基本"] == "（一）基本支出。基本支出预算0万元。"
    assert text["年终结转"] == "（三）年终结转结余资金0万元。"
    assert text["其他/重点/没有"] == "青溪市科学技术委员会部门2026年没有重点支出和重大投资项目。"
    assert document.charts() == ()
    assert plain(document.tables()[0].notes[0].runs) == "本部门没有收入和支出，故本表无数据。"


def test_the_section_about_projects_may_be_free_prose() -> None:
    stated = data()
    stated["sections"]["重点项目"] = ["项目名称：甲", "政策依据：乙。"]
    text = said(prepare(dumped(stated), "beijing").document)
    assert [text["其他/重点/1"], text["其他/重点/2"]] == ["项目名称：甲", "政策依据：乙。"]


def test_only_three_figures_need_their_last_year() -> None:
    stated = data()
    del stated["totals"]
    wrong = [finding for finding in check(dumped(stated), "beijing").findings if finding.severity is Severity.ERROR]
    names = ["revenue", "grand_total", "three_public"]
    assert [finding.where[0].pointer for finding in wrong] == [f"/totals/{name}/last/budget" for name in names]
