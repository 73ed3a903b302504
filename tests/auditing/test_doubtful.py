"""What was not read right is said once; a few errors in print are said one by one."""

from __future__ import annotations

import pytest

from reportgen.core.finding import Severity

from .test_tables_and_form import Rows, audited, found

CLASSES = 12


def table(wrong: int, figures: str = "10.00") -> Rows:
    """Twelve 款 with an item each, of which the first so many do not add up."""
    rows: Rows = [
        ["2026年一般公共预算支出表"],
        ["单位：万元"],
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["201", "一般公共服务支出", f"{CLASSES * 10}.00", f"{CLASSES * 10}.00", ""],
    ]
    for number in range(CLASSES):
        code = f"201{11 + number * 2}"
        rows.append([code, "", "10.00", "10.00", ""])
        rows.append([f"{code}01", "行政运行", "11.50" if number < wrong else "10.00", "10.00", ""])
    return rows


@pytest.mark.parametrize(("wrong", "listed"), [(0, 0), (2, 2), (5, 5)])
def test_a_few_errors_are_said_one_by_one(wrong: int, listed: int) -> None:
    report = audited(table(wrong))
    assert len({text for text in found(report, "AU101") if "相差 1.50万元" in text}) == listed
    assert found(report, "AU193") == []


def test_a_table_that_adds_up_nowhere_was_not_read_right() -> None:
    report = audited(table(9))
    (text,) = found(report, "AU193")
    assert text == "“一般公共预算支出表”有 9 行加不起来，多半是没有读对，没有逐行列出"
    assert found(report, "AU101") == []
    assert all(one.finding.severity is not Severity.ERROR for one in report.findings if one.finding.code == "AU193")


def test_sentences_that_are_wrong_throughout_were_not_read_right() -> None:
    names = (
        "公务接待费",
        "会议费",
        "培训费",
        "差旅费",
        "委托业务费",
        "机关运行经费",
        "基本支出",
        "项目支出",
        "人员经费",
    )
    wrong = tuple(f"2026年{name}8.00万元，比上年减少2.00万元，下降30%。" for name in names)
    report = audited(texts=wrong)
    assert found(report, "AU193") == ["文字里有 9 处增减、占比或合计不符，多半是没有读对，没有逐处列出"]
    assert found(report, "AU110") == []
    assert len(found(audited(texts=wrong[:4]), "AU110")) == 4
