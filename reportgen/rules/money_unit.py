"""GJ508: the amounts of the whole file are what a department can have, not 10,000 times too much or too little."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..budget.terms import RECEPTION
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts import Fact, FactGroup
from ..facts.fact import total
from .equality import fact_place
from .rule import rule

OFFICE = "30201"
LIMITS = {
    "支出总计": (10_000, 100_000_000_000),
    "人员支出": (20_000, 3_000_000_000),
    RECEPTION.name: (0, 10_000_000),
    "办公费": (0, 100_000_000),
}
"""元 a year for each unit, on average: less, or more, no unit has.

20,000 元 is less than a minimum wage for a year; 3 billion are the wages of more than 10,000 people.
"""


@rule("GJ508", "全文的金额是一个部门会有的", acceptable=True)
def amounts_are_of_a_department(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """按单位平均的支出、人员支出、接待费和办公费在会有的范围之内；全文小一万倍或大一万倍，多半是 money_unit 写错。

    人员支出不足两万元，不够一人一年的最低工资。来源：常见差错、勾稽关系第 42 条。
    """
    units = max(1, len(budget.department.units))
    for name, fact in _measures(facts).items():
        least, most = LIMITS[name]
        each = fact.value / units
        if fact.value and not least <= each <= most:
            few = each < least
            values = {"name": name, "amount": exact(fact.value, "万元"), "each": exact(round(each, 2)),
                      "unit": budget.money_unit}  # fmt: skip
            where = (Place("/money_unit"), fact_place(fact, name))
            if few:
                message = "{name}共 {amount}，平均每个单位 {each}，少得不合常理"
                hint = "全文的金额可能是万元：核对 money_unit（现为{unit}）"
            else:
                message = "{name}共 {amount}，平均每个单位 {each}，多得不合常理"
                hint = "全文的金额可能是元：核对 money_unit（现为{unit}）"
            yield Finding("GJ508", Severity.WARNING, message, where, hint, values)
            return


def _measures(facts: FactGroup) -> dict[str, Fact]:
    office = [row.total for row in facts.basic.rows if row.key == OFFICE]
    return {
        "支出总计": facts.expenditure.grand_total,
        "人员支出": facts.expenditure.personnel,
        RECEPTION.name: facts.three_public[RECEPTION.key],
        "办公费": total("office", office),
    }
