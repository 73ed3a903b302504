"""GJ6xx 年度间: the bases of this year's document against last year's document, if that is given."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..budget.terms import THREE_PUBLIC
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from ..facts.fact import read
from .equality import equal
from .rule import rule


@rule("GJ601", "上年文件是同一部门的上一年", against_last=True)
def last_is_the_year_before(budget: Budget, facts: FactGroup, last: FactGroup) -> Iterator[Finding]:
    """给出的上年文件，年度是本年减一，部门代码相同。来源：勾稽关系第 40 条。"""
    if last.year.value != budget.year - 1 or last.department.code.text != budget.department.code:
        values = {
            "year": str(last.year.value), "code": last.department.code.text,
            "this": str(budget.year), "own": budget.department.code,
        }  # fmt: skip
        message = "上年文件是 {year} 年的部门 {code}，本文件是 {this} 年的部门 {own}"
        yield Finding("GJ601", Severity.ERROR, message, (Place("/year"),), "换成上一年同一部门的文件", values)


@rule("GJ602", "“三公”上年预算数与上年公开的一致", against_last=True, acceptable=True)
def three_public_bases_are_the_published_ones(budget: Budget, facts: FactGroup, last: FactGroup) -> Iterator[Finding]:
    """本文件的“三公”上年预算数 = 上年文件印出的预算数。来源：勾稽关系第 31、32 条。"""
    for item in THREE_PUBLIC:
        base = getattr(budget.comparison.budget, item.key)
        if base is not None:
            own = read(f"three_public.last.{item.key}", base, f"/comparison/budget/{item.key}")
            left, right = (
                (f"本文件的上年预算数「{item.name}」", own),
                (f"上年文件「{item.name}」", last.three_public[item.key]),
            )
            yield from equal("GJ602", budget, left, right, 1, "上年公开的数字不能改；有调整要在原因里说明")


@rule("GJ603", "机关运行经费上年预算数与上年公开的一致", against_last=True, acceptable=True)
def agency_base_is_the_published_one(budget: Budget, facts: FactGroup, last: FactGroup) -> Iterator[Finding]:
    """本文件的机关运行经费上年预算数 = 上年文件的预算数。来源：勾稽关系第 31 条。"""
    base, hint = budget.comparison.budget.agency_operating, "上年公开的数字不能改；有调整要在原因里说明"
    if base is not None:
        own = read("agency_operating.last", base, "/comparison/budget/agency_operating")
        right = ("上年文件「机关运行经费」", last.agency_operating.total)
        yield from equal("GJ603", budget, ("本文件的上年预算数「机关运行经费」", own), right, 1, hint)
