"""How near the names of two numerals are: the same, near, or of different things."""

from __future__ import annotations

import pytest

from reportgen.hand_edits.labels import SAME, Label


@pytest.mark.parametrize(
    ("name", "own", "is_same"),
    [
        ("公务接待费", "公务接待费", True),
        ("", "公务接待费", True),
        ("公务接待费", "接待费", True),
        ("公务接待费", "机关运行经费", False),
        ("支出预算", "收入", False),
        ("支出", "", True),
        ("预算", "会议费", False),
    ],
)
def test_names_are_near_if_they_say_the_same(name: str, own: str, is_same: bool) -> None:
    assert (Label(name).closeness(Label(own)) >= SAME) == is_same


def test_a_change_is_not_an_amount() -> None:
    assert Label("公务接待费", "change").closeness(Label("公务接待费")) == 0
