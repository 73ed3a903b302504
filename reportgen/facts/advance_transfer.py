"""上级提前下达转移支付: what the marked lines of revenue, expenditure, basic expenditure and projects add up to."""

from __future__ import annotations

from functools import partial

from ..budget.codes import CodeBook
from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import EVERY_FUND, FUNDS
from .economic_tree import economic_tree
from .fact import Fact, FactGroup, read, total
from .function_tree import COLUMNS, combined_tree, fund_tree, tree_group
from .past import Past

NAME = "advance_transfer"


def advance_transfer(budget: Budget, book: CodeBook, past: Past, facts: FactGroup) -> FactGroup:
    """Return the group ``advance_transfer``: ``any``, ``revenue``, ``expenditure``, each fund, ``basic``, ``projects``.

    ``expenditure`` and the funds have the columns and rows that expenditure has. ``without`` has what is left of
    ``revenue``, ``expenditure``, each fund, ``basic`` and ``projects`` when the marked lines are left out.
    """
    marked = [(f"/expenditure/{n}", line) for n, line in enumerate(budget.expenditure) if line.advance_transfer]
    trees = [fund_tree(f"{NAME}.{fund.key}", [one for one in marked if one[1].fund == fund.name]) for fund in FUNDS]
    every = [one for one in marked if one[1].fund == EVERY_FUND]
    groups = {
        tree.name.removeprefix(f"{NAME}."): tree_group(tree, book, {}, {}, partial(past.put_row, columns=COLUMNS))
        for tree in (combined_tree(f"{NAME}.expenditure", trees, every), *trees)
    }
    sums = {"revenue": _revenue(budget), "basic": _basic(budget), "projects": _projects(facts)}
    amounts = {key: group.total for key, group in groups.items()} | sums
    without = {key: _rest(key, facts[key].total, amount) for key, amount in amounts.items()}
    group = FactGroup(NAME, any=any(amounts.values()), without=FactGroup(f"{NAME}.without", **without), **groups)
    group.put(**{key: FactGroup(f"{NAME}.{key}", total=amount) for key, amount in sums.items()})
    return group


def _revenue(budget: Budget) -> Fact:
    cells = [
        read(f"{NAME}.revenue@{n}.{part}", getattr(line, part), f"/revenue/{n}/{part}")
        for n, line in enumerate(budget.revenue)
        for part in ("amount", "carry_over")
        if line.advance_transfer and line.source != ALL
    ]
    return total(f"{NAME}.revenue.total", cells)


def _basic(budget: Budget) -> Fact:
    lines = [(n, line) for n, line in enumerate(budget.basic_expenditure) if line.advance_transfer]
    cells = [(x.economic, x.unit, f"/basic_expenditure/{n}/amount", x.amount) for n, x in lines if x.amount is not None]
    tree = economic_tree(f"{NAME}.basic", cells)
    return total(f"{NAME}.basic.total", [tree[ALL]] if tree else [])


def _projects(facts: FactGroup) -> Fact:
    return total(f"{NAME}.projects.total", (row.total for row in facts.projects.rows if row.advance_transfer))


def _rest(key: str, whole: Fact, marked: Fact) -> Fact:
    name = f"{NAME}.without.{key}"
    return Fact(name, whole.value - marked.value, formula=f"{whole.name} - {marked.name}", inputs=(whole, marked))
