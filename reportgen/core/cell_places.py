"""Name the cells of an imported file in findings, beside the JSON pointers of the document that came of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .finding import Finding, Place


def with_cells(findings: Iterable[Finding], cells: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the findings, each place with the cell that its pointer came from; without ``cells`` as they are.

    Args:
        findings: about a document that was imported.
        cells: JSON pointer → place of a cell (``支出!D17``).
    """
    if not cells:
        return tuple(findings)
    ordered = sorted(cells)
    return tuple(
        replace(finding, where=tuple(_with_cell(place, cells, ordered) for place in finding.where))
        for finding in findings
    )


def _with_cell(place: Place, cells: Mapping[str, str], ordered: list[str]) -> Place:
    return replace(place, cell=_cell(place.pointer, cells, ordered)) if place.pointer else place


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
