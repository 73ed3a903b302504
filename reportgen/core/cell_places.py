"""Name the cells of an imported file in findings, beside the JSON pointers of the document that came of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from .finding import Finding, Place

MOST_RANGES = 5
"""Ranges of cells that a place names."""
_IN_SHEET = re.compile(r"(.+)!([A-Z]{1,3})([0-9]+)", re.S)


NO_CELLS: Mapping[str, str] = {}


def with_cells(
    findings: Iterable[Finding], cells: Mapping[str, str], blanks: Mapping[str, str] = NO_CELLS
) -> tuple[Finding, ...]:
    """Return the findings, each place with the cell that its pointer came from; without ``cells`` as they are.

    Args:
        findings: about a document that was imported.
        cells: JSON pointer → place of a cell (``支出!D17``).
        blanks: JSON pointer of a value that is not there → place of the empty cell where it would be written.
            ``/glossary/-`` is the next line of a list.
    """
    if not cells:
        return tuple(findings)
    places = _Places(cells, blanks, sorted(cells))
    return tuple(replace(finding, where=tuple(map(places.named, finding.where))) for finding in findings)


@dataclass(frozen=True, slots=True)
class _Places:
    """The cells of a file by JSON pointer; ``ordered`` has the pointers of those with a value."""

    cells: Mapping[str, str]
    blanks: Mapping[str, str]
    ordered: list[str]

    def named(self, place: Place) -> Place:
        """Return a place with its cell, or with the empty cell that it would be in."""
        if not place.pointer:
            return place
        own = [pointer for pointer in place.parts if f"{pointer}/".startswith(f"{place.pointer}/")]
        own = own or [place.pointer]
        known = cell_ranges(_cell(pointer, self.cells, self.ordered) for pointer in own)
        known = known or _cell(place.pointer, self.cells, self.ordered)
        empty = "" if any(one in self.cells for one in own) else cell_ranges(map(self._blank, own))
        return replace(place, cell=empty or known) if known else replace(place, part=empty)

    def _blank(self, pointer: str) -> str:
        return self.blanks.get(pointer) or self.blanks.get(f"{pointer}/-", "")


def cell_ranges(cells: Iterable[str]) -> str:
    """Return the cells of one sheet as ranges, of several sheets those of the first; a few, then an ellipsis.

    Cells of other files, which have no sheet, are not put together: the first one is returned.

    >>> cell_ranges(["支出!H6", "支出!H7", "支出!H9", "支出!I6"])
    '支出!H6:H7、H9、I6'
    """
    known = list(dict.fromkeys(filter(None, cells)))
    found = [match for cell in known if (match := _IN_SHEET.fullmatch(cell))]
    if not found:
        return next(iter(known), "")
    sheet = found[0][1]
    ranges: list[tuple[str, int, int]] = []
    own = {(match[2], int(match[3])) for match in found if match[1] == sheet}
    for column, row in sorted(own, key=lambda one: (len(one[0]), *one)):
        if ranges and ranges[-1][0] == column and ranges[-1][2] == row - 1:
            ranges[-1] = (column, ranges[-1][1], row)
        else:
            ranges.append((column, row, row))
    shown = [f"{column}{first}" + (f":{column}{last}" if last > first else "") for column, first, last in ranges]
    return f"{sheet}!{'、'.join(shown[:MOST_RANGES])}{'…' if len(shown) > MOST_RANGES else ''}"


def _cell(pointer: str, cells: Mapping[str, str], ordered: list[str]) -> str:
    """Return the cell of a value; else of the first value within it; else of the row that it is missing from.

    Of a list, which is on several rows, the sheet is named. Of what is no row only its own cell counts: a total without
    a cell is not placed at the cell of another total.
    """
    asked = pointer
    while pointer:
        if pointer in cells:
            return cells[pointer]
        at = bisect_left(ordered, f"{pointer}/")
        within = ordered[at] if at < len(ordered) and ordered[at].startswith(f"{pointer}/") else ""
        is_row = pointer.rpartition("/")[2].isdecimal()
        if within and (is_row or pointer == asked):
            is_list = within[len(pointer) + 1 :].partition("/")[0].isdecimal()
            return cells[within].partition("!")[0] if is_list else cells[within]
        pointer = pointer.rpartition("/")[0]
    return ""
