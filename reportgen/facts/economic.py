"""Expenditure of all funds by economic class and section: basic, projects and both, and the money of each fund."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from ..budget.codes import CodeBook
from ..budget.economic_lines import EconomicLine
from ..budget.lines import ALL, BasicLine, Last
from ..budget.model import Budget
from ..budget.terms import (
    FISCAL_FUNDS,
    FUNDS,
    GENERAL_PUBLIC,
    KINDS,
    OWN_FUNDS,
    OWN_SOURCES,
    BaseKind,
    Fund,
    RevenueSource,
)
from ..budget.withheld import may_lack_rows
from .base_tree import BaseTree, base_tree
from .bases import NOT_PUBLISHED, Bases
from .basic_past import COLUMN_CLASSES
from .economic_tree import Cells, economic_name, economic_tree
from .fact import ZERO, Fact, FactGroup, SourceText, less, source_text, total
from .past import Past
from .positions import put_positions
from .unit_rows import put_unit_rows

PARTS = ("basic", "project")
COLUMNS = ("total", *PARTS)
NAME, BASIC, OTHER = "economic", "basic_expenditure", "economic_expenditure"
FIELDS = {"basic": "basic", "project": "project", "carry": "carry_over"}
Source = Fund | RevenueSource
SOURCES: tuple[Source, ...] = (*FUNDS, *OWN_SOURCES)
"""Where the money of a line comes from: a fund, or one of the kinds of 单位资金."""
APPROPRIATION = "appropriation"
Trees = Mapping[tuple[str, str], dict[str, Fact]]
"""Amounts by code, of a source (its key) and a part."""
NO_GROUPS: Mapping[str, FactGroup] = {}
Names = Mapping[str, tuple[str, str | None]]
"""By code: the pointer of a line, and the name that the line gives the code."""


def economic(budget: Budget, book: CodeBook, past: Past) -> FactGroup:
    """Return the group ``economic``: ``total``, ``basic``, ``project``, a group for each fund, ``rows``, ``classes``.

    一般公共预算基本支出 comes from ``basic_expenditure``, all else from ``economic_expenditure``. Each row is
    also under its code; a code of the book without expenditure is zero. There are groups for 财政拨款
    (``appropriation``) and for each kind of 单位资金, too; ``carry`` is the basic expenditure that carried over money
    pays, and ``this.<fund>`` that of this year's money. ``personnel`` and ``operating`` are the basic expenditure of
    the classes of these names, of all funds.
    """
    names = {line.economic: (pointer, line.name) for pointer, line in _lines(budget)}
    group = _group(NAME, budget, book, names, None)
    _put_past(group, budget, past)
    group.on_request(lambda code: _of_book(code, book, past))
    lines = [line for _, line in _lines(budget)]
    put_unit_rows(group, budget, lines, lambda unit: _of_unit(unit, budget, book, names, past))
    return group


def _of_unit(unit: str, budget: Budget, book: CodeBook, names: Names, past: Past) -> FactGroup:
    """Return what a unit spends, without a past."""
    group = _group(f"{NAME}.units.{unit}", budget, book, names, unit)
    for row in group.rows:
        past.put_row(row, ("total",))
    group.on_request(lambda code: _of_book(code, book, past))
    return group


def _group(name: str, budget: Budget, book: CodeBook, names: Names, unit: str | None) -> FactGroup:
    trees = {(source.key, part): _tree(name, budget, source, part, unit) for source in SOURCES for part in FIELDS}
    codes = sorted({code for tree in trees.values() for code in tree})
    group = FactGroup(name, **_columns(name, ALL, trees))
    unused = {key: group[key] for key in (source.key for source in SOURCES) if not any(trees[key, p] for p in FIELDS)}
    rows = [_row(name, code, trees, names, book, unused) for code in codes if code != ALL]
    group.put(rows=rows, classes=[row for row in rows if row.level == 1], **{row.key: row for row in rows})
    leaves = set(codes) - {code[:3] for code in codes if len(code) > 3} - {ALL}
    group.put(items=[row for row in rows if row.key in leaves and row.total])
    put_positions(rows, [line.economic for _, line in _lines(budget)])
    for column, classes in COLUMN_CLASSES.items():
        group.put(**{column: total(f"{name}.{column}", [row.basic for row in group.classes if row.key in classes])})
    return group


def _lines(budget: Budget) -> Iterator[tuple[str, EconomicLine | BasicLine]]:
    yield from ((f"/{OTHER}/{n}", line) for n, line in enumerate(budget.economic_expenditure))
    yield from ((f"/{BASIC}/{n}", line) for n, line in enumerate(budget.basic_expenditure))


def _tree(name: str, budget: Budget, source: Source, part: str, unit: str | None) -> dict[str, Fact]:
    """Return the amount of each code, of one source and one part; with ``unit`` only that of the unit."""
    field = FIELDS[part]
    names = {source.name} | ({one.name for one in OWN_SOURCES} if source is OWN_FUNDS else set())
    cells: Cells = [
        (line.economic, line.unit, f"/{OTHER}/{n}/{field}", amount)
        for n, line in enumerate(budget.economic_expenditure)
        if line.fund in names and unit in (None, line.unit) and (amount := getattr(line, field)) is not None
    ]
    if source is GENERAL_PUBLIC and part == "basic":
        cells += [
            (line.economic, line.unit, f"/{BASIC}/{n}/amount", line.amount)
            for n, line in enumerate(budget.basic_expenditure)
            if line.amount is not None and unit in (None, line.unit)
        ]
    return economic_tree(f"{name}.{source.key}.{part}", cells)


def _row(
    name: str, code: str, trees: Trees, names: Names, book: CodeBook, unused: Mapping[str, FactGroup] = NO_GROUPS
) -> FactGroup:
    row = FactGroup(f"{name}.{code}", key=code, code=SourceText(code), level=1 if len(code) == 3 else 2)
    pointer, own = names.get(code, ("", None))
    row.put(name=economic_name(code, own, pointer, book), class_code=SourceText(code[:3]))
    row.put(**_columns(row.dotted, code, trees, unused))
    return row


def _columns(name: str, code: str, trees: Trees, unused: Mapping[str, FactGroup] = NO_GROUPS) -> dict[str, Any]:
    """Return the sums of all funds of one code, and a group for each fund, for 财政拨款, for each kind of 单位资金.

    ``unused`` are the groups, all zero, of the sources that the document has no lines of: all rows share them.
    """
    groups: dict[str, FactGroup] = {}
    for source in SOURCES:
        dotted, key = f"{name}.{source.key}", source.key
        if key in unused:
            groups[key] = unused[key]
            continue
        own = {part: trees[key, part][code] for part in FIELDS if code in trees.get((key, part), {})}
        parts = {
            part: total(f"{dotted}.{part}", [own[part]]) if part in own else Fact(f"{dotted}.{part}", ZERO)
            for part in FIELDS
        }
        whole = total(f"{dotted}.total", [parts[part] for part in PARTS]) if own else Fact(f"{dotted}.total", ZERO)
        groups[key] = FactGroup(dotted, total=whole, **parts)
    groups[APPROPRIATION] = FactGroup(
        f"{name}.{APPROPRIATION}",
        **{
            part: total(f"{name}.{APPROPRIATION}.{part}", [groups[fund.key][part] for fund in FISCAL_FUNDS])
            for part in ("total", *FIELDS)
        },
    )
    this = {
        key: less(f"{name}.this.{key}", group.basic, group.carry) if group.carry else group.basic
        for key, group in groups.items()
    }
    sums = {part: total(f"{name}.{part}", (groups[fund.key][part] for fund in FUNDS)) for part in FIELDS}
    whole = total(f"{name}.total", [sums[part] for part in PARTS])
    return {"total": whole, **sums, **groups, "this": FactGroup(f"{name}.this", **this)}


def _of_book(code: str, book: CodeBook, past: Past) -> FactGroup | None:
    if code not in book.economic:
        return None
    row = _row(NAME, code, {}, {}, book)
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
    may_lack = partial(may_lack_rows, budget.withheld, OTHER)
    if lines and any(state.last for _, _, state in known):
        trees = {kind: base_tree(NAME, kind, known, ("amount",), may_lack) for kind in KINDS}
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
            of_row = earlier.get(code, NOT_PUBLISHED)
            past.put_row(row, ("total",), {}, bases, of_row, f"{code} {row.name.text}", reasons.get(code))
