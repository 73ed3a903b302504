"""Damaged figures and dates, remarks and counts that cannot be: ``prose_damage.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_damage import check_damage
from reportgen.core.finding import Severity
from reportgen.recognise.blocks import ReadParagraph
from tests.recognise.prose.said import paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("prose_damage.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_what_cannot_be_right_is_found(case: dict[str, Any]) -> None:
    found = list(check_damage(paragraphs(case["text"])))
    assert [f"{one.code} {one.text}" for one in found] == case.get("finds", [])
    assert all(one.severity is Severity.WARNING and one.where[0].cell for one in found)


def test_lines_of_the_contents_are_left_out() -> None:
    line = ReadParagraph("支出2378,22万元", "第 1 段", in_contents=True)
    assert list(check_damage([line])) == []
