"""What is mended in a text when it is read, and what stays as it is."""

from __future__ import annotations

import pickle
import re

import pytest

from reportgen.budget.mended_text import COLON, NUMBER, REASON, USE, MendedText, mended


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


def test_a_full_stop_stays_where_the_text_is_a_sentence() -> None:
    assert mended("贯彻法律。", NUMBER) == "贯彻法律。"


def test_mends_travel_with_the_text() -> None:
    text = pickle.loads(pickle.dumps(mended(" 甲 ")))
    assert [mend.message for mend in text.mends] == ["“{old}”前后的空格已去掉"]
