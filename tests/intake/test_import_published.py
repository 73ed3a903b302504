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
from tests.families.golden import sample


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
