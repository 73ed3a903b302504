"""Messages about a document that came from a workbook name sheets and columns, never fields of JSON."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from reportgen.budget.field_types import List
from reportgen.budget.model import Budget
from reportgen.core.finding import Finding, Place, Severity
from reportgen.intake.clerk_words import WORDS, for_clerks
from reportgen.intake.form.part_name import part_name
from reportgen.intake.form.sheet_kinds import PROGRAM_PARTS
from reportgen.intake.form.sheets import all_sheets
from tests.catalogue import messages

ELSEWHERE = re.compile(
    r"bulk/|cli/|layout/|serving/proxy_settings|hand_edits/|intake/ledger/|compose/(?!review|amend)|budget/json_input|budget/python_input"
    r"|pipeline/(lost_edits|versions|layout_copy|fill_in|upgrade|acceptance|importing|source|document_layout)"
)
"""What speaks of JSON documents, of layouts or of a mapping file, which no clerk with a workbook is shown."""
NO_WORKBOOK = {
    "写成花括号括起的字段；各字段见 docs/budget-document.md", "可用的字段见 docs/budget-document.md",
    "第 2 版把上年数和原因写在 totals 和各行的 last、reason 里；reportgen upgrade 把第 1 版改成第 2 版",
}  # fmt: skip
"""What a workbook cannot have: other fields than the form's, another version."""


def names(model: type) -> set[str]:
    found: set[str] = set()
    for field in fields(model):
        kind = field.metadata["type"]
        inner = getattr(kind.items if isinstance(kind, List) else kind, "model", None)
        found |= {field.name} | (names(inner) if isinstance(inner, type) else set())
    return found


NAMES = names(Budget) | {"true", "false"}


def named_fields(text: str) -> set[str]:
    words = re.findall(r"(?<![{\w.\-])[a-z_]{3,}(?![\w}.])", re.sub(r"\{[^}]*\}|docs/[\w.-]+", "", text))
    return {word for word in words if word in NAMES}


def test_every_message_that_names_a_field_has_words_for_a_clerk() -> None:
    """When this fails: add the message to ``WORDS``, as sheets and columns are called."""
    own = {
        text
        for text, file in messages().items()
        if not ELSEWHERE.match(file) and named_fields(text) and text not in NO_WORKBOOK
    }
    assert len(own) > 20
    assert own <= {*WORDS, *WORDS.values()}


def test_the_words_are_of_messages_that_there_are_and_have_their_values() -> None:
    assert set(WORDS) <= set(messages())
    for text, words in WORDS.items():
        assert set(re.findall(r"\{(\w+)\}", words)) <= set(re.findall(r"\{(\w+)\}", text))
    assert [text for text in WORDS.values() if named_fields(text)] == []


@pytest.mark.parametrize(
    ("pointer", "name"),
    [
        ("/department/units", "预算单位"), ("/department/name", "基本情况!部门名称"),
        ("/totals/revenue/last/budget", "合计与原因!收入预算!上年预算数"), ("/totals", "合计与原因"),
        ("/glossary/2/text", "名词解释!3!解释"), ("/agency_operating", "单项数字!机关运行经费"),
        ("/sections/duties_intro/0", "各章文字!duties_intro"), ("/department/duties/0", "主要职能!1"),
        ("/accepted/0", ""), ("/unread/0", ""), ("", ""), ("/nothing", ""),
    ],
)  # fmt: skip
def test_a_part_of_the_document_is_called_as_the_form_calls_it(pointer: str, name: str) -> None:
    assert part_name(pointer) == name


def test_what_was_not_read_is_named_once_and_in_chinese() -> None:
    """GJ125 counts the parts and names as many; a place of an accepted finding is in Chinese, too."""
    parts = ("/assets", "/carried_forward", "/department/code", "/expenditure/personnel", "/glossary", "/projects")
    values = {"count": str(len(parts)), "parts": "、".join(parts), "place": "projects[450003，系统维护].general_public"}
    message = "导入的文件里没有 {count} 个部分，有关的关系没有核对：{parts}"
    (said,) = for_clerks([Finding("GJ125", Severity.ERROR, message, (), "", values)], {"/year": "基本情况!B9"})
    assert said.text == (
        "文件里没有这 6 项，不知道是没有还是漏了，有关的勾稽没有核对："
        "国有资产占有使用情况、年终结转结余、部门代码、支出的人员支出、名词解释、项目支出"
    )
    assert said.values["place"] == "项目支出（450003，系统维护）的一般公共预算"


def test_every_part_of_the_document_has_a_name() -> None:
    parts = [field.name for field in fields(Budget) if field.name not in (*PROGRAM_PARTS, "schema")]
    assert {part for part in parts if not part_name(f"/{part}")} == set()
    known = {sheet.name for sheet in all_sheets()}
    named = [name for part in parts if (name := part_name(f"/{part}"))]
    assert all({one.partition("!")[0] for one in name.split("、")} <= known for name in named)
    cells = {"/year": "基本情况!B9"}
    (said,) = for_clerks([Finding("GJ319", Severity.ERROR, "不符", (Place("/evaluation"),), "")], cells)
    assert said.where[0].address == "绩效制度、绩效自评"


def test_a_finding_has_cells_or_names_of_sheets_and_the_words_of_a_clerk() -> None:
    where = (Place("/agency_operating", "机关运行经费"), Place("/department/units/0/nature"))
    hint = "核对单位性质 nature 与 agency_operating"
    finding = Finding("GJ306", Severity.ERROR, "不符", where, hint, {"parts": "/projects、/assets"})
    cells = {"/department/units/0/nature": "预算单位!D6"}
    (said,) = for_clerks([finding], cells)
    assert [place.address for place in said.where] == ["单项数字!机关运行经费", "预算单位!D6"]
    assert said.hint == "核对单位性质与机关运行经费"
    assert said.values["parts"] == "项目支出、国有资产占有使用情况"
    assert for_clerks([finding], {}) == (finding,)
