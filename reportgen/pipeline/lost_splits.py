"""What an import could only assume and a person has put right in the document: a sum, and how it is divided.

Tables state 上年结转 in one sum, and 财政专户管理资金 and 单位资金 not item by item. The import divides them and says
so; who corrects that in the document loses it when the same tables are imported again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import FISCAL_ACCOUNT, FUNDS, OWN_FUNDS

Split = dict[tuple[str, ...], Decimal]


def lost_splits(old: Budget, new: Budget) -> list[str]:
    """Return the names of the sums that both documents have and divide differently."""
    return [name for name, split in SPLITS.items() if _differ(split(old), split(new))]


def _differ(one: Split, other: Split) -> bool:
    own, others = _without_zeros(one), _without_zeros(other)
    return own != others and bool(own) and sum(own.values()) == sum(others.values())


def _without_zeros(split: Split) -> Split:
    return {key: value for key, value in split.items() if value}


def _carried_revenue(budget: Budget) -> Split:
    return _summed(((line.unit or "", line.source), line.carry_over) for line in budget.revenue if line.source != ALL)


def _carried_projects(budget: Budget) -> Split:
    return _summed(
        ((line.name or "", fund.key), getattr(line.carry_over, fund.key))
        for line in budget.projects
        if line.unit != ALL and line.carry_over is not None
        for fund in FUNDS
    )


def _other_funds(budget: Budget) -> Split:
    funds = (FISCAL_ACCOUNT.name, OWN_FUNDS.name)
    return _summed(
        ((line.fund, line.function, name), getattr(line, name))
        for line in budget.expenditure
        if line.fund in funds and len(line.function) == 7
        for name in ("personnel", "operating", "project")
    )


def _summed(cells: Iterator[tuple[tuple[str, ...], Decimal | None]]) -> Split:
    found: Split = {}
    for key, amount in cells:
        found[key] = found.get(key, Decimal(0)) + (amount or 0)
    return found


SPLITS: Mapping[str, Callable[[Budget], Split]] = {
    "上年结转的收入来源": _carried_revenue, "项目的上年结转": _carried_projects,
    "财政专户管理资金和单位资金的分法": _other_funds,
}  # fmt: skip
