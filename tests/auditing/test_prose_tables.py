"""Sentences held against tables: ``prose_tables.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_tables import hold_against_tables
from reportgen.core.finding import Severity
from reportgen.recognise.prose.read import read_prose
from reportgen.recognise.prose.words import prose_words
from reportgen.recognise.recognise import recognise
from reportgen.recognise.words import table_kinds

from ..recognise.grids import grid
from ..recognise.prose.said import YEAR, paragraphs

FILE: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("prose_tables.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = FILE["cases"]
TABLES = recognise([grid(rows) for rows in FILE["tables"]], YEAR).tables


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_a_sentence_is_held_against_the_tables(case: dict[str, Any]) -> None:
    held = hold_against_tables(read_prose(paragraphs(case["text"]), YEAR).statements, TABLES)
    assert [f"{one.code} {one.text}" for one in held.findings] == case.get("finds", [])
    assert len(held.tied) == case["tied"]
    assert all(one.where[1].cell for one in held.findings if one.code == "AU121")


def test_a_difference_of_the_last_digit_is_a_warning() -> None:
    texts = ["2026年收入预算420.02万元。", "2026年收入预算420.03万元。"]
    found = [hold_against_tables(read_prose(paragraphs(text), YEAR).statements, TABLES).findings for text in texts]
    assert [[one.severity for one in findings] for findings in found] == [[Severity.WARNING], [Severity.ERROR]]


def test_the_cells_of_subjects_are_of_known_tables() -> None:
    words = prose_words()
    for subject, paths in words.cells.items():
        key, _, fund = subject.partition(" ")
        assert key in {*words.subjects, "revenue", "expenditure"}
        assert not fund or fund in words.funds
        for path in paths:
            kind, side, _, column = path.split("/")
            assert side in ("", "revenue", "expenditure")
            assert column == "*" or column in table_kinds()[kind].columns or table_kinds()[kind].rows == "panels"
    assert {kind for kinds in words.function_tables.values() for kind in kinds} <= set(table_kinds())
