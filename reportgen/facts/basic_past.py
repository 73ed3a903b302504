"""The past of 一般公共预算基本支出 by economic class and section."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from ..budget.lines import ALL, BasicLine
from ..budget.model import Budget
from ..budget.terms import KINDS, TOTAL_NAMES, BaseKind
from ..budget.withheld import may_lack_rows
from .base_tree import BaseTree, base_tree
from .bases import NONE, NOT_PUBLISHED, Bases
from .fact import ZERO, Fact, FactGroup, SourceText, read, total
from .past import Past, was_published

PERSONNEL, OPERATING = ("301", "303"), ("302", "310")
COLUMN_CLASSES = {"personnel": PERSONNEL, "operating": OPERATING}
COLUMNS = ("total", *COLUMN_CLASSES)
COLUMN_NAMES = {"人员经费": "personnel", "公用经费": "operating"}
Moved = Mapping[str, str]
"""Economic sections (款) that a line counts in the other column than their class: by code, the column.

Of a section with lines in both columns the part that is moved has a code of its own: 30399, then :data:`PART`.
"""
PART = "*"
NAME, KEY = "basic", "basic_expenditure"


def moved_column(line: BasicLine) -> str | None:
    """Return the column in which a line is counted, if it is another than that of its class."""
    column = COLUMN_NAMES.get(line.counted_as or "")
    return column if column and line.economic[:3] not in COLUMN_CLASSES[column] else None


def moved_sections(budget: Budget, unit: str | None = None) -> Moved:
    """Return the sections, and the parts of sections, that are counted in another column than that of their class.

    With ``unit`` only the lines of that unit count.
    """
    lines = [line for line in budget.basic_expenditure if unit in (None, line.unit)]
    stay = {line.economic for line in lines if not moved_column(line)}
    return {line.economic + PART * (line.economic in stay): column for line in lines if (column := moved_column(line))}


def moved_parts(
    budget: Budget, moved: Moved, value: Callable[[int, BasicLine], Fact | None], unit: str | None = None
) -> dict[str, Fact | None]:
    """Return the amounts of the parts of sections that are moved: the sums of ``value`` of their lines.

    With ``unit`` only the lines of that unit count.
    """
    parts: dict[str, Fact | None] = {}
    for code in (code for code in moved if code.endswith(PART)):
        lines = (
            (n, line)
            for n, line in enumerate(budget.basic_expenditure)
            if line.economic + PART == code and unit in (None, line.unit)
        )
        facts = [value(n, line) for n, line in lines if moved_column(line)]
        known = [fact for fact in facts if fact is not None]
        parts[code] = total(f"{NAME}.{code}", known) if len(known) == len(facts) else None
    return parts


def in_column(
    name: str, column: str, codes: Iterable[str], amounts: Mapping[str, Fact | None], moved: Moved
) -> Fact | None:
    """Return what of the amounts of ``codes`` is in a column: of its classes, without what is moved away from them.

    None where an amount that counts is not known.
    """
    parts: list[tuple[int, Fact | None]] = []
    for code in codes:
        own = code[:3] in COLUMN_CLASSES[column]
        parts += [(1, amounts[code])] if own and code in amounts and code not in moved else []
        for section, to in moved.items():
            if section.startswith(code) and section in amounts and (own or to == column):
                parts += [(1 if to == column else -1, amounts[section])] if section != code or to == column else []
    known = [(sign, fact) for sign, fact in parts if fact is not None]
    if len(known) < len(parts):
        return None
    if all(sign > 0 for sign, _ in known):
        return total(name, [fact for _, fact in known])
    formula = " ".join(f"{'+' if sign > 0 else '-'} {fact.name}" for sign, fact in known).removeprefix("+ ")
    value = sum((sign * fact.value for sign, fact in known), ZERO)
    return Fact(name, value, formula=formula, inputs=tuple(fact for _, fact in known))


def put_past(group: FactGroup, budget: Budget, past: Past, new_row: Callable[[str], FactGroup]) -> None:
    """Put into the group and its rows what they were last year; add ``compared_rows`` and ``compared_classes``."""
    lines = [(line.economic, f"/{KEY}/{n}", line) for n, line in enumerate(budget.basic_expenditure)]
    trees: dict[BaseKind, BaseTree] = {}
    if any(line.last for _, _, line in lines):
        may_lack = partial(may_lack_rows, budget.withheld, KEY)
        trees = {kind: base_tree(NAME, kind, lines, ("amount",), may_lack) for kind in KINDS}
    moved = moved_sections(budget)
    for kind, tree in trees.items():
        tree.bases.update(moved_parts(budget, moved, partial(_last, kind)))
    _put_rows(group, trees, moved, _reasons(budget), past, new_row)
    _put_total(group, trees, moved, past)


def _last(kind: BaseKind, n: int, line: BasicLine) -> Fact | None:
    value = getattr(line.last, kind, None)
    return None if value is None else read(f"{NAME}.last.{kind}@{n}", value, f"/{KEY}/{n}/last/{kind}")


def _put_total(group: FactGroup, trees: Mapping[BaseKind, BaseTree], moved: Moved, past: Past) -> None:
    summed: dict[tuple[BaseKind, str], Fact] = {}
    for kind, tree in trees.items():
        if (base := tree.bases.get(ALL)) is not None:
            summed[kind, "total"] = total(f"{NAME}.last.{kind}.total", [base])
        for column, classes in COLUMN_CLASSES.items():
            states = [tree.bases[code] for code in classes if code in tree.bases]
            if (states or moved) and None not in states:
                codes = sorted({code[:3] for code in tree.bases if code != ALL} if moved else classes)
                base = in_column(f"{NAME}.last.{kind}.{column}", column, codes, tree.bases, moved)
                if base is not None:
                    summed[kind, column] = base
    stated = past.of_total(KEY, NAME)
    past.put(group, COLUMNS, stated, summed, past.earlier(NAME), TOTAL_NAMES[KEY], past.reason(KEY))


def _put_rows(
    group: FactGroup,
    trees: Mapping[BaseKind, BaseTree],
    moved: Moved,
    reasons: Mapping[str, SourceText],
    past: Past,
    new_row: Callable[[str], FactGroup],
) -> None:
    earlier = past.earlier_rows(NAME)
    compared = list(group.rows)
    known = {code for tree in trees.values() for code, base in tree.bases.items() if base is not None}
    codes = {code for code in known if not code.endswith(PART)}
    codes |= {code for code, of_code in earlier.items() if was_published(past.budget, of_code)}
    for code in sorted(codes - {ALL} - {row.key for row in group.rows}):
        row = new_row(code)
        if code in earlier and row.name.text == code:
            row.put(name=SourceText(next(iter(earlier[code].values())).name.text))
        compared.append(row)
    compared.sort(key=lambda row: str(row.key))
    for row in compared:
        stated, summed = (_bases(trees, row, part, moved) if trees else NONE for part in ("bases", "sums"))
        label, of_row = f"{row.key} {row.name.text}", earlier.get(row.key, NOT_PUBLISHED)
        past.put_row(row, COLUMNS, stated, summed, of_row, label, reasons.get(row.key))
    group.put(compared_rows=compared, compared_classes=[row for row in compared if row.level == 1])


def _bases(trees: Mapping[BaseKind, BaseTree], row: FactGroup, part: str, moved: Moved) -> Bases:
    """Return the bases of a row: what it was is in the column of its class, and the other column was zero."""
    bases: dict[tuple[BaseKind, str], Fact] = {}
    for kind, tree in trees.items():
        base = getattr(tree, part).get(row.key)
        if base is None:
            continue
        bases[kind, "total"] = base
        for column, classes in COLUMN_CLASSES.items():
            name, own = f"{row.dotted}.last.{kind}.{column}", row.key[:3] in classes
            if any(section.startswith(row.key) for section in moved):
                amounts = {**tree.bases, row.key: base}
                if (part_of_base := in_column(name, column, [row.key], amounts, moved)) is not None:
                    bases[kind, column] = part_of_base
            else:
                bases[kind, column] = base if own else Fact(name, ZERO)
    return bases


def _reasons(budget: Budget) -> dict[str, SourceText]:
    """Return the reasons of the lines by code; of several lines the first counts."""
    reasons: dict[str, SourceText] = {}
    for n, line in enumerate(budget.basic_expenditure):
        if line.reason is not None:
            reasons.setdefault(line.economic, SourceText(line.reason, f"/{KEY}/{n}/reason"))
    return reasons
