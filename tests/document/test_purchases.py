"""Procurement by line, with what is reserved for small enterprises, and its past; the version without lines stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportgen.budget.load import read_budget
from reportgen.core.errors import InputError
from tests.document.quoting import demo, facts_of, printed

LINES: list[dict[str, Any]] = [
    {"unit": "450001", "kind": "服务", "function": "2010602", "project": "审计", "amount": "300000", "sme": "200000",
     "small": "50000", "last": {"budget": "250000"}, "reason": "增加审计"},
    {"unit": "450002", "kind": "货物", "function": "2010601", "item": "复印纸", "economic": "30201",
     "method": "集中采购", "amount": "20000", "carry_over": "1000", "last": {"budget": "20000"}},
]  # fmt: skip


def test_parts_and_total_are_the_sums_of_the_lines() -> None:
    group = facts_of(demo(procurement={"lines": LINES})).procurement
    assert {key: group[key].value for key in ("goods", "works", "services", "total", "sme", "small")} == {
        "goods": 21000, "works": 0, "services": 300000, "total": 321000, "sme": 200000, "small": 50000
    }  # fmt: skip
    assert group.last.budget.total.value == 270000
    assert group.rows[0].change.budget.delta.value == 50000


def test_a_stated_part_prints_and_lines_without_a_kind_count_in_the_total() -> None:
    group = facts_of(demo(procurement={"services": "310000", "lines": LINES})).procurement
    assert (group.services.value, group.total.value) == (310000, 331000)
    no_kinds = [{"function": "2010601", "amount": "5000"}, {"kind": "货物", "amount": "6000"}]
    assert facts_of(demo(procurement={"lines": no_kinds})).procurement.total.value == 11000


def test_a_document_without_lines_is_as_before() -> None:
    group = facts_of(demo(procurement={"goods": "3000", "services": "2000"})).procurement
    assert (group.total.value, group.total.formula) == (5000, "procurement.goods + procurement.services")
    assert group.rows == []


def test_a_layout_prints_the_lines(tmp_path: Path) -> None:
    template = """\
{% for row in procurement.rows | where("kind", "货物") %}
{{ row.unit }}{{ row.item }}（{{ row.economic_name }}，{{ row.method }}）{{ row.general_public }}，结转{{ row.carry }}。
{% endfor %}
"""
    data = demo(procurement={"lines": LINES})
    assert printed(data, template, tmp_path) == ["青溪市国库支付中心复印纸（办公费，集中采购）2.00万元，结转0.10万元。"]


def test_the_table_of_expenditure_can_show_what_is_bought_of_an_item() -> None:
    expenditure = facts_of(demo(procurement={"lines": LINES})).expenditure
    assert expenditure["2010602"].procurement.sme.value == 200000
    assert [row.procurement.total.value for row in expenditure.classes] == [321000, 0, 0, 0, 0, 0, 0]
    assert expenditure["2019999"].procurement.total.value == 0  # an item of the book that the document does not have


def test_a_line_needs_an_item_code_and_a_known_kind() -> None:
    with pytest.raises(InputError) as refused:
        read_budget(demo(procurement={"lines": [{"function": "201", "kind": "其他", "amount": 1}]}))
    assert [finding.where[0].pointer.rpartition("/")[2] for finding in refused.value.findings] == ["kind", "function"]
