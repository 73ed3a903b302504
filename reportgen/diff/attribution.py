"""Which changes of the data a printed change hangs on, found through the facts and the pointers of its runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..facts import Fact, FactGroup
from ..tree.nodes import Figure, Run, Text
from .causes import Cause
from .change import Change, Location

Numbers = frozenset[int]
NONE: Numbers = frozenset()


class Reach:
    """The changes of one of the two files by their pointers, and the facts computed from it."""

    def __init__(self, pointers: Sequence[str], moved: set[int], facts: FactGroup) -> None:
        """``pointers``: one for each change, "" where this file has none; those ``moved`` only changed their order."""
        self._exact = _by_pointer((n, p) for n, p in enumerate(pointers) if n not in moved)
        self._rows = _by_pointer((n, record_of(p)) for n, p in enumerate(pointers))
        self._facts = {fact.name: fact for fact in facts.facts()}
        self._known: dict[str, Numbers] = {}

    def of_facts(self, names: Iterable[str]) -> Numbers:
        """The changes among the cells behind facts."""
        return NONE.union(*(self._of_fact(name) for name in names))

    def of_words(self, pointers: Iterable[str]) -> Numbers:
        """The changes of texts, or of what holds them."""
        return NONE.union(*(self._above(pointer, self._exact) for pointer in pointers))

    def of_rows(self, spot: Location) -> Numbers:
        """The changes anywhere in the rows of the data that a place, or what stands beside it, comes from."""
        cells = {cell for run in (*spot.runs, *spot.beside) for cell in self._cells(run)}
        cells |= {cell for name in spot.basis for cell in self._facts[name].cells()}
        return NONE.union(*(self._rows.get(record_of(cell), NONE) for cell in cells))

    def _cells(self, run: Run) -> Iterator[str]:
        if isinstance(run, Figure):
            yield from self._facts[run.fact].cells()
        elif run.source:
            yield run.source

    def _of_fact(self, name: str) -> Numbers:
        if name not in self._known:
            fact: Fact = self._facts[name]
            self._known[name] = NONE.union(*(self._above(cell, self._exact) for cell in fact.cells()))
        return self._known[name]

    def _above(self, cell: str, where: dict[str, Numbers]) -> Numbers:
        """The changes of a cell and of everything that holds it."""
        steps = cell.split("/")
        return NONE.union(*(where.get("/".join(steps[:n]), NONE) for n in range(2, len(steps) + 1)))


def record_of(pointer: str) -> str:
    """The row of the data that a pointer leads into: /expenditure/4/project → /expenditure/4."""
    return "/".join(pointer.split("/")[:3])


def _by_pointer(found: Iterable[tuple[int, str]]) -> dict[str, Numbers]:
    numbers: dict[str, set[int]] = {}
    for n, pointer in found:
        if pointer:
            numbers.setdefault(pointer, set()).add(n)
    return {pointer: frozenset(one) for pointer, one in numbers.items()}


def reaches(causes: Sequence[Cause], old: FactGroup, new: FactGroup) -> tuple[Reach, Reach]:
    """The reach of the causes in the old file and in the new one."""
    moved = {n for n, cause in enumerate(causes) if cause.kind == "moved"}
    return Reach([cause.old for cause in causes], moved, old), Reach([cause.new for cause in causes], moved, new)


def explained(
    changes: Sequence[Change], before: Reach, after: Reach, edits: Mapping[str, Numbers]
) -> tuple[Change, ...]:
    """The changes, each with the causes it hangs on: its own, else its row's, else those of what stands around it.

    ``edits`` are the causes that are hand edits, by the id of the block they change.
    """
    found = [_own(one, before, after) | edits.get(one.spot.block, NONE) for one in changes]
    own = [mine or _of_row(one, before, after) for one, mine in zip(changes, found, strict=True)]
    around = _around(changes, own)
    found = [mine or next((a for a in near if a), NONE) for mine, near in zip(own, around, strict=True)]
    return tuple(replace(one, causes=tuple(sorted(numbers))) for one, numbers in zip(changes, found, strict=True))


def _own(change: Change, before: Reach, after: Reach) -> Numbers:
    """Through the figures and words that are not the same in both, and what the wording was decided on."""
    figures, others = _runs(change.old, Figure), _runs(change.new, Figure)
    words, more = _runs(change.old, Text), _runs(change.new, Text)
    found = before.of_facts(run.fact for run in _less(figures, others) if isinstance(run, Figure))
    found |= after.of_facts(run.fact for run in _less(others, figures) if isinstance(run, Figure))
    found |= before.of_words(run.source for run in _less(words, more) if isinstance(run, Text))
    found |= after.of_words(run.source for run in _less(more, words) if isinstance(run, Text))
    if _wording(words) != _wording(more):
        found |= before.of_facts(change.old.basis if change.old else ())
        found |= after.of_facts(change.new.basis if change.new else ())
    return found


def _of_row(change: Change, before: Reach, after: Reach) -> Numbers:
    found = NONE
    for spot, reach in ((change.old, before), (change.new, after)):
        if spot:
            found |= reach.of_rows(spot)
    return found


def _runs(spot: Location | None, kind: type[Run]) -> list[Run]:
    return [run for run in spot.runs if isinstance(run, kind)] if spot else []


def _less(runs: Sequence[Run], others: Sequence[Run]) -> list[Run]:
    """The runs that the others do not have: figures by fact and numeral, words by their text."""
    left = Counter(map(_mark, others))
    found = []
    for run in runs:
        left[_mark(run)] -= 1
        if left[_mark(run)] < 0:
            found.append(run)
    return found


def _mark(run: Run) -> tuple[str, str]:
    return (run.fact if isinstance(run, Figure) else "", run.text)


def _wording(words: Iterable[Run]) -> str:
    return "".join(run.text for run in words if isinstance(run, Text) and not run.source)


def _around(changes: Sequence[Change], own: Sequence[Numbers]) -> list[tuple[Numbers, ...]]:
    """For each change the causes of others: in its block; that come, go or move under its heading; all under it."""
    blocks: dict[str, Numbers] = {}
    siblings: dict[str, Numbers] = {}
    headings: dict[str, Numbers] = {}
    for one, numbers in zip(changes, own, strict=True):
        spot = one.spot
        blocks[spot.block] = blocks.get(spot.block, NONE) | numbers
        headings[spot.under] = headings.get(spot.under, NONE) | numbers
        if one.what != "changed":
            siblings[spot.under] = siblings.get(spot.under, NONE) | numbers
    return [
        (
            siblings.get(one.spot.under, NONE) if one.spot.kind == "number" else blocks[one.spot.block],
            siblings.get(one.spot.under, NONE),
            headings[one.spot.under],
        )
        for one in changes
    ]
