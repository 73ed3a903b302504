"""A line about a cause, in both languages."""

from __future__ import annotations

import pytest

from reportgen.comparison.cause_lines import cause_line
from reportgen.comparison.causes import Cause
from tests.english import ENGLISH


@pytest.mark.parametrize(
    ("cause", "chinese", "english"),
    [
        (
            Cause("changed", "/a", "/a", "合计 收入预算", "增减原因", "甲", "乙"),
            "合计 收入预算 增减原因：甲 → 乙",
            "total Revenue budget reasons: 甲 → 乙",
        ),
        (
            Cause("changed", "/a", "/a", "局本级", "公务接待费", "2.80", "5.10", "万元"),
            "局本级 公务接待费：2.80 → 5.10 万元",
            "局本级 Reception: 2.80 → 5.10 ten thousand yuan",
        ),
        (Cause("moved", "/a", "/b", "2080101 行政运行", "", "3", "1"), "2080101 行政运行：由第 3 项移到第 1 项", None),
        (Cause("added", "", "/a", "采购"), "新增 采购", None),
        (Cause("removed", "/a", "", "采购", was="1.00"), "删去 采购：1.00", None),
        (Cause("changed", "/a", "/a", "采购", "数量", "", "3", "辆"), "采购 数量：原来没有，现为 3辆", None),
        (Cause("changed", "/a", "/a", "采购", "数量", "3", "", "辆"), "采购 数量：原为 3辆，现在没有", None),
    ],
    ids=lambda one: one.kind if isinstance(one, Cause) else "",
)
def test_the_label_is_made_of_terms_and_names(cause: Cause, chinese: str, english: str | None) -> None:
    template, values = cause_line(cause, str)
    assert template.format(**values) == chinese
    if english is not None:
        assert ENGLISH.message(*cause_line(cause, ENGLISH.value)) == english
