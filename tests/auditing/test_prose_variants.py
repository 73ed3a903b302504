"""All checks of sentences, on the wordings of different places: ``prose_variants.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_alone import check_statements
from reportgen.auditing.prose_completion import check_budget_directions, check_completion
from reportgen.auditing.prose_damage import check_damage
from reportgen.auditing.prose_reasons import check_reasons
from reportgen.auditing.prose_repeated import check_repeated
from reportgen.auditing.prose_text import check_texts
from reportgen.auditing.years import year_of
from reportgen.core.finding import Finding
from reportgen.recognise.blocks import ReadDocument
from reportgen.recognise.prose.read import read_prose

from ..recognise.prose.said import YEAR, paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("prose_variants.yaml").read_text(encoding="utf-8")
)


def found_in(lines: str | list[str]) -> list[Finding]:
    """What is wrong in sentences, by themselves."""
    read = paragraphs(lines)
    prose = read_prose(read, YEAR)
    of_figures = (*check_statements(prose, YEAR), *check_completion(prose), *check_budget_directions(read, prose))
    of_texts = (*check_damage(read), *check_texts(read, YEAR))
    return [*of_figures, *of_texts, *check_repeated(prose), *check_reasons(read, prose)]


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_the_wording_of_a_place_is_read(case: dict[str, Any]) -> None:
    assert sorted({one.code for one in found_in(case["text"])}) == case.get("finds", [])


def test_a_form_that_was_not_filled_in_is_one_finding() -> None:
    (found,) = found_in([f"第{number}项收入预算XX万元。" for number in range(1, 9)])
    assert found.text == "有 8 段印出了没有填的空，第一处是“XX”"
    assert len(found.where) == 3


def test_what_may_be_left_out_on_purpose_is_no_error() -> None:
    (found,) = found_in("办公费、印刷费……")
    assert found.severity.name == "WARNING"


def test_a_second_comparison_is_held_too() -> None:
    """Final accounts compare with last year and with the budget of the year."""
    text = "“三公”经费决算数15.00万元，比年初预算数20.00万元减少5.00万元，下降20.00%；比上年增加3.00万元，增长25.00%。"
    (found,) = found_in(text)
    assert found.text == "三公经费：金额 15.00万元，减少5.00万元，增减率应为 25.00%，印的是 20.00%"


def test_comparisons_that_all_name_one_other_year_are_one_warning() -> None:
    """The year of the document was taken from the wrong line, or all of it is last year's."""
    names = ("公务接待费", "会议费", "培训费")
    wrong = [f"{name}8.00万元，比2024年减少2.00万元，下降20%。" for name in names]
    (found,) = found_in(wrong)
    assert (found.severity.name, found.text) == ("WARNING", "全文 3 处都与 2024 年比较，应与 2025 年比较")
    some = found_in([*wrong, "机关运行经费8.00万元，比2025年减少2.00万元，下降20%。"])
    assert [one.severity.name for one in some] == ["ERROR"] * 3


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (
            (
                "青溪市财政局2026年度部门预算",
                "与2025年相比，收入比2025年多，支出比2025年少，2025年的结转都用完了，" * 2,
            ),
            2026,
        ),
        (("2025年度部门预算", "一、2026年收支情况"), 2026),
        (("部门预算", "2026年收入预算8.00万元。"), 2026),
        (("部门预算",), 0),
    ],
)
def test_the_year_of_a_document_is_that_of_its_lines(texts: tuple[str, ...], year: int) -> None:
    assert year_of(ReadDocument(tuple(paragraphs(texts)))) == year
