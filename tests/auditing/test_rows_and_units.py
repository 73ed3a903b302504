"""Rows that are printed twice or missing, sums below 类 in a balance, unit lines, contents: each with its twin."""

from __future__ import annotations

import pytest

from reportgen.auditing.audit import audit_read
from reportgen.auditing.contents import check_contents
from reportgen.recognise.blocks import ReadDocument, ReadParagraph

from .test_tables_and_form import Rows, audited, found, general


def with_row(table: Rows, at: int, row: list[str]) -> Rows:
    return [*table[:at], row, *table[at:]]


def test_a_row_that_is_printed_twice_is_found() -> None:
    twice = with_row(general(), 7, list(general()[6]))
    assert found(audited(twice), "AU108") == [
        "“一般公共预算支出表”「20106 财政事务」下有一行印了两遍，只算一次才加得起来"
    ]
    assert found(audited(twice), "AU101") == []


def test_two_rows_of_one_code_that_add_up_are_two_rows() -> None:
    divided = general((6, 2, "15.00"), (6, 3, "15.00"))
    divided = with_row(divided, 7, ["2010601", "行政运行", "25.00", "25.00", "0.00"])
    assert found(audited(divided), "AU108") == []
    assert found(audited(divided), "AU101") == []


def test_a_chapter_without_items_may_stand_again_in_the_place_of_its_item() -> None:
    rows = general((8, 0, "219"), (8, 1, "援助其他地区支出"))
    chapter = ["21999", "其他支出", "40.00", "30.00", "10.00"]
    assert found(audited([*rows, chapter, list(chapter)]), "AU108") == []


CHAPTERS: Rows = [
    *general()[:4],
    ["201", "一般公共服务支出", "60.00", "40.00", "20.00"],
    ["20103", "政府办公厅（室）及相关机构事务", "20.00", "20.00", "0.00"],
    ["2010301", "行政运行", "20.00", "20.00", "0.00"],
    ["20106", "财政事务", "40.00", "20.00", "20.00"],
    ["2010601", "行政运行", "40.00", "20.00", "20.00"],
    ["208", "社会保障和就业支出", "40.00", "30.00", "10.00"],
    ["20805", "行政事业单位养老支出", "40.00", "30.00", "10.00"],
    ["2080505", "机关事业单位基本养老保险缴费支出", "40.00", "30.00", "10.00"],
    ["210", "卫生健康支出", "0.00", "0.00", "0.00"],
    ["21011", "行政事业单位医疗", "0.00", "0.00", "0.00"],
    ["2101101", "行政单位医疗", "0.00", "0.00", "0.00"],
]


def test_an_item_without_its_chapter_is_found_where_the_others_have_theirs() -> None:
    assert found(audited(CHAPTERS), "AU108") == []
    without = [row for row in CHAPTERS if row[0] != "20805"]
    (text,) = found(audited(without), "AU108")
    assert text.endswith("里有 2080505 机关事业单位基本养老保险缴费支出，没有它上级的款 20805")
    none = [row for row in CHAPTERS if len(row[0]) != 5]
    assert found(audited(none), "AU108") == []


def test_a_chapter_without_its_items_is_found_where_the_code_book_has_some() -> None:
    without = [row for row in CHAPTERS if row[0] != "2080505"]
    (text,) = found(audited(without), "AU108")
    assert text.endswith("的 20805 行政事业单位养老支出 下面没有项")


def test_a_chapter_without_items_in_a_table_without_codes_is_found_where_another_table_has_some() -> None:
    housing = [("221", "住房保障支出"), ("22102", "住房改革支出"), ("2210201", "住房公积金")]
    coded = [*CHAPTERS[:4], *CHAPTERS[7:], *([*names, "0.00", "0.00", "0.00"] for names in housing)]
    named = [row[1:] for row in coded]
    named[:3] = [["2026年支出总表"], ["单位：万元"], ["科目名称", "合计", "基本支出", "项目支出"]]
    assert found(audited(coded, named), "AU108") == []
    without = [row for row in named if row[0] != "机关事业单位基本养老保险缴费支出"]
    (text,) = found(audited(coded, without), "AU108")
    assert text.endswith("“支出总表”的 20805 行政事业单位养老支出 下面没有项")


PANELS: Rows = [
    ["2026年财政拨款收支总表"],
    ["单位：万元"],
    ["项目", "预算数", "项目", "预算数"],
    ["一、一般公共预算", "100.00", "一、一般公共服务支出", "60.00"],
    ["", "", "  财政事务", "60.00"],
    ["", "", "    行政运行", "40.00"],
    ["", "", "    一般行政管理事务", "20.00"],
    ["", "", "二、社会保障和就业支出", "40.00"],
    ["", "", "  行政事业单位养老支出", "40.00"],
    ["", "", "    机关事业单位基本养老保险缴费支出", "40.00"],
    ["收入总计", "100.00", "支出总计", "100.00"],
]


def test_the_rows_below_a_class_of_a_balance_add_up() -> None:
    assert found(audited(PANELS), "AU101") == []
    wrong = [list(row) for row in PANELS]
    wrong[6][3] = "21.00"
    assert any("财政事务" in text for text in found(audited(wrong), "AU101"))
    unknown = with_row(wrong, 7, ["", "", "    某项没有的支出", "5.00"])
    assert not any("财政事务" in text for text in found(audited(unknown), "AU101"))


@pytest.mark.parametrize(("unit", "wrong"), [("单位：万元", False), ("单位：元", True)])
def test_the_unit_line_of_a_table_is_that_of_its_figures(unit: str, wrong: bool) -> None:
    table = general((4, 2, "61.25"), (4, 3, "41.25"), (3, 2, "101.25"), (3, 3, "71.25"))
    basic = [
        ["2026年一般公共预算基本支出表"],
        [unit],
        ["科目编码", "科目名称", "合计"],
        ["", "合计", "71.25"],
        ["301", "工资福利支出", "41.25"],
        ["302", "商品和服务支出", "30.00"],
    ]
    whole = [["2026年部门支出总表"], *table[1:]]
    expected = ["“一般公共预算基本支出表”的单位写“元”，表里的数和别处以“万元”为单位的数一样"] if wrong else []
    assert found(audited(table, whole, basic), "AU126") == expected


HEADINGS = ["一、部门概况", "二、收入预算情况说明", "三、支出预算情况说明", "四、“三公”经费情况说明", "五、名词解释"]


def contents(*lines: str, body: list[str] = HEADINGS) -> list[str]:
    listed = [
        ReadParagraph(f"{text}\t3", f"第 1 页第 {n} 段", 1, 0, in_contents=True) for n, text in enumerate(lines, 1)
    ]
    paragraphs = [ReadParagraph(text, f"第 2 页第 {n} 段", 2, 1) for n, text in enumerate(body, 1)]
    return [one.finding.text for one in check_contents(ReadDocument((*listed, *paragraphs)))]


def test_each_line_of_the_contents_is_in_the_body() -> None:
    assert contents(*HEADINGS) == []
    assert contents(*HEADINGS[:4], "五、债务余额明细") == ["目录里的“五、债务余额明细”，正文没有这个标题"]
    assert contents(*HEADINGS[:2], HEADINGS[1], *HEADINGS[3:]) == ["目录里的“二、收入预算情况说明”列了两遍"]


def test_other_wording_and_other_contents_are_no_error() -> None:
    assert contents(*HEADINGS[:4], "五、名词的解释说明") == []
    assert contents(*HEADINGS, body=["无关的标题"]) == []
    assert contents("第一部分 说明", "一、预算表", "第二部分 报表", "一、预算表", "二、附件", body=HEADINGS[:1]) == []


def test_contents_are_part_of_the_audit() -> None:
    lines = [ReadParagraph(text, f"第 1 页第 {n} 段", 1, 0, in_contents=True) for n, text in enumerate(HEADINGS, 1)]
    body = [ReadParagraph(text, f"第 2 页第 {n} 段", 2, 1) for n, text in enumerate(HEADINGS[:4], 1)]
    report = audit_read(ReadDocument((*lines, *body)))
    assert found(report, "AU109") == ["目录里的“五、名词解释”，正文没有这个标题"]


PAGED = [*HEADINGS, "六、政府采购情况", "七、国有资产占用情况"]


def with_pages(*numbers: int) -> list[str]:
    """Contents with these page numbers; each heading is on a page of its own, after two pages without a number."""
    listed = [
        ReadParagraph(f"{text}\t{page}", f"第 2 页第 {n} 段", 2, 0, in_contents=True)
        for n, (text, page) in enumerate(zip(PAGED, numbers, strict=True), 1)
    ]
    body = [ReadParagraph(text, f"第 {n} 页第 1 段", n, 1) for n, text in enumerate(PAGED, 3)]
    return [one.finding.text for one in check_contents(ReadDocument((*listed, *body)))]


def test_pages_of_the_contents_are_those_of_the_headings() -> None:
    assert with_pages(1, 2, 3, 4, 5, 6, 7) == []
    assert with_pages(1, 2, 9, 4, 5, 6, 7) == [
        "目录里“三、支出预算情况说明”等 1 行的页码与正文不符：印的是第 9 页，标题在第 3 页"
    ]
    assert with_pages(1, 2, 9, 9, 9, 6, 7) == [], "contents that were not brought up to date are no slip"


MONEY = [f"{n}.{name}支出{n}0.00万元。" for n, name in enumerate(("基本", "项目", "教育", "卫生", "住房", "农林水"), 1)]


def of_sentences(*texts: str) -> ReadDocument:
    paragraphs = [ReadParagraph(text, f"第 1 页第 {n} 段", 1) for n, text in enumerate((*MONEY, *MONEY, *texts), 1)]
    return ReadDocument((ReadParagraph("2026年部门预算", "第 1 页第 0 段", 1), *paragraphs))


def test_an_amount_in_yuan_where_all_others_are_in_ten_thousands_is_found() -> None:
    slip = "公务接待费6.00万元，比上年预算增加1.00元。"
    (text,) = found(audit_read(of_sentences(slip)), "AU122")
    assert text.endswith("印的是 1.00元，全文的金额都以万元为单位")
    assert found(audit_read(of_sentences("公务接待费6.00万元，比上年预算增加1.00万元。")), "AU122") == []


def test_a_budget_in_yuan_is_found() -> None:
    (text,) = found(audit_read(of_sentences("培训费年初预算为18.60元，支出决算为0.00万元。")), "AU122")
    assert text == "培训费印的是 18.60元，全文的金额都以万元为单位"


def test_a_code_in_a_second_list_of_a_line_has_its_own_name() -> None:
    """Codes and amounts go on in columns to the right; forms print codes without amounts too."""
    codes = [("301", "工资福利支出", "50.00", "302", "商品和服务支出", "20.00")]
    codes += [
        ("30101", "基本工资", "50.00", "30201", "办公费", "20.00"),
        ("30102", "津贴补贴", "", "30202", "印刷费", ""),
    ]
    head: Rows = [["2026年一般公共预算基本支出表"], ["单位：万元"], ["科目编码", "科目名称", "金额"] * 2]
    total: Rows = [["", "人员经费合计", "50.00", "", "公用经费合计", "20.00"]]
    assert found(audited([*head, *map(list, codes), *total]), "AU103") == []
    wrong = [*codes[:2], (*codes[2][:4], "退休费", "")]
    (text,) = found(audited([*head, *map(list, wrong), *total]), "AU103")
    assert "30202 写作“退休费”，这个名称的编码是 30302" in text


def test_a_reason_that_begins_with_the_other_direction_is_found() -> None:
    up = "公务接待费6.00万元，比上年预算增加1.00万元，主要原因是减少接待批次。"
    assert found(audit_read(of_sentences(up)), "AU125") == ["公务接待费说“增加”，原因却是“减少接待批次”"]
    for sound in ("新增两批外省来访", "上年减少的接待今年恢复", "增加来访，减少外出"):
        assert found(audit_read(of_sentences(up.replace("减少接待批次", sound))), "AU125") == []


@pytest.mark.parametrize(("said", "agrees"), [("100.00", True), ("110.00", False)])
def test_a_table_in_yuan_is_held_against_sentences_in_ten_thousands(said: str, agrees: bool) -> None:
    table = [["2026年一般公共预算支出表"], ["单位：元"], *general()[2:3]]
    table += [[*row[:2], *(f"{float(text) * 10_000:,.2f}" for text in row[2:])] for row in general()[3:]]
    texts = ("2026年部门预算", "二、2026年一般公共预算支出情况说明", f"2026年一般公共预算支出{said}万元。")
    assert (found(audited(table, texts=texts), "AU121") == []) is agrees
    assert found(audited(table, texts=texts), "AU126") == []
