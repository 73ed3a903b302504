"""Expenditure by function class, section and item (类、款、项), for one fund and for several together.

A *fund tree* holds the lines of one fund. A line whose code is the parent of another line of the fund is a
stated subtotal and is taken as stated; a parent that is not stated is the sum of its children. A *combined* tree
adds up fund trees code by code, unless the document states the sum of all funds itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..budget.codes import CodeBook
from ..budget.model import ALL, ExpenditureLine
from .fact import Fact, FactGroup, SourceText, read, total

SIMPLE = ("personnel", "operating", "project", "business", "paid_up", "subsidies")
"""The columns that hold money; ``basic`` is the first two, ``total`` is all."""
BASIC = SIMPLE[:2]
PARTS = ("total", "basic", *SIMPLE)
LEVELS = {3: 1, 5: 2, 7: 3}

Parts = Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Tree:
    """Facts by code and part; ``ALL`` is the root. ``children`` in order of the codes."""

    name: str
    parts: Mapping[str, Parts]
    children: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class _Lines:
    """The lines of one fund: those of each code with their pointers."""

    by_code: dict[str, list[tuple[str, ExpenditureLine]]] = field(default_factory=dict)

    def add(self, pointer: str, line: ExpenditureLine) -> None:
        self.by_code.setdefault(line.function, []).append((pointer, line))


def parent(code: str) -> str:
    """The code above: 2080101 → 20801 → 208 → 合计."""
    return code[:-2] if len(code) > 3 else ALL


def ancestry(codes: Iterable[str]) -> dict[str, list[str]]:
    """The children of every code, all parents filled in, in order of the codes."""
    children: dict[str, list[str]] = {ALL: []}
    known = {ALL}
    for code in codes:
        while code not in known:
            known.add(code)
            children.setdefault(code, [])
            children.setdefault(parent(code), []).append(code)
            code = parent(code)
    return {code: sorted(below) for code, below in children.items()}


def fund_tree(name: str, lines: Iterable[tuple[str, ExpenditureLine]]) -> Tree:
    """The tree of one fund's lines (each with its JSON pointer)."""
    own = _Lines()
    for pointer, line in lines:
        own.add(pointer, line)
    children = ancestry(own.by_code)
    parts: dict[str, Parts] = {}
    for code in _bottom_up(children):
        parts[code] = _parts_of(f"{name}.{code}", own.by_code.get(code, []), [parts[c] for c in children[code]])
    return Tree(name, parts, children)


def combined_tree(name: str, trees: Sequence[Tree], stated: Iterable[tuple[str, ExpenditureLine]] = ()) -> Tree:
    """Several fund trees added up; ``stated`` are the document's own sums of all funds, which win."""
    own = _Lines()
    for pointer, line in stated:
        own.add(pointer, line)
    children = ancestry({code for tree in trees for code in tree.parts if code != ALL} | own.by_code.keys() - {ALL})
    parts: dict[str, Parts] = {}
    for code in _bottom_up(children):
        if code in own.by_code:
            parts[code] = _stated(f"{name}.{code}", own.by_code[code])
        else:
            having = [tree.parts[code] for tree in trees if code in tree.parts]
            parts[code] = {p: total(f"{name}.{code}.{p}", (facts[p] for facts in having)) for p in PARTS}
    return Tree(name, parts, children)


def _bottom_up(children: Mapping[str, Sequence[str]]) -> list[str]:
    return sorted(children, key=lambda code: -1 if code == ALL else len(code), reverse=True)


def _parts_of(name: str, lines: list[tuple[str, ExpenditureLine]], below: Sequence[Parts]) -> Parts:
    if lines:
        return _stated(name, lines)
    return {part: total(f"{name}.{part}", (facts[part] for facts in below)) for part in PARTS}


def _stated(name: str, lines: list[tuple[str, ExpenditureLine]]) -> Parts:
    """One code's own lines (several when units report apart), column by column."""
    facts = {part: _column(f"{name}.{part}", part, lines) for part in SIMPLE}
    facts["basic"] = _stated_sum(f"{name}.basic", "basic", lines, [facts[part] for part in BASIC])
    beside = [facts["basic"], *(facts[part] for part in SIMPLE[2:])]
    facts["total"] = _stated_sum(f"{name}.total", "total", lines, beside)
    return facts


def _column(name: str, part: str, lines: list[tuple[str, ExpenditureLine]]) -> Fact:
    cells = [read(f"{name}@{n}", getattr(line, part), f"{pointer}/{part}") for n, (pointer, line) in enumerate(lines)]
    if len(cells) == 1:
        return Fact(name, cells[0].value, pointers=cells[0].pointers)
    return total(name, cells)


def _stated_sum(name: str, part: str, lines: list[tuple[str, ExpenditureLine]], otherwise: list[Fact]) -> Fact:
    if len(lines) == 1 and getattr(lines[0][1], part) is not None:
        return read(name, getattr(lines[0][1], part), f"{lines[0][0]}/{part}")
    return total(name, otherwise)


def tree_group(
    tree: Tree, book: CodeBook, about: Mapping[str, ExpenditureLine], pointers: Mapping[str, str]
) -> FactGroup:
    """The tree as a group: the parts of all, ``rows`` in printed order, ``classes``, ``items``, a group per code."""
    group = FactGroup(tree.name, **_renamed(tree.parts[ALL], f"{tree.name}."))
    rows = [_row(tree, code, book, about, pointers) for code in sorted(set(tree.parts) - {ALL})]
    group.put(**{row.key: row for row in rows})
    group.put(
        rows=rows,
        classes=[row for row in rows if row.level == 1 and row.total],
        items=[row for row in rows if not tree.children[row.key] and row.total],
    )
    return group


def _renamed(parts: Parts, prefix: str) -> dict[str, Fact]:
    """The root's facts under their short names: ``expenditure.total`` instead of ``expenditure.合计.total``."""
    return {
        part: Fact(prefix + part, fact.value, formula=fact.formula, inputs=fact.inputs, pointers=fact.pointers)
        for part, fact in parts.items()
    }


def _row(
    tree: Tree, code: str, book: CodeBook, about: Mapping[str, ExpenditureLine], pointers: Mapping[str, str]
) -> FactGroup:
    row = FactGroup(f"{tree.name}.{code}", key=code, code=SourceText(code), level=LEVELS[len(code)], **tree.parts[code])
    row.put(name=function_name(code, book, about, pointers))
    row.put(class_name=function_name(code[:3], book, about, pointers))
    row.put(section_name=function_name(code[:5], book, about, pointers))
    line = about.get(code)
    use = line.use if line else None
    row.put(use=None if use is None else SourceText(use, f"{pointers[code]}/use"))
    return row


def function_name(
    code: str, book: CodeBook, about: Mapping[str, ExpenditureLine], pointers: Mapping[str, str]
) -> SourceText:
    """The name of a function code: the code book's where the row is verified, else the document's, else the book's."""
    entry, line = book.functions.get(code), about.get(code)
    if line and line.name and not (entry and entry.verified):
        return SourceText(line.name, f"{pointers[code]}/name")
    return SourceText(entry.name) if entry else SourceText(code)
