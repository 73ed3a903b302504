"""GJ126: items that are counted as the other kind of basic expenditure than their class, where no form does so."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .rule import rule

USUAL = {"301": "人员经费", "302": "公用经费", "310": "公用经费"}
"""Classes whose items are of one kind; some of 303, such as 30399, are counted as either."""


@rule("GJ126", "工资算人员经费，商品和服务算公用经费", acceptable=True)
def items_are_counted_as_their_class(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """基本支出里写了“计入”的：301 类计入公用经费、302 和 310 类计入人员经费，多半是两栏填反了。

    来源：部门预算支出经济分类科目（301 工资福利支出为人员经费，302 商品和服务支出、310 资本性支出为公用经费）。
    """
    for n, line in enumerate(budget.basic_expenditure):
        usual = USUAL.get(line.economic[:3])
        if usual and line.counted_as and line.counted_as != usual:
            values = {"code": line.economic, "usual": usual, "stated": line.counted_as}
            message, hint = "{code} 是{usual}，却计入{stated}", "核对人员经费和公用经费两栏是否填反；没有反的删去“计入”"
            where = (Place(f"/basic_expenditure/{n}/counted_as", "基本支出表"),)
            yield Finding("GJ126", Severity.WARNING, message, where, hint, values)
