"""Attribute printed changes to the changes of the data (causes), through the facts and the pointers of their runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..facts import Fact, FactGroup, FactsByName
from ..tree.nodes import Figure, Run, Text
from .causes import Cause
from .change import Change
from .locations import Location

CauseNumbers = frozenset[int]
NONE: CauseNumbers = frozenset()


class CauseIndex:
    """The causes of one of the two versions by their JSON pointers, with the facts computed from it."""

    def __init__(self, pointers: Sequence[str], moved: set[int], facts: FactGroup) -> None:
        """``pointers``: one for each cause, "" where this version has none; the ``moved`` only changed their order."""
        self._by_cell = _by_pointer((n, p) for n, p in enumerate(pointers) if n not in moved)
        self._by_row = _by_pointer((n, row_of(p)) for n, p in enumerate(pointers))
        self._facts = FactsByName(facts)
        self._of_fact: dict[str, CauseNumbers] = {}

    def of_facts(self, names: Iterable[str]) -> CauseNumbers:
        """Return the causes among the cells that the facts are computed from."""
        return NONE.union(*(self._causes_of_fact(name) for name in names))

    def of_texts(self, pointers: Iterable[str]) -> CauseNumbers:
        """Return the causes that changed texts of the data, or the rows and lists that hold them."""
        return NONE.union(*(self._at_or_above(pointer) for pointer in pointers))

    def of_rows(self, location: Location) -> CauseNumbers:
        """Return the causes anywhere in the rows of the data that a location, or what is beside it, comes from."""
        cells = {cell for run in (*location.runs, *location.beside) for cell in self._cells(run)}
        cells |= {cell for name in location.basis for cell in self._facts[name].cells()}
        return NONE.union(*(self._by_row.get(row_of(cell), NONE) for cell in cells))

    def _cells(self, run: Run) -> Iterator[str]:
        if isinstance(run, Figure):
            yield from self._facts[run.fact].cells()
        elif run.source:
            yield run.source

    def _causes_of_fact(self, name: str) -> CauseNumbers:
        if name not in self._of_fact:
            fact: Fact = self._facts[name]
            self._of_fact[name] = NONE.union(*map(self._at_or_above, fact.cells()))
        return self._of_fact[name]

    def _at_or_above(self, cell: str) -> CauseNumbers:
        """The causes at a cell and at everything that holds it."""
        steps = cell.split("/")
        return NONE.union(*(self._by_cell.get("/".join(steps[:n]), NONE) for n in range(2, len(steps) + 1)))


def row_of(pointer: str) -> str:
    """Return the row of the data that a pointer leads into: /expenditure/4/project → /expenditure/4."""
    return "/".join(pointer.split("/")[:3])


def _by_pointer(numbered: Iterable[tuple[int, str]]) -> dict[str, CauseNumbers]:
    numbers: dict[str, set[int]] = {}
    for n, pointer in numbered:
        if pointer:
            numbers.setdefault(pointer, set()).add(n)
    return {pointer: frozenset(causes) for pointer, causes in numbers.items()}


def cause_indexes(causes: Sequence[Cause], old: FactGroup, new: FactGroup) -> tuple[CauseIndex, CauseIndex]:
    """Return the index of the causes in the old version and in the new one."""
    moved = {n for n, cause in enumerate(causes) if cause.kind == "moved"}
    return CauseIndex([c.old for c in causes], moved, old), CauseIndex([c.new for c in causes], moved, new)


def attribute(
    changes: Sequence[Change], before: CauseIndex, after: CauseIndex, edits: Mapping[str, CauseNumbers]
) -> tuple[Change, ...]:
    """Return the changes with their causes: a change's own, else its row's, else those of the changes around it.

    ``edits`` are the causes that are hand edits, by the id of the block they change.
    """
    own = [_own(change, before, after) | edits.get(change.location.block, NONE) for change in changes]
    own = [numbers or _of_row(change, before, after) for change, numbers in zip(changes, own, strict=True)]
    around = _around(changes, own)
    causes = [numbers or next(filter(None, groups), NONE) for numbers, groups in zip(own, around, strict=True)]
    return tuple(
        replace(change, causes=tuple(sorted(numbers))) for change, numbers in zip(changes, causes, strict=True)
    )


def _own(change: Change, before: CauseIndex, after: CauseIndex) -> CauseNumbers:
    """Through the figures and texts that both versions do not share, and what the wording was decided on."""
    old_figures, new_figures = _runs(change.old, Figure), _runs(change.new, Figure)
    old_texts, new_texts = _runs(change.old, Text), _runs(change.new, Text)
    causes = before.of_facts(run.fact for run in _without(old_figures, new_figures) if isinstance(run, Figure))
    causes |= after.of_facts(run.fact for run in _without(new_figures, old_figures) if isinstance(run, Figure))
    causes |= before.of_texts(run.source for run in _without(old_texts, new_texts) if isinstance(run, Text))
    causes |= after.of_texts(run.source for run in _without(new_texts, old_texts) if isinstance(run, Text))
    if _layout_words(old_texts) != _layout_words(new_texts):
        causes |= before.of_facts(change.old.basis if change.old else ())
        causes |= after.of_facts(change.new.basis if change.new else ())
    return causes


def _of_row(change: Change, before: CauseIndex, after: CauseIndex) -> CauseNumbers:
    causes = NONE
    for location, index in ((change.old, before), (change.new, after)):
        if location:
            causes |= index.of_rows(location)
    return causes


def _runs(location: Location | None, kind: type[Run]) -> list[Run]:
    return [run for run in location.runs if isinstance(run, kind)] if location else []


def _without(runs: Sequence[Run], others: Sequence[Run]) -> list[Run]:
    """The runs that the others do not have: figures by fact and numeral, texts by their words."""
    left = Counter(map(_identity, others))
    missing = []
    for run in runs:
        left[_identity(run)] -= 1
        if left[_identity(run)] < 0:
            missing.append(run)
    return missing


def _identity(run: Run) -> tuple[str, str]:
    return (run.fact if isinstance(run, Figure) else "", run.text)


def _layout_words(texts: Iterable[Run]) -> str:
    return "".join(run.text for run in texts if isinstance(run, Text) and not run.source)


def _around(changes: Sequence[Change], own: Sequence[CauseNumbers]) -> list[tuple[CauseNumbers, ...]]:
    """For each change the causes of others, nearest first.

    First those in its block (for a number: those that add, remove or move something under its heading), then those
    that add, remove or move something under its heading, then all under its heading.
    """
    in_block: dict[str, CauseNumbers] = {}
    under: dict[str, CauseNumbers] = {}
    rearranging: dict[str, CauseNumbers] = {}
    for change, numbers in zip(changes, own, strict=True):
        location = change.location
        in_block[location.block] = in_block.get(location.block, NONE) | numbers
        under[location.under] = under.get(location.under, NONE) | numbers
        if change.what != "changed":
            rearranging[location.under] = rearranging.get(location.under, NONE) | numbers
    locations = [change.location for change in changes]
    return [
        (
            rearranging.get(location.under, NONE) if location.kind == "number" else in_block[location.block],
            rearranging.get(location.under, NONE),
            under[location.under],
        )
        for location in locations
    ]
