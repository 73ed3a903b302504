"""上级提前下达转移支付: what the marked lines of each list of the document add up to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from ..budget.codes import CodeBook
from ..budget.lines import ALL, ThreePublicLine
from ..budget.model import Budget
from ..budget.terms import EVERY_FUND, FUNDS, GENERAL_PUBLIC, THREE_PUBLIC
from .economic_tree import Cells, economic_tree
from .fact import Fact, FactGroup, read, total
from .function_tree import COLUMNS, combined_tree, fund_tree, tree_group
from .past import Past

NAME = "advance_transfer"
THREE = "three_public"
ITEMS = tuple(item.key for item in THREE_PUBLIC)


def advance_transfer(budget: Budget, book: CodeBook, past: Past, facts: FactGroup) -> FactGroup:
    """Return the group ``advance_transfer``: ``any``, and for each list what its marked lines add up to.

    The lists are ``revenue``, ``expenditure`` with each fund, ``basic``, ``economic``, ``projects``, ``three_public``,
    ``procurement`` and ``named``. ``expenditure`` and the funds have the columns and rows that expenditure has.
    ``without`` has what is left of each when the marked lines are left out; named amounts have no common total.
    """
    marked = [(f"/expenditure/{n}", line) for n, line in enumerate(budget.expenditure) if line.advance_transfer]
    trees = [fund_tree(f"{NAME}.{fund.key}", [one for one in marked if one[1].fund == fund.name]) for fund in FUNDS]
    every = [one for one in marked if one[1].fund == EVERY_FUND]
    groups = {
        tree.name.removeprefix(f"{NAME}."): tree_group(tree, book, {}, {}, partial(past.put_row, columns=COLUMNS))
        for tree in (combined_tree(f"{NAME}.expenditure", trees, every), *trees)
    }
    sums = {
        "revenue": _revenue(budget),
        "basic": _basic(budget),
        "economic": _economic(budget),
        "projects": _projects(facts),
        "three_public": _of_lines(THREE, [x for x in enumerate(budget.three_public) if _is_general(x[1])], ITEMS),
        "procurement": _of_lines("procurement", list(enumerate(budget.procurement.lines)), ("amount", "carry_over")),
    }
    named = _of_lines("named", list(enumerate(budget.named)), ("amount",))
    amounts = {key: group.total for key, group in groups.items()} | sums
    without = {key: _rest(key, facts[key].total, amount) for key, amount in amounts.items()}
    found = any(amounts.values()) or bool(named)
    group = FactGroup(NAME, any=found, without=FactGroup(f"{NAME}.without", **without), **groups)
    group.put(**{key: FactGroup(f"{NAME}.{key}", total=amount) for key, amount in {**sums, "named": named}.items()})
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


def _economic(budget: Budget) -> Fact:
    """Return the sum of the marked lines by economic item, basic expenditure of 一般公共预算 among them."""
    marked = [(n, line) for n, line in enumerate(budget.economic_expenditure) if line.advance_transfer]
    roots = [_basic(budget)]
    for fund in dict.fromkeys(line.fund for _, line in marked):
        for part in ("basic", "project"):
            cells: Cells = [
                (line.economic, line.unit, f"/economic_expenditure/{n}/{part}", amount)
                for n, line in marked
                if line.fund == fund and (amount := getattr(line, part)) is not None
            ]
            tree = economic_tree(f"{NAME}.economic.{part}", cells)
            roots += [tree[ALL]] if tree else []
    return total(f"{NAME}.economic.total", roots)


def _is_general(line: ThreePublicLine) -> bool:
    """Whether a “三公” line is counted in the total: of 一般公共预算, and not the total itself."""
    return line.unit != ALL and line.fund in (None, GENERAL_PUBLIC.name)


def _of_lines(part: str, lines: Sequence[tuple[int, Any]], fields: Sequence[str]) -> Fact:
    """Return the sum of the ``fields`` of the marked lines of a list, each line with its number."""
    path = "procurement/lines" if part == "procurement" else part
    cells = [
        read(f"{NAME}.{part}@{n}.{field}", getattr(line, field), f"/{path}/{n}/{field}")
        for n, line in lines
        if line.advance_transfer
        for field in fields
    ]
    return total(f"{NAME}.{part}.total", cells)


def _projects(facts: FactGroup) -> Fact:
    return total(f"{NAME}.projects.total", (row.total for row in facts.projects.rows if row.advance_transfer))


def _rest(key: str, whole: Fact, marked: Fact) -> Fact:
    name = f"{NAME}.without.{key}"
    return Fact(name, whole.value - marked.value, formula=f"{whole.name} - {marked.name}", inputs=(whole, marked))
