"""Texts of a department from a Word file: the paragraphs under headings that are known."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document

from reportgen.core.errors import InputError
from reportgen.intake.imported import Imported
from reportgen.intake.readers import read_texts
from reportgen.intake.texts import with_texts

DATA: dict[str, Any] = {
    "year": 2023,
    "department": {"duties": ["旧的"]},
    "expenditure": [{"function": "201"}, {"function": "2010601"}, {"function": "2101101"}],
    "projects": [{"name": "信息化运维"}],
    "glossary": [{"function": "2010601", "text": "旧的"}],
}


def word(*lines: str) -> bytes:
    """A Word file; a line that begins with # is in the style of a heading."""
    document = Document()
    for line in lines:
        if line.startswith("#"):
            document.add_heading(line[1:], level=1)
        else:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def imported(*lines: str) -> Imported:
    return with_texts(Imported(DATA, {}), read_texts(word(*lines), isolated=False), "文字.docx")


def told(found: Imported) -> list[str]:
    return [f"{finding.code} {finding.text} {finding.where[0].cell}" for finding in found.findings]


def test_duties_and_sections_are_lists_of_paragraphs() -> None:
    found = imported("一、主要职能", "（一）贯彻财税政策。", "", "（二）编制预算。", "二、重点工作", "做好预算公开。")
    assert found.data["department"]["duties"] == ["（一）贯彻财税政策。", "（二）编制预算。"]
    assert found.data["sections"] == {"tasks": ["做好预算公开。"]}
    assert found.cells["/department/duties/1"] == "文字.docx!4"
    assert told(found) == []


def test_a_short_numbered_paragraph_within_a_part_is_one_of_its_paragraphs() -> None:
    found = imported("#主要职责", "（一）贯彻财税政策", "（二）编制预算")
    assert found.data["department"]["duties"] == ["（一）贯彻财税政策", "（二）编制预算"]


def test_what_a_paragraph_is_about_stands_before_its_colon() -> None:
    found = imported(
        "#支出用途", "1.行政运行（项）：机关日常运转", "行政单位医疗：离退休人员", "信息化运维: 系统维护",
        "#增减原因", "公务接待费：压缩接待", "一般公共服务支出：人员增加",
        "#名词解释", "3.行政运行：指行政单位的基本支出。", "“三公”经费：指三项经费。",
        "#公务接待费用途", "上级部门调研",
    )  # fmt: skip
    assert told(found) == []
    lines = found.data["expenditure"]
    assert [line.get("use") for line in lines] == [None, "机关日常运转", "离退休人员"]
    assert lines[0]["reason"] == "人员增加"
    assert found.data["projects"][0]["use"] == "系统维护"
    assert found.data["totals"] == {"reception": {"reason": "压缩接待"}}
    assert found.data["glossary"] == [
        {"function": "2010601", "text": "指行政单位的基本支出。"},
        {"term": "“三公”经费", "text": "指三项经费。"},
    ]
    assert found.data["reception_use"] == "上级部门调研"
    assert found.cells["/expenditure/1/use"] == "文字.docx!2"


def test_what_is_not_used_or_not_understood_is_said() -> None:
    found = imported("前言", "#附件", "表格", "#支出用途", "没有冒号", "教育支出：学校")
    assert told(found) == [
        "XL150 第一个标题之前的文字没有用到：“前言” 文字.docx!1",
        "XL150 标题“附件”之下的文字没有用到 文字.docx!2",
        "XL151 “没有冒号”没有写明说的是什么 文字.docx!5",
        "XL152 “教育支出”不是本文件的科目或项目 文字.docx!6",
    ]


def test_paragraphs_under_a_second_heading_of_the_same_part_follow_those_of_the_first() -> None:
    found = imported("#主要职能", "甲", "#所属单位主要职责", "乙", "#重点工作", "丙", "#工作任务", "丁", "#主要职责")
    assert found.data["department"]["duties"] == ["甲", "乙"]
    assert found.data["sections"] == {"tasks": ["丙", "丁"]}
    assert found.cells["/department/duties/1"] == "文字.docx!4"


def test_a_heading_without_paragraphs_takes_nothing_away() -> None:
    assert imported("#主要职能").data["department"]["duties"] == ["旧的"]


@pytest.mark.parametrize("name", ["2010601行政运行", "一般公共服务支出（类）财政事务（款）行政运行（项）", "2010601"])
def test_a_name_may_have_its_code_or_its_classes(name: str) -> None:
    found = imported("#名词解释", f"3.{name}：新的")
    assert (found.data["glossary"], told(found)) == ([{"function": "2010601", "text": "新的"}], [])


def test_what_is_said_twice_or_of_several_codes_is_an_error() -> None:
    data = {**DATA, "expenditure": [{"function": "2010601"}, {"function": "2080101"}, {"function": "2101101"}]}
    lines = ("#支出用途", "行政运行：甲", "#增减原因", "公务接待费：甲", "公务接待费：乙", "2080101行政运行：丙")
    found = with_texts(Imported(data, {}), read_texts(word(*lines), isolated=False), "文字.docx")
    assert told(found) == [
        "XL154 有几个科目叫“行政运行”：2010601、2080101 文字.docx!2",
        "XL153 “公务接待费”写了两次 文字.docx!5",
    ]
    assert found.data["expenditure"][1]["reason"] == "丙"


def test_tables_are_said_to_be_unread_with_their_first_words() -> None:
    document = Document()
    document.add_paragraph("主要职能")
    document.add_paragraph("")
    for words in ("机构", ""):
        document.add_table(2, 2).cell(1, 0).text = words
    document.add_table(1, 1).cell(0, 0).text = "末尾"
    out = io.BytesIO()
    document.save(out)
    found = with_texts(Imported(DATA, {}), read_texts(out.getvalue(), isolated=False), "文字.docx")
    (finding,) = [finding for finding in found.findings if finding.code == "XL155"]
    assert finding.text == "Word 文件里有 3 张表，没有读（“机构”、“”、“末尾”）"
    assert [place.cell for place in finding.where] == ["文字.docx!2"] * 3
    assert "XL155" not in {finding.code for finding in imported("#主要职能", "新的").findings}


def test_the_data_of_the_workbook_are_not_changed() -> None:
    imported("#主要职能", "新的")
    assert DATA["department"]["duties"] == ["旧的"]


@pytest.mark.parametrize(
    ("payload", "says"),
    [(b"", "空的"), (b"%PDF-1.7", "不是 Word 文件"), (word("甲")[:2000], "不是 Word 文件"), (b"{}", "不是 Word 文件")],
)
def test_a_file_that_is_no_word_file_is_refused(payload: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_texts(payload)
