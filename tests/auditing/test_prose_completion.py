"""What is wrong in sentences about budgets and what was spent of them: ``prose_completion.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_completion import check_budget_directions, check_completion
from reportgen.core.finding import Severity
from reportgen.recognise.prose.read import read_prose

from ..recognise.prose.said import YEAR, paragraphs

FILE = Path(__file__).with_name("prose_completion.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_a_rate_and_a_direction_are_those_of_the_figures(case: dict[str, Any]) -> None:
    read = paragraphs(case["text"])
    prose = read_prose(read, YEAR)
    found = [*check_completion(prose), *check_budget_directions(read, prose)]
    assert [f"{one.code} {one.text}" for one in found] == case.get("finds", [])
    assert all(one.where[0].cell == "第 1 页第 1 段" and one.hint for one in found)
    assert "hint" not in case or [one.hint_text for one in found] == [case["hint"]]


def test_all_figures_of_the_sentences_are_understood() -> None:
    for case in CASES:
        assert not read_prose(paragraphs(case["text"]), YEAR).untied, case["text"]


def test_what_has_no_subject_is_a_warning() -> None:
    prose = read_prose(paragraphs("年初预算为8.00万元，支出决算为6.00万元，完成年初预算的57.00%。"), YEAR)
    assert [one.severity for one in check_completion(prose)] == [Severity.WARNING]
