"""Expenditure by function class, section and item (类、款、项), of one fund or of several funds added up.

The tree of one fund holds the lines of that fund. A line whose code is the parent of another line of the fund is a
*stated* subtotal and is taken as stated; a parent that is not stated is the sum of its children. Where several units
have lines of one code, each line counts once: by the total that it states, or else by its columns. A combined tree adds
up the trees of funds code by code, unless the document states the sum of all funds itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..budget.codes import CodeBook
from ..budget.lines import ALL, ExpenditureLine
from .fact import ZERO, Fact, FactGroup, SourceText, read, total

INPUT_COLUMNS = ("personnel", "operating", "project", "business", "paid_up", "subsidies")
"""The columns that hold input; ``basic`` is the sum of the first two, ``total`` the sum of all."""
BASIC_COLUMNS = INPUT_COLUMNS[:2]
COLUMNS = ("total", "basic", *INPUT_COLUMNS)
LEVELS = {3: 1, 5: 2, 7: 3}
"""Length of a code → its level: class, section, item."""

Amounts = Mapping[str, Fact]
"""The facts of one code, by column."""
Lines = Sequence[tuple[str, ExpenditureLine]]
"""Lines of the document with their JSON pointers."""


@dataclass(frozen=True, slots=True)
class FunctionTree:
    """The amounts of each code; ``ALL`` is the root. ``children`` are in order of their codes."""

    name: str
    amounts: Mapping[str, Amounts]
    children: Mapping[str, Sequence[str]]


def parent(code: str) -> str:
    """Return the parent of a code: 2080101 → 20801 → 208 → 合计."""
    return code[:-2] if len(code) > 3 else ALL


def children_of(codes: Iterable[str]) -> dict[str, list[str]]:
    """Return the children of each code, in order; all ancestors of ``codes`` are included."""
    children: dict[str, list[str]] = {ALL: []}
    known = {ALL}
    for code in codes:
        while code not in known:
            known.add(code)
            children.setdefault(code, [])
            children.setdefault(parent(code), []).append(code)
            code = parent(code)
    return {code: sorted(below) for code, below in children.items()}


def bottom_up(children: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the codes with the longest first and ``ALL`` last, so that children precede their parents."""
    return sorted(children, key=lambda code: -1 if code == ALL else len(code), reverse=True)


def fund_tree(name: str, lines: Lines) -> FunctionTree:
    """Return the tree of the lines of one fund.

    A subtotal that a unit states stands for the lines of that unit alone: then the trees of the units are added up.
    """
    by_code = _by_code(lines)
    children = children_of(by_code)
    if unit_states_subtotal(children, by_code):
        own: dict[str | None, list[tuple[str, ExpenditureLine]]] = {}
        for pointer, line in lines:
            own.setdefault(line.unit, []).append((pointer, line))
        trees = [fund_tree(f"{name}@{unit}", of_unit) for unit, of_unit in own.items() if unit]
        return combined_tree(name, trees, own.get(None, ()))
    amounts: dict[str, Amounts] = {}
    for code in bottom_up(children):
        if code in by_code:
            amounts[code] = _stated(f"{name}.{code}", by_code[code])
        else:
            amounts[code] = _sums(f"{name}.{code}", [amounts[child] for child in children[code]])
    return FunctionTree(name, amounts, children)


def combined_tree(name: str, trees: Sequence[FunctionTree], stated: Lines = ()) -> FunctionTree:
    """Return the sum of several trees; where ``stated`` has lines of a code (sums of all funds), those are taken."""
    by_code = _by_code(stated)
    children = children_of({code for tree in trees for code in tree.amounts if code != ALL} | by_code.keys() - {ALL})
    amounts: dict[str, Amounts] = {}
    for code in bottom_up(children):
        if code in by_code:
            amounts[code] = _stated(f"{name}.{code}", by_code[code])
        else:
            amounts[code] = _sums(f"{name}.{code}", [tree.amounts[code] for tree in trees if code in tree.amounts])
    return FunctionTree(name, amounts, children)


def unit_states_subtotal(children: Mapping[str, Sequence[str]], lines: Mapping[str, Sequence[tuple[str, Any]]]) -> bool:
    """Whether one of several units states a subtotal: a line whose code is the parent of other lines' codes."""
    subtotals = any(children[code] and any(line.unit for _, line in lines[code]) for code in lines)
    return subtotals and len({line.unit for of_code in lines.values() for _, line in of_code}) > 1


def _by_code(lines: Lines) -> dict[str, list[tuple[str, ExpenditureLine]]]:
    """Return the lines of each code; a code has several when the units report separately."""
    by_code: dict[str, list[tuple[str, ExpenditureLine]]] = {}
    for pointer, line in lines:
        by_code.setdefault(line.function, []).append((pointer, line))
    return by_code


def _sums(name: str, parts: Sequence[Amounts]) -> Amounts:
    return {column: _sum(f"{name}.{column}", column, parts) for column in COLUMNS}


def _sum(name: str, column: str, parts: Sequence[Amounts]) -> Fact:
    return total(name, (amounts[column] for amounts in parts))


def _stated(name: str, lines: Lines) -> Amounts:
    """Return the amounts of the lines of one code, column by column."""
    amounts = {column: _column(f"{name}.{column}", column, lines) for column in INPUT_COLUMNS}
    if len(lines) > 1 and any(line.basic is not None or line.total is not None for _, line in lines):
        of_lines = [_stated(f"{name}@{n}", [line]) for n, line in enumerate(lines)]
        return {**amounts, **{column: _sum(f"{name}.{column}", column, of_lines) for column in ("basic", "total")}}
    amounts["basic"] = _stated_sum(f"{name}.basic", "basic", lines, [amounts[column] for column in BASIC_COLUMNS])
    summands = [amounts["basic"], *(amounts[column] for column in INPUT_COLUMNS[2:])]
    amounts["total"] = _stated_sum(f"{name}.total", "total", lines, summands)
    return amounts


def _column(name: str, column: str, lines: Lines) -> Fact:
    cells = [
        read(f"{name}@{n}", getattr(line, column), f"{pointer}/{column}") for n, (pointer, line) in enumerate(lines)
    ]
    if len(cells) == 1:
        return Fact(name, cells[0].value, pointers=cells[0].pointers)
    return total(name, cells)


def _stated_sum(name: str, column: str, lines: Lines, summands: Sequence[Fact]) -> Fact:
    """Return the sum that a single line states, or else the sum of ``summands``."""
    if len(lines) == 1:
        pointer, line = lines[0]
        stated = getattr(line, column)
        if stated is not None:
            return read(name, stated, f"{pointer}/{column}")
    return total(name, summands)


def tree_group(
    tree: FunctionTree,
    book: CodeBook,
    described: Mapping[str, ExpenditureLine],
    pointers: Mapping[str, str],
    finish: Callable[[FactGroup], None],
) -> FactGroup:
    """Return the tree as a group: the columns of the root, ``rows`` in printed order, ``classes``, ``items``.

    The group also has each row under its code. ``described`` and ``pointers`` are, by code, the line with the name and
    use of the code and its JSON pointer. ``finish`` gets each row that is made on request.
    """
    group = FactGroup(tree.name, **_renamed(tree.amounts[ALL], f"{tree.name}."))
    rows = [
        tree_row(tree.name, code, tree.amounts[code], book, described, pointers)
        for code in sorted(set(tree.amounts) - {ALL})
    ]
    group.put(**{row.key: row for row in rows})
    group.put(
        rows=rows,
        classes=[row for row in rows if row.level == 1 and row.total],
        items=[row for row in rows if not tree.children[row.key] and row.total],
    )
    group.on_request(lambda name: _of_book(group, name, book, finish))
    return group


def _of_book(
    group: FactGroup, name: str, book: CodeBook, finish: Callable[[FactGroup], None]
) -> FactGroup | list[FactGroup] | None:
    """Return what a tree has of the code book: ``all_classes``, or the row of a code without expenditure, all zero."""
    if name == "all_classes":
        codes = {code for code in book.functions if len(code) == 3} | {row.key for row in group.classes}
        return [group[code] for code in sorted(codes)]
    if name not in book.functions:
        return None
    prefix = f"{group.dotted}.{name}"
    row = FactGroup(prefix, key=name, code=SourceText(name), level=LEVELS[len(name)], use=None)
    row.put(**{column: Fact(f"{prefix}.{column}", ZERO) for column in COLUMNS})
    names = [book.functions.get(name[:length]) for length in (len(name), 3, 5)]
    row.put(
        **{
            key: SourceText(entry.name if entry else name)
            for key, entry in zip(("name", "class_name", "section_name"), names, strict=True)
        }
    )
    if len(name) == 3:
        row.put(share=None)
    finish(row)
    return row


def _renamed(amounts: Amounts, prefix: str) -> dict[str, Fact]:
    """Return the facts of the root with short names: ``expenditure.total`` instead of ``expenditure.合计.total``."""
    return {
        column: Fact(prefix + column, fact.value, formula=fact.formula, inputs=fact.inputs, pointers=fact.pointers)
        for column, fact in amounts.items()
    }


def tree_row(
    name: str,
    code: str,
    amounts: Amounts,
    book: CodeBook,
    described: Mapping[str, ExpenditureLine],
    pointers: Mapping[str, str],
) -> FactGroup:
    """Return the row of one code with its names and its use; ``name`` is the dotted name of the tree."""
    row = FactGroup(f"{name}.{code}", key=code, code=SourceText(code), level=LEVELS[len(code)], **amounts)
    row.put(name=function_name(code, book, described, pointers))
    row.put(class_code=SourceText(code[:3]), class_name=function_name(code[:3], book, described, pointers))
    row.put(section_name=function_name(code[:5], book, described, pointers))
    line = described.get(code)
    use = line.use if line else None
    row.put(use=None if use is None else SourceText(use, f"{pointers[code]}/use"))
    return row


def function_name(
    code: str, book: CodeBook, described: Mapping[str, ExpenditureLine], pointers: Mapping[str, str]
) -> SourceText:
    """Return the name of a function code.

    A verified row of the code book wins over the document, the document over an unverified row; without any of them
    the code is the name.
    """
    entry, line = book.functions.get(code), described.get(code)
    if line and line.name and not (entry and entry.verified):
        return SourceText(line.name, f"{pointers[code]}/name")
    return SourceText(entry.name) if entry else SourceText(code)
