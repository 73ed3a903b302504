"""Amounts that are called after the other stage: ``stage_of_amounts.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_tables import hold_against_tables
from reportgen.auditing.stage_of_amounts import check_stage_of_amounts
from reportgen.recognise.prose.read import read_prose

from ..recognise.prose.said import YEAR, paragraphs
from .test_prose_tables import TABLES

FILE = Path(__file__).with_name("stage_of_amounts.yaml")
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_an_amount_is_called_after_its_own_stage(case: dict[str, Any]) -> None:
    read = paragraphs([f"# 一、{'决算' if case.get('final') else '预算'}情况", case["text"]])
    prose = read_prose(read, YEAR)
    held = hold_against_tables(prose.statements, TABLES)
    found = check_stage_of_amounts(read, prose, held, YEAR)
    assert [f"{one.code} {one.text}" for one in found] == case.get("finds", [])
    assert all(one.where[0].cell == "第 1 页第 2 段" for one in found)
