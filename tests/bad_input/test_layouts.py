"""Broken layouts, and the completeness of all cases: no message is without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from .cases import CASES, of_case
from .layouts import LAYOUT_CASES, LayoutCase, of_layout
from .templates import Template, pattern, templates


@pytest.mark.parametrize("case", LAYOUT_CASES, ids=str)
def test_a_broken_layout_is_named_with_its_line(case: LayoutCase, tmp_path: Path) -> None:
    result = of_layout(case, tmp_path)
    assert result.exit_code == case.code
    assert result.has(case.says.format(folder=tmp_path / "甲"), ""), result.messages
    assert result.err == ""


ELSEWHERE = {
    "读不了文件 {path}：{why}",  # tests/test_command_line.py
    "{place}：单元格合并不成网格：{why}",  # the heads of a layout always close; only a merge over panels could not
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Every message of every case."""
    found = {one.message for case in CASES for one in of_case(case).messages}
    for layout_case in LAYOUT_CASES:
        found |= {one.message for one in of_layout(layout_case, tmp_path_factory.mktemp("x")).messages}
    return found


@pytest.mark.parametrize(
    "one", templates("budget/", "layout/", "compose/", "writers/characters"), ids=lambda t: t.message
)
def test_every_message_has_a_case(one: Template, said: set[str]) -> None:
    assert any(one.fits(text) for text in said) is (one.message not in ELSEWHERE)


def test_the_templates_are_found() -> None:
    assert len(templates("budget/")) > 25
    assert len(templates("rules/")) > 25
    assert all(one.message for one in templates(""))


def test_a_template_knows_its_own() -> None:
    assert pattern("应为对象 {{…}}，读到 {found}") != pattern("应为文字，读到 {found}")
    one = Template("", "", "缺少必填字段 {name}（{term}）", ())
    assert one.fits("缺少必填字段 year（年）")
    assert not one.fits("缺少 year（年）")
