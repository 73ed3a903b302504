"""Names of other departments: ``other_departments.yaml``, and above tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.other_departments import other_departments
from reportgen.recognise.blocks import ReadDocument
from reportgen.recognise.table import RecognisedTable
from reportgen.recognise.words import table_kinds
from tests.recognise.prose.said import YEAR, paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("other_departments.yaml").read_text(encoding="utf-8")
)
OWN = "青溪市城市管理局"
SENTENCES = [f"{OWN}2026年{what}预算5万元。" for what in ("收入", "支出", "收支")]


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_other_departments_are_found(case: dict[str, Any]) -> None:
    found = list(other_departments(ReadDocument(tuple(paragraphs([*SENTENCES, *case["text"]]))), ()))
    assert [one.finding.values["name"] for one in found] == case.get("finds", [])
    assert all(one.finding.values["known"] == OWN and one.finding.where[0].cell for one in found)


def test_a_document_that_names_several_departments_alike_is_left_alone() -> None:
    texts = [*SENTENCES, *(text.replace(OWN, "青溪市审计局") for text in SENTENCES)]
    assert list(other_departments(ReadDocument(tuple(paragraphs(texts))), ())) == []


@pytest.mark.parametrize(
    ("names", "finds"),
    [
        ([OWN, OWN, OWN, "青溪市审计局"], ["青溪市审计局"]),
        ([OWN, OWN, OWN, "市城市管理局"], []),
        ([OWN, OWN, "青溪市审计局"], []),
        ([OWN, OWN, OWN, "青溪市审计局", "青溪市财政局"], []),
    ],
)
def test_the_name_above_a_table_is_held(names: list[str], finds: list[str]) -> None:
    kind = table_kinds()["balance"]
    tables = [
        RecognisedTable(kind, "", "", "", "万元", YEAR, {}, (), publisher=name, publisher_place=f"表{n}")
        for n, name in enumerate(names)
    ]
    found = other_departments(ReadDocument(()), tables)
    assert [one.finding.values["name"] for one in found] == finds
