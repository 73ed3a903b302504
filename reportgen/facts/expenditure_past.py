"""The past of expenditure by function: bases of lines and totals, reasons, and the rows that only last year had."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from ..budget.lines import ALL, ExpenditureLine
from ..budget.terms import BUDGETED_KINDS, EVERY_FUND, FISCAL_FUNDS, FUNDS, TOTAL_NAMES, BaseKind
from ..budget.withheld import may_lack_rows
from .base_tree import BaseTree, CodedLine, base_tree, combined_bases
from .bases import NONE, NOT_PUBLISHED, Bases, Earlier, base_name
from .fact import ZERO, Fact, FactGroup, SourceText
from .function_tree import COLUMNS, Lines
from .past import Past, was_published

TOTAL_COLUMNS = {"total": "expenditure", **{column: column for column in COLUMNS[1:5]}}
"""The columns of all funds together that ``totals`` of the document may state, with their keys there."""
GRAND_TOTAL = "grand_total"
"""支出总计, which all funds together have besides: its column and its key in ``totals``."""
BaseTrees = Mapping[str, Mapping[BaseKind, BaseTree]]
"""The bases by the name of the tree and by kind."""
NewRow = Callable[[str, str, Mapping[str, Fact]], FactGroup]
"""Makes a row from the name of the tree, a code, and its amounts."""


def states_amount(line: ExpenditureLine) -> bool:
    """Whether a line states any amount of this year."""
    return any(getattr(line, column) is not None for column in (*COLUMNS, "carried_forward"))


def put_past(groups: Mapping[str, FactGroup], lines: Lines, past: Past, new_row: NewRow) -> None:
    """Put into each tree and its rows what they were last year; add ``compared_rows``, ``…_classes``, ``…_items``."""
    trees = _base_trees(lines, past) if any(line.last or line.budgeted for _, line in lines) else {}
    reasons = [(f"{at}/reason", line, line.reason) for at, line in lines if line.reason]
    of_budgets = [
        (f"{at}/budgeted/reason", line, line.budgeted.reason)
        for at, line in lines
        if line.budgeted and line.budgeted.reason
    ]
    for name, group in groups.items():
        of_tree = trees.get(name, {})
        _put_total(group, of_tree, past)
        _put_rows(group, of_tree, _reasons(name, reasons), past, new_row)
        put_budgeted_reasons(group, _reasons(name, of_budgets), past)


def put_budgeted_reasons(group: FactGroup, reasons: Mapping[str, SourceText], past: Past) -> None:
    """Put into the budgets of a group and of its rows why the final figures differ from them, in final accounts."""
    if not set(BUDGETED_KINDS) & set(past.kinds):
        return
    group.budgeted.put(reason=past.budgeted_reason(group.dotted))
    for row in group.compared_rows:
        row.put(budgeted=FactGroup(row.budgeted.dotted, **{**row.budgeted.as_dict(), "reason": reasons.get(row.key)}))


def _base_trees(lines: Lines, past: Past) -> BaseTrees:
    by_fund: dict[str, list[CodedLine]] = {}
    for pointer, line in lines:
        by_fund.setdefault(line.fund, []).append((line.function, pointer, line))
    may_lack = partial(may_lack_rows, past.budget.withheld, "expenditure")
    trees: dict[str, dict[BaseKind, BaseTree]] = {}
    for kind in past.kinds:
        of_funds = {fund: base_tree(fund.key, kind, by_fund.get(fund.name, []), COLUMNS, may_lack) for fund in FUNDS}
        fiscal = [of_funds[fund].bases for fund in FISCAL_FUNDS]
        every = by_fund.get(EVERY_FUND, [])
        all_funds = [tree.bases for tree in of_funds.values()]
        of_trees = {
            "expenditure": combined_bases("expenditure", kind, all_funds, every, COLUMNS),
            "appropriation": combined_bases("appropriation", kind, fiscal, [], COLUMNS),
            **{fund.key: tree for fund, tree in of_funds.items()},
        }
        for name, tree in of_trees.items():
            trees.setdefault(name, {})[kind] = tree
    return trees


def _put_total(group: FactGroup, trees: Mapping[BaseKind, BaseTree], past: Past) -> None:
    name = group.dotted
    keys = {**TOTAL_COLUMNS, GRAND_TOTAL: GRAND_TOTAL} if name == "expenditure" else {"total": name}
    columns = (*COLUMNS, GRAND_TOTAL) if name == "expenditure" else COLUMNS
    stated: dict[tuple[BaseKind, str], Fact] = {}
    for column, key in keys.items():
        stated |= past.of_total(key, name, column)
    summed: dict[tuple[BaseKind, str], Fact] = {}
    for kind, tree in trees.items():
        own, parts = tree.bases.get(ALL), tree.sums.get(ALL)
        if own is not None and (kind, "total") not in stated:
            stated[kind, "total"], own = _root(name, kind, own), parts
        if own is not None:
            summed[kind, "total"] = _root(name, kind, own)
    labels = {column: TOTAL_NAMES[keys.get(column, name)] for column in columns}
    past.put(group, columns, stated, summed, past.earlier(name), labels, past.reason(name))
    group.put(reasons=FactGroup(f"{name}.reasons", **{column: past.reason(key) for column, key in keys.items()}))


def _root(name: str, kind: BaseKind, base: Fact) -> Fact:
    """Return the base of the root under its short name."""
    short = base_name(name, kind, "total")
    return Fact(short, base.value, formula=base.formula, inputs=base.inputs, pointers=base.pointers)


def _put_rows(
    group: FactGroup,
    trees: Mapping[BaseKind, BaseTree],
    reasons: Mapping[str, SourceText],
    past: Past,
    new_row: NewRow,
) -> None:
    earlier = past.earlier_rows(group.dotted)
    compared = [*group.rows, *_rows_of_last_year(group, trees, earlier, new_row, past)]
    for row in compared:
        code = row.key
        stated, summed = (_bases(trees, code, part) for part in ("bases", "sums")) if trees else (NONE, NONE)
        label = f"{code} {row.name.text}"
        past.put_row(row, COLUMNS, stated, summed, earlier.get(code, NOT_PUBLISHED), label, reasons.get(code))
    if len(compared) > len(group.rows):
        compared.sort(key=lambda row: str(row.key))
    parents = {row.key[:-2] for row in compared}
    group.put(
        compared_rows=compared,
        compared_classes=[row for row in compared if row.level == 1],
        compared_items=[row for row in compared if row.key not in parents],
    )


def _bases(trees: Mapping[BaseKind, BaseTree], code: str, part: str) -> Bases:
    return {
        (kind, "total"): base for kind, tree in trees.items() if (base := getattr(tree, part).get(code)) is not None
    }


def _rows_of_last_year(
    group: FactGroup,
    trees: Mapping[BaseKind, BaseTree],
    earlier: Mapping[str, Earlier],
    new_row: NewRow,
    past: Past,
) -> list[FactGroup]:
    """Return rows for the codes that only last year had, by its document or by lines without an amount.

    What this year withholds is not printed as what only last year had.
    """
    codes = {code for tree in trees.values() for code, base in tree.bases.items() if base is not None}
    codes |= {code for code, of_code in earlier.items() if was_published(past.budget, of_code)}
    rows = []
    for code in sorted(codes - {ALL} - {row.key for row in group.rows}):
        name = f"{group.dotted}.{code}"
        row = new_row(group.dotted, code, {column: Fact(f"{name}.{column}", ZERO) for column in COLUMNS})
        if code in earlier and row.name.text == code:
            named = next(iter(earlier[code].values()))
            row.put(**{part: SourceText(named[part].text) for part in ("name", "class_name", "section_name")})
        group.put(**{code: row})
        rows.append(row)
    return rows


def _reasons(name: str, lines: Sequence[tuple[str, ExpenditureLine, str]]) -> dict[str, SourceText]:
    """Return the reasons of the lines that are part of a tree, by code; of several lines the first counts.

    Each comes with its pointer and its line.
    """
    funds = {
        fund.name for fund in FUNDS if name in (fund.key, "expenditure") or (name == "appropriation" and fund.fiscal)
    }
    funds |= {EVERY_FUND} if name == "expenditure" else set()
    reasons: dict[str, SourceText] = {}
    for pointer, line, reason in lines:
        if line.fund in funds:
            reasons.setdefault(line.function, SourceText(reason, pointer))
    return reasons
