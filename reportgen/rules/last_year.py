"""GJ6xx 年度间: the bases of the document against each other and against last year's document, if that is given."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..budget.terms import KIND_NAMES
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .equality import base_label, equal
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


@rule("GJ602", "上年预算数与上年公开的一致", against_last=True, acceptable=True)
def budget_bases_are_the_published_ones(budget: Budget, facts: FactGroup, last: FactGroup) -> Iterator[Finding]:
    """本文件列明的每一个上年预算数（合计、各行、“三公”各项、机关运行经费），与上年文件同一项印出的预算数相同。

    上年文件没有的科目，上年预算数应为 0。来源：勾稽关系第 31、32 条。
    """
    for one in facts.past.bases:
        if one.differs:
            own = (base_label(one.kind, one.label), one.base)
            published = (f"上年文件「{one.label}」", one.published)
            yield from equal("GJ602", budget, own, published, 1, "上年公开的数字不能改；有调整要在原因里说明")


@rule("GJ603", "上年数各部分之和等于合计", acceptable=True)
def parts_of_last_year_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """列明的上年数（预算数、执行数）= 其各部分列明的上年数之和；各部分没有写全的不查。来源：勾稽关系第 31 条。"""
    for one in facts.past.bases:
        if one.parts is not None:
            name = KIND_NAMES[one.kind]
            whole = (base_label(one.kind, one.label), one.base)
            parts, hint = (f"各部分的{name}之和", one.parts), "改正合计或各部分的上年数"
            yield from equal("GJ603", budget, whole, parts, len(one.parts.inputs), hint)


@rule("GJ604", "列明的合计等于各行之和", acceptable=True)
def stated_totals_are_the_sum_of_the_lines(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """totals 里列明的合计 = 各行之和；印出的是列明的数。来源：每个合计都能由各行算出。"""
    for one in facts.past.totals:
        whole, lines = (f"列明的合计「{one.label}」", one.stated), ("各行之和", one.lines)
        yield from equal("GJ604", budget, whole, lines, len(one.lines.inputs), "改正合计或各行")
