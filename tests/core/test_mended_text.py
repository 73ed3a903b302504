"""What is mended in a text when it is read, and what stays as it is."""

from __future__ import annotations

import pickle
import re

import pytest

from reportgen.budget.mended_text import (
    COLON,
    CONTENT,
    MECHANISM,
    NUMBER,
    OF_MECHANISM,
    REASON,
    SYSTEM,
    USE,
    MendedText,
    mended,
)


@pytest.mark.parametrize(
    ("text", "lead_in", "expected"),
    [
        ("主要用于日常运转。", USE, "日常运转"),
        ("用于：培训；", USE, "培训"),
        ("主要原因是工资调整。", REASON, "工资调整"),
        ("减少的主要原因是：项目核减", REASON, "项目核减"),
        ("主要是由于人员增加。", REASON, "由于人员增加"),
        ("原因为政策调整", REASON, "政策调整"),
        ("工资调整", REASON, "工资调整"),
        ("主要原因：工资调整", REASON, "工资调整"),
        ("是工资调整", REASON, "工资调整"),
        ("是否核减待定", REASON, "是否核减待定"),
        ("决算数小于预算数的主要原因：厉行节约。", REASON, "厉行节约"),
        ("支出决算大于年初预算数的主要原因是追加资金", REASON, "追加资金"),
        ("公务接待费支出减少的主要原因是压减接待", REASON, "压减接待"),
        ("项目核减，原因是压减", REASON, "项目核减，原因是压减"),
        ("开支内容包括：赴境外培训。", CONTENT, "赴境外培训"),
        ("主要用于国际旅费", CONTENT, "国际旅费"),
        ("建立了如下预算绩效管理制度：《甲办法》、", SYSTEM, "《甲办法》"),
        ("2.《乙办法》；", SYSTEM, "《乙办法》"),
        ("①贯彻法律", NUMBER, "贯彻法律"),
        ("第一，贯彻法律", NUMBER, "贯彻法律"),
        ("：指运转支出", COLON, "指运转支出"),
        ("1.贯彻法律", NUMBER, "贯彻法律"),
        ("（十二） 贯彻法律", NUMBER, "贯彻法律"),
        ("三、贯彻法律", NUMBER, "贯彻法律"),
        ("2.0版系统", NUMBER, "2.0版系统"),
        ("　２０２３年⼈⼒ ", None, "2023年人力"),
        ("⻓期", None, "长期"),
    ],
)
def test_what_the_layout_prints_itself_is_taken_off(text: str, lead_in: re.Pattern[str] | None, expected: str) -> None:
    result = mended(text, lead_in, stop=lead_in in (None, NUMBER, COLON))
    assert result == expected
    assert isinstance(result, MendedText) == (text != expected)


@pytest.mark.parametrize(
    "text", ["建立了事前评估的预算绩效管理工作机制。", "建立事前评估的预算绩效管理机制", "事前评估", "已建立了事前评估"]
)
def test_what_the_layout_prints_before_and_after_is_taken_off(text: str) -> None:
    assert mended(text, MECHANISM, stop=False, tail=OF_MECHANISM) == "事前评估"


def test_a_full_stop_stays_where_the_text_is_a_sentence() -> None:
    assert mended("贯彻法律。", NUMBER) == "贯彻法律。"


def test_mends_travel_with_the_text() -> None:
    text = pickle.loads(pickle.dumps(mended(" 甲 ")))
    assert [mend.message for mend in text.mends] == ["“{old}”前后的空格已去掉"]
