"""Where what a finding speaks of is printed: of its pointers, figures and names of places, the printing that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from ..core.finding import Finding, Place
from ..tree.nodes import Document, Table, plain
from .tracer import Tracer, is_inside
from .use_index import UseIndex
from .uses import Use

_NAMED = re.compile(r"(?P<table>[^「」]*)(?:「(?P<row>[^」]*)」(?P<column>.*))?", re.DOTALL)
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LINE = re.compile(r"(?:/[a-z_]+)+/\d+(?=/|$)")
_LEAST = 1.0
"""The least fit of a printing that is shown: it states just what the finding speaks of, or has its figure."""
_SAME_FIGURE, _SAME_NAME = 1.0, 0.1
"""What a printing gains that has a figure of the finding, and for each name (table, row, column) that it shares."""


MOST_PARTS = 20


@dataclass(frozen=True, slots=True)
class PrintedAt:
    """Where something is printed: once, or (``is_parts``) the figures that it is the sum of; nowhere without uses."""

    uses: tuple[Use, ...] = ()
    is_parts: bool = False


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a place of a finding names: cells of the input, figures, the table, and the words of its row and column."""

    cells: frozenset[str]
    figures: frozenset[Decimal]
    label: str
    words: tuple[str, ...]


class FindingUses:
    """Looks up where the findings about a document are printed."""

    def __init__(self, tracer: Tracer, index: UseIndex, document: Document) -> None:
        """Look findings up among the uses of ``tracer``, which are those of ``index``, in ``document``."""
        self._tracer, self._index, self._document = tracer, index, document

    def of_place(self, finding: Finding, place: Place) -> PrintedAt:
        """Return the printing of what a place of a finding speaks of.

        Of a sum that is printed nowhere they are its parts, of a reason that is missing the change that it is for, of
        a code the row that it names.
        """
        exact = self._at(place.printed) if place.printed else None
        if exact is not None:
            return PrintedAt((exact,))
        wanted = self._wanted(finding, place)
        stated = self._best(wanted)
        if stated is not None:
            return PrintedAt((stated,))
        if place.pointer.endswith("/reason"):
            above = frozenset(self._index.cells_below(place.pointer.removesuffix("/reason")))
            explained = self._best(replace(wanted, cells=above)) if not wanted.cells else None
            if explained is not None:
                return PrintedAt((explained,))
        if row := self._row_of_code(finding, place):
            return PrintedAt((row,))
        parts = [self._best(replace(wanted, cells=frozenset((part,)), figures=frozenset())) for part in place.parts]
        return PrintedAt(tuple(dict.fromkeys(part for part in parts if part))[:MOST_PARTS], is_parts=True)

    def _row_of_code(self, finding: Finding, place: Place) -> Use | None:
        """Return an amount of the line in which a code stands, from the first row of a table that prints the code."""
        line, rows = _LINE.match(place.pointer), self._coded_rows.get(finding.values.get("code", ""))
        if line is None or rows is None:
            return None
        uses = self._index.of_cells(self._index.cells_below(line[0]))
        return next((use for use in uses if (use.table, use.block.rpartition("/")[0]) in rows), None)

    def _at(self, printed: str) -> Use | None:
        """Return the first printing at a place, if the document has a place of that name."""
        inside = (use for use in self._index.uses if use.place.startswith(printed) and is_inside(use.place, printed))
        return next(inside, None)

    def _best(self, wanted: _Wanted) -> Use | None:
        """Return the printing that fits best, of several the first; None if none fits."""
        best = max(self._index.of_cells(wanted.cells), key=lambda use: self._fit(use, wanted), default=None)
        return best if best is not None and self._fit(best, wanted) >= _LEAST else None

    def _wanted(self, finding: Finding, place: Place) -> _Wanted:
        named = _NAMED.fullmatch(place.printed)
        table, *words = (_joined(part or "") for part in named.groups()) if named else ("",)
        pointers = place.parts or ((place.pointer,) if place.pointer else ())
        cells = frozenset(cell for pointer in pointers for cell in self._index.cells_below(pointer))
        return _Wanted(cells, frozenset(_figures(finding)), self._label(table), tuple(filter(None, words)))

    def _label(self, table: str) -> str:
        """Return the label of the table whose title ends with a name, or has it; of several the shortest title."""
        titles = [
            (title.endswith(table), -len(title), label) for label, title in self._titles.items() if table in title
        ]
        return max(titles)[2] if table and titles else ""

    def _fit(self, use: Use, wanted: _Wanted) -> float:
        """How well a printing fits: whether it states just these cells, these figures, in the named table and row."""
        cells = self._index.cells(use)
        fit = len(cells & wanted.cells) / len(cells | wanted.cells)
        if use.figure is not None and use.figure.unit == "%":
            fit /= 2  # a share or a rate is computed from the cells; it does not state them
        if use.figure is not None and self._tracer.fact(use.fact).value in wanted.figures:
            fit += _SAME_FIGURE
        if wanted.label and use.place.startswith(wanted.label):
            place = _joined(use.place)
            fit += _SAME_NAME * (1 + sum(word in place for word in wanted.words))
        return fit if use.name or use.source else fit / 2  # a whole sentence, for want of a figure in it

    @cached_property
    def _coded_rows(self) -> Mapping[str, set[tuple[str, str]]]:
        """The rows, as the ids of table and row, by the codes that are the whole text of a cell."""
        found: dict[str, set[tuple[str, str]]] = {}
        for table in (block for block in self._document.blocks() if isinstance(block, Table)):
            for row in table.body:
                for text in {plain(cell.runs).strip() for cell in row.cells}:
                    if text.isdecimal():
                        found.setdefault(text, set()).add((table.id, row.id))
        return found

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        return {block.label: plain(block.title) for block in self._document.blocks() if isinstance(block, Table)}


def _figures(finding: Finding) -> Iterator[Decimal]:
    """The figures that a finding states, those in 万元 in 元 too."""
    for value in finding.values.values():
        for found in _AMOUNT.findall(value):
            amount = Decimal(found.replace(",", ""))
            if amount:
                yield from (amount, amount * 10000)


def _joined(text: str) -> str:
    return re.sub(r"\s", "", text)
