"""The pitfalls of published files that ``docs/audit.md`` lists: each names tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
DOCS = TESTS.parent / "docs" / "audit.md"


def listed() -> list[tuple[str, list[str]]]:
    section = DOCS.read_text(encoding="utf-8").partition("## Pitfalls\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:3] for line in section.splitlines() if line.startswith("| ") and "`" in line]
    return [(pitfall.strip(), re.findall("`([^`]+)`", tests)) for pitfall, tests in rows]


def test_each_pitfall_has_its_tests() -> None:
    rows = listed()
    assert len(rows) >= 19
    for pitfall, names in rows:
        assert names, pitfall
        for name in names:
            file, _, function = name.partition("::")
            text = (TESTS / file).read_text(encoding="utf-8")
            assert f"def {function}(" in text or f"name: {function}" in text, name
