"""Amounts with a name of their own: quoted by name, with their past, by unit, compared and checked."""

from __future__ import annotations

from pathlib import Path

import pytest

import reportgen
from reportgen.budget.load import read_budget
from reportgen.core.errors import InputError
from tests.document.quoting import demo, facts_of, printed
from tests.strategies import dumped

MEETINGS = {"name": "会议费", "amount": "54000", "last": {"budget": "60000"}, "reason": "压减会议"}
TEMPLATE = """\
{% if named["会议费"].total %}
{% set one = named["会议费"] %}
@会议 会议费{{ one.total }}，减少{{ one.change.budget.delta }}，主要是{{ one.reason }}。
{% else %}
@会议 没有会议费。
{% endif %}
"""


def test_a_layout_quotes_an_amount_by_its_name(tmp_path: Path) -> None:
    assert printed(demo(named=[MEETINGS]), TEMPLATE, tmp_path) == ["会议费5.40万元，减少0.60万元，主要是压减会议。"]


def test_a_name_that_the_document_lacks_is_zero(tmp_path: Path) -> None:
    assert printed(demo(named=[{**MEETINGS, "name": "培训费"}]), TEMPLATE, tmp_path) == ["没有会议费。"]
    assert printed(demo(), TEMPLATE, tmp_path) == ["没有会议费。"]


def test_only_what_could_be_a_name_is_zero() -> None:
    named = facts_of(demo()).named
    assert (named["会议费"].total.value, named["会议费"].change.budget.direction) == (0, "unknown")
    assert "会议 费" not in named


def test_names_are_listed_in_the_order_of_the_document(tmp_path: Path) -> None:
    data = demo(named=[{"name": name, "amount": "10000"} for name in ("委托业务费", "会议费", "差旅费")])
    template = '@一 {{ named.rows | listing("name") }}\n'
    assert printed(data, template, tmp_path) == ["委托业务费、会议费、差旅费"]


def test_units_are_added_up_unless_the_whole_is_stated() -> None:
    units = [
        {"unit": "450001", "name": "会议费", "amount": "20000", "last": {"budget": "10000"}},
        {"unit": "450002", "name": "会议费", "amount": "30000", "last": {"budget": "50000"}},
    ]
    summed = facts_of(demo(named=units)).named["会议费"]
    assert (summed.total.value, summed.last.budget.total.value) == (50000, 60000)
    assert [(row.unit.text, row.total.value) for row in summed.rows] == [
        ("青溪市财政局本级", 20000), ("青溪市国库支付中心", 30000)
    ]  # fmt: skip
    assert summed.rows[1].change.budget.direction == "down"
    stated = facts_of(demo(named=[*units, {"name": "会议费", "amount": "50000"}])).named["会议费"]
    assert list(stated.total.cells()) == ["/named/2/amount"]


def test_an_amount_that_only_last_year_had_is_zero_this_year() -> None:
    only_last = facts_of(demo(named=[{"name": "增人增资", "last": {"execution": "30000"}}])).named["增人增资"]
    assert (only_last.total.value, only_last.change.execution.delta.value) == (0, 30000)


def test_last_years_document_gives_the_base(tmp_path: Path) -> None:
    last = demo(named=[{"name": "会议费", "amount": "70000"}], year=2022)
    now = demo(named=[{"name": "会议费", "amount": "54000", "reason": "压减会议"}])
    assert printed(now, TEMPLATE, tmp_path, last) == ["会议费5.40万元，减少1.60万元，主要是压减会议。"]


def test_a_reason_is_to_be_reviewed_when_its_amount_turns() -> None:
    old, new = (dumped(demo(named=[{**MEETINGS, "amount": amount}])) for amount in ("54000", "70000"))
    (review,) = reportgen.diff(old, new).differences.reviews
    assert (review.pointer, review.was, review.now) == ("/named/0/reason", "down", "up")


@pytest.mark.parametrize("name", ["会议 费", "a.b", "会议费(含培训)", "", "rows"])
def test_a_name_that_facts_could_not_have_is_refused(name: str) -> None:
    with pytest.raises(InputError):
        read_budget(demo(named=[{"name": name, "amount": 1}]))
