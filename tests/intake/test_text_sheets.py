"""Sheets of an export that hold texts: duties and terms, each with the cell that it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from reportgen.core.finding import Severity
from reportgen.intake.imported import Imported
from reportgen.intake.workbook import import_tables
from tests.recognise.grids import grid
from tests.recognise.workbooks import grids, source

DUTIES = "    某局是市政府工作部门。\n    主要职能包括：\n    1.组织实施公共就业服务。\n    2.管理补助资金。\n    3.……"
TERMS = """
   （一）财政拨款收入：是从财政部门取得的预算资金。
   （二）……：指……。
   （三）事业收入：指开展业务取得的收入。"""
NONE: Mapping[str, Any] = {}


def imported(sheets: Mapping[str, list[list[Any]]], basics: Mapping[str, Any] = NONE) -> Imported:
    own = [one for one in grids(source(1)) if "职能" not in one.name]
    return import_tables((*own, *(grid(rows, name) for name, rows in sheets.items())), basics, texts=True)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("部门主要职能", [["某局主要职能"], [], [DUTIES]]),
        ("2.11单位职能（单位）", [["单位职能（单位）"], [DUTIES]]),
        ("2.11单位职能（单位）", [[], [DUTIES]]),
        ("职责", [["一、主要职责"], *([line] for line in DUTIES.splitlines())]),
    ],
)
def test_duties_are_read_by_the_title_or_the_name_of_the_sheet(name: str, rows: list[list[Any]]) -> None:
    made = imported({name: rows})
    assert made.data["department"]["duties"][-2:] == ["组织实施公共就业服务。", "管理补助资金。"]
    assert made.cells["/department/duties/0"].startswith(f"{name}!A")
    assert "/department/duties" not in made.unread
    assert [(one.kind, one.rows) for one in made.recognised if one.name == name] == [("文字", 3)]


def test_terms_are_read_and_what_the_form_leaves_open_is_not() -> None:
    made = imported({"名词解释": [["名词解释"], [], [TERMS]]})
    assert made.data["glossary"] == [
        {"term": "财政拨款收入", "text": "是从财政部门取得的预算资金。"},
        {"term": "事业收入", "text": "指开展业务取得的收入。"},
    ]
    assert made.cells["/glossary/1/text"] == "名词解释!A3"
    assert "/glossary" not in made.unread
    assert "/glossary" not in made.data.get("unread", ())


def test_texts_of_the_basics_come_first_and_a_text_that_cannot_be_placed_is_a_warning() -> None:
    basics = {"glossary": [{"term": "自己的", "text": "解释。"}], "department": {"duties": ["自己的职能。"]}}
    sheets = {"名词解释": [["名词解释"], [TERMS]], "主要职能": [["主要职能"], [DUTIES]]}
    made = imported(sheets, basics)
    assert made.data["glossary"] == basics["glossary"]
    assert made.data["department"]["duties"] == ["自己的职能。"]
    odd = imported({"名词解释": [["名词解释"], ["没有写名称的一段文字。"]]})
    assert [one.severity for one in odd.findings if one.code == "XL151"] == [Severity.WARNING]


def test_an_empty_form_and_other_prose_are_no_texts() -> None:
    made = imported(
        {"部门主要职能": [["XX（部门）主要职能"], ["    XX是…。\n    1."]], "说明": [["编制说明"], ["收入预算。"]]}
    )
    assert "/department/duties" in made.unread
    assert {one.kind for one in made.recognised if one.name in ("部门主要职能", "说明")} == {""}
