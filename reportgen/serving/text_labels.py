"""What a clerk calls a text that is written for a document: 收入预算的增减原因, by its JSON pointer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..budget.model import Budget, Term
from ..budget.terms import FINAL, TOTAL_NAMES
from ..comparison.labels import Labels
from ..rules.final_words import in_words_of_final

Label = tuple[str, Mapping[str, str]]
"""A message and its values."""

_OF_TOTAL = {"reason": "{what}的增减原因", "budgeted/reason": "{what}的预决算差异原因"}
_OF_ROW = {
    "reason": "“{what}”的增减原因",
    "budgeted/reason": "“{what}”的预决算差异原因",
    "use": "“{what}”主要用于",
    "goal": "“{what}”的绩效目标",
    "overall/goal": "“{what}”的总体绩效目标",
    "annual/goal": "“{what}”的年度绩效目标",
    "text": "“{what}”的解释",
}
_PARAGRAPHS = {
    "department/duties": "主要职能第 {n} 段",
    "evaluation/systems": "绩效管理制度第 {n} 项",
    "sections": "“{what}”第 {n} 段",
}
_SINGLE = {
    "reception_use": "公务接待费主要用于",
    "three_public_details/overseas_use": "因公出国（境）费用主要用于",
    "three_public_details/vehicle_purchase_use": "公务用车购置费主要用于",
    "three_public_details/vehicle_operation_use": "公务用车运行维护费主要用于",
    "evaluation/mechanism": "绩效管理工作机制",
}
"""The pointer of a text, or its end → its label."""


def text_label(budget: Budget, pointer: str) -> Label:
    """Return the label of the text at a JSON pointer; the pointer itself where nothing is known of it.

    >>> from types import SimpleNamespace
    >>> text_label(SimpleNamespace(stage="budget"), "/totals/revenue/reason")
    ('{what}的增减原因', {'what': '收入预算'})
    """
    name = pointer.removeprefix("/")
    first, _, rest = name.partition("/")
    key, _, end = rest.partition("/")
    if name in _SINGLE:
        return _SINGLE[name], {}
    if first == "totals" and key in TOTAL_NAMES and end in _OF_TOTAL:
        what = TOTAL_NAMES[key]
        return _OF_TOTAL[end], {"what": in_words_of_final(what) if budget.stage == FINAL else what}
    before, _, number = name.rpartition("/")
    if number.isdecimal():
        what = before.removeprefix("sections/").replace("~1", "/").replace("~0", "~")
        return _PARAGRAPHS.get("sections" if first == "sections" else before, "{what} {n}"), {
            "what": what, "n": str(int(number) + 1),
        }  # fmt: skip
    return _of_row(budget, name) or ("{what}", {"what": pointer})


def _of_row(budget: Budget, name: str) -> Label | None:
    """The label of a text of a row: ``expenditure/0/use``, ``procurement/lines/0/reason``."""
    value: Any = budget
    way = name.split("/")
    for n, part in enumerate(way):
        if isinstance(value, tuple) and part.isdecimal() and int(part) < len(value):
            label = _OF_ROW.get("/".join(way[n + 1 :]))
            return (label, {"what": _row(budget, value[int(part)])}) if label else None
        value = getattr(value, part, None)
    return None


def _row(budget: Budget, row: Any) -> str:
    labels = Labels(budget)
    return labels.function(row.function) if isinstance(row, Term) and row.function else labels.name(row)
