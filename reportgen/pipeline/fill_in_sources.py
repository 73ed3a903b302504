"""The published documents that a fill-in workbook takes figures from: whether they are those that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from ..budget.terms import BUDGET, FINAL, STAGES
from ..core.errors import UsageError
from .source import check_last_stage

Document: TypeAlias = Mapping[str, Any]


def stage_of(data: Document) -> str:
    """Return the stage of a document."""
    return str(data.get("stage", BUDGET))


def check_published(data: Document, last: Document | None, budget: Document | None) -> None:
    """Check that published documents are those of the workbook's department, in the years and stages that it needs.

    Raises:
        InputError: ``last`` is a budget where last year's final accounts are needed.
        UsageError: ``last`` is not of the year before; ``budget`` is not the budget of the year of final accounts; one
            of them is of another department.
    """
    if last is not None:
        _check_last(data, last)
    if budget is not None:
        _check_budget(data, budget)
    codes = (("工作簿", _code(data)), ("上年的文件", _code(last)), ("同一年的预算", _code(budget)))
    (one, code), *others = [(name, code) for name, code in codes if code] or [("", "")]
    for other, another in others:
        if another != code:
            message = "{one}是部门 {code} 的，{other}是部门 {another} 的"
            raise UsageError(message, "换成同一部门的文件", one=one, code=code, other=other, another=another)


def _check_last(data: Document, last: Document) -> None:
    if int(last["year"]) != int(data["year"]) - 1:
        message = "上年的文件（--last）是 {given} 年的，工作簿是 {own} 年的"
        raise UsageError(message, "换成上一年的文件", given=str(last["year"]), own=str(data["year"]))
    check_last_stage(stage_of(data), stage_of(last), last["year"])


def _check_budget(data: Document, budget: Document) -> None:
    if (stage_of(data), stage_of(budget)) != (FINAL, BUDGET):
        message = "填年初预算数的（--budget）要是给决算的一份预算；这里是{own}的工作簿，文件是{given}"
        hint = "决算的工作簿写 --stage final；上年的文件用 --last"
        raise UsageError(message, hint, own=STAGES[stage_of(data)], given=STAGES[stage_of(budget)])
    if budget["year"] != data["year"]:
        message, hint = "给出的预算（--budget）是 {given} 年的，工作簿是 {own} 年的", "换成同一年的预算"
        raise UsageError(message, hint, given=str(budget["year"]), own=str(data["year"]))


def _code(data: Document | None) -> str:
    """Return the code of the department, "" if the document does not say it."""
    if data is None or "/department/code" in data.get("unread", ()):
        return ""
    return str(data.get("department", {}).get("code", ""))
