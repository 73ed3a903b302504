"""绩效目标: the goals of projects and of the whole department, with their indicators."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import Any

from .builder import Builder
from .table import RecognisedRow
from .words import plain

PARTS = {"overall": "overall_", "annual": ""}
INDICATOR = {"level1": "level1", "level2": "level2", "level3": "level3", "sign": "sign", "value": "value",
             "unit_of_value": "unit", "remark": "remark"}  # fmt: skip
"""The columns of an indicator and the fields that they are."""
OF_PROJECT = ("unit_code", "unit", "name")
"""The columns that say whose an indicator is."""
QUALITATIVE = "定性"
_KNOWN_SIGNS = ("≥", "≤", "=", ">", "<", QUALITATIVE)
_SIGNS = {
    ">=": "≥",
    "<=": "≤",
    "≧": "≥",
    "≦": "≤",
    "大于等于": "≥",
    "小于等于": "≤",
    "等于": "=",
    "大于": ">",
    "小于": "<",
}
_VALUE = re.compile(r"(≥|≤|>=|<=|=|>|<|)\s*([0-9][0-9,]*(?:\.[0-9]+)?)\s*([^0-9]{0,20})")
_BLANKS = re.compile(r"\s+")
UNNAMED = "绩效指标"
"""The 一级指标 of an indicator in a table that has none."""
WHOLE = "部门整体支出"
"""The name under which the goals of the whole department stand."""


def add_performance(builder: Builder) -> None:
    """Add the goals and indicators. A table of goals alone is read with the projects, and its order is kept here."""
    department = builder.rows("department_performance")
    whole = [row for row in department if "level3" in row.texts]
    below = list(dropwhile(lambda row: "level3" not in row.texts, department))
    _report_dropped(builder, [row for row in below if not _says(row)])
    if whole:
        lines = _lines(whole)
        fields = {"unit": builder.only_unit(True), "name": WHOLE, "amount": None, **lines}
        builder.data.setdefault("performance", []).append({**fields, "amount": "0"})
    by_project: dict[tuple[str, str], list[RecognisedRow]] = {}
    for row in builder.rows("performance"):
        if row.name:
            by_project.setdefault((row.unit, row.name), []).append(row)
    _report_dropped(builder, [row for row in builder.rows("performance") if not row.name or not _says(row)])
    texts = {name for rows in by_project.values() for row in rows for name in row.texts}
    names = [(line["unit"], line.get("name")) for line in builder.data.get("projects", ())]
    coded = {key: builder.unit_of(rows[0]) or builder.only_unit() for key, rows in by_project.items()}
    order = [(coded[key], key[1]) for key in by_project]
    if not {"level1", "level3", "overall_goal", "overall_level1", "overall_level3"} & texts and order == [
        one for one in names if one in set(order)
    ]:
        return
    for key, rows in by_project.items():
        if without := next((row for row in rows if "level3" in row.texts and "level1" not in row.texts), None):
            message = "“{name}”的指标没有写一级指标，记作“{level}”"
            hint = "导入之后在“绩效指标”里写上产出指标、效益指标、满意度指标"
            builder.warn("XL144", message, without.place, hint, name=key[1], level=UNNAMED)
        amount = next((row.amounts["amount"] for row in rows if "amount" in row.amounts), None)
        builder.add(
            "performance", {"unit": coded[key], "name": key[1], "amount": amount, **_lines(rows)}, rows[0].place
        )


def _says(row: RecognisedRow) -> bool:
    """Whether a row has a goal, an amount or an indicator."""
    return bool(row.amounts) or any(
        f"{prefix}goal" in row.texts or _indicator(row, prefix) for prefix in PARTS.values()
    )


def _report_dropped(builder: Builder, rows: Sequence[RecognisedRow]) -> None:
    """Report the rows with texts that are not read: without a project, or without the name of an indicator."""
    for row in rows:
        said = [text.value for name, text in row.texts.items() if name not in OF_PROJECT and "weight" not in name]
        if not said:  # a project's name alone, or the sum of the weights
            continue
        shown = said[0][:40]
        if row.name or not _says(row):
            message = "“{text}”这一行没有目标，也没有指标的名称，没有读入"
            hint = "写上三级指标的名称；不是指标的，删去这一行"
        else:
            message = "“{text}”这一行没有写是哪个项目的，没有读入"
            hint = "在项目名称一栏写上项目的名称；表里没有这一栏的，加上"
        builder.warn("XL136", message, row.place, hint, text=shown)


def _lines(rows: Sequence[RecognisedRow]) -> dict[str, Any]:
    """Return the overall and the annual goal of one project."""
    found: dict[str, Any] = {}
    for part, prefix in PARTS.items():
        goals = (row.texts[f"{prefix}goal"].value for row in rows if f"{prefix}goal" in row.texts)
        goal = "\n".join(dict.fromkeys(goals))
        indicators = [one for row in rows if (one := _indicator(row, prefix))]
        if goal or indicators:
            found[part] = ({"goal": goal} if goal else {}) | ({"indicators": indicators} if indicators else {})
    return found


def signed(sign: str, value: str, unit: str) -> dict[str, str]:
    """Return sign, value and unit of an indicator; a table may write them in one cell, or signs in another way.

    >>> signed("", "≥95%", ""), signed("", "按时完成", "")
    ({'sign': '≥', 'value': '95', 'unit': '%'}, {'sign': '定性', 'value': '按时完成'})
    """
    stated = _SIGNS.get(plain(sign), plain(sign))
    found = _VALUE.fullmatch(unicodedata.normalize("NFKC", value).replace("≧", "≥").replace("≦", "≤"))
    if stated not in _KNOWN_SIGNS and found is None:
        stated = QUALITATIVE
    elif stated not in _KNOWN_SIGNS and found is not None:
        stated = _SIGNS.get(found[1], found[1]) or "="
        value, unit = found[2], unit or found[3].strip()
    elif found is not None and _SIGNS.get(found[1], found[1]) == stated:
        value, unit = found[2], unit or found[3].strip()
    return {name: text for name, text in (("sign", stated), ("value", value), ("unit", unit)) if text}


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
    texts |= {level: _BLANKS.sub("", texts[level]) for level in ("level1", "level2") if level in texts}
    texts |= {name: " ".join(texts[name].split()) for name in ("level3", "value", "unit", "remark") if name in texts}
    texts = {"level1": UNNAMED, **texts}
    texts = {"level2": texts["level1"], **texts}
    texts |= signed(texts.get("sign", ""), texts.get("value", ""), texts.get("unit", ""))
    number = {"weight": int(weight.value)} if weight and weight.value.isdigit() and len(weight.value) < 4 else {}
    return texts | number
