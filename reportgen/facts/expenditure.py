"""Expenditure of all funds, of 财政拨款 and of each fund; by use (支出用途) and by function class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from ..budget.codes import CodeBook
from ..budget.lines import ALL, ExpenditureLine
from ..budget.model import Budget
from ..budget.terms import EVERY_FUND, FINAL, FISCAL_FUNDS, FUNDS
from .expenditure_past import TOTAL_COLUMNS, put_past, states_amount
from .fact import ZERO, Fact, FactGroup, read, total
from .function_tree import COLUMNS, INPUT_COLUMNS, FunctionTree, Lines, combined_tree, fund_tree, tree_group, tree_row
from .past import Past
from .positions import put_positions
from .procurement import put_purchases
from .share import shares
from .unit_rows import put_unit_rows

BY_FUND = ("expenditure", "appropriation")
"""The trees that add up funds."""
Described = tuple[dict[str, ExpenditureLine], dict[str, str]]
"""By code: the line that names it, and the pointer of that line."""


def expenditure(budget: Budget, book: CodeBook, past: Past) -> dict[str, FactGroup]:
    """Return the groups ``expenditure`` (all funds), ``appropriation`` (财政拨款) and one for each fund.

    All have the same columns.
    """
    lines = [(f"/expenditure/{n}", line) for n, line in enumerate(budget.expenditure)]
    this_year = [
        (at, line) for at, line in lines if (line.last is None and line.budgeted is None) or states_amount(line)
    ]
    fund_trees = {fund: _stated(fund_tree(fund.key, _of_fund(this_year, fund.name)), past) for fund in FUNDS}
    trees = [
        combined_tree("expenditure", list(fund_trees.values()), _of_fund(this_year, EVERY_FUND)),
        combined_tree("appropriation", [fund_trees[fund] for fund in FISCAL_FUNDS]),
    ]
    trees = [*(_stated(tree, past) for tree in trees), *fund_trees.values()]
    described = _described(lines)
    of_funds = {fund.key: _described(sorted(lines, key=partial(_is_of_other_fund, fund.name))) for fund in FUNDS}
    groups = {tree.name: _group(tree, of_funds.get(tree.name, described), book, past) for tree in trees}
    _add_balance(groups["expenditure"], budget, past)
    put_past(groups, lines, past, partial(tree_row, book=book, described=described[0], pointers=described[1]))
    for tree in trees:
        of_unit = partial(_of_unit, tree.name, lines=this_year, described=described, book=book, past=past)
        put_unit_rows(groups[tree.name], budget, (line for _, line in _of_tree(this_year, tree.name)), of_unit)
    put_purchases(groups["expenditure"], budget)
    for row in _all_rows(groups["expenditure"]):
        put_purchases(row, budget)
    for group in groups.values():
        put_positions(group.compared_rows, [line.function for line in budget.expenditure])
    for name in BY_FUND:
        for row in (groups[name], *_all_rows(groups[name])):
            row.put(by_fund=_by_fund(row, groups))
    return groups


def _all_rows(group: FactGroup) -> Iterable[FactGroup]:
    """Return the rows of this year and those that only last year had, each once."""
    return {id(row): row for row in (*group.rows, *group.compared_rows)}.values()


def _by_fund(row: FactGroup, groups: Mapping[str, FactGroup]) -> FactGroup:
    """Return what each fund gives of a row (or of the whole) of all funds: the totals of the row of the same code."""
    name = f"{row.dotted}.by_fund"
    totals = {}
    for fund in FUNDS:
        own = groups[fund.key]
        whole = own if "key" not in row else own[row.key] if row.key in own.names() else None
        totals[fund.key] = Fact(f"{name}.{fund.key}", ZERO) if whole is None else whole.total
    return FactGroup(name, **totals)


def _stated(tree: FunctionTree, past: Past) -> FunctionTree:
    """Return the tree with the amounts of ``totals`` in place of those that its lines add up to."""
    columns = TOTAL_COLUMNS if tree.name == "expenditure" else {"total": tree.name}
    root = tree.amounts[ALL]
    whole = {column: past.whole(key, root[column]) for column, key in columns.items()}
    if all(whole[column] is root[column] for column in whole):
        return tree
    return replace(tree, amounts={**tree.amounts, ALL: {**root, **whole}})


def _is_of_other_fund(name: str, line: tuple[str, ExpenditureLine]) -> bool:
    """Return whether a line is of another fund, whose name and use come second."""
    return line[1].fund != name


def _of_fund(lines: Lines, name: str) -> Lines:
    return [(pointer, line) for pointer, line in lines if line.fund == name]


def _group(tree: FunctionTree, described: Described, book: CodeBook, past: Past) -> FactGroup:
    group, printing = tree_group(tree, book, *described, partial(_finish, tree.name, past)), past.printing
    class_totals = [row.total for row in group.classes]
    for row, share in zip(group.classes, shares(class_totals, group.total, printing), strict=True):
        row.put(share=share)
    used = [column for column in INPUT_COLUMNS if group[column]]
    by_use = dict(zip(used, shares([group[column] for column in used], group.total, printing), strict=True))
    group.put(shares=FactGroup(f"{tree.name}.shares", **{column: by_use.get(column) for column in INPUT_COLUMNS}))
    return group


def _of_tree(lines: Lines, tree: str) -> Lines:
    """Return the lines of the funds of a tree."""
    if tree == "expenditure":
        return lines
    names = {fund.name for fund in FUNDS if tree in (fund.key, "appropriation" if fund.fiscal else "")}
    return [(pointer, line) for pointer, line in lines if line.fund in names]


def _of_unit(tree: str, unit: str, lines: Lines, described: Described, book: CodeBook, past: Past) -> FactGroup:
    """Return the tree of one unit."""
    name, own = f"{tree}.units.{unit}", [(pointer, line) for pointer, line in lines if line.unit == unit]
    funds = [fund for fund in FUNDS if tree in (fund.key, "expenditure", "appropriation" if fund.fiscal else "")]
    if len(funds) == 1:
        whole = fund_tree(name, _of_fund(own, funds[0].name))
    else:
        trees = [fund_tree(f"{name}@{fund.key}", _of_fund(own, fund.name)) for fund in funds]
        whole = combined_tree(name, trees, _of_fund(own, EVERY_FUND) if tree == "expenditure" else ())
    group = tree_group(whole, book, *described, partial(past.put_row, columns=COLUMNS))
    if tree == "expenditure":
        for row in (group, *group.rows):
            put_purchases(row, past.budget, unit)
    return group


def _finish(tree: str, past: Past, row: FactGroup) -> None:
    """Complete a row that the document does not have."""
    past.put_row(row, columns=COLUMNS)
    if tree == "expenditure":
        put_purchases(row, past.budget)
    if tree in BY_FUND:
        row.put(by_fund=_by_fund(row, {fund.key: FactGroup(fund.key) for fund in FUNDS}))


def _described(lines: Lines) -> Described:
    """Return for each code the first line that has a name or a use (or else its last line), and its pointer."""
    described: dict[str, ExpenditureLine] = {}
    pointers: dict[str, str] = {}
    for pointer, line in lines:
        known = described.get(line.function)
        if line.function != ALL and (known is None or not (known.use or known.name)):
            described[line.function], pointers[line.function] = line, pointer
    return described, pointers


def _add_balance(group: FactGroup, budget: Budget, past: Past) -> None:
    """Add 年终结转结余, in final accounts also 结余分配, and 支出总计."""
    forward = read("expenditure.carried_forward", budget.carried_forward, "/carried_forward")
    distributed = read("expenditure.surplus_distributed", budget.surplus_distributed, "/surplus_distributed")
    whole = past.whole("grand_total", total("expenditure.grand_total", [group.total, distributed, forward]))
    group.put(carried_forward=forward, grand_total=whole)
    if budget.stage == FINAL:
        group.put(surplus_distributed=distributed)


def balance_appropriation(group: FactGroup, income: Fact, budget: Budget) -> None:
    """Add 年终结转结余 of 财政拨款, which no cell states, and 支出总计: what was not spent of ``income`` is carried on.

    Without 年终结转结余 in the document there is none: a difference is then an error, which a rule finds.
    """
    rest, name = income.value - group.total.value, f"{group.dotted}.carried_forward"
    forward = Fact(name, ZERO)
    if budget.carried_forward and rest > 0:
        forward = Fact(name, rest, formula=f"{income.name} - {group.total.name}", inputs=(income, group.total))
    group.put(carried_forward=forward, grand_total=total(f"{group.dotted}.grand_total", [group.total, forward]))
