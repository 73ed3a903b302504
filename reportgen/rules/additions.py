"""GJ116, GJ121: amounts that localities add (named amounts), and totals of revenue that the document states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import REVENUE_SOURCES
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .equality import adds_up
from .rule import rule


@rule("GJ121", "收入合计等于各来源之和")
def stated_revenue_adds_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """收入列明的合计（来源写“合计”的行）= 各来源之和，本年收入和上年结转分别成立，各单位分别成立。

    来源：勾稽关系第 3、5 条。
    """
    for line in budget.revenue:
        if line.source != ALL:
            continue
        rows = {row.unit_code.text: row for row in facts.revenue.rows[1:]}
        group = facts.revenue if line.unit is None else rows[line.unit]
        for part, column, label in (("amount", "this", "本年收入"), ("carry_over", "carry", "上年结转")):
            if getattr(line, part) is not None:
                parts = [group[column][source.key] for source in REVENUE_SOURCES if group[column][source.key]]
                row = line.unit or ALL
                name = (f"收入预算总表「{row}」{label}", group[column].total)
                hint = "核对列明的合计，或补上漏列的来源"
                yield from adds_up("GJ121", budget, name, parts, "各来源之和", hint)


@rule("GJ116", "其他金额等于各单位之和")
def named_amounts_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """同一名称的其他金额（会议费、委托业务费等）：全部门的一行 = 各单位之和；全部门和每个单位各只写一行。

    来源：勾稽关系第 12 条（合计等于各行之和）；常见差错（重复的项）。
    """
    whole = {line.name for line in budget.named if not line.unit}
    for row in facts.named.rows:
        if row.rows and row.key in whole:
            parts = [part.total for part in row.rows]
            hint = "核对全部门的金额，或补上漏列的单位"
            withheld = may_lack_rows(budget.withheld, "named")
            yield from adds_up("GJ116", budget, (f"“{row.key}”全部门", row.total), parts, "各单位之和", hint, withheld)
    counts = Counter((line.name, line.unit) for line in budget.named)
    seen: set[tuple[str, str | None]] = set()
    for n, line in enumerate(budget.named):
        key = line.name, line.unit
        if counts[key] > 1 and key in seen:
            values = {"key": " ".join(part for part in key if part), "count": str(counts[key])}
            place = Place(f"/named/{n}", "其他金额")
            yield Finding("GJ116", Severity.ERROR, "“{key}”写了 {count} 行", (place,), "合并或删去一行", values)
        seen.add(key)
