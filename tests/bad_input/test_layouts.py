"""Broken layouts, and the completeness of all cases: no message is without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.layout import load

from .cases import CASES, of_case
from .command import run_json
from .layouts import LAYOUT_CASES, LayoutCase, block, laid_out, layout, of_layout
from .page import layout_row
from .sample import DEMO
from .templates import Template, pattern, templates


@pytest.mark.parametrize("case", LAYOUT_CASES, ids=str)
def test_a_broken_layout_is_named_with_its_line(case: LayoutCase, tmp_path: Path) -> None:
    result = of_layout(case, tmp_path)
    assert result.exit_code == case.code
    assert result.has(case.says.format(folder=tmp_path / "甲"), ""), result.messages
    assert result.err == ""


ELSEWHERE = {
    "版式“{name}”没有文件“{file}”",  # of ``layout print`` and ``copy``: tests/layout/test_layout_command.py
    "“{file}”有几个：{names}",  # likewise
    "{place}：标题“{title}”下面什么都不会印",  # of the proof only: tests/layout/test_left_out.py
    "{place}：没有哪一段用这个文件",  # of the proof only: tests/layout/test_layout_command.py
    "{place}：direction 没有“{name}”这个值",  # of the proof only: tests/layout/mistakes.yaml
    "读不了文件 {path}：{why}",  # tests/test_command_line.py
    "{file}：读不了：{why}",  # the system's own errors; what the parser cannot read has other messages
    "{file}：是链接，指向版式文件夹之外",  # below
    "{file}：没有写 {stage} 阶段用哪个版式",  # of layouts/defaults.yaml: tests/layout/test_document_layout.py
    "{place}：没有“{name}”这个版式",  # of layouts/defaults.yaml, too
    "{place}：单元格合并不成网格：{why}",  # the heads of a layout always close; only a merge over panels could not
}


@pytest.mark.parametrize("name", ["text/x.j2", "tables/x.yaml", "style.yaml", "fonts/x.ttf"])
def test_a_link_that_leads_out_of_the_layout_is_refused_and_its_text_is_not_printed(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("密码 不外传\n", encoding="utf-8")
    more = block("text: x.j2") if name.endswith("j2") else ""
    style = {"style": "faces: {kai: {file: x.ttf}}\n"} if name.endswith("ttf") else {}
    case = layout("链接", more, "", **style)
    with laid_out(case, tmp_path) as folder:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(secret)
        result = run_json("check", str(DEMO), "--layout", str(folder))
    assert result.exit_code == 4
    assert f"{name}：是链接，指向版式文件夹之外" in result.messages[0].message
    assert "密码" not in result.out + result.err


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


SHIPPED = ("recognise/",)
"""Read files that come with the program; no layout of a user's is among them."""


def test_every_layout_error_says_what_to_do_next(tmp_path: Path) -> None:
    errors = [one for one in templates("") if one.kind == "LayoutError" and not one.module.startswith(SHIPPED)]
    assert len(errors) > 60
    assert [(one.module, one.message) for one in errors if not one.always_hinted] == []
    said = [(case.name, one) for case in LAYOUT_CASES for one in of_layout(case, tmp_path / case.name).messages]
    assert [(name, one.message) for name, one in said if not one.hint] == []


def test_the_templates_are_found() -> None:
    assert len(templates("budget/")) > 25
    assert len(templates("rules/")) > 25
    assert all(one.message for one in templates(""))


def test_a_template_matches_its_own_messages_only() -> None:
    assert pattern("应为对象 {{…}}，读到 {found}") != pattern("应为文字，读到 {found}")
    one = Template("", "", "缺少必填字段 {name}（{term}）", ())
    assert one.fits("缺少必填字段 year（年）")
    assert not one.fits("缺少 year（年）")


def test_the_page_of_messages_does_not_depend_on_the_layouts_that_are_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = next(case for case in LAYOUT_CASES if case.name == "没有这个版式")
    row = layout_row(case)
    monkeypatch.setattr(load, "names", lambda: ("zhejiang", "another"))
    assert layout_row(case) == row
    assert row.endswith("| 可用的版式：… |")
