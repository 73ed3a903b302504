"""The past of 一般公共预算基本支出 by economic class and section."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..budget.lines import ALL
from ..budget.model import Budget
from ..budget.terms import KINDS, TOTAL_NAMES, BaseKind
from .base_tree import BaseTree, base_tree
from .fact import ZERO, Fact, FactGroup, SourceText, total
from .past import NONE, Bases, Past

PERSONNEL, OPERATING = ("301", "303"), ("302", "310")
COLUMN_CLASSES = {"personnel": PERSONNEL, "operating": OPERATING}
COLUMNS = ("total", *COLUMN_CLASSES)
NAME, KEY = "basic", "basic_expenditure"


def put_past(group: FactGroup, budget: Budget, past: Past, new_row: Callable[[str], FactGroup]) -> None:
    """Put into the group and its rows what they were last year; add ``compared_rows`` and ``compared_classes``."""
    lines = [(line.economic, f"/{KEY}/{n}", line) for n, line in enumerate(budget.basic_expenditure)]
    trees: dict[BaseKind, BaseTree] = {}
    if any(line.last for _, _, line in lines):
        trees = {kind: base_tree(NAME, kind, lines, ("amount",)) for kind in KINDS}
    _put_rows(group, trees, _reasons(budget), past, new_row)
    _put_total(group, trees, past)


def _put_total(group: FactGroup, trees: Mapping[BaseKind, BaseTree], past: Past) -> None:
    summed: dict[tuple[BaseKind, str], Fact] = {}
    for kind, tree in trees.items():
        if (base := tree.bases.get(ALL)) is not None:
            summed[kind, "total"] = total(f"{NAME}.last.{kind}.total", [base])
        for column, classes in COLUMN_CLASSES.items():
            states = [tree.bases[code] for code in classes if code in tree.bases]
            if states and None not in states:
                known = [state for state in states if state is not None]
                summed[kind, column] = total(f"{NAME}.last.{kind}.{column}", known)
    stated = past.of_total(KEY, NAME)
    past.put(group, COLUMNS, stated, summed, past.earlier(NAME), TOTAL_NAMES[KEY], past.reason(KEY))


def _put_rows(
    group: FactGroup,
    trees: Mapping[BaseKind, BaseTree],
    reasons: Mapping[str, SourceText],
    past: Past,
    new_row: Callable[[str], FactGroup],
) -> None:
    earlier = past.earlier_rows(NAME)
    compared = list(group.rows)
    codes = {code for tree in trees.values() for code, base in tree.bases.items() if base is not None}
    codes |= {code for code, row in earlier.items() if row.total}
    for code in sorted(codes - {ALL} - {row.key for row in group.rows}):
        row = new_row(code)
        if code in earlier and row.name.text == code:
            row.put(name=SourceText(earlier[code].name.text))
        compared.append(row)
    compared.sort(key=lambda row: str(row.key))
    for row in compared:
        stated, summed = (_bases(trees, row, part) if trees else NONE for part in ("bases", "sums"))
        past.put_row(
            row, COLUMNS, stated, summed, earlier.get(row.key), f"{row.key} {row.name.text}", reasons.get(row.key)
        )
    group.put(compared_rows=compared, compared_classes=[row for row in compared if row.level == 1])


def _bases(trees: Mapping[BaseKind, BaseTree], row: FactGroup, part: str) -> Bases:
    """Return the bases of a row: what it was is in the column of its class, and the other column was zero."""
    bases: dict[tuple[BaseKind, str], Fact] = {}
    for kind, tree in trees.items():
        base = getattr(tree, part).get(row.key)
        if base is None:
            continue
        bases[kind, "total"] = base
        for column, classes in COLUMN_CLASSES.items():
            own = row.key[:3] in classes
            bases[kind, column] = base if own else Fact(f"{row.dotted}.last.{kind}.{column}", ZERO)
    return bases


def _reasons(budget: Budget) -> dict[str, SourceText]:
    """Return the reasons of the lines by code; of several lines the first counts."""
    reasons: dict[str, SourceText] = {}
    for n, line in enumerate(budget.basic_expenditure):
        if line.reason is not None:
            reasons.setdefault(line.economic, SourceText(line.reason, f"/{KEY}/{n}/reason"))
    return reasons
