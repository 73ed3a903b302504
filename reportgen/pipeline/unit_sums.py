"""Whether the documents of the units add up to that of their department, after what they pay each other is set off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import FINAL, FUNDS, THREE_PUBLIC
from ..core.finding import Finding, Place, Severity
from ..core.money import exact, rounding_envelope
from ..core.settings import Printing
from ..facts import DocumentFacts, derive_facts
from ..facts.fact import ZERO, total
from ..rules.stated import LISTS
from ..rules.units import lines_below, paid_internally

SUMS, WITHOUT_UNIT = "GJ010", "GJ011"
CARRIED = "expenditure.carried_forward"


def unit_findings(department: Budget, units: Sequence[Budget]) -> tuple[Finding, ...]:
    """Return the amounts in which the units differ from their department, and the lines that belong to no unit."""
    return (*_without_unit(department, units), *_differences(department, units))


def _without_unit(department: Budget, units: Sequence[Budget]) -> Iterator[Finding]:
    for part, name in LISTS.items():
        lines = lines_below(department, part) if part in ("revenue", "expenditure", "basic_expenditure") else ()
        nameless = [n for n, line in lines if line.unit is None and getattr(line, "source", "") != ALL]
        if nameless and len(units) > 1:
            values = {"part": name, "count": str(len(nameless))}
            message, hint = "{part}有 {count} 行没有写单位，哪个单位的单位预算里都没有", "补上单位代码，再分一次"
            yield Finding(
                WITHOUT_UNIT, Severity.WARNING, message, (Place(f"/{part}/{nameless[0]}", name),), hint, values
            )


def _differences(department: Budget, units: Sequence[Budget]) -> Iterator[Finding]:
    whole, parts, unit = _facts(department), [_facts(one) for one in units], department.money_unit
    internal = paid_internally(parts)
    compared = [("revenue.total", "收入总计", internal), ("expenditure.total", "支出合计", internal)]
    compared += [(f"{fund.key}.total", f"{fund.name}支出", ZERO) for fund in FUNDS if fund.fiscal]
    compared += [("basic.total", "按经济分类的基本支出", ZERO), ("projects.total", "项目支出", ZERO)]
    compared += [(f"three_public.{item.key}", item.name, ZERO) for item in THREE_PUBLIC]
    if department.stage == FINAL:
        compared.append((CARRIED, "年末结转和结余", ZERO))
    for name, label, paid in compared:
        stated, own = whole.look_up(name), total(name, [part.look_up(name) for part in parts])
        gap = own.value - paid - stated.value
        if abs(gap) > rounding_envelope(unit, len(parts)):
            values = {
                "name": label, "sum": exact(own.value, unit), "internal": exact(paid, unit),
                "whole": exact(stated.value, unit), "gap": exact(abs(gap), unit),
            }  # fmt: skip
            message = (
                "{name}：各单位之和 {sum}，抵销内部补助和上缴 {internal} 以后，与部门 {whole} 相差 {gap}"
                if paid
                else "{name}：各单位之和 {sum} 与部门 {whole} 相差 {gap}"
            )
            hint = "检查有没有没写单位的行；部门的合计要抵销单位之间的补助和上缴"
            if name == CARRIED and department.surplus_distributed:
                hint = "部门的结余分配还没有分到单位：写在有结余分配的单位，并从它的年末结转和结余里减去"
            yield Finding(SUMS, Severity.WARNING, message, (Place("", label),), hint, values)


def _facts(budget: Budget) -> DocumentFacts:
    return derive_facts(budget, Printing())
