"""What is collected while the form is read: values by path, the place of each, and every problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...budget.load import escaped
from ...core.finding import Finding, Place, Severity
from ...core.money import MoneyUnit
from ...recognise.grid import GridCell
from .columns import Column
from .values import as_json, read_value

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Reading:
    """One pass over a workbook."""

    unit: MoneyUnit = "元"
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unusable: set[str] = field(default_factory=set)
    """The pointers of cells that hold something which could not be read."""

    def add_finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        places: Sequence[str],
        hint: str,
        values: Mapping[str, str] | None = None,
        pointer: str = "",
    ) -> None:
        """Record one finding at places of the workbook."""
        where = tuple(Place(pointer, cell=place) for place in places)
        self.findings.append(Finding(code, severity, message, where, hint, values or {}))

    def value(self, column: Column, cell: GridCell | None, place: str, path: Path = ()) -> Any:
        """Return the value of a cell as JSON has it, None where there is none; what is normalised or wrong is noted.

        ``path`` is where the value belongs in the document; empty for what only says which row it is.
        """
        pointer = pointer_of(path)
        reading = read_value(column, cell, self.unit)
        if reading.problem is not None:
            problem = reading.problem
            self.unusable.add(pointer)
            self.add_finding("XL101", Severity.ERROR, problem.message, (place,), problem.hint, problem.values, pointer)
        elif reading.note is not None:
            note = reading.note
            self.add_finding("XL102", Severity.NOTE, note.message, (place,), "", note.values, pointer)
        if path and (reading.value is not None or column.required):
            self.cells[pointer] = place
        elif path:
            self.blanks[pointer] = place
        return None if reading.value is None else as_json(column, reading.value)

    def put(self, path: Path, value: Any) -> None:
        """Set a value of the document; objects on the way are made."""
        put(self.data, path, value)


def put(data: Any, path: Path, value: Any) -> None:
    """Set the value at a path in nested objects, which are made; a number is an item of a list, at most the next."""
    *steps, last = path
    for step, following in zip(steps, path[1:], strict=True):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(step, int):
            if step == len(data):
                data.append(empty)
            data = data[step]
        else:
            data = data.setdefault(step, empty)
    if isinstance(last, int):
        data.append(value)
    else:
        data[last] = value


def pointer_of(path: Path) -> str:
    """Return a path as a JSON pointer."""
    return "".join(f"/{escaped(str(step))}" for step in path)
