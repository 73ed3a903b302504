"""What is wrong in the counts of sentences: ``prose_counts.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportgen.auditing.prose_counts import check_counts

from ..recognise.prose.said import paragraphs

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("prose_counts.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(1, len(CASES) + 1)])
def test_a_list_of_counts_is_held_against_its_whole(case: dict[str, Any]) -> None:
    found = list(check_counts(paragraphs(case["text"])))
    assert [f"{one.code} {one.text}" for one in found] == case.get("finds", [])
    assert all(one.where[0].cell == "第 1 页第 1 段" and one.hint for one in found)
