"""Amounts by economic code: a code is stated by its own cells, or is the sum of the codes below it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from ..budget.codes import CodeBook
from .fact import Fact, SourceText, total
from .function_tree import bottom_up, children_of

Cells = list[tuple[str, str | None, str, Decimal]]
"""Cells of the document: economic code, unit, JSON pointer, amount."""


def economic_tree(name: str, cells: Cells) -> dict[str, Fact]:
    """Return the amount of each code of ``cells`` and of the codes above; nothing for no cells.

    Where several units state amounts, each has a tree of its own and these are added up; a cell without a unit stands
    for the whole department.
    """
    if not cells:
        return {}
    units = dict.fromkeys(unit for _, unit, _, _ in cells if unit)
    if len(units) > 1:
        trees = [economic_tree(f"{name}@{unit}", [cell for cell in cells if cell[1] == unit]) for unit in units]
        own = [cell for cell in cells if not cell[1]]
        codes = children_of([*(code for tree in trees for code in tree), *(cell[0] for cell in own)])
        return {
            code: _stated(f"{name}.{code}", own, code)
            or total(f"{name}.{code}", [tree[code] for tree in trees if code in tree])
            for code in codes
        }
    children = children_of(cell[0] for cell in cells)
    amounts: dict[str, Fact] = {}
    for code in bottom_up(children):
        below: Sequence[Fact] = [amounts[child] for child in children[code]]
        amounts[code] = _stated(f"{name}.{code}", cells, code) or total(f"{name}.{code}", below)
    return amounts


def _stated(name: str, cells: Cells, code: str) -> Fact | None:
    """Return what the cells of a code add up to, or None without any."""
    own = [Fact(f"{name}@{n}", cell[3], pointers=(cell[2],)) for n, cell in enumerate(cells) if cell[0] == code]
    if len(own) == 1:
        return Fact(name, own[0].value, pointers=own[0].pointers)
    return total(name, own) if own else None


def economic_name(code: str, own: str | None, pointer: str, book: CodeBook) -> SourceText:
    """Return the name of a code: of a verified row of the book, else as the line states it, else of the book."""
    entry = book.economic.get(code)
    if own and not (entry and entry.verified):
        return SourceText(own, f"{pointer}/name")
    return SourceText(entry.name) if entry else SourceText(code)
