"""Numbers and names of the items of lists: ``prose_items.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_items import check_items
from reportgen.budget.codes import code_book
from reportgen.core.finding import Severity
from tests.recognise.prose.said import YEAR, paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("prose_items.yaml").read_text(encoding="utf-8"))


def numbered(line: str) -> str:
    """Return an item as it is printed: its number, its name, its amount."""
    number, _, name = line.partition(" ")
    return line if line.startswith("#") or not name else f"{number}．{name}5万元，主要用于维修。"


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_what_cannot_be_right_is_found(case: dict[str, Any]) -> None:
    found = list(check_items(paragraphs(map(numbered, case["text"])), code_book(YEAR)))
    assert [f"{one.code} {one.text}" for one in found] == case.get("finds", [])
    assert all(one.severity is Severity.WARNING and one.where[0].cell for one in found)
