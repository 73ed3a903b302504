"""GJ606–GJ609: final accounts against what was published: last year's final accounts, this year's budget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..budget.model import Budget
from ..budget.terms import BUDGET, FINAL, FISCAL_ACCOUNT, FISCAL_FUNDS, OWN_FUNDS, BaseKind
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import Fact, FactGroup
from ..facts.bases import base_of
from ..facts.fact import ZERO, total
from .equality import base_label, equal, is_another_department, is_unread, softened
from .rule import rule

STAGES = (FINAL,)
PUBLISHED: Mapping[BaseKind, str] = {"execution": "上年决算", "initial": "公开的预算"}
OTHER_FUNDS = (FISCAL_ACCOUNT, OWN_FUNDS)
"""The funds that no table of final accounts separates."""
ITEM_DIGITS = 7
"""The digits of the code of a 项."""


@rule("GJ606", "上年决算数与上年公开的一致", against_last=True, acceptable=True)
def execution_bases_are_the_published_ones(budget: Budget, facts: FactGroup, last: FactGroup) -> Iterator[Finding]:
    """上年文件是决算的：本文件列明的每一个上年执行数（上年决算数），与上年文件同一项印出的决算数相同。

    上年文件是从公开的决算导入的：表里没有分开的不逐项比（财政专户管理资金与单位资金比合计，“三公”不比各单位）。
    来源：勾稽关系第 31 条。
    """
    hint = "上年公开的决算数不能改；口径有变要在原因里说明"
    unknown = _not_in_its_tables(facts, last)
    if OWN_FUNDS.key in unknown:
        yield from _other_funds(budget, facts, last, hint)
    for one in facts.past.bases:
        if one.differs and one.kind == "execution" and not one.base.name.startswith(unknown):
            own, published = (base_label(one.kind, one.label), one.base), (f"上年决算「{one.label}」", one.published)
            yield from equal("GJ606", budget, own, published, 1, hint, last.past.budget)
    yield from _missing_items("GJ606", "execution", budget, facts)


def _not_in_its_tables(facts: FactGroup, last: FactGroup) -> tuple[str, ...]:
    """Return how the names of bases begin that imported final accounts cannot state, because their form has no table.

    What the tables do not separate is unknown and not zero: all of it was read as 单位资金, “三公” of the department.
    """
    other = last.past.budget
    if other.stage != FINAL or not other.unread:
        return ()
    is_separate = any(line.fund == FISCAL_ACCOUNT.name for line in other.expenditure)
    of_funds = () if is_separate else tuple(fund.key for fund in OTHER_FUNDS)
    rows = facts.three_public.rows if "/department/units" in other.unread else ()
    return (*of_funds, *(f"{row.dotted}." for row in rows))


def _other_funds(budget: Budget, facts: FactGroup, last: FactGroup, hint: str) -> Iterator[Finding]:
    """Yield if 财政专户管理资金 and 单位资金 together are not what last year's document has."""
    own = [base for fund in OTHER_FUNDS if (base := base_of(facts[fund.key], "execution")) is not None]
    name = "、".join(fund.name for fund in OTHER_FUNDS)
    if len(own) == len(OTHER_FUNDS):
        mine = (base_label("execution", name), total("other_funds.last.execution", own))
        before = (f"上年决算「{name}」", total("other_funds", [last[fund.key].total for fund in OTHER_FUNDS]))
        yield from equal("GJ606", budget, mine, before, len(own), hint, last.past.budget)


@rule("GJ607", "年初结转等于上年决算的年末结转", against_last=True, acceptable=True, stages=STAGES)
def openings_are_last_years_closings(budget: Budget, facts: FactGroup, last: FactGroup) -> Iterator[Finding]:
    """上年文件是决算的：本年年初结转和结余 = 上年年末结转和结余，全部资金、每项财政拨款和每个科目分别成立。

    科目只在上年各科目的年末结转加起来等于该项资金的、本年收入按科目编报时核对。
    年初清理、调整的结转使两者不等，核实后可以接受。来源：勾稽关系第 27 条。
    """
    if last.past.budget.stage != FINAL:
        return
    hint = "年初有调整（如财政清理）的，核实后接受；否则改正 carry_over"
    own = ("本年「年初结转和结余」", facts.revenue.carry.total)
    pairs = [(own, ("上年决算「年末结转和结余」", last.expenditure.carried_forward))]
    for fund in FISCAL_FUNDS:
        own = (f"本年「{fund.name}」年初结转和结余", facts.revenue.carry[fund.key])
        pairs.append((own, (f"上年决算「{fund.name}」年末结转和结余", last[fund.key].carried_forward)))
    for own, before in pairs:
        if not is_unread(last.past.budget, before[1]):
            yield from equal("GJ607", budget, own, before, 1, hint, last.past.budget)
    yield from softened(_items_carried_over(budget, facts, last))


def _items_carried_over(budget: Budget, facts: FactGroup, last: FactGroup) -> Iterator[Finding]:
    """Yield the items whose 年初结转 is not what they had left, of funds whose wholes agree."""
    for fund in FISCAL_FUNDS if facts.revenue.functions.rows else ():
        group, hint = last[fund.key], "科目有调整的，核实后接受；否则改正这个科目的年初结转"
        stated = group.closing.value == group.carried_forward.value == facts.revenue.carry[fund.key].value
        if not stated or is_unread(last.past.budget, group.closing):
            continue
        before = {row.key: row for row in group.items}
        openings = {row.key: row for row in facts.revenue.functions.rows if len(row.key) == ITEM_DIGITS}
        for code in sorted(before.keys() | openings.keys()):
            known = before.get(code) or openings[code]
            left = before[code].closing if code in before else Fact(f"{fund.key}.{code}.closing", ZERO)
            own = openings[code].carry[fund.key] if code in openings else Fact(f"revenue.functions.{code}.carry", ZERO)
            label = f"{fund.name} {code} {known.name.text}"
            pair = (f"本年「{label}」年初结转和结余", own), (f"上年决算「{label}」年末结转和结余", left)
            yield from equal("GJ607", budget, *pair, 1, hint, last.past.budget)


@rule("GJ608", "年初预算数与公开的预算一致", against_initial=True, acceptable=True, stages=STAGES)
def initial_bases_are_the_published_ones(budget: Budget, facts: FactGroup, initial: FactGroup) -> Iterator[Finding]:
    """本文件列明的每一个年初预算数，与同一年预算文件同一项印出的预算数相同；预算里没有的科目应为 0。

    来源：勾稽关系第 27 条。
    """
    for one in facts.past.bases:
        if one.differs and one.kind == "initial":
            own = (base_label(one.kind, one.label), one.base)
            published = (f"公开的预算「{one.label}」", one.published)
            hint = "年初预算数是公开的预算数，年中的调整写在全年预算数里"
            yield from equal("GJ608", budget, own, published, 1, hint, initial.past.budget)
    yield from _missing_items("GJ608", "initial", budget, facts)


def _missing_items(code: str, kind: BaseKind, budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """Yield the published items of which the document has no line, below a class or section whose base differs."""
    differing = {one.label.partition(" ")[0] for one in facts.past.bases if one.differs and one.kind == kind}
    for fund in FISCAL_FUNDS:
        for row in facts[fund.key].compared_items:
            base = base_of(row, kind)
            if base is None or not base or next(base.cells(), None) is not None:
                continue
            if not row.total and differing & {row.key[:3], row.key[:5]}:
                item = f"{row.key} {row.name.text}"
                values = {"item": item, "amount": exact(base.value, budget.money_unit), "name": PUBLISHED[kind]}
                where = (Place("/expenditure", f"{fund.table}「{row.key} {row.name.text}」"),)
                message, hint = "{name}有「{item}」 {amount}，本文件没有这个科目", "补上这一行：没有支出的决算数填 0"
                yield Finding(code, Severity.ERROR, message, where, hint, values)


@rule("GJ609", "预算文件是同一部门同一年的预算", against_initial=True, stages=STAGES)
def initial_is_the_budget_of_the_year(budget: Budget, facts: FactGroup, initial: FactGroup) -> Iterator[Finding]:
    """给出的预算文件，阶段是预算，年度和部门代码与本文件相同。来源：勾稽关系第 27 条。"""
    same = initial.year.value == budget.year and not is_another_department(budget, initial)
    if not same or initial.past.budget.stage != BUDGET:
        values = {
            "year": str(initial.year.value), "code": initial.department.code.text,
            "this": str(budget.year), "own": budget.department.code,
        }  # fmt: skip
        message = "预算文件是 {year} 年的部门 {code}，本文件是 {this} 年的部门 {own}"
        if same:
            message = "给作预算的文件是 {year} 年的决算，不是预算"
        yield Finding("GJ609", Severity.ERROR, message, (Place("/year"),), "换成同一部门同一年的预算文件", values)
