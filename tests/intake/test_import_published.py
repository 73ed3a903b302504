"""`import` of a published PDF or Word file: last year's document, its amounts and its texts, with their places."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportgen.core.finding import Severity
from reportgen.intake.published import import_published
from reportgen.pipeline.importing import import_files, save_import
from reportgen.pipeline.in_memory import prepare, with_contents
from reportgen.pipeline.output_files import document_files, write_file
from reportgen.recognise.document import document
from reportgen.recognise.recognise import recognise
from tests.auditing.test_own_documents import figure, with_runs
from tests.families.golden import sample
from tests.recognise.grids import grid


@cache
def payload(name: str, suffix: str) -> bytes:
    prepared = with_contents(prepare(sample(name), name))
    (file,) = document_files(prepared, (suffix,))
    return write_file(file, prepared.layout.style).payload


@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_a_published_file_becomes_the_document_that_it_was_made_of(suffix: str) -> None:
    source: dict[str, Any] = json.loads(sample("jiangsu").read_bytes())
    found = import_published(payload("jiangsu", suffix), isolated=False)
    assert found.data["year"] == source["year"]
    assert found.data["department"]["duties"]
    assert found.data["department"]["name"] == source["department"]["name"]
    amounts = {"personnel", "operating", "project"}
    printed = {line["function"] for line in source["expenditure"] if "fund" not in line and amounts & set(line)}
    assert printed
    assert printed <= {line["function"] for line in found.data["expenditure"] if line["fund"] == "一般公共预算"}
    assert "主要职能" not in " ".join(str(finding.values) for finding in found.findings if finding.code == "XL146")
    assert all(pointer.startswith("/") and place for pointer, place in found.cells.items())
    assert found.cells["/department/duties/0"].endswith("段")


def test_texts_of_what_is_published_are_no_errors() -> None:
    for name in ("jiangsu", "shanghai"):
        found = import_published(payload(name, "pdf"), isolated=False)
        texts = [finding for finding in found.findings if finding.code.startswith("XL15")]
        assert [finding for finding in texts if finding.severity is Severity.ERROR] == []
        assert [finding for finding in texts if finding.code == "XL150"] == []


def test_the_glossary_is_read_up_to_the_tables() -> None:
    found = import_published(payload("zhejiang-2026", "pdf"), isolated=False)
    source = json.loads(sample("zhejiang-2026").read_bytes())
    terms = [entry.get("term") for entry in found.data["glossary"]]
    assert "注" not in terms
    assert set(entry["term"] for entry in source.get("glossary", ()) if "term" in entry) <= set(terms)


def test_the_document_can_be_written(tmp_path: Path) -> None:
    file = tmp_path / "去年.pdf"
    file.write_bytes(payload("shanghai", "pdf"))
    report = import_files([file])
    assert report.readable
    written = save_import(report, tmp_path / "去年.json")
    assert json.loads(written.read_bytes())["year"] == 2026


def test_a_name_that_the_code_book_lacks_is_known_from_the_tables_with_codes() -> None:
    found = import_published(payload("zhejiang-2026", "pdf"), isolated=False)
    assert [finding for finding in found.findings if finding.code == "XL136"] == []


def test_what_is_wrong_in_print_does_not_stop_the_import(tmp_path: Path) -> None:
    """It is not corrected any more: it is last year's figure as it was published."""
    wrong = with_runs(lambda block, run: figure(run, "three_public.total", "9.99"))
    (tmp_path / "去年.pdf").write_bytes(wrong)
    report = import_files([tmp_path / "去年.pdf"])
    assert report.usable
    said = [one for one in report.findings if one.severity is Severity.WARNING and "9.99万元" in one.text]
    assert said != []
    assert save_import(report, tmp_path / "去年.json").exists()


REVENUE = [
    ["2026年收入总表"],
    ["单位：万元"],
    ["科目编码", "科目名称", "合计", "一般公共预算", "其他收入"],
    [None, "合计", 40.0, 30.0, 10.0],
    ["219", "援助其他地区支出", 40.0, 30.0, 10.0],
    ["21999", "其他支出", 40.0, 30.0, 10.0],
]
EXPENDITURE = [
    ["2026年支出总表"],
    ["单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    [None, "合计", 40.0, 0.0, 40.0],
    ["219", "援助其他地区支出", 40.0, 0.0, 40.0],
    ["21999", "其他支出", 40.0, 0.0, 40.0],
    ["21999", "其他支出", 40.0, 0.0, 40.0],
]


def test_a_chapter_without_items_stands_once_in_the_document() -> None:
    """219 has no 项: its 款 is printed again as one, and revenue, which is of 项, is not read by functions."""
    made = document(recognise([grid(REVENUE, "收入"), grid(EXPENDITURE, "支出")], 2026))
    lines = [(line["function"], line.get("fund")) for line in made.data["expenditure"]]
    assert ("21999", "全部资金") in lines
    assert len(lines) == len(set(lines))
    assert [one.code for one in made.findings if one.code == "XL139"] == []
    assert {line.get("function") for line in made.data.get("revenue", ())} <= {None}
    assert "XL144" in [one.code for one in made.findings]
