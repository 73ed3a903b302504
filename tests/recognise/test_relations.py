"""Relations inside a printed table: found by codes, by indents and by heads; what breaks them, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.recognise.recognise import recognise
from reportgen.recognise.relation import Relation
from reportgen.recognise.relations import relations
from tests.recognise.grids import LEFT, grid

HEAD: list[list[Any]] = [
    ["2026年一般公共预算支出表"],
    ["单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
]
ROWS: list[list[Any]] = [
    ["", "合计", 100.0, 70.0, 30.0],
    ["201", "一般公共服务支出", 60.0, 40.0, 20.0],
    ["20106", "财政事务", 60.0, 40.0, 20.0],
    ["2010601", "行政运行", 40.0, 40.0, 0.0],
    ["2010602", "一般行政管理事务", 20.0, 0.0, 20.0],
    ["208", "社会保障和就业支出", 40.0, 30.0, 10.0],
]


def broken(rows: list[list[Any]], head: list[list[Any]] = HEAD) -> list[tuple[str, str, int]]:
    """Kind, name and gap (in 万元) of the relations that do not hold."""
    return [(one.kind, f"{one.row}」{one.column}", int(one.gap / 10000)) for one in found(rows, head) if not one.holds]


def found(rows: list[list[Any]], head: list[list[Any]] = HEAD) -> list[Relation]:
    (table,) = recognise([grid([*head, *rows])]).tables
    return list(relations(table))


def with_cell(row: int, column: int, value: Any) -> list[list[Any]]:
    rows = [list(one) for one in ROWS]
    rows[row][column] = value
    return rows


def test_a_table_that_adds_up_has_relations_and_none_is_broken() -> None:
    kinds = [one.kind for one in found(ROWS)]
    assert (kinds.count("rows"), kinds.count("columns")) == (9, 6)
    assert broken(ROWS) == []


@pytest.mark.parametrize(
    ("row", "column", "names"),
    [
        (0, 2, ["合计」合计", "合计」合计"]),
        (2, 3, ["201 一般公共服务支出」基本支出", "20106 财政事务」基本支出", "20106 财政事务」合计"]),
        (4, 4, ["20106 财政事务」项目支出", "2010602 一般行政管理事务」合计"]),
        (5, 2, ["合计」合计", "208 社会保障和就业支出」合计"]),
    ],
)
def test_a_changed_figure_breaks_the_relations_that_it_is_in(row: int, column: int, names: list[str]) -> None:
    assert sorted(name for _, name, _ in broken(with_cell(row, column, 55.5))) == sorted(names)


def test_what_rounding_explains_is_not_broken() -> None:
    assert broken(with_cell(2, 4, 20.01)) == []
    assert broken(with_cell(2, 4, 20.04)) != []


def test_whole_numbers_of_a_workbook_are_exact() -> None:
    rows = [[code, name, *(int(value) for value in values)] for code, name, *values in ROWS]
    assert broken(rows) == []
    rows[3][2:4] = [41, 41]
    assert [kind for kind, _, _ in broken(rows)] == ["rows", "rows"]


def test_a_code_that_is_printed_again_as_its_own_item_counts_once() -> None:
    rows = [
        ["", "合计", 9.0, 0.0, 9.0],
        ["219", "援助其他地区支出", 9.0, 0.0, 9.0],
        ["21999", "其他支出", 9.0, 0.0, 9.0],
        ["21999", "其他支出", 9.0, 0.0, 9.0],
    ]
    assert broken(rows) == []


def test_a_code_that_is_printed_once_for_each_government_code_counts_every_time() -> None:
    rows = [
        ["", "合计", 30.0, 30.0, 0.0],
        ["201", "一般公共服务支出", 30.0, 30.0, 0.0],
        ["20106", "财政事务", 10.0, 10.0, 0.0],
        ["20106", "财政事务", 20.0, 20.0, 0.0],
    ]
    assert broken(rows) == []
    rows[3][2] = 21.5
    assert ("rows", "201 一般公共服务支出」合计", 1) in broken(rows)


def test_a_column_that_repeats_a_part_is_no_part() -> None:
    head = [[*HEAD[0]], [*HEAD[1]], ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "其中：政府采购"]]
    assert broken([[*row, row[2] / 10] for row in ROWS], head) == []


def test_groups_of_a_head_have_sums_of_their_own() -> None:
    head = [
        [*HEAD[0]],
        [*HEAD[1]],
        ["科目编码", "科目名称", "合计", "本年预算", LEFT, LEFT, "上年结转"],
        ["", "", "", "小计", "基本支出", "项目支出", ""],
    ]
    rows = [[code, name, total, total, basic, project, 0.0] for code, name, total, basic, project in ROWS]
    assert broken(rows, head) == []
    rows[3][3] = 1.0
    assert ("columns", "2010601 行政运行」本年预算 小计", 39) in broken(rows, head)


def test_without_codes_the_indent_says_what_is_below() -> None:
    head = [[*HEAD[0]], [*HEAD[1]], ["科目名称", "合计", "基本支出", "项目支出"]]
    indent = {3: "", 5: "  ", 7: "    "}
    rows: list[list[Any]] = [["合计", *ROWS[0][2:]]]
    rows += [[indent[len(row[0])] + row[1], *row[2:]] for row in ROWS[1:]]
    rows += [["  就业管理事务", 40.0, 30.0, 10.0]]
    assert broken(rows, head) == []
    assert {one.kind for one in found(rows, head)} == {"rows", "columns"}
    rows[3][1] = 41.5
    assert [name for kind, name, _ in broken(rows, head) if kind == "rows"] == ["财政事务」合计"]


def test_a_row_that_was_not_recognised_keeps_its_family_unchecked() -> None:
    rows = [*ROWS[:3], ["", "查不到的科目", 1.0, 1.0, 0.0], *ROWS[3:]]
    rows[3][2:] = [1.0, 1.0, 0.0]
    assert not any(name.startswith(("20106", "201 ", "合计")) and kind == "rows" for kind, name, _ in broken(rows))


def test_economic_items_are_known_by_their_names_where_indents_mislead() -> None:
    """A long name in two lines begins further left than the others of its level."""
    head = [["2026年一般公共预算基本支出表"], ["单位：万元"], ["经济科目名称", "合计", "人员经费", "公用经费"]]
    rows: list[list[Any]] = [
        ["工资福利支出", 60.0, 60.0, 0.0],
        ["　基本工资", 40.0, 40.0, 0.0],
        ["机关事业单位基本养老保险缴费", 15.0, 15.0, 0.0],
        ["　职业年金缴费", 5.0, 5.0, 0.0],
        ["商品和服务支出", 30.0, 0.0, 30.0],
        ["　办公费", 20.0, 0.0, 20.0],
        ["　电费", 10.0, 0.0, 10.0],
        ["对个人和家庭的补助", 9.0, 9.0, 0.0],
        ["　退休费", 9.0, 9.0, 0.0],
        ["资本性支出", 5.0, 0.0, 5.0],
        ["　办公设备购置", 5.0, 0.0, 5.0],
    ]
    assert broken(rows, head) == []
    assert broken([row for row in rows if row[0] != "　电费"], head) == [
        ("rows", "302 商品和服务支出」合计", -10),
    ]


def test_the_totals_of_panels_are_amounts_of_the_total() -> None:
    head = [["2026年一般公共预算基本支出决算表"], ["单位：万元"], ["科目编码", "科目名称", "决算数"] * 2]
    rows: list[list[Any]] = [
        ["301", "工资福利支出", 50.0, "302", "商品和服务支出", 20.0],
        ["30101", "基本工资", 50.0, "30201", "办公费", 20.0],
        ["", "人员经费合计", 50.0, "", "公用经费合计", 20.0],
    ]
    (table,) = recognise([grid([*head, *rows])]).tables
    (total,) = (row for row in table.rows if row.kind == "total")
    amounts = {name: int(amount.value / 10_000) for name, amount in total.amounts.items()}
    assert amounts == {"personnel": 50, "operating": 20, "total": 70}
