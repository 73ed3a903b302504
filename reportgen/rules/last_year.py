"""GJ6xx 年度间: the bases of the document against each other and against last year's document, if that is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..budget.lines import Last, RevenueLine
from ..budget.model import Budget
from ..budget.terms import FUNDS, KIND_NAMES, KINDS, REVENUE_SOURCES, THREE_PUBLIC, VEHICLES, BaseKind
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .equality import agrees, base_label, equal, is_another_department
from .rule import rule
from .units import paid_internally

_LISTS = dict.fromkeys((*(item.key for item in THREE_PUBLIC), VEHICLES), "three_public")
"""The list whose lines a total adds up, where that has another name."""


SET_OFF = ("revenue", "expenditure", "grand_total", "own_funds")
"""The totals that may be without what units pay each other."""


@rule("GJ601", "上年文件是同一部门的上一年", against_last=True)
def last_is_the_year_before(budget: Budget, facts: FactGroup, last: FactGroup) -> Iterator[Finding]:
    """给出的上年文件，年度是本年减一，部门代码相同。来源：勾稽关系第 40 条。"""
    if budget.scope == "department" and last.past.budget.scope != "department":
        message, hint = "上年文件是一个单位的，本文件是部门的", "换成上一年同一部门的部门预算"
        yield Finding("GJ601", Severity.ERROR, message, (Place("/scope"),), hint)
    if last.year.value != budget.year - 1 or is_another_department(budget, last):
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
        if one.differs and one.kind == "budget":
            own = (base_label(one.kind, one.label), one.base)
            published = (f"上年文件「{one.label}」", one.published)
            hint = "上年公开的数字不能改；有调整要在原因里说明"
            yield from equal("GJ602", budget, own, published, 1, hint, last.past.budget)


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
    """totals 里列明的合计 = 各行之和；印出的是列明的数。

    各单位之间的补助和上缴（上级补助收入、对附属单位补助支出等），收入、支出的合计可以抵销。来源：每个合计都能由各行算出。
    """
    for one in facts.past.totals:
        whole, lines = (f"列明的合计「{one.label}」", one.stated), ("各行之和", one.lines)
        internal = paid_internally([facts]) if one.key in SET_OFF else 0
        if internal and one.lines.value - one.stated.value == internal:
            continue
        withheld = may_lack_rows(budget.withheld, _LISTS.get(one.key, one.key))
        yield from agrees("GJ604", budget, whole, lines, len(one.lines.inputs), "改正合计或各行", withheld)


@rule("GJ605", "上年数写全", acceptable=True)
def bases_of_lines_are_complete(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """有的行写了上年数，而有金额的别的行没有写，合计的上年数就加不出来，也就不能比较。

    版式不比较收入合计的，收入可以只写要比的那几行。来源：常见差错。
    """
    for pointer, name, lines, group in _lists(budget, facts):
        for kind in KINDS:
            stated = [line for _, line in lines if line.last and getattr(line.last, kind) is not None]
            if stated and group.last[kind].total is None:
                missing = [n for n, line in lines if _lacks_base(line, kind, facts)]
                if not missing:
                    continue
                values = {"name": name, "kind": KIND_NAMES[kind], "count": str(len(missing))}
                message = "{name}有的行写了{kind}，有 {count} 行没有写，合计的{kind}不知道"
                hint = "各行都写上，上年没有的写 0；或在 totals 里写合计的上年数"
                lacking = tuple(f"{pointer}/{n}/last/{kind}" for n in missing)
                where = (Place(f"{pointer}/{missing[0]}", name, parts=lacking),)
                yield Finding("GJ605", Severity.WARNING, message, where, hint, values)


def _lacks_base(line: Any, kind: BaseKind, facts: FactGroup) -> bool:
    """Whether a line has an amount, or revenue carried over, without what that was last year."""
    if not isinstance(line, RevenueLine):
        return not _states(line.last, kind)
    source = next((source for source in REVENUE_SOURCES if source.name == line.source), None)
    if source is None:
        return False  # a stated total
    known = facts.revenue[source.key].last[kind].total is not None
    return not known and not (_states(line.last, kind) and (not line.carry_over or _states(line.carry_over_last, kind)))


def _states(last: Last | None, kind: BaseKind) -> bool:
    return last is not None and getattr(last, kind) is not None


def _lists(budget: Budget, facts: FactGroup) -> Iterator[tuple[str, str, list[tuple[int, Any]], FactGroup]]:
    """Yield the lists whose lines may have a past: pointer, name, numbered lines, the group of their total."""
    for fund in FUNDS:
        of_fund = [(n, line) for n, line in enumerate(budget.expenditure) if line.fund == fund.name]
        yield "/expenditure", fund.table, of_fund, facts[fund.key]
    if "revenue" in facts.past.printing.totals_compared:
        yield "/revenue", "收入", list(enumerate(budget.revenue)), facts.revenue
    yield "/basic_expenditure", "基本支出", list(enumerate(budget.basic_expenditure)), facts.basic
    yield "/projects", "项目支出", list(enumerate(budget.projects)), facts.projects
