"""The published contract as files: ``python -m tests.contract`` writes the schema and its page's generated part."""

from __future__ import annotations

import json
from pathlib import Path

from reportgen.budget.schema import field_table, json_schema
from reportgen.core.paths import shipped

SCHEMA = shipped("data") / "schema" / "budget.schema.json"
PAGE = Path(__file__).parent.parent / "docs" / "budget-document.md"
BEGIN, END = "<!-- 以下由 python -m tests.contract 生成 -->\n", "<!-- 生成部分到此为止 -->\n"


def schema_text() -> str:
    """What ``reportgen schema`` prints."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def page_text(old: str) -> str:
    """The page with its generated part made anew."""
    before, _, rest = old.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{field_table()}\n{END}{after}"


if __name__ == "__main__":
    SCHEMA.parent.mkdir(exist_ok=True)
    SCHEMA.write_text(schema_text(), encoding="utf-8", newline="\n")
    PAGE.write_text(page_text(PAGE.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
