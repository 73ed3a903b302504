"""What is wrong in the words of paragraphs: ``prose_text.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_text import check_texts
from reportgen.recognise.blocks import ReadParagraph

from ..recognise.prose.said import YEAR, paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("prose_text.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_leftovers_and_marks_are_found(case: dict[str, Any]) -> None:
    found = check_texts(paragraphs(case["text"]), YEAR)
    assert [f"{one.code} {one.text}" for one in found] == case.get("finds", [])
    assert all(one.where[0].cell and one.where[0].printed for one in found)


def test_lines_of_the_contents_are_left_out() -> None:
    line = ReadParagraph("一、收支情况……3", "第 1 页第 1 段", 1, 0, in_contents=True)
    assert check_texts([line], YEAR) == []
    assert check_texts([ReadParagraph(line.text, line.place, 1)], YEAR) != []


def test_the_years_of_lines_of_the_contents_are_held() -> None:
    def found(text: str) -> list[str]:
        line = ReadParagraph(text, "第 1 页第 1 段", 1, 0, in_contents=True)
        return [f"{one.code} {one.text}" for one in check_texts([line], YEAR)]

    assert found("三、202 年度收入预算表\t3") == ["AU120 年份不是四位：“202年度”"]
    assert found("三、2023年度收入预算表\t3") == ["AU118 标题里有 2023 年，本文件是 2026 年"]
    assert found("三、2026年度收入预算表\t3") == []
