"""“其中：” above columns says that they are parts, and nothing of what they are."""

from __future__ import annotations

import pytest

from reportgen.recognise.head import meaning
from reportgen.recognise.words import row_meanings


def test_of_which_does_not_hide_the_columns_below() -> None:
    assert meaning(("其中：", "基本支出"), 2026) == "basic"
    assert meaning(("其中：上年结转", "小计"), 2026) == ""


@pytest.mark.parametrize(("label", "key"), [("其他收入资金", "other_income"), ("部门预算", "this")])
def test_labels_of_revenue_that_real_tables_have(label: str, key: str) -> None:
    assert row_meanings("revenue")[label] == key
