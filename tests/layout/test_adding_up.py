"""Amounts of a list that add up as they are printed, and other words for lists: codes of classes, goals, notes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.core.errors import LayoutError
from reportgen.facts import Fact, FactsByName, adding_up
from reportgen.pipeline.layout_check import layout_mistakes
from reportgen.tree.nodes import Figure, Paragraph, Table, plain
from tests.bad_input.sample import changed

from .small import files_read_back, outline, prepared, said, table, written

BLOCK = "id: 甲, heading: 甲, text: x.j2, printing: {decimals: 0}"
SENTENCE = "{% for row in general_public.classes%s %}{{ row.total }}{{ '、' if not loop.last }}{% endfor %}"


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        ("", "2267万元、19万元、234万元、94万元、162万元"),  # 2776 in all, printed as 2777
        (" | adding_up('total')", "2268万元、19万元、234万元、94万元、162万元"),
    ],
)
def test_classes_add_up_as_they_are_printed(filter: str, expected: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(BLOCK), text__x=SENTENCE.replace("%s", filter))
    assert said(prepared(folder).document)[1] == expected
    files_read_back(folder)


@given(st.lists(st.integers(-(10**9), 10**9), max_size=8), st.sampled_from([1, 100, 10_000]))
def test_the_parts_make_the_rounded_sum_and_none_moves_by_a_whole_step(values: list[int], step: int) -> None:
    parts = [Fact(f"f{n}", Decimal(value)) for n, value in enumerate(values)]
    made = adding_up(parts, Decimal(step))
    whole = sum(fact.value for fact in made)
    assert abs(whole - sum(values)) * 2 <= step
    assert all(abs(fact.value - part.value) < step for fact, part in zip(made, parts, strict=True))
    assert all(fact.value % step == 0 for fact in made)


def test_an_amount_that_adds_up_is_found_by_its_name(tmp_path: Path) -> None:
    folder = written(tmp_path / "l", outline(BLOCK), text__x=SENTENCE.replace("%s", " | adding_up('total')"))
    ready = prepared(folder)
    paragraph = next(block for block in ready.document.blocks() if isinstance(block, Paragraph))
    figures = [run for run in paragraph.runs if isinstance(run, Figure)]
    facts = FactsByName(ready.facts)
    assert [facts[figure.fact].value / 10_000 for figure in figures] == [figure.value for figure in figures]
    assert set(facts[figures[0].fact].cells()) >= set(ready.facts.general_public.classes[0].total.cells())
    parts = figures[0].fact.removeprefix("adding_up(1, ")
    assert f"adding_up(9, {parts}" not in facts
    assert f"adding_up(0, {parts}" not in facts


@pytest.mark.parametrize(
    ("name", "says"),
    [("name", "adding_up 后写一个金额的名称"), ("totl", "没有名为“totl”的数据项")],
)
def test_what_cannot_add_up_is_named(name: str, says: str, tmp_path: Path) -> None:
    template = f"甲\n{{% for row in general_public.classes | adding_up('{name}') %}}{{{{ row.name }}}}{{% endfor %}}"
    folder = written(tmp_path / "l", outline(BLOCK), text__x=template)
    with pytest.raises(LayoutError) as error:
        prepared(folder)
    assert f"text/x.j2:2：{says}" in str(error.value)


def test_rows_are_chosen_by_the_code_of_their_class(tmp_path: Path) -> None:
    template = (
        "{{ basic.rows | where('level', 2) | where('class_code', '303', '310') | listing('name') }}；"
        "{{ general_public.items | where('class_code', '221') | listing('name') }}"
    )
    folder = written(tmp_path / "l", outline("id: 甲, heading: 甲, text: x.j2"), text__x=template)
    assert said(prepared(folder).document)[1] == "退休费、生活补助、办公设备购置；住房公积金"


NOTES = """\
title: 试
note: 甲
empty_note: 无
rows:
  - {row: [收入, revenue.total]}
columns:
  - {head: 项目, value: name}
  - {head: 数, value: a, align: right}
"""


@pytest.mark.parametrize(
    ("own", "expected"), [("", ["甲", "各表"]), ("common_note: ''\n", ["甲"]), ("common_note: 乙\n", ["甲", "乙"])]
)
def test_a_note_of_all_tables_comes_after_those_of_each(own: str, expected: list[str], tmp_path: Path) -> None:
    layout = outline("id: 甲, table: x", more="tables: {common_note: 各表}\n")
    folder = written(tmp_path / "l", layout, tables__x=NOTES + own)
    found = next(block for block in prepared(folder).document.blocks() if isinstance(block, Table))
    assert [plain(note.runs) for note in found.notes] == expected
    files_read_back(folder)


GOALS = """\
title: 试
rows: projects.goals
columns:
  - {head: 项目, value: name}
  - {head: 目标, value: goal}
"""


def test_goals_are_in_their_own_order_and_typed_once(tmp_path: Path) -> None:
    source = changed(
        {
            "/projects": [
                {"unit": "450001", "name": name, "general_public": amount, **more}
                for name, amount, more in [("甲", "100", {"goal": "甲的"}), ("乙", "200", {}), ("丙", "300", {})]
            ],
            "/performance": [
                {"unit": "450001", "name": "丙", "annual": {"goal": "丙今年的"}},
                {"unit": "450001", "name": "甲", "overall": {"goal": "不用"}},
            ],
        }
    )
    folder = written(tmp_path / "l", outline("id: 甲, table: x"), tables__x=GOALS)
    assert table(prepared(folder, source).document) == [["丙", "丙今年的"], ["甲", "甲的"], ["乙", ""]]


PURCHASES = """\
title: 试
rows: procurement.kinds.rows
total: {of: procurement}
columns:
  - {head: 类别, value: name}
  - {head: 合计, value: total, align: right}
  - {head: 一般公共预算, value: general_public, align: right}
  - {head: 其他, value: other_funds, align: right}
"""


def test_purchases_are_listed_by_kind_with_their_money_by_fund(tmp_path: Path) -> None:
    lines = [
        {"kind": "货物", "amount": 100000},
        {"kind": "货物", "fund": "单位资金", "amount": 50000},
        {"kind": "服务", "amount": 200000, "carry_over": 10000},
    ]
    folder = written(tmp_path / "l", outline("id: 甲, table: x"), tables__x=PURCHASES)
    source = changed({"/procurement": {"lines": lines}})
    assert table(prepared(folder, source).document) == [
        ["合计", "36.00", "30.00", "5.00"],
        ["货物", "15.00", "10.00", "5.00"],
        ["工程", "", "", ""],
        ["服务", "21.00", "20.00", ""],
    ]
    files_read_back(folder, source)


def test_what_the_document_does_not_have_is_said_with_what_to_do(tmp_path: Path) -> None:
    """A base that is unknown has no difference; ``none`` may be given to a macro that asks for it first."""
    macro = "{% macro m(reason) %}{% if reason %}因{{ reason }}{% endif %}{% endmacro %}\n"
    folder = written(tmp_path / "l", outline("id: 甲, heading: 甲, text: x.j2"), text__x=macro + "甲{{ m(none) }}。")
    assert said(prepared(folder).document)[1] == "甲。"
    assert layout_mistakes(str(folder)) == ()
    (folder / "text" / "x.j2").write_text("甲\n{{ named.会议费.change.budget.delta }}", encoding="utf-8")
    with pytest.raises(LayoutError) as error:
        prepared(folder)
    assert "text/x.j2:2：引用的内容在数据中没有（先用 if 判断有没有；上年数不知道的，direction 是 unknown" in str(
        error.value
    )


def test_inherited_sentences_that_the_outline_leaves_out_are_not_checked(tmp_path: Path) -> None:
    """They may have numerals that this layout does not declare; a layout's own are checked, used or not."""
    folder = written(tmp_path / "l", outline("id: 甲, heading: 甲, text: x.j2"), text__x="甲。")
    written(tmp_path / "city", "title: 试\nextends: l\n")
    (folder / "text" / "y.j2").write_text("66万元。", encoding="utf-8")
    assert [str(one) for one in layout_mistakes(str(folder))] != []
    assert layout_mistakes(str(tmp_path / "city")) == ()
