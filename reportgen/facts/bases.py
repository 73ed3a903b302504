"""Bases, which figures are compared with: their names, and those that lines state and add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..budget.terms import BASE_PARTS, BUDGETED_KINDS, KINDS, BaseKind
from .fact import Fact, FactGroup, total

Bases = Mapping[tuple[BaseKind, str], Fact]
"""Bases of one group, by their kind and column."""
BaseStates = dict[str, Fact | None]
"""Bases by code or column: None where this year has an amount without a base; a key that is missing has neither."""
NONE: Bases = {}
Earlier = Mapping[BaseKind, FactGroup]
"""A group as other documents published it, by the kind of base that it is."""
NOT_PUBLISHED: Earlier = {}


def base_name(group: str, kind: BaseKind, column: str) -> str:
    """Return the dotted name of a base of a group."""
    return f"{group}.{BASE_PARTS[kind]}.{kind}.{column}"


def base_of(group: FactGroup, kind: BaseKind, column: str = "total") -> Fact | None:
    """Return a base of a group, or None where it is not known."""
    base: Fact | None = group[BASE_PARTS[kind]][kind][column]
    return base


def add_state(states: BaseStates, key: str, name: str, parts: Iterable[Fact | None]) -> None:
    """Put the sum of the bases ``parts`` under ``key``: None if one is None, nothing if there are none."""
    known = list(parts)
    if known:
        states[key] = None if None in known else total(name, [part for part in known if part is not None])


def line_state(
    name: str, line: Any, pointer: str, kind: BaseKind, amounts: Sequence[str], part: str = "last"
) -> list[Fact | None]:
    """Return the base of a line in a list: None where it has an amount and no base; an empty list for neither.

    ``part`` is the field that has last year's figures of ``amounts``; those of this year's budget have their own.
    """
    part = "budgeted" if kind in BUDGETED_KINDS else part
    last = getattr(line, part)
    value = None if last is None else getattr(last, kind)
    if value is not None:
        return [Fact(name, value, pointers=(f"{pointer}/{part}/{kind}",))]
    return [None] if any(getattr(line, amount) for amount in amounts) else []


def states_as_bases(kind: BaseKind, states: Mapping[str, Fact | None]) -> dict[tuple[BaseKind, str], Fact]:
    """Return the known ones of states by column as bases of ``kind``."""
    return {(kind, column): base for column, base in states.items() if base is not None}


def bases_of_lines(name: str, lines: Sequence[tuple[str, Any]], amounts: Sequence[str]) -> Bases:
    """Return the bases of what ``lines``, each with its pointer, add up to, by kind; ``amounts`` are their fields."""
    bases: dict[tuple[BaseKind, str], Fact] = {}
    for kind in KINDS:
        whole, states = f"{name}.last.{kind}.total", BaseStates()
        parts: list[Fact | None] = []
        for n, (pointer, line) in enumerate(lines):
            parts += line_state(whole if len(lines) == 1 else f"{whole}@{n}", line, pointer, kind, amounts)
        add_state(states, "total", whole, parts)
        bases |= states_as_bases(kind, states)
    return bases
