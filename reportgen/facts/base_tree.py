"""Bases by code: those of the lines, and for the codes above them the sums (类, 款, 项 and 经济分类 alike)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..budget.terms import BaseKind
from .bases import BaseStates, add_state, base_name, line_state
from .fact import Fact
from .function_tree import bottom_up, children_of, unit_states_subtotal

CodedLine = tuple[str, str, Any]
"""A line with its code and its JSON pointer: code, pointer, line."""


@dataclass(frozen=True, slots=True)
class BaseTree:
    """The bases of one kind by code: ``bases`` those that count, ``sums`` those of the parts of a code with its own."""

    bases: BaseStates = field(default_factory=dict)
    sums: BaseStates = field(default_factory=dict)


def base_tree(
    name: str,
    kind: BaseKind,
    lines: Sequence[CodedLine],
    amounts: Sequence[str],
    may_lack_rows: Callable[[str], bool] = lambda code: False,
) -> BaseTree:
    """Return the bases of lines: what a code states itself, else the sum of the codes below it.

    ``name`` is the dotted name of the tree, ``amounts`` the fields that hold the amounts of a line. A subtotal that a
    unit states stands for that unit alone: then the trees of the units are added up. A code with a line of its own that
    ``may_lack_rows`` below (保密) has no base but the one it states.
    """
    by_code: dict[str, list[tuple[str, Any]]] = {}
    for code, pointer, line in lines:
        by_code.setdefault(code, []).append((pointer, line))
    children = children_of(by_code)
    if unit_states_subtotal(children, by_code):
        of_units: dict[str | None, list[CodedLine]] = {}
        for code, pointer, line in lines:
            of_units.setdefault(line.unit, []).append((code, pointer, line))
        own = of_units.pop(None, [])
        trees = [
            base_tree(f"{name}@{unit}", kind, of_unit, amounts, may_lack_rows).bases
            for unit, of_unit in of_units.items()
        ]
        return combined_bases(name, kind, trees, own, amounts)
    own_bases = _own(name, kind, by_code, amounts)
    tree = BaseTree()
    for code in bottom_up(children):
        below = [] if code in by_code and may_lack_rows(code) else children[code]
        parts = [tree.bases[child] for child in below if child in tree.bases]
        _add(tree, code, base_name(f"{name}.{code}", kind, "total"), own_bases, parts)
    return tree


def combined_bases(
    name: str, kind: BaseKind, trees: Sequence[BaseStates], stated: Sequence[CodedLine], amounts: Sequence[str]
) -> BaseTree:
    """Return the bases of several trees added up code by code. Codes of ``stated`` lines are taken from there."""
    by_code: dict[str, list[tuple[str, Any]]] = {}
    for code, pointer, line in stated:
        by_code.setdefault(code, []).append((pointer, line))
    own_bases = _own(name, kind, by_code, amounts)
    combined = BaseTree()
    for code in {code for states in (*trees, own_bases) for code in states}:
        parts = [states[code] for states in trees if code in states]
        _add(combined, code, base_name(f"{name}.{code}", kind, "total"), own_bases, parts)
    return combined


def _own(
    name: str, kind: BaseKind, by_code: Mapping[str, Iterable[tuple[str, Any]]], amounts: Sequence[str]
) -> BaseStates:
    """Return the bases of the codes that have lines of their own."""
    states: BaseStates = {}
    for code, of_code in by_code.items():
        whole, lines = base_name(f"{name}.{code}", kind, "total"), list(of_code)
        parts: list[Fact | None] = []
        for n, (pointer, line) in enumerate(lines):
            parts += line_state(whole if len(lines) == 1 else f"{whole}@{n}", line, pointer, kind, amounts)
        add_state(states, code, whole, parts)
    return states


def _add(tree: BaseTree, code: str, name: str, own: BaseStates, parts: Sequence[Fact | None]) -> None:
    """Put the base of one code into the tree: its own, or else the sum of its parts."""
    add_state(tree.sums, code, name, parts)
    if own.get(code) is not None:
        tree.bases[code] = own[code]
    elif tree.sums.get(code) is not None:
        tree.bases[code] = tree.sums[code]
    elif code in own or code in tree.sums:
        tree.bases[code] = None
