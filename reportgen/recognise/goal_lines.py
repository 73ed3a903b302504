"""绩效目标: the goals of projects and of the whole department, with their indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .builder import Builder
from .table import RecognisedRow

PARTS = {"overall": "overall_", "annual": ""}
INDICATOR = {"level1": "level1", "level2": "level2", "level3": "level3", "sign": "sign", "value": "value",
             "unit_of_value": "unit", "remark": "remark"}  # fmt: skip
"""The columns of an indicator and the fields that they are."""
WHOLE = "部门整体支出"
"""The name under which the goals of the whole department stand."""


def add_performance(builder: Builder) -> None:
    """Add the goals and indicators. A table of goals alone is read with the projects, and its order is kept here."""
    whole = [row for row in builder.rows("department_performance") if "level3" in row.texts]
    if whole:
        lines = _lines(whole)
        fields = {"unit": builder.only_unit(True), "name": WHOLE, "amount": None, **lines}
        builder.data.setdefault("performance", []).append({**fields, "amount": "0"})
    by_project: dict[tuple[str, str], list[RecognisedRow]] = {}
    for row in builder.rows("performance"):
        if row.name:
            by_project.setdefault((row.unit, row.name), []).append(row)
    texts = {name for rows in by_project.values() for row in rows for name in row.texts}
    names = [(line["unit"], line.get("name")) for line in builder.data.get("projects", ())]
    coded = {
        key: builder.unit_code(key[0], rows[0].place) if key[0] else builder.only_unit()
        for key, rows in by_project.items()
    }
    order = [(coded[key], key[1]) for key in by_project]
    if not {"level3", "overall_level3"} & texts and order == [one for one in names if one in set(order)]:
        return
    for key, rows in by_project.items():
        amount = next((row.amounts["amount"] for row in rows if "amount" in row.amounts), None)
        builder.add(
            "performance", {"unit": coded[key], "name": key[1], "amount": amount, **_lines(rows)}, rows[0].place
        )


def _lines(rows: Sequence[RecognisedRow]) -> dict[str, Any]:
    """Return the overall and the annual goal of one project."""
    found: dict[str, Any] = {}
    for part, prefix in PARTS.items():
        goal = next((row.texts[f"{prefix}goal"].value for row in rows if f"{prefix}goal" in row.texts), None)
        indicators = [one for row in rows if (one := _indicator(row, prefix))]
        if goal or indicators:
            found[part] = ({"goal": goal} if goal else {}) | ({"indicators": indicators} if indicators else {})
    return found


def _indicator(row: RecognisedRow, prefix: str) -> Mapping[str, Any] | None:
    """Return the indicator in a row, None where it has none (the row of the sum of weights)."""
    texts = {
        name: row.texts[f"{prefix}{column}"].value
        for column, name in INDICATOR.items()
        if f"{prefix}{column}" in row.texts
    }
    weight = row.texts.get(f"{prefix}weight")
    if not {"level1", "level3"} & set(texts):
        return None
    number = {"weight": int(weight.value)} if weight and weight.value.isdigit() and len(weight.value) < 4 else {}
    return texts | number
