"""Documents in which cells that could not be read are filled in, one way and another.

A relation that is broken in each of them is broken whatever the cells hold: it can be reported beside what is wrong
with the cells. One that is broken in some of them alone depends on the cells, and waits until they are right.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from ..budget.field_types import Amount, Boolean, Choice, Code, Date, Integer, List, Object, Text
from ..budget.fields import ECONOMIC_CODE, PLAIN_UNIT_CODE, UNIT_CODE
from ..budget.map_type import Map
from ..budget.model import Budget
from ..core.finding import Finding, Severity
from ..recognise.grid import Grid

LEAST_WAYS, MOST_WAYS = 2, 12
"""In how many ways cells are filled in: every choice of a cell that accepts one of a few words, two for all others."""
AMOUNTS = ("0", "1234567.89")
"""Amounts that stand for one that could not be read."""
OF_CELLS = frozenset({"XL101", "IN100"})
"""The errors about one cell of the form."""
NOT_AMOUNTS, DIFFERENCES = "XL134", "XL141"
"""The errors of official tables that leave a document: a cell that is no amount, amounts that differ."""
MOST_CELLS = 50
"""Cells that are filled in; with more wrong ones the relations are not checked."""


def of_form(data: Mapping[str, Any], findings: Sequence[Finding]) -> tuple[Mapping[str, Any], ...]:
    """Return the documents; none where errors stand that are not those of single cells."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    pointers = {finding.where[0].pointer for finding in errors if finding.where}
    known = all(finding.code in OF_CELLS and finding.where for finding in errors)
    if not errors or not known or "" in pointers or len(pointers) > MOST_CELLS:
        return ()
    try:
        return tuple(_filled(data, sorted(pointers), way) for way in range(_ways(pointers)))
    except (LookupError, TypeError, ValueError):
        return ()


def _ways(pointers: Iterable[str]) -> int:
    """Return in how many ways the cells are filled in."""
    kinds = (_type_of(_steps(pointer)) for pointer in pointers)
    most = max((len(kind.options) for kind in kinds if isinstance(kind, Choice)), default=0)
    return min(max(most, LEAST_WAYS), MOST_WAYS)


def of_tables(grids: Sequence[Grid], findings: Sequence[Finding]) -> tuple[tuple[Grid, ...], ...]:
    """Return the grids with the cells that are no amounts filled in; the grids themselves if amounts only differ."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if not errors or any(finding.code not in (NOT_AMOUNTS, DIFFERENCES) for finding in errors):
        return ()
    places = {place.cell for finding in errors if finding.code == NOT_AMOUNTS for place in finding.where}
    if not places:
        return (tuple(grids),)
    return (
        () if len(places) > MOST_CELLS else tuple(tuple(_with_amounts(grids, places, way)) for way in range(LEAST_WAYS))
    )


def _with_amounts(grids: Sequence[Grid], places: set[str], way: int) -> Iterator[Grid]:
    for grid in grids:
        cells = {
            at: replace(cell, value=Decimal(AMOUNTS[way]), problem="", percent=False) if cell.place in places else cell
            for at, cell in grid.cells.items()
        }
        yield replace(grid, cells=cells)


def _filled(data: Mapping[str, Any], pointers: Sequence[str], way: int) -> Mapping[str, Any]:
    """Return a copy of a document with a value at each pointer."""
    made = copy.deepcopy(dict(data))
    for pointer in pointers:
        steps = _steps(pointer)
        _put(made, steps, _guess(_type_of(steps), way, made))
    return made


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _put(data: Any, steps: Sequence[str], value: Any) -> None:
    """Set the value at a path of which all but the last objects may be missing."""
    *above, last = steps
    for step in above:
        data = data[int(step)] if isinstance(data, list) else data.setdefault(step, {})
    if isinstance(data, list):
        data[int(last)] = value
    else:
        data[last] = value


def _type_of(steps: Sequence[str]) -> Any:
    """Return the type of the field at a path of the document."""
    found: Any = Object(Budget)
    for step in steps:
        if isinstance(found, List | Map):
            found = found.items
        else:
            found = next(field.metadata["type"] for field in fields(found.model) if field.name == step)
    return found


def _guess(kind: Any, way: int, data: Mapping[str, Any]) -> Any:
    """Return a value of a type: another one each way. Raises ValueError where there is none."""
    if isinstance(kind, Choice):
        return kind.options[way % len(kind.options)]
    way %= LEAST_WAYS
    if isinstance(kind, Code):
        return _code(kind, data)[way]
    if isinstance(kind, Integer):
        return (kind.minimum, kind.maximum)[way]
    if isinstance(kind, Boolean):
        return bool(way)
    if isinstance(kind, Date):
        return f"{data['year']}-{('01-31', '02-10')[way]}"
    known = next((words for known, words in _WORDS.items() if isinstance(kind, known)), None)
    if known is None:
        raise ValueError(kind)
    return known[way]


_WORDS: Mapping[type[Any], tuple[str, str]] = {Amount: AMOUNTS, Text: ("a", "b")}


def _code(kind: Code, data: Mapping[str, Any]) -> tuple[str, str]:
    """Return two codes: of units of the document, of 功能分类, of 经济分类. Raises ValueError for any other code."""
    if kind in (PLAIN_UNIT_CODE, UNIT_CODE):
        units = data["department"]["units"]
        return str(units[0]["code"]), str(units[-1]["code"])
    if kind is ECONOMIC_CODE:
        return "30101", "30299"
    if "[0-9]{7}" in kind.pattern:
        return "2010101", "2299999"
    raise ValueError(kind)
