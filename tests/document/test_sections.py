"""Free prose by section: quoted by key, read like any text, and reported where no layout quotes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.budget.load import read_budget
from reportgen.budget.map_type import RESERVED
from reportgen.comparison.causes import causes
from reportgen.core.errors import InputError
from reportgen.facts import FactGroup
from reportgen.pipeline.in_memory import prepare
from tests.document.quoting import composed, demo, printed, sentences
from tests.strategies import dumped

TASKS = "{% for text in sections.tasks %}\n{{ text }}\n{% endfor %}\n"
SECTIONS = {"tasks": ["抓好预算执行。", "做好 2023 年决算。"], "内设机构": ["设办公室、预算处。"]}


def test_a_layout_quotes_a_section_by_its_key(tmp_path: Path) -> None:
    data = demo(sections=SECTIONS)
    assert printed(data, TASKS, tmp_path) == SECTIONS["tasks"]
    assert printed(data, '@内设 {{ sections["内设机构"][0] }}\n', tmp_path) == ["设办公室、预算处。"]


def test_a_section_that_the_document_lacks_is_empty(tmp_path: Path) -> None:
    data = demo(sections={"plans": ["其他。"]})
    assert printed(data, TASKS + "@句 {{ '有' if sections.tasks else '没有' }}\n", tmp_path) == ["没有"]
    assert printed(demo(), TASKS, tmp_path) == []


def test_the_text_comes_from_its_place_in_the_document(tmp_path: Path) -> None:
    prepared = composed(demo(sections=SECTIONS), TASKS, tmp_path)
    paragraph = list(prepared.document.blocks())[1]
    assert [run.source for run in paragraph.runs] == ["/sections/tasks/0"]  # type: ignore[union-attr]


def test_sections_that_the_layout_does_not_quote_are_one_note(tmp_path: Path) -> None:
    prepared = composed(demo(sections={**SECTIONS, "plan": ["其他。"]}), TASKS, tmp_path)
    note = next(finding for finding in prepared.findings if finding.code == "GJ005")
    assert note.text == "各章文字里的 内设机构、plan，这个版式哪里都不印"
    assert [place.pointer for place in note.where] == ["/sections/内设机构", "/sections/plan"]
    assert sentences(prepared) == SECTIONS["tasks"]


def test_sections_that_are_all_quoted_give_no_note(tmp_path: Path) -> None:
    prepared = composed(demo(sections={"tasks": ["一句。"]}), TASKS, tmp_path)
    assert not [finding for finding in prepared.findings if finding.code == "GJ005" and "各章文字" in finding.text]


@pytest.mark.parametrize("key", ["Tasks", "a.b", "内设 机构", "", "facts", "rows", "self"])
def test_a_key_that_facts_could_not_have_is_refused(key: str) -> None:
    with pytest.raises(InputError) as refused:
        read_budget(demo(sections={key: ["一句。"]}))
    (finding,) = refused.value.findings
    assert finding.text == f"键名“{key}”不能用"


def test_every_name_of_a_fact_group_is_reserved() -> None:
    assert {name for name in dir(FactGroup) if not name.startswith("_")} <= RESERVED


def test_an_empty_section_and_one_that_is_no_list_are_refused() -> None:
    with pytest.raises(InputError) as refused:
        read_budget(demo(sections={"tasks": [], "plan": "一句"}))
    assert [finding.where[0].pointer for finding in refused.value.findings] == ["/sections/tasks", "/sections/plan"]


def test_the_texts_are_checked_like_any_other() -> None:
    findings = prepare(dumped(demo(sections={"tasks": ["完成XX项。"]}))).findings
    assert ("GJ405", "/sections/tasks/0") in {(finding.code, finding.where[0].pointer) for finding in findings}


def test_a_change_of_a_section_is_a_cause_with_its_key() -> None:
    old, new = (read_budget(demo(sections={"tasks": texts})) for texts in (["甲。"], ["甲。", "乙。"]))
    assert [(cause.kind, cause.new, cause.label, cause.now) for cause in causes(old, new)] == [
        ("added", "/sections/tasks/1", "各章文字 tasks 2", "乙。")
    ]
    assert [cause.kind for cause in causes(old, read_budget(demo()))] == ["removed"]
