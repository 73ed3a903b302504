"""Expenditure of all funds, of 财政拨款 and of each fund; by use (支出用途) and by function class."""

from __future__ import annotations

from ..budget.codes import CodeBook
from ..budget.model import ALL, Budget, ExpenditureLine
from ..budget.terms import EVERY_FUND, FISCAL_FUNDS, FUNDS
from ..core.settings import Printing
from .fact import FactGroup, read, total
from .function_tree import INPUT_COLUMNS, FunctionTree, Lines, combined_tree, fund_tree, tree_group
from .share import shares


def expenditure(budget: Budget, book: CodeBook, printing: Printing) -> dict[str, FactGroup]:
    """Return the groups ``expenditure`` (all funds), ``appropriation`` (财政拨款) and one for each fund.

    All have the same columns.
    """
    lines = [(f"/expenditure/{n}", line) for n, line in enumerate(budget.expenditure)]
    fund_trees = {fund: fund_tree(fund.key, _of_fund(lines, fund.name)) for fund in FUNDS}
    trees = [
        combined_tree("expenditure", list(fund_trees.values()), _of_fund(lines, EVERY_FUND)),
        combined_tree("appropriation", [fund_trees[fund] for fund in FISCAL_FUNDS]),
        *fund_trees.values(),
    ]
    groups = {tree.name: _group(tree, lines, book, printing) for tree in trees}
    _add_balance(groups["expenditure"], budget)
    return groups


def _of_fund(lines: Lines, name: str) -> Lines:
    return [(pointer, line) for pointer, line in lines if line.fund == name]


def _group(tree: FunctionTree, lines: Lines, book: CodeBook, printing: Printing) -> FactGroup:
    group = tree_group(tree, book, *_described(lines))
    class_totals = [row.total for row in group.classes]
    for row, share in zip(group.classes, shares(class_totals, group.total, printing), strict=True):
        row.put(share=share)
    used = [column for column in INPUT_COLUMNS if group[column]]
    by_use = dict(zip(used, shares([group[column] for column in used], group.total, printing), strict=True))
    group.put(shares=FactGroup(f"{tree.name}.shares", **{column: by_use.get(column) for column in INPUT_COLUMNS}))
    return group


def _described(lines: Lines) -> tuple[dict[str, ExpenditureLine], dict[str, str]]:
    """Return for each code the first line that has a name or a use (or else its last line), and its pointer."""
    described: dict[str, ExpenditureLine] = {}
    pointers: dict[str, str] = {}
    for pointer, line in lines:
        known = described.get(line.function)
        if line.function != ALL and (known is None or not (known.use or known.name)):
            described[line.function], pointers[line.function] = line, pointer
    return described, pointers


def _add_balance(group: FactGroup, budget: Budget) -> None:
    """Add 年终结转结余 and 支出总计."""
    forward = read("expenditure.carried_forward", budget.carried_forward, "/carried_forward")
    group.put(carried_forward=forward, grand_total=total("expenditure.grand_total", [group.total, forward]))
