"""What is wrong in sentences by their own figures: ``prose_alone.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_alone import check_statements
from reportgen.core.finding import Severity
from reportgen.recognise.prose.read import read_prose

from ..recognise.prose.said import YEAR, paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("prose_alone.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_a_sentence_is_held_against_itself(case: dict[str, Any]) -> None:
    found = check_statements(read_prose(paragraphs(case["text"]), YEAR), YEAR)
    assert [f"{one.code} {one.text}" for one in found] == case.get("finds", [])
    assert all(one.where[0].cell == "第 1 页第 1 段" and one.hint for one in found)


def test_what_was_inferred_is_no_error() -> None:
    lines = ["# （一）公务接待费", "2026年预算安排8.00万元，比上年减少2.00万元，下降25%。"]
    (found,) = check_statements(read_prose(paragraphs(lines), YEAR), YEAR)
    assert (found.code, found.severity) == ("AU110", Severity.WARNING)


def test_a_rate_that_fits_only_a_rounded_change_is_a_warning() -> None:
    """A change that is printed without zeros beside an amount with decimals is probably exact."""
    text = "会议费8.60万元，比上年增加1万元，增长12.2%；培训费8.60万元，比上年增加1.00万元，增长12.2%。"
    found = check_statements(read_prose(paragraphs(text), YEAR), YEAR)
    assert [one.severity for one in found] == [Severity.WARNING, Severity.ERROR]


def test_a_rate_that_is_cut_off_and_not_rounded_is_a_warning() -> None:
    text = "培训费10.00万元，比上年增加1.00万元，增长11.12%；会议费10.00万元，比上年增加1.00万元，增长12.12%。"
    found = check_statements(read_prose(paragraphs(text), YEAR), YEAR)
    assert [one.severity for one in found] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("rate", "hint"),
    [
        ("上升92.82%", "印的是增减额除以本年数，应除以上年数"),
        ("上升1392.59%", "印的是本年数除以上年数，应是增减额除以上年数"),
        ("上升48.14%", "上年数算反了：增加的，上年数是本年数减去增加额；减少的，是本年数加上减少额"),
        ("上升129.26%", "像是小数点错了位"),
        ("上升77%", "增减率 = 增减额 ÷ 上年数（上年数 = 本年数减去增加额，或加上减少额）；核对三个数，改正错的一个"),
    ],
)
def test_the_hint_says_what_probably_went_wrong(rate: str, hint: str) -> None:
    text = f"“三公”经费80.77万元，较上年增加74.97万元，{rate}。"
    (found,) = check_statements(read_prose(paragraphs(text), YEAR), YEAR)
    assert found.hint == hint
