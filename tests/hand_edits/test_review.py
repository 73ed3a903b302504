"""Overrides against the data: ``reviews.yaml``, and what the document says with them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.core.finding import Severity
from reportgen.facts import FactGroup
from reportgen.layout.spec import Layout
from reportgen.pipeline import build, prepare
from reportgen.tree.nodes import Contents, Document, Figure, Heading, Paragraph, plain
from tests.hand_edits.cases import DEMO, HERE

REVIEWS = yaml.safe_load((HERE / "reviews.yaml").read_text(encoding="utf-8"))
LINK = re.compile(r"(\{[^}]+\})")
ERRORS = ("QH204", "QH205")


def runs(text: str) -> list[Any]:
    """``收入{revenue.total|3001.10}万元`` as an override holds it."""
    pieces = (piece for piece in LINK.split(text) if piece)
    return [dict(zip(("figure", "printed"), p[1:-1].split("|"), strict=True)) if p[0] == "{" else p for p in pieces]


def with_overrides(folder: Path, overrides: list[dict[str, Any]], **changes: Any) -> Path:
    data = json.loads(DEMO.read_text(encoding="utf-8"))
    data["overrides"] = [{**one, "runs": runs(one["runs"])} for one in overrides]
    data |= changes
    path = folder / "budget.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.parametrize("case", REVIEWS, ids=lambda case: case["case"])
def test_an_override_is_checked_against_the_data(case: dict[str, Any], tmp_path: Path) -> None:
    found = [f for f in prepare(with_overrides(tmp_path, case["overrides"])).findings if f.code.startswith("QH")]
    assert [finding.code for finding in found] == [code for code, _ in case["finds"]]
    for finding, (code, words) in zip(found, case["finds"], strict=True):
        said = finding.message.format(**finding.values) + finding.hint.format(**finding.values)
        assert words in said
        assert (finding.severity is Severity.ERROR) == (code in ERRORS)
        assert finding.where[0].pointer.startswith("/overrides/")


def test_every_code_of_the_review_has_a_case() -> None:
    import reportgen.compose.review as module

    known = set(re.findall(r"^(QH2\d\d)", module.__doc__ or "", re.MULTILINE))
    assert known == {code for case in REVIEWS for code, _ in case["finds"]}


def texts(document: Document) -> dict[str, str]:
    blocks = document.blocks()
    return {block.id: plain(block.runs) for block in blocks if isinstance(block, Heading | Paragraph)}


def test_edited_sentences_print_present_figures(tmp_path: Path) -> None:
    """``printed`` gives the form, the fact the number; the unit of the edit is kept."""
    said = "收入{revenue.total|2,000.0}万元，合{revenue.total|2.00}元，增长{revenue.change.execution.rate|9}%。"
    path = with_overrides(tmp_path, [{"block": "收入/规模", "runs": said}])
    data = json.loads(path.read_text(encoding="utf-8"))
    data["overrides"][0]["runs"][3]["unit"] = "元"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert texts(prepare(path).document)["收入/规模"] == "收入3,001.1万元，合30011029.45元，增长2%。"


def test_numbers_of_items_and_the_contents_follow(tmp_path: Path) -> None:
    overrides = [
        {"block": "职能/1", "runs": "", "was": "x"},
        {"block": "职能/3", "after": True, "role": "item", "runs": "承担其他任务。"},
        {"block": "职能/3", "after": True, "runs": "以上。"},
        {"block": "职能", "runs": "职能"},
    ]
    document = prepare(with_overrides(tmp_path, overrides)).document
    said = texts(document)
    assert [said[id][:2] for id in ("职能/2", "职能/3", "职能/3+1", "职能/3+2")] == ["1.", "2.", "3.", "以上"]
    assert "职能/1" not in said
    (contents,) = (b for b in document.blocks() if isinstance(b, Contents))
    assert "（一）职能" in [plain(entry.runs) for entry in contents.entries]


def test_texts_of_an_override_are_never_a_template(tmp_path: Path) -> None:
    hostile = "{{ revenue.total }}{% for x in y %}<w:t>&amp;"
    path = with_overrides(tmp_path, [])
    data = json.loads(path.read_text(encoding="utf-8"))
    data["overrides"] = [{"block": "收入/规模", "runs": [hostile]}]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert texts(prepare(path).document)["收入/规模"] == hostile


def test_overrides_are_traced_to_their_pointer(tmp_path: Path) -> None:
    document = prepare(
        with_overrides(tmp_path, [{"block": "收入/规模", "runs": "共{revenue.total|1.00}万元。"}])
    ).document
    (block,) = (b for b in document.blocks() if isinstance(b, Paragraph) and b.id == "收入/规模")
    assert [getattr(run, "source", "") for run in block.runs] == ["/overrides/0/runs/0", "", "/overrides/0/runs/2"]
    assert isinstance(block.runs[1], Figure)
    assert block.runs[1].fact == "revenue.total"


def test_files_are_built_with_overrides(tmp_path: Path) -> None:
    """Written, read back and found to say the same: all three formats."""
    overrides = [
        {"block": "收入/规模", "runs": "收入{revenue.total|3001.10}万元。"},
        {"block": "支出/结转", "runs": ""},
        {"block": "其他/采购/预算", "after": True, "runs": "依法采购。"},
    ]
    report = build(with_overrides(tmp_path, overrides), tmp_path / "out")
    assert report.publishable
    assert len(report.files) == 3


def test_no_override_leaves_the_document_as_it_is(facts: FactGroup, layout: Layout, document: Document) -> None:
    from reportgen.compose import amend

    assert amend(document, (), facts, layout) == (document, ())
