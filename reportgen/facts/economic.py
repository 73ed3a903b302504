"""Expenditure of all funds by economic class and section: basic, projects and both, and the money of each fund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from ..budget.codes import CodeBook
from ..budget.economic_lines import EconomicLine
from ..budget.lines import ALL, BasicLine, Last
from ..budget.model import Budget
from ..budget.terms import FUNDS, GENERAL_PUBLIC, KINDS, BaseKind, Fund
from .base_tree import BaseTree, base_tree
from .economic_tree import Cells, economic_name, economic_tree
from .fact import Fact, FactGroup, SourceText, source_text, total
from .past import Bases, Past
from .positions import put_positions

PARTS = ("basic", "project")
COLUMNS = ("total", *PARTS)
NAME, BASIC, OTHER = "economic", "basic_expenditure", "economic_expenditure"
Names = Mapping[str, tuple[str, str | None]]
"""By code: the pointer of a line, and the name that the line gives the code."""


def economic(budget: Budget, book: CodeBook, past: Past) -> FactGroup:
    """Return the group ``economic``: ``total``, ``basic``, ``project``, a group for each fund, ``rows``, ``classes``.

    一般公共预算基本支出 comes from ``basic_expenditure``, all else from ``economic_expenditure``. Each row is
    also under its code; a code of the book without expenditure is zero.
    """
    trees = {(fund, part): _tree(budget, fund, part) for fund in FUNDS for part in PARTS}
    codes = sorted({code for tree in trees.values() for code in tree})
    names = {line.economic: (pointer, line.name) for pointer, line in _lines(budget)}
    rows = [_row(code, trees, names, book) for code in codes if code != ALL]
    group = FactGroup(NAME, **_columns(NAME, ALL, trees))
    group.put(rows=rows, classes=[row for row in rows if row.level == 1], **{row.key: row for row in rows})
    leaves = set(codes) - {code[:3] for code in codes if len(code) > 3} - {ALL}
    group.put(items=[row for row in rows if row.key in leaves and row.total])
    put_positions(rows, [line.economic for _, line in _lines(budget)])
    _put_past(group, budget, past)
    group.on_request(lambda code: _of_book(code, book, past))
    return group


def _lines(budget: Budget) -> Iterator[tuple[str, EconomicLine | BasicLine]]:
    yield from ((f"/{OTHER}/{n}", line) for n, line in enumerate(budget.economic_expenditure))
    yield from ((f"/{BASIC}/{n}", line) for n, line in enumerate(budget.basic_expenditure))


def _tree(budget: Budget, fund: Fund, part: str) -> dict[str, Fact]:
    """Return the amount of each code, of one fund and one part."""
    cells: Cells = [
        (line.economic, line.unit, f"/{OTHER}/{n}/{part}", amount)
        for n, line in enumerate(budget.economic_expenditure)
        if line.fund == fund.name and (amount := getattr(line, part)) is not None
    ]
    if fund is GENERAL_PUBLIC and part == "basic":
        cells += [
            (line.economic, line.unit, f"/{BASIC}/{n}/amount", line.amount)
            for n, line in enumerate(budget.basic_expenditure)
            if line.amount is not None
        ]
    return economic_tree(f"{NAME}.{fund.key}.{part}", cells)


def _row(code: str, trees: Mapping[tuple[Fund, str], dict[str, Fact]], names: Names, book: CodeBook) -> FactGroup:
    row = FactGroup(f"{NAME}.{code}", key=code, code=SourceText(code), level=1 if len(code) == 3 else 2)
    pointer, own = names.get(code, ("", None))
    row.put(name=economic_name(code, own, pointer, book), **_columns(row.dotted, code, trees))
    return row


def _columns(name: str, code: str, trees: Mapping[tuple[Fund, str], dict[str, Fact]]) -> dict[str, object]:
    """Return the sums of all funds of one code, and a group for each fund."""
    funds: dict[str, FactGroup] = {}
    for fund in FUNDS:
        of_fund = f"{name}.{fund.key}"
        parts = {
            part: total(f"{of_fund}.{part}", [trees[fund, part][code]] if code in trees[fund, part] else [])
            for part in PARTS
        }
        funds[fund.key] = FactGroup(of_fund, total=total(f"{of_fund}.total", parts.values()), **parts)
    sums = {part: total(f"{name}.{part}", (funds[fund.key][part] for fund in FUNDS)) for part in PARTS}
    return {"total": total(f"{name}.total", sums.values()), **sums, **funds}


def _of_book(code: str, book: CodeBook, past: Past) -> FactGroup | None:
    if code not in book.economic:
        return None
    row = _row(code, {(fund, part): {} for fund in FUNDS for part in PARTS}, {}, book)
    past.put_row(row, ("total",))
    return row


class _State(NamedTuple):
    """What last year's figures of a line depend on."""

    unit: str | None
    last: Last | None
    amount: Decimal | None


def _put_past(group: FactGroup, budget: Budget, past: Past) -> None:
    """Put into the group and its rows what their totals were last year."""
    lines = [(line.economic, f"/{OTHER}/{n}", line) for n, line in enumerate(budget.economic_expenditure)]
    reasons = {line.economic: source_text(line.reason, f"{at}/reason") for _, at, line in reversed(lines)}
    known = [(code, at, _State(line.unit, line.last, line.basic or line.project)) for code, at, line in lines]
    known += [
        (line.economic, f"/{BASIC}/{n}", _State(line.unit, line.last, line.amount))
        for n, line in enumerate(budget.basic_expenditure)
    ]
    trees: dict[BaseKind, BaseTree] = {}
    if lines and any(state.last for _, _, state in known):
        trees = {kind: base_tree(NAME, kind, known, ("amount",)) for kind in KINDS}
    earlier = past.earlier_rows(NAME)
    for row in (*group.rows, group):
        code = row.key if row is not group else ALL
        bases: Bases = {
            (kind, "total"): total(f"{row.dotted}.last.{kind}.total", [base])
            for kind, tree in trees.items()
            if (base := tree.bases.get(code)) is not None
        }
        if row is group:
            past.put(group, ("total",), {}, bases, past.earlier(NAME), "支出（按经济分类）")
        else:
            past.put_row(row, ("total",), {}, bases, earlier.get(code), f"{code} {row.name.text}", reasons.get(code))
