"""Terms that a layout's glossary explains and the document too: the document's explanation is printed, in its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..facts.glossary import POINTER, term_key
from ..tree.nodes import Text, plain
from .lines import Line

_WITH_BRACKETS = re.compile(r"(.+)（([^（）]+)）")
"""A term with another name of it: 行政经费（机关运行经费）."""


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A term that the document explains in the layout's place; ``pointer`` is that of its explanation."""

    name: str
    pointer: str


def with_own_terms(lines: Sequence[Line]) -> tuple[tuple[Line, ...], list[OwnTerm]]:
    """Return the lines of one template with each term once, and the terms whose explanation by the layout gave way.

    The document's line comes where the layout's was, so that the order of the terms stays.
    """
    own = {n: pointer for n, line in enumerate(lines) if (pointer := _pointer(line))}
    by_name: dict[str, int] = {}
    for n in own:
        for name in _names(lines[n]):
            by_name.setdefault(name, n)
    layouts = (n for n, line in enumerate(lines) if own and n not in own and not line.depth)
    instead = {n: by_name[name] for n in layouts for name in _names(lines[n]) if name in by_name}
    first = {n: min([n, *(at for at, other in instead.items() if other == n)]) for n in instead.values()}
    at = {place: n for n, place in first.items()}
    kept = [lines[at.get(n, n)] for n in range(len(lines)) if n in at or not (n in instead or n in first)]
    return tuple(kept), [OwnTerm(_term(lines[n]) or lines[n].name, own[other]) for n, other in instead.items()]


def _pointer(line: Line) -> str:
    """Return the pointer of the document's explanation that a line prints; "" for a line without one."""
    sources = (run.source for run in line.runs if isinstance(run, Text))
    return next((source for source in sources if POINTER.match(source)), "")


def _names(line: Line) -> list[str]:
    """Return what a line of a glossary may be known by: its name, the term before the colon, what is in brackets."""
    names = [name for name in (line.name, _term(line)) if name]
    inside = [part for name in names if (match := _WITH_BRACKETS.fullmatch(name)) for part in match.groups()]
    return [term_key(name) for name in (*names, *inside)]


def _term(line: Line) -> str:
    """Return the term before the colon, "" for a line without one."""
    term, colon, _ = plain(line.runs).partition("：")
    return term if colon else ""
