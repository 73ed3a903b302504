"""GJ125: what the imported file did not hold, so that relations with it are not checked."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .rule import rule


@rule("GJ125", "没有导入的文件里没有的部分", acceptable=True)
def unread_parts_are_said(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """导入的文件里没有的部分（unread）不是零，是不知道：要用到它们的关系不核对，也不能印成“没有”，所以补齐之前不能公开。

    来源：勾稽关系要两边都有数才能核对；没有数和数为零在公开时是两回事。
    """
    if budget.unread:
        where = tuple(Place(f"/unread/{n}", "没有读到的部分") for n in range(len(budget.unread)))
        message = "导入的文件里没有 {count} 个部分，有关的关系没有核对：{parts}"
        hint = "补齐，或确实没有、版式也不印的，从 unread 里删去"
        values = {"count": str(len(budget.unread)), "parts": "、".join(budget.unread)}
        yield Finding("GJ125", Severity.ERROR, message, where, hint, values)
