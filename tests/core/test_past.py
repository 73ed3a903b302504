"""Figures with a past: what the document states of last year → base, change and printed words (``past.yaml``)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen import rules
from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.budget.model import Budget
from reportgen.budget.terms import KIND_NAMES, KINDS
from reportgen.compose import compose
from reportgen.core.settings import Printing
from reportgen.facts import Fact, FactGroup, derive_facts
from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Paragraph, plain
from tests.strategies import dumped

CASES = yaml.safe_load((Path(__file__).parent / "past.yaml").read_text(encoding="utf-8"))
PRINTING = Printing()
OUTLINE = """\
title: 试
extends: zhejiang
outline:
  - page: prose
    blocks:
      - {id: 甲, level: 1, heading: 甲, text: x.j2}
"""
PARTS = ("expenditure", "revenue", "basic_expenditure", "projects", "three_public", "totals")


def budget_of(parts: dict[str, Any], year: int, unit: str) -> Budget:
    department = {
        "code": "450", "name": "青溪市财政局", "duties": ["管理。"],
        "units": [{"code": f"45000{n}", "name": f"单位{n}", "nature": "行政"} for n in (1, 2)],
    }  # fmt: skip
    whole = {"schema": "reportgen/budget/2", "year": year, "money_unit": unit, "department": department}
    whole["revenue"] = [{"source": "一般公共预算", "amount": "120"}]
    return read_budget(parse_json(dumped(whole | {part: parts[part] for part in PARTS if part in parts})))


def derived(case: dict[str, Any]) -> tuple[Budget, FactGroup, FactGroup | None]:
    unit = case.get("unit", "万元")
    last = derive_facts(budget_of(case["last"], 2022, unit), PRINTING) if "last" in case else None
    budget = budget_of(case, 2023, unit)
    return budget, derive_facts(budget, PRINTING, last), last


def words(facts: FactGroup, figures: list[str], folder: Path) -> list[str]:
    """What the layout zhejiang says of changes; a figure is a group, a kind, and perhaps a column."""
    lines = ["{% from 'phrases.j2' import against %}"]
    for figure in figures:
        name, kind, *column = figure.split()
        group = "".join(f"['{part}']" if n else part for n, part in enumerate(name.split(".")))
        change = ".".join([f"{group}.change.{kind}", *column])
        lines.append(f"{{{{ against({change}, '{KIND_NAMES[kind]}') }}}}")  # type: ignore[index]
    (folder / "text").mkdir()
    (folder / "layout.yaml").write_text(OUTLINE, encoding="utf-8")
    (folder / "text" / "x.j2").write_text("\n".join(lines) + "\n", encoding="utf-8")
    document = compose(facts, load_layout(str(folder)))
    return [plain(block.runs) for block in document.prose() if isinstance(block, Paragraph)]


def told(value: Any) -> Any:
    if isinstance(value, Fact):
        return f"{value.value:.1f}" if value.measure == "percent" else f"{value.value / Decimal(10_000):.2f}"
    return getattr(value, "text", value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_follows_from_the_past(case: dict[str, Any], tmp_path: Path) -> None:
    budget, facts, last = derived(case)
    said = {figure: expected["words"] for figure, expected in case["expect"].items() if "words" in expected}
    assert words(facts, list(said), tmp_path) == list(said.values())
    for figure, expected in case["expect"].items():
        name, kind, *column = figure.split()
        group = facts.look_up(name)
        change = group.change[kind][column[0]] if column else group.change[kind]
        known = change.as_dict() | {"reason": group.reason}
        wanted = {key: value for key, value in expected.items() if key != "words"}
        assert {key: told(known[key]) for key in wanted} == wanted, figure
        base = group.last[kind][column[0] if column else "total"]
        assert told(base) == told(change.base)
    for rows in ("rows", "compared_rows"):
        if rows in case:
            assert [row.key for row in facts.general_public[rows]] == case[rows]
    findings = [finding for finding in rules.run(budget, facts, last=last) if finding.code in ("GJ602", "GJ604")]
    messages = [finding.message.format(**finding.values) for finding in findings]
    assert (case["finds"] in messages) if "finds" in case else messages == []


def test_a_change_has_the_same_names_whether_or_not_anything_is_known() -> None:
    _, facts, _ = derived({"expenditure": [{"function": "2010601", "project": "1"}]})
    _, more, _ = derived({"expenditure": [{"function": "2010601", "project": "1", "last": {"budget": "2"}}]})
    for one, other in zip(facts.general_public.rows, more.general_public.rows, strict=True):
        for kind in KINDS:
            assert set(one.change[kind].names()) == set(other.change[kind].names())
            assert set(one.last[kind].names()) == set(other.last[kind].names())


@pytest.mark.parametrize(("policy", "share"), [("omit", None), ("print", Decimal("0.0"))])
def test_a_share_that_prints_as_zero_is_printed_or_omitted(policy: Any, share: Decimal | None) -> None:
    lines = [{"function": "2010601", "project": "100000"}, {"function": "2080101", "project": "1"}]
    facts = derive_facts(budget_of({"expenditure": lines}, 2023, "万元"), Printing(small_shares=policy))
    found = facts.expenditure["208"].share
    assert (None if found is None else found.value) == share
