"""What a layout may say of the rules: switch one off with a reason, add equalities of its own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from reportgen.core.errors import LayoutError
from reportgen.core.finding import Severity
from reportgen.layout.load import load_layout
from reportgen.pipeline import check
from reportgen.rules.compared import FUND_KEYS
from tests.bad_input.sample import DEMO
from tests.conftest import SEED
from tests.document.quoting import demo
from tests.strategies import dumped

OWN = """
extends: zhejiang
ties:
  - code: SX-01
    description: 项目支出表与重点项目表应相等
    left: [projects.total]
    right: [{right}]
rules_off:
  - {{code: {off}, reason: 本地绩效权重另行考核}}
"""


def layout_with(folder: Path, right: str = "key_projects.fiscal", off: str = "GJ109") -> str:
    (folder / "own").mkdir()
    (folder / "own" / "layout.yaml").write_text(OWN.format(right=right, off=off), encoding="utf-8")
    return str(folder / "own")


def test_a_tie_that_holds_says_nothing(tmp_path: Path) -> None:
    assert not [f for f in check(SEED, layout_with(tmp_path)).findings if f.code == "SX-01"]


def test_a_tie_that_does_not_hold_blocks(tmp_path: Path) -> None:
    report = check(SEED, layout_with(tmp_path, right="general_public.basic"))
    (finding,) = [f for f in report.findings if f.code == "SX-01"]
    assert finding.severity is Severity.ERROR
    assert finding.message.format(**finding.values) == (
        "projects.total 12,647.00万元 ≠ general_public.basic 4,986.63万元，相差 7,660.37万元"
    )
    assert finding.hint == "项目支出表与重点项目表应相等"
    assert not report.publishable


def test_a_tie_of_an_unknown_fact_is_a_broken_layout(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"没有名为“projects\.totl”的数据项"):
        check(SEED, layout_with(tmp_path, right="projects.totl"))


def test_a_rule_that_is_switched_off_leaves_a_note_with_the_reason(tmp_path: Path) -> None:
    codes = {f.code: f for f in check(SEED, layout_with(tmp_path)).findings}
    assert "GJ109" not in codes
    assert codes["GJ001"].severity is Severity.NOTE
    assert codes["GJ001"].values == {"code": "GJ109", "reason": "本地绩效权重另行考核"}


def test_switching_off_a_rule_that_is_none_is_told(tmp_path: Path) -> None:
    (finding,) = [f for f in check(SEED, layout_with(tmp_path, off="GJ999")).findings if f.code == "GJ001"]
    assert finding.severity is Severity.WARNING


def test_the_threshold_of_a_reason_is_the_layouts(tmp_path: Path) -> None:
    """A change below ``flat_below`` is 基本持平 and needs no reason."""
    (tmp_path / "own").mkdir()
    text = "extends: zhejiang\nprinting: {flat_below: 6}\n"
    (tmp_path / "own" / "layout.yaml").write_text(text, encoding="utf-8")
    assert load_layout(str(tmp_path / "own")).printing.flat_below == Decimal(6)


COMPARED = """\
title: 只比财政拨款
extends: zhejiang
printing: {totals_compared: [appropriation, funds, three_public_items, agency_operating], totals_against: budget}
"""


def compared(folder: Path, totals: dict[str, Any]) -> list[str]:
    """What GJ401 and GJ409 find of the totals of a document, where the form compares 财政拨款 and its funds."""
    (folder / "own").mkdir(exist_ok=True)
    (folder / "own" / "layout.yaml").write_text(COMPARED, encoding="utf-8")
    data = json.loads(DEMO.read_bytes(), parse_float=Decimal)
    kept = {key: total for key, total in data["totals"].items() if key not in ("revenue", "expenditure", *FUND_KEYS)}
    report = check({**data, "totals": {**kept, **totals}}, str(folder / "own"))
    return [finding.text for finding in report.findings if finding.code in ("GJ401", "GJ409")]


def test_rules_ask_for_the_totals_that_the_form_compares(tmp_path: Path) -> None:
    names = ("财政拨款", "一般公共预算拨款", "政府性基金预算", "国有资本经营预算")
    assert compared(tmp_path, {}) == [f"{name}没有上年数，无法比较" for name in names]


def test_the_reason_of_all_fiscal_funds_is_that_of_each(tmp_path: Path) -> None:
    last = {"last": {"budget": "20000000.00"}}
    kept = {"government_fund": {"last": {"budget": "1250000.00"}}, "state_capital": {"last": {"budget": "560000.00"}}}
    moved = {"appropriation": last, "general_public": last, **kept}
    assert compared(tmp_path, {**moved, "appropriation": {**last, "reason": "项目增加"}}) == []
    assert [text.partition("比")[0] for text in compared(tmp_path, moved)] == ["财政拨款", "一般公共预算拨款"]
    own = {**last, "reason": "项目增加"}
    assert [text.partition("比")[0] for text in compared(tmp_path, {**moved, "general_public": own})] == ["财政拨款"]


OWN_LIST = "extends: zhejiang\nprinting: {{totals_against: budget, totals_compared: [{names}]}}\n"


def asked_for(folder: Path, names: str, **totals: object) -> list[str]:
    """What rules ask for where a layout compares the figures ``names`` and the document states ``totals``."""
    (folder / "layout.yaml").write_text(OWN_LIST.format(names=names), encoding="utf-8")
    findings = check(dumped(demo(totals=totals)), str(folder)).findings
    return sorted(f"{f.code} {f.values['name']}" for f in findings if f.code in ("GJ401", "GJ409"))


def test_a_layout_says_which_figures_have_a_last_year(tmp_path: Path) -> None:
    assert asked_for(tmp_path, "") == []
    assert asked_for(tmp_path, "revenue, three_public") == ["GJ409 “三公”经费", "GJ409 收入预算"]
    assert asked_for(tmp_path, "agency_operating, grand_total") == ["GJ409 支出总计", "GJ409 机关运行经费"]
    assert asked_for(tmp_path, "appropriation") == ["GJ409 财政拨款"]
    stated = {"grand_total": {"last": {"budget": 100}}, "three_public": {"last": {"budget": 0}, "reason": "新增"}}
    assert asked_for(tmp_path, "grand_total, three_public", **stated) == ["GJ401 支出总计"]


def test_the_figures_that_a_layout_compares_are_known_ones(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match=r"layout.yaml:2：“totals_compared”只能是 .* 之一，读到 grandtotal"):
        asked_for(tmp_path, "grandtotal")
