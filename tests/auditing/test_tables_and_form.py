"""Codes and names, tables that are missing, empty or of another year, what was not read: each with its twin."""

from __future__ import annotations

from typing import Any

import pytest

from reportgen.auditing.audit import audit_read
from reportgen.auditing.report import AuditReport
from reportgen.core.finding import Severity
from reportgen.recognise.blocks import PageSize, ReadDocument, ReadParagraph, ReadTable
from tests.recognise.grids import grid

Rows = list[list[Any]]
FUND: Rows = [
    ["2026年政府性基金预算支出表"],
    ["单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
]


def general(*changes: tuple[int, int, Any], year: int = 2026) -> Rows:
    rows: Rows = [
        [f"{year}年一般公共预算支出表"],
        ["单位：万元"],
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        ["", "合计", "100.00", "70.00", "30.00"],
        ["201", "一般公共服务支出", "60.00", "40.00", "20.00"],
        ["20106", "财政事务", "60.00", "40.00", "20.00"],
        ["2010601", "行政运行", "40.00", "40.00", "0.00"],
        ["2010602", "一般行政管理事务", "20.00", "0.00", "20.00"],
        ["208", "社会保障和就业支出", "40.00", "30.00", "10.00"],
    ]
    for row, column, value in changes:
        rows[row][column] = value
    return rows


def audited(
    *tables: Rows, texts: tuple[str, ...] = ("2026年部门预算", "二、2026年预算说明"), **more: Any
) -> AuditReport:
    paragraphs = tuple(ReadParagraph(text, f"第 1 页第 {n} 段", 1) for n, text in enumerate(texts, 1))
    grids = tuple(ReadTable(grid(rows, f"表{n}"), n) for n, rows in enumerate(tables, 2))
    return audit_read(ReadDocument((*paragraphs, *grids), **more))


def found(report: AuditReport, code: str) -> list[str]:
    """The findings of a code, with those that follow from another one."""
    return [one.text for one in report.every() if one.code == code]


def test_a_sound_table_has_no_finding_of_its_own() -> None:
    report = audited(general())
    assert {one.finding.code for one in report.findings} == {"AU105"}, "the other tables are missing"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ([(7, 1, "行政运行")], "的 2010602 写作“行政运行”，这个名称的编码是"),
        ([(6, 1, "行政运转")], "的 2010601 写作“行政运转”，目录里是“行政运行”"),
        ([(7, 0, "2010601"), (7, 1, "另一个名称")], "的 2010601 有两个名称：“行政运行”和“另一个名称”"),
    ],
)
def test_a_code_and_its_name_have_to_agree(changes: list[tuple[int, int, Any]], says: str) -> None:
    (text,) = found(audited(general(*changes)), "AU103")
    assert says in text


def test_a_name_that_a_place_shortens_is_no_misprint() -> None:
    assert found(audited(general((5, 1, "财政事务支出"), (4, 1, "一般公共服务"))), "AU103") == []


def test_two_faults_in_one_row_are_both_reported_and_a_consequence_is_not() -> None:
    """基本支出 and 项目支出 of one row are wrong by different amounts; 合计 beside them is right."""
    texts = found(audited(general((5, 3, "45.00"), (5, 4, "27.00"))), "AU101")
    assert [text for text in texts if "「20106 财政事务」基本支出" in text] != []
    assert [text for text in texts if "「20106 财政事务」项目支出" in text] != []
    once = found(audited(general((5, 2, "65.00"), (5, 3, "45.00"))), "AU101")
    assert sum("「20106 财政事务」" in text for text in once) == 1


def test_a_difference_is_printed_with_all_its_decimals() -> None:
    (text,) = (text for text in found(audited(general((6, 3, "40.1234"))), "AU101") if "20106" in text)
    assert "相差 0.1234万元" in text


@pytest.mark.parametrize(
    ("note", "severity"),
    [("注：有关事项属于国家秘密，予以剔除。", None), ("注：单位为万元。", Severity.ERROR)],
)
def test_rows_that_are_withheld_make_no_gap(note: str, severity: Severity | None) -> None:
    report = audited(general((7, 2, "12.00"), (7, 4, "12.00")), texts=("2026年部门预算", note))
    broken = [one.finding.severity for one in report.findings if one.finding.code == "AU101"]
    assert broken == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    ("texts", "is_said"),
    [
        (("2026年部门预算",), False),
        (("2026年政府性基金预算支出情况",), False),
        (("无锡市财政局2026年政府性基金预算",), False),
        (("本单位没有政府性基金预算拨款安排的支出。",), True),
        (("政府性基金预算支出0.00万元。",), True),
        (("政府性基金拨款支出预算为0；",), True),
    ],
)
def test_an_empty_table_of_funds_needs_a_note(texts: tuple[str, ...], is_said: bool) -> None:
    report = audited(general(), FUND, texts=("2026年部门预算", *texts))
    assert bool(found(report, "AU106")) is not is_said


def test_a_note_below_the_empty_table_counts() -> None:
    assert found(audited(general(), [*FUND, ["注：本表无数据。"]]), "AU106") == []


@pytest.mark.parametrize(
    ("note", "finds"),
    [
        (
            "说明：本部门没有国有资本经营预算拨款，故本表为空表。",
            ["“2026年政府性基金预算支出表”的说明讲的是“国有资本经营”"],
        ),
        ("说明：本部门没有政府性基金预算拨款，故本表为空表。", []),
        ("说明：本部门没有政府性基金预算和国有资本经营预算，故本表无数据。", []),
        ("二、国有资本经营预算：没有安排支出。", []),
    ],
)
def test_a_note_speaks_of_the_fund_of_its_table(note: str, finds: list[str]) -> None:
    report = audited(general(), [*FUND, [note]], texts=("2026年部门预算", "没有政府性基金预算支出。"))
    assert found(report, "AU106") == finds


@pytest.mark.parametrize(
    ("note", "finds"),
    [
        ("本部门没有列入重点项目的支出，故本表无数据。", []),
        ("本部门没有政府性基金预算支出，故本表无数据。", ["“2026年重点项目支出预算表”的说明讲的是“政府性基金”"]),
        ("注：本表反映部门重点项目的支出情况。", ["“重点项目支出预算表”没有数据，也没有说明"]),
    ],
)
def test_an_empty_table_of_key_projects_has_a_note_of_its_own(note: str, finds: list[str]) -> None:
    table = [["2026年重点项目支出预算表"], ["单位：万元"], ["单位名称", "项目名称", "预算数", "绩效目标"], [note]]
    assert found(audited(general(), [*FUND, ["本表无数据。"]], table), "AU106") == finds


@pytest.mark.parametrize(
    ("note", "finds"),
    [
        ("", ["“国有资本经营预算财政拨款收入支出决算表”没有数据，也没有说明"]),
        ("说明：本部门本年度没有国有资本经营预算财政拨款收入和支出，故本表无数据。", []),
        (
            "说明：本部门本年度没有政府性基金预算财政拨款收入和支出，故本表无数据。",
            ["“国有资本经营预算财政拨款收入支出决算表”的说明讲的是“政府性基金”"],
        ),
    ],
)
def test_the_line_that_says_what_a_table_shows_is_no_note_that_there_is_nothing(note: str, finds: list[str]) -> None:
    columns = ["科目编码", "科目名称", "本年收入", "本年支出"]
    fund: Rows = [["政府性基金预算财政拨款收入支出决算表"], ["单位：万元"], columns, ["本表无数据。"]]
    head: Rows = [["国有资本经营预算财政拨款收入支出决算表"], ["单位：万元"], columns]
    line = "注：本表反映部门本年度国有资本经营预算财政拨款收入支出及结转和结余情况。"
    assert found(audited(fund, [*head, [line], [note]]), "AU106") == finds


def test_a_title_of_another_year_is_found() -> None:
    (text,) = found(audited(general(), general(year=2025), FUND), "AU107")
    assert "2025" in text


def test_tables_that_are_missing_are_named_and_those_that_are_there_are_not() -> None:
    (text,) = found(audited(general(), FUND), "AU105")
    assert text.startswith("没有找到收支总表、收入总表、支出总表")
    assert "一般公共预算支出表" not in text


def test_what_could_not_be_read_is_said() -> None:
    unknown: Rows = [["不知道的表"], ["甲", "乙"], *[[f"{n}.5", f"{n}.25"] for n in range(1, 6)]]
    report = audited(general(), unknown, without_text=(3,), pages=(PageSize(595, 842),) * 3)
    assert found(report, "AU190") == ["第 3 页没有文字（扫描的图片），没有审核"]
    assert found(report, "AU191") == ["没有认出来、没有审核的表有 1 张"]
    (missing,) = (one for one in report.findings if one.finding.code == "AU105")
    assert missing.finding.severity is Severity.NOTE, "it may be the table that was not recognised"
    assert found(audited(general()), "AU190") == found(audited(general()), "AU191") == []
