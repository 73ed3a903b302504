"""Lists of a table by unit: a row for the department or each unit with its sums, then the rows of its amounts.

``unit_rows`` of a group is such a list. Where one unit has all amounts, or the document does not tell them apart, it is
the department's row and the rows of the group; where several units have amounts, each unit's row follows with its own.
Its records have ``unit``, the name of the department or unit, in the first rows, and None in the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from ..budget.lines import ALL
from ..budget.model import Budget
from .department import unit_names
from .fact import FactGroup, SourceText

UNIT_ROWS, UNITS = "unit_rows", "units"
TEXTS = ("code", "name", "use", "goal", "class_code", "class_name", "section_name")
"""The texts of rows, which the row of a unit does not have."""


def put_unit_rows(
    group: FactGroup,
    budget: Budget,
    lines: Iterable[Any],
    of_unit: Callable[[str], FactGroup],
) -> None:
    """Let ``group`` make ``unit_rows``, and ``units.<code>`` with the amounts of each unit, when they are asked for.

    ``of_unit`` returns the group of one unit, with its ``rows``. ``lines`` are those of the document that say of which
    unit they are.
    """
    codes = _several(budget, lines)

    def further(name: str) -> Any:
        if name == UNITS:
            return FactGroup(f"{group.dotted}.{UNITS}", **{code: of_unit(code) for code in codes})
        if name == UNIT_ROWS:
            return list(_rows(group, budget, group[UNITS]))
        return None

    group.on_request(further)


def _several(budget: Budget, lines: Iterable[Any]) -> Sequence[str]:
    """Return the codes of the units that have lines, in the order of the document; nothing for a single one."""
    stated = dict.fromkeys(line.unit for line in lines if line.unit and line.unit != ALL)
    order = {unit.code: n for n, unit in enumerate(budget.department.units)}
    return sorted(stated, key=lambda code: order.get(code, len(order))) if len(stated) > 1 else ()


def _rows(group: FactGroup, budget: Budget, units: FactGroup) -> Iterator[FactGroup]:
    names, codes = unit_names(budget), list(units.names())
    yield _head(group, SourceText(budget.department.name, "/department/name"), "department")
    if not codes:
        yield from (_below(row, row.key if "key" in row else row.dotted) for row in group.rows)
    for code in codes:
        yield _head(units[code], names.get(code, SourceText(code)), code)
        yield from (_below(row, f"{code}-{row.key if 'key' in row else row.dotted}") for row in units[code].rows)


def _head(group: FactGroup, name: SourceText, key: str) -> FactGroup:
    """Return the row of the department or a unit: the sums of its group."""
    values = {part: value for part, value in group.as_dict().items() if not part[0].isdigit() and part != "rows"}
    head = FactGroup(group.dotted, **{**values, **dict.fromkeys(TEXTS)})
    head.put(key=key, unit=name, level=1, role="subtotal")
    return head


def _below(row: FactGroup, key: str) -> FactGroup:
    """Return a row of a group one level further down."""
    return FactGroup(row.dotted, **{**row.as_dict(), "key": key, "unit": None, "level": row.level + 1, "role": "item"})
