"""What a document leaves out of its layout: headings without content, terms that the document explains itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.budget.json_input import parse_json
from reportgen.core.paths import shipped
from reportgen.layout.load import names
from reportgen.pipeline.in_memory import prepare
from reportgen.pipeline.layout_check import layout_mistakes
from reportgen.tree.nodes import Contents, Document, Paragraph, plain
from tests.bad_input.sample import changed

from .small import HEAD, files_read_back, outline, prepared, said, written

NEVER = "{# 说明 #}{% set x = year %}{{ revenue.change.budget | decided }}\n"
NOT_TODAY = "{% if sections.nothing %}{{ sections.nothing }}{% endif %}"
AFTER = ("id: 丙, heading: 丙, text: x.j2", "id: 丁, level: 2, heading: 丁, text: y.j2")

EMPTY = {
    "a template without text": ("id: 甲, heading: 甲, text: t.j2", NEVER),
    "a template of names and marks": (
        "id: 甲, heading: 甲, text: t.j2",
        "@名 {{ revenue.change.budget | decided }}\n-\n",
    ),
    "a template of headings": ("id: 甲, heading: 甲, text: t.j2", "# 子\n## 孙\n# 丑\n"),
    "a branch that is never taken": ("id: 甲, heading: 甲, text: t.j2", "{% if false %}文{% endif %}"),
    "a macro that prints nothing": ("id: 甲, heading: 甲, text: t.j2", "{% macro m() %}{% endmacro %}{{ m() }}"),
    "a heading alone": ("id: 甲, heading: 甲", ""),
}


def codes(folder: Path) -> list[str]:
    return [finding.code for finding in prepared(folder).findings if finding.code in ("GJ007", "GJ008")]


@pytest.mark.parametrize("case", EMPTY)
def test_a_heading_without_content_is_a_mistake_and_not_printed(case: str, tmp_path: Path) -> None:
    block, template = EMPTY[case]
    layout = outline(block, "id: 乙, level: 2, heading: 乙", *AFTER)
    folder = written(tmp_path / "甲", layout, text__t=template, text__x="文", text__y="文")
    found = prepared(folder)
    assert said(found.document) == ["一、丙", "文", "（一）丁", "文"]
    (note,) = [finding for finding in found.findings if finding.code == "GJ007"]
    assert "“甲”" in note.text
    assert "“乙”" in note.text
    mistakes = [str(mistake) for mistake in layout_mistakes(str(folder))]
    assert [text for text in mistakes if "标题“甲”下面什么都不会印" in text], mistakes
    files_read_back(folder)


def test_a_heading_whose_text_is_missing_today_is_not_printed(tmp_path: Path) -> None:
    more = 'numbering: {headings: ["{zh}、", "（{zh}）", "{n}.", "（{n}）"]}\n'
    blocks = ("id: 甲, heading: 甲, text: t.j2", *AFTER)
    layout = outline(*blocks, more=more).replace("outline:\n", "outline:\n  - {page: contents, contents: 目录}\n")
    loop = "{% for row in projects.rows | where('name', '没有') %}文{% endfor %}"
    template = "# 子\n{% if not year %}文{% endif %}\n# 丑\n" + loop
    folder = written(tmp_path / "甲", layout, text__t=template, text__x="文", text__y="文")
    found = prepared(folder).document
    assert said(found) == ["一、丙", "文", "（一）丁", "文"]
    (contents,) = [block for block in found.blocks() if isinstance(block, Contents)]
    assert [plain(entry.runs) for entry in contents.entries] == ["一、丙", "（一）丁"]
    assert layout_mistakes(str(folder)) == ()


CONTENT = {
    "a text further down": ("id: 甲, heading: 甲", "id: 乙, level: 2, heading: 乙, text: x.j2"),
    "a text of the next block": ("id: 甲, heading: 甲", "id: 乙, level: 2, text: x.j2"),
    "a table": ("id: 甲, heading: 甲", "id: 乙, table: 02-revenue"),
    "a sentence": ('id: 甲, heading: "收入{{ revenue.total }}。"',),
    "a heading in the template": ("id: 甲, heading: 甲, text: h.j2",),
}


@pytest.mark.parametrize("case", CONTENT)
def test_a_heading_with_content_below_it_is_printed(case: str, tmp_path: Path) -> None:
    folder = written(tmp_path / "甲", outline(*CONTENT[case]), text__x="文", text__h="# 子\n## 孙\n文")
    assert said(prepared(folder).document)[0].startswith(("一、甲", "一、收入"))
    assert codes(folder) == []
    assert layout_mistakes(str(folder)) == ()


def test_a_document_of_nothing_but_empty_headings_has_files(tmp_path: Path) -> None:
    layout = HEAD + "outline:\n  - page: prose\n    blocks: [{id: 甲, heading: 甲}]\n  - {page: cover, cover: [封面]}\n"
    folder = written(tmp_path / "甲", layout)
    assert said(prepared(folder).document) == []
    files_read_back(folder)


GLOSSARY = """\
- @基本支出 基本支出：版式一。
- @“三公”经费 “三公”经费：版式二。
- @行政经费（机关运行经费） 行政经费（机关运行经费）：版式三。
- 项目支出：版式四。
{% for entry in glossary.functions %}
- @{{ entry.row.code }} {{ entry.row.name }}：{{ entry.text }}
{% endfor %}
{% for entry in glossary.terms %}
- {{ entry.term }}：{{ entry.text }}
{% endfor %}
"""


def explained(folder: Path, *terms: str) -> tuple[list[str], list[str]]:
    """The glossary of the demo with these terms added, and the notes on it."""
    glossary = [{"term": term, "text": "部门的解释。"} for term in terms]
    found = prepared(folder, changed({"/glossary": glossary}))
    return said(found.document)[1:], [finding.text for finding in found.findings if finding.code == "GJ008"]


def test_the_explanation_of_the_document_replaces_that_of_the_layout(tmp_path: Path) -> None:
    folder = written(tmp_path / "甲", outline("id: 名词, heading: 名词解释, text: t.j2"), text__t=GLOSSARY)
    texts, notes = explained(folder, "新词")
    assert texts[-1] == "5.新词：部门的解释。"
    assert notes == []
    texts, notes = explained(folder, "新词", "项目支出", "三公经费", "机关运行经费")
    assert texts == [
        "1.基本支出：版式一。", "2.三公经费：部门的解释。", "3.机关运行经费：部门的解释。",
        "4.项目支出：部门的解释。", "5.新词：部门的解释。",
    ]  # fmt: skip
    assert len(notes) == 1
    assert "3 个名词版式里也有解释，只印数据里的：“三公”经费、行政经费（机关运行经费）、项目支出" in notes[0]


def test_a_term_of_the_document_may_come_before_those_of_the_layout(tmp_path: Path) -> None:
    own = "{% for entry in glossary.terms %}\n{{ entry.term }}：{{ entry.text }}\n{% endfor %}\n"
    template = own + "甲：版式。\n乙：版式。\n甲：版式。"
    folder = written(tmp_path / "甲", outline("id: 名词, heading: 名词解释, text: t.j2"), text__t=template)
    assert explained(folder, "甲", "丙")[0] == ["甲：部门的解释。", "丙：部门的解释。", "乙：版式。"]


def glossary_ids(document: Document) -> list[str]:
    found = [block.id for block in document.blocks() if isinstance(block, Paragraph)]
    return [id for id in found if id.startswith("名词/")]


@pytest.mark.parametrize("layout", names())
def test_every_shipped_layout_prints_each_term_once(layout: str) -> None:
    final = (shipped("data") / "samples" / f"{layout}.json").read_bytes() if layout.startswith("final") else b""
    base = parse_json(final) if final else changed({})
    usual = glossary_ids(prepare(base, layout).document)
    if not any(id.endswith("基本支出") for id in usual):
        assert layout == "gongwen"
        return
    own = base | {"glossary": [*base.get("glossary", []), {"term": "基本支出", "text": "部门的解释。"}]}
    found = prepare(own, layout)
    assert sorted(glossary_ids(found.document)) == sorted(usual)
    texts = said(found.document)
    assert len([text for text in texts if "基本支出：" in text and "部门的解释" in text]) == 1
    assert "GJ008" in [finding.code for finding in found.findings]
