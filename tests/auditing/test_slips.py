"""Slips between tables and sentences: rows, names, numbers and units, each with a sound twin."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.auditing.audit import audit_read
from reportgen.auditing.prose_wholes import check_wholes
from reportgen.auditing.table_numbers import left_out_numbers
from reportgen.recognise.blocks import ReadDocument, ReadParagraph, ReadTable
from reportgen.recognise.prose.read import read_prose

from ..recognise.grids import grid
from ..recognise.prose.said import YEAR, paragraphs
from .test_rows_and_units import CHAPTERS, of_sentences
from .test_tables_and_form import FUND, Rows, audited, found, general

PROJECTS: Rows = [
    ["2026年部门项目支出表"],
    ["单位：万元"],
    ["单位名称", "项目名称", "合计"],
    ["合计", "", "30.50"],
    ["甲局", "检测装备更新", "20.10"],
    ["甲局", "业务培训", "10.40"],
]


@pytest.mark.parametrize(("row", "finds"), [("检测装备更新", "「检测装备更新」"), ("业务培训", "「业务培训」")])
def test_a_project_that_is_printed_twice_is_found(row: str, finds: str) -> None:
    (line,) = (one for one in PROJECTS if len(one) > 1 and one[1] == row)
    twice = [*PROJECTS[: PROJECTS.index(line)], line, *PROJECTS[PROJECTS.index(line) :]]
    assert [finds in text for text in found(audited(twice), "AU108")] == [True]
    assert found(audited(PROJECTS), "AU108") == []


def test_two_projects_of_one_name_that_add_up_are_two() -> None:
    both = [*PROJECTS[:3], ["合计", "", "40.20"], PROJECTS[4], PROJECTS[4]]
    assert found(audited(both), "AU108") == []


def test_a_code_with_the_name_of_another_one_is_found_between_tables() -> None:
    def of_codes(title: str, first: str) -> Rows:
        changes = [(7, 0, "2069901"), (7, 1, first), (8, 0, "2069999"), (8, 1, "其他科技事务")]
        return [[title], *general(*changes)[1:]]  # type: ignore[arg-type]

    whole = of_codes("2026年部门支出总表", "科技奖励专项")
    assert found(audited(whole, of_codes("2026年一般公共预算支出表", "科技奖励专项")), "AU103") == []
    (text,) = found(audited(whole, of_codes("2026年一般公共预算支出表", "其他科技事务")), "AU103")
    assert "2069901" in text
    assert "2069999" in text


def test_a_chapter_without_the_items_that_another_table_has_is_found() -> None:
    chapters = [["21213", "城市基础设施配套费安排的支出", "9.00", "0.00", "9.00"]]
    item = [["2121301", "城市公共设施", "9.00", "0.00", "9.00"]]
    fund = [["2026年政府性基金预算支出表"], *general()[1:3], ["", "合计", "9.00", "0.00", "9.00"], *chapters, *item]
    whole = [["2026年部门支出总表"], *CHAPTERS[1:], *chapters]
    assert not any("21213" in text for text in found(audited([*whole, *item], fund), "AU108"))
    assert any("21213" in text for text in found(audited(whole, fund), "AU108"))


@pytest.mark.parametrize(("unit", "wrong"), [("单位：万元", False), ("单位：元", True)])
def test_round_amounts_of_codes_show_the_unit_too(unit: str, wrong: bool) -> None:
    rows = [
        ["", "合计", "90.00", "0.00", "90.00"],
        ["223", "国有资本经营预算支出", "90.00", "0.00", "90.00"],
        ["22301", "解决历史遗留问题及改革成本支出", "90.00", "0.00", "90.00"],
        ["2230105", "国有企业退休人员社会化管理补助支出", "90.00", "0.00", "90.00"],
    ]
    fund = [["2026年国有资本经营预算支出表"], [unit], general()[2], *rows]
    whole = [["2026年部门支出总表"], *general()[1:], *rows[1:]]
    assert bool(found(audited(general(), whole, fund), "AU126")) is wrong


def test_a_number_that_a_series_of_tables_leaves_out_is_found() -> None:
    titles = [
        f"表{n}：2026年部门{name}表" for n, name in enumerate(("收支", "收入", "支出", "三公", "基金", "项目"), 1)
    ]

    def numbered(*texts: str) -> list[str]:
        read = ReadDocument(tuple(ReadParagraph(text, f"第 1 页第 {n} 段", 1, 1) for n, text in enumerate(texts, 1)))
        return [one.finding.text for one in left_out_numbers(read)]

    assert numbered(*titles) == []
    assert numbered(*titles[:3], *titles[4:]) == [
        f"“{titles[2]}”后面是“{titles[4]}”，中间少了一张表".replace("：", ":")
    ]
    assert numbered(*titles[:3], "表4：另行公开", *titles[4:]) == []
    assert numbered(*titles[:2], *titles[4:]) == []


def test_an_amount_without_a_subject_has_the_unit_of_the_others() -> None:
    lines = [f"预算安排：{n}0.5万元。" for n in range(1, 5)]
    assert found(audit_read(of_sentences(*lines)), "AU122") == []
    (text,) = found(audit_read(of_sentences(*lines, "预算安排：70.5元。")), "AU122")
    assert "70.5元" in text


def test_what_a_section_says_of_a_project_is_held_against_its_row() -> None:
    texts = ("2026年部门预算", "项目名称：检测装备更新", "项目内容：更新检测装备。", "预算安排：20.1万元。")
    assert found(audited(PROJECTS, texts=texts), "AU121") == []
    wrong = (*texts[:3], "预算安排：21.1万元。")
    (text,) = found(audited(PROJECTS, texts=wrong), "AU121")
    assert text.startswith("检测装备更新：文字写 21.1万元")


@pytest.mark.parametrize("sound", ["退休人员增加", "上年结转增加", "增加来访，压减外出费用"])
def test_a_reason_that_says_that_costs_moved_the_other_way_is_found(sound: str) -> None:
    down = "公务接待费6.00万元，比上年预算减少1.00万元，主要原因是{}。"
    (text,) = found(audit_read(of_sentences(down.format("来访接待费用增加"))), "AU125")
    assert "来访接待费用增加" in text
    assert found(audit_read(of_sentences(down.format(sound))), "AU125") == []


def test_what_the_year_before_did_not_have_does_not_decrease() -> None:
    new = "公务接待费6.00万元，比上年预算增加6.00万元（上年度没有此项）。"
    assert found(audit_read(of_sentences(new)), "AU112") == []
    (text,) = found(audit_read(of_sentences(new.replace("增加", "减少"))), "AU112")
    assert text.endswith("上年没有的，不会减少")


def wholes(*texts: str) -> list[str]:
    return [f"{one.code} {one.text}" for one in check_wholes(read_prose(paragraphs(list(texts)), YEAR))]


THREE_PUBLIC = (
    "2026年“三公”经费预算{}万元，比上年预算{}万元。",
    "因公出国（境）费26.00万元，比上年预算增加8.00万元。",
    "公务接待费4.30万元，比上年预算减少0.70万元。",
    "公务用车购置及运行费7.20万元，与上年预算持平。",
)


def test_parts_that_stand_apart_add_up_to_their_whole() -> None:
    whole, *parts = THREE_PUBLIC
    assert wholes(whole.format("37.50", "增加7.30"), *parts) == []
    assert wholes(whole.format("37.10", "增加7.30"), *parts) == [
        "AU115 三公经费 37.10万元，各项 26.00万元 + 7.20万元 + 4.30万元 = 37.50万元"
    ]
    assert wholes(whole.format("37.10", "增加7.30"), *parts[:2]) == []


def test_changes_of_parts_add_up_to_that_of_their_whole() -> None:
    whole, *parts = THREE_PUBLIC
    (turned,) = wholes(whole.format("37.50", "减少7.30"), *parts)
    assert turned.startswith("AU112 三公经费减少7.30万元，各项的增减（")
    (other,) = wholes(whole.format("37.50", "增加7.00"), *parts)
    assert other.startswith("AU111 三公经费增加7.00万元，各项的增减（")


def test_revenue_and_expenditure_that_are_equal_changed_in_one_direction() -> None:
    income = "2026年财政拨款收入2521.00万元，比上年预算增加121.00万元。"
    same = "2026年财政拨款支出2521.00万元，比上年预算增加121.00万元。"
    assert wholes(income, same) == []
    (other,) = wholes(income, same.replace("121", "128"))
    assert other.startswith("AU111 2026年财政拨款支出增加128.00万元；")
    rates = [said.replace("121.00万元", f"{change}万元，增长5.0%") for said, change in ((income, 121), (same, 120))]
    assert wholes(*rates) == [], "last year's amounts may differ by little"
    assert wholes(income, same.replace("增加", "减少")) == [
        "AU112 2026年财政拨款支出减少121.00万元；2026年财政拨款收入金额相同、增减额相同，却是增加121.00万元"
    ]


def test_a_list_of_one_unit_is_held_against_its_rows() -> None:
    head: Rows = [["2026年部门支出总表"], ["单位：万元"], ["单位名称", "科目名称", "合计", "基本支出", "项目支出"]]
    rows: Rows = [
        ["甲市建设局", "", "100.00", "71.50", "28.50"],
        ["", "一般公共服务支出", "60.00", "50.00", "10.00"],
        ["", "住房保障支出", "40.00", "21.50", "18.50"],
    ]

    def said(text: str) -> list[str]:
        return found(audited([*head, *rows], texts=("2026年部门预算", text)), "AU121")

    sound = "甲市建设局预算100.00万元，包括增人增资71.50万元、项目支出28.50万元。"
    assert said(sound) == []
    (text,) = said("甲市建设局预算100.00万元，包括增人增资28.50万元、项目支出71.50万元。")
    assert text.startswith("项目支出：文字写 71.50万元")


ECONOMIC: Rows = [
    ["2026年一般公共预算基本支出表"],
    ["单位：万元"],
    ["科目编码", "科目名称", "合计"],
    ["", "合计", "100.00"],
    ["301", "工资福利支出", "60.00"],
    ["30101", "基本工资", "60.00"],
    ["302", "商品和服务支出", "25.00"],
    ["30201", "办公费", "25.00"],
    ["310", "资本性支出", "15.00"],
    ["31002", "办公设备购置", "15.00"],
    ["30304", "抚恤金", ""],
]


def test_a_class_of_economic_items_without_sections_is_found() -> None:
    assert found(audited(ECONOMIC), "AU108") == []
    (text,) = found(audited([row for row in ECONOMIC if row[0] != "31002"]), "AU108")
    assert text.endswith("的 310 资本性支出 下面没有款")
    assert found(audited([row for row in ECONOMIC if len(row[0]) != 5]), "AU108") == []


def test_a_code_of_a_row_without_amounts_has_its_name() -> None:
    assert found(audited(ECONOMIC), "AU103") == []
    (text,) = found(audited([*ECONOMIC[:-1], ["30304", "住房公积金", ""]]), "AU103")
    assert "30304 写作“住房公积金”" in text


def test_the_row_of_the_department_is_the_total_of_a_table_without_one() -> None:
    head: Rows = [["2026年政府性基金预算支出表"], ["单位：万元"], ["单位名称", "科目名称", "合计"]]
    table: Rows = [*head, ["甲市建设局", "", "90.00"], ["", "城乡社区支出", "90.00"]]

    def said(amount: str) -> list[str]:
        texts = ("2026年部门预算", f"2026年政府性基金预算支出{amount}万元。")
        return found(audited(table, texts=texts), "AU121")

    assert said("90.00") == []
    (text,) = said("50.00")
    assert "文字写 50.00万元" in text


def test_the_note_below_the_last_table_ends_at_the_next_heading() -> None:
    table = ReadTable(grid(FUND, "表"), 2)

    def said(*texts: ReadParagraph) -> list[str]:
        title = ReadParagraph("2026年部门预算", "第 1 页第 1 段", 1)
        return found(audit_read(ReadDocument((title, table, *texts))), "AU106")

    note = ReadParagraph("本年没有安排。", "第 2 页第 1 段", 2)
    heading = ReadParagraph("第三部分 情况说明", "第 2 页第 2 段", 2, 1)
    assert said(note, heading) == []
    assert said(heading, note) == ["“政府性基金预算支出表”没有数据，也没有说明"]


def test_an_item_whose_chapter_only_another_table_prints_is_found() -> None:
    def by_names(title: str, *left_out: str) -> Rows:
        rows = [[f"{'  ' * (len(row[0]) // 2 - 1)}{row[1]}", *row[2:]] for row in CHAPTERS[4:]]
        rows = [row for row in rows if row[0].strip() not in left_out]
        return [
            [title],
            ["单位：万元"],
            ["科目名称", "合计", "基本支出", "项目支出"],
            ["合计", *CHAPTERS[3][2:]],
            *rows,
        ]

    whole = CHAPTERS[0][0], "2026年部门支出总表"
    assert found(audited(by_names(whole[0]), by_names(whole[1])), "AU108") == []
    (text,) = found(audited(by_names(whole[0]), by_names(whole[1], "行政事业单位养老支出")), "AU108")
    assert text.endswith("没有它上级的款 20805")


def test_a_project_is_named_in_a_sentence() -> None:
    def said(amount: str) -> list[str]:
        return found(
            audited(PROJECTS, texts=("2026年部门预算", f"1.检测装备更新{amount}万元，主要用于设备。")), "AU121"
        )

    assert said("20.10") == []
    assert said("20.70") == ["检测装备更新：文字写 20.70万元，项目支出表里是 20.10万元"]
    assert said("15.35") == [], "it may be a part of it"


COUNTS = {
    "因公出国（境）费支出5.20万元。": "全年安排因公出国（境）团组1个、累计2人次。",
    "公务用车运行维护费支出7.12万元。": "公务用车保有量为2辆。",
    "公务接待费支出3.34万元。": "全年国内公务接待38批次、312人次。",
}


@pytest.mark.parametrize("amount", list(COUNTS))
def test_final_accounts_state_the_counts_of_three_public(amount: str) -> None:
    def said(*texts: str) -> list[str]:
        headings = ReadParagraph("第三部分 2026年度部门决算情况说明", "第 1 页第 1 段", 1, 1)
        body = [ReadParagraph(text, f"第 1 页第 {n} 段", 1) for n, text in enumerate(texts, 2)]
        return found(audit_read(ReadDocument((headings, *body))), "AU127")

    assert said(amount, COUNTS[amount]) == []
    (text,) = said(amount)
    assert "没有写明" in text
    assert said(amount.replace("5.20", "0").replace("7.12", "0").replace("3.34", "0")) == []


PURCHASES: dict[str, Any] = {"货物": "63.80", "工程": "1015.00", "服务": "210.00"}


def test_kinds_of_purchases_are_held_against_their_table() -> None:
    table: Rows = [["2026年政府采购预算表"], ["单位：万元"], ["采购类别", "金额"], ["合计", "1288.80"]]
    table += [[kind, amount] for kind, amount in PURCHASES.items()]

    def said(works: str, services: str) -> list[str]:
        text = (
            f"2026年政府采购预算1288.80万元，其中：政府采购货物预算63.80万元、政府采购工程预算{works}万元、"
            f"政府采购服务预算{services}万元。"
        )
        return found(audited(table, texts=("2026年部门预算", text)), "AU121")

    assert said("1015.00", "210.00") == []
    assert len(said("210.00", "1015.00")) == 2
