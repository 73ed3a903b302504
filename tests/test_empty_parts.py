"""What a sentence says when one of the lists it quotes is empty: never a colon with nothing after it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from reportgen.compose import compose
from reportgen.facts import derive_facts
from reportgen.layout.spec import Layout
from reportgen.tree.nodes import Paragraph, Table, plain
from tests.variants import budget_of, seed_data, unstated_data

DANGLING = re.compile("[：、，；（][；。，、）]")
LISTS = ("basic_expenditure", "projects", "three_public", "glossary", "agency_operating", "procurement", "totals")


def prose(data: Any, layout: Layout) -> list[str]:
    facts = derive_facts(budget_of(data), layout.printing)
    sections = compose(facts, layout).sections
    return [plain(block.runs) for section in sections for block in section.blocks if isinstance(block, Paragraph)]


def without(data: Any, part: str, prefixes: tuple[str, ...]) -> Any:
    data[part] = [line for line in data[part] if line["economic"].startswith(prefixes)]
    return data


@pytest.mark.parametrize("prefixes", [("301", "303"), ("302", "310"), ("none",)], ids=["人员", "公用", "无"])
def test_basic_expenditure_of_one_kind_only(prefixes: tuple[str, ...], layout: Layout) -> None:
    said = prose(without(unstated_data(), "basic_expenditure", prefixes), layout)
    assert [text for text in said if DANGLING.search(text)] == []
    opening = "绍兴市人力资源和社会保障局2023年没有使用" if prefixes == ("none",) else "人员经费"
    assert any(text.startswith(opening) for text in said)


@pytest.mark.parametrize("part", LISTS)
def test_a_part_that_is_left_out(part: str, layout: Layout) -> None:
    data = seed_data()
    if data.pop(part, None) is None:
        pytest.fail(f"the seed has no {part}: this test looks at nothing")
    assert [text for text in prose(data, layout) if DANGLING.search(text)] == []


def test_a_project_without_indicators_prints_its_amount_and_its_goals(layout: Layout) -> None:
    data = seed_data()
    unit = data["department"]["units"][0]["code"]
    data["performance"] = [
        {"unit": unit, "name": "甲项目", "amount": "12.5", "overall": {"goal": "总体要做好。"}},
        {"unit": unit, "name": "乙项目", "amount": "13.5"},
    ]
    sections = compose(derive_facts(budget_of(data), layout.printing), layout).sections
    tables = [b for section in sections for b in section.blocks if isinstance(b, Table) and b.id == "表/绩效指标"]
    texts = [cell.text for row in tables[0].body for cell in row.cells]
    assert {"甲项目", "125000", "总体要做好。", "乙项目", "135000"} <= set(texts)
