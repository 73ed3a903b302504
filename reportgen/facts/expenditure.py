"""Expenditure: all funds, 财政拨款, and each fund by itself; by use (支出用途) and by class."""

from __future__ import annotations

from ..budget.codes import CodeBook
from ..budget.model import ALL, Budget, ExpenditureLine
from ..budget.terms import EVERY_FUND, FISCAL_FUNDS, FUNDS
from ..core.settings import Printing
from .fact import FactGroup, read, total
from .function_tree import SIMPLE, Tree, combined_tree, fund_tree, tree_group
from .share import shares


def expenditure(budget: Budget, book: CodeBook, printing: Printing) -> dict[str, FactGroup]:
    """The groups ``expenditure`` (all), ``appropriation`` and one per fund, each with the same columns."""
    lines = [(f"/expenditure/{n}", line) for n, line in enumerate(budget.expenditure)]
    funds = {fund: fund_tree(fund.key, _of(lines, fund.name)) for fund in FUNDS}
    trees = [
        combined_tree("expenditure", list(funds.values()), _of(lines, EVERY_FUND)),
        combined_tree("appropriation", [funds[fund] for fund in FISCAL_FUNDS]),
        *funds.values(),
    ]
    groups = {tree.name: _group(tree, lines, book, printing) for tree in trees}
    _add_balance(groups["expenditure"], budget)
    return groups


def _of(lines: list[tuple[str, ExpenditureLine]], fund: str) -> list[tuple[str, ExpenditureLine]]:
    return [(pointer, line) for pointer, line in lines if line.fund == fund]


def _group(tree: Tree, lines: list[tuple[str, ExpenditureLine]], book: CodeBook, printing: Printing) -> FactGroup:
    about: dict[str, ExpenditureLine] = {}
    pointers: dict[str, str] = {}
    for pointer, line in lines:
        known = about.get(line.function)
        if line.function != ALL and (known is None or not (known.use or known.name)):
            about[line.function], pointers[line.function] = line, pointer
    group = tree_group(tree, book, about, pointers)
    for row, share in zip(group.classes, shares([c.total for c in group.classes], group.total, printing), strict=True):
        row.put(share=share)
    used = [part for part in SIMPLE if group[part]]
    by_use = shares([group[part] for part in used], group.total, printing)
    names = dict(zip(used, by_use, strict=True))
    group.put(shares=FactGroup(f"{tree.name}.shares", **{part: names.get(part) for part in SIMPLE}))
    return group


def _add_balance(group: FactGroup, budget: Budget) -> None:
    """年终结转结余 and 支出总计."""
    forward = read("expenditure.carried_forward", budget.carried_forward, "/carried_forward")
    group.put(carried_forward=forward, grand_total=total("expenditure.grand_total", [group.total, forward]))
