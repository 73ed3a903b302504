"""GJ315, GJ316: amounts that a table states by name, compared with the economic codes of the same name."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.codes import code_book
from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import GENERAL_PUBLIC, THREE_PUBLIC, VEHICLE_PURCHASE
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Severity
from ..facts import Fact, FactGroup
from ..facts.fact import total
from .equality import equal as are_equal
from .equality import not_more, softened
from .rule import rule

CONSTRUCTION = {VEHICLE_PURCHASE: "30913"}
"""Codes of 基本建设 (309) under which an item may stand as well."""


@rule("GJ315", "“三公”等于基本支出与项目支出中的同名科目", acceptable=True)
def three_public_is_its_economic_items(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """项目支出也按经济分类列出的：“三公”各项 = 基本支出与项目支出中的同名科目之和（一般公共预算）。

    接待 30217，出国 30212，运行 30231，购置 31013 和 30913。没有按经济分类列项目支出的，只查不小于（GJ302）。
    来源：勾稽关系第 23 条。
    """
    projects = [
        (f"/economic_expenditure/{n}/project", line.economic, line.project)
        for n, line in enumerate(budget.economic_expenditure)
        if line.fund == GENERAL_PUBLIC.name and line.project is not None and line.economic != ALL
    ]
    if not projects or may_lack_rows(budget.withheld, "economic_expenditure"):
        return
    basic = [
        (f"/basic_expenditure/{n}/amount", line.economic, line.amount)
        for n, line in enumerate(budget.basic_expenditure)
    ]
    for item in THREE_PUBLIC:
        codes = [code for code in (item.economic_code, CONSTRUCTION.get(item)) if code]
        parts = [
            Fact(f"{item.key}@{pointer}", amount, pointers=(pointer,))
            for pointer, code, amount in (*basic, *projects)
            if code in codes and amount is not None
        ]
        label = f"基本支出和项目支出的 {'、'.join(codes)}"
        whole = (f"“三公”表「{item.name}」", facts.three_public[item.key])
        hint = "“三公”表和按经济分类的表是同一笔钱：改正其中写错的一处"
        different = are_equal("GJ315", budget, whole, (label, total(item.key, parts)), len(parts), hint)
        yield from softened(different)


@rule("GJ316", "其他金额不小于基本支出中的同名科目", acceptable=True)
def named_not_less_than_basic(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """会议费 ≥ 30215，培训费 ≥ 30216，差旅费 ≥ 30211，委托业务费 ≥ 30227 等：基本支出中的部分不能大于全部。

    来源：勾稽关系第 23 条（“三公”与同名科目，其他金额相同）。
    """
    codes = {entry.name: code for code, entry in code_book(budget.year).economic.items() if len(code) == 5}
    economic = {row.key: row.total for row in facts.basic.rows}
    for row in facts.named.rows:
        code = codes.get(row.key, "")
        if code in economic:
            part, whole = (f"基本支出表 {code}", economic[code]), (f"其他金额「{row.key}」", row.total)
            hint = "这项金额要包括基本支出里的同名科目：补上，或核对基本支出"
            yield from not_more("GJ316", budget, part, whole, Severity.ERROR, hint)
