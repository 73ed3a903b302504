"""Figures that a document states twice."""

from __future__ import annotations

import pytest

from reportgen.auditing.prose_repeated import check_repeated
from reportgen.recognise.prose.read import read_prose

from ..recognise.prose.said import YEAR, paragraphs


@pytest.mark.parametrize(
    ("first", "second", "finds"),
    [
        ("机关运行经费预算41.60万元。", "2026年机关运行经费预算46.10万元。", "机关运行经费 46.10万元，… 41.60万元"),
        ("机关运行经费预算41.60万元。", "机关运行经费预算41.6万元。", ""),
        ("机关运行经费预算41.60万元。", "其中：甲中心机关运行经费预算6.10万元。", ""),
        ("公务接待费预算1.00万元。", "公务接待费预算2.00万元。", "公务接待费 2.00万元，… 1.00万元"),
        ("政府采购预算9.00万元，其中：货物4.00万元、服务5.00万元。", "政府采购货物4.20万元。", ""),
        ("支出预算9.00万元。", "支出预算8.00万元。", ""),
    ],
)  # fmt: skip
def test_the_second_figure_is_held_against_the_first(first: str, second: str, finds: str) -> None:
    found = list(check_repeated(read_prose(paragraphs([first, second]), YEAR)))
    said = finds.replace("…", "前面（第 1 页第 1 段）写的是")
    assert [one.text for one in found] == [said] * bool(finds)
    assert all([place.cell for place in one.where] == ["第 1 页第 2 段", "第 1 页第 1 段"] for one in found)
