"""Headings that say 预算 in final accounts, or 决算 in a budget: ``stage_words.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.stage_words import check_stage_words
from tests.recognise.prose.said import paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("stage_words.yaml").read_text(encoding="utf-8"))


def others(stage: str) -> list[str]:
    return [
        f"# {number}、{what}{stage}情况说明" for number, what in zip("一二三", ("收入", "支出", "收支"), strict=True)
    ]


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_the_word_of_the_other_document_is_found(case: dict[str, Any]) -> None:
    found = list(check_stage_words(paragraphs([*others("决算" if case.get("final") else "预算"), case["text"]])))
    assert [one.values["title"] for one in found] == ([case["text"].removeprefix("# ")] if case.get("finds") else [])


def test_two_such_headings_are_no_slip() -> None:
    texts = [*others("决算"), "# 四、收入预算情况说明", "# 五、支出预算情况说明"]
    assert list(check_stage_words(paragraphs(texts))) == []
