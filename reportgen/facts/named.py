"""Amounts with a name of their own (会议费, 委托业务费 …), of the department and of each unit, and their past."""

from __future__ import annotations

import re

from ..budget.model import Budget
from ..budget.named_amounts import NAME, NamedAmount
from .bases import NONE, NOT_PUBLISHED, bases_of_lines
from .department import unit_names
from .fact import Fact, FactGroup, SourceText, read, source_text, total
from .past import Past

Lines = list[tuple[str, NamedAmount]]
"""The lines of one name with their JSON pointers."""
COLUMNS = ("total",)


def named(budget: Budget, past: Past) -> FactGroup:
    """Return the group ``named``: a group for each name, in the order of the document, and ``rows`` with all of them.

    A name that the document does not have is zero: the layout names the amounts.
    """
    by_name: dict[str, Lines] = {}
    for n, line in enumerate(budget.named):
        by_name.setdefault(line.name, []).append((f"/named/{n}", line))
    names = unit_names(budget)
    groups = {name: _group(name, lines, names, past) for name, lines in by_name.items()}
    group = FactGroup("named", **groups, rows=list(groups.values()))
    group.on_request(lambda name: _group(name, [], names, past) if re.fullmatch(NAME.pattern, name) else None)
    return group


def _group(name: str, lines: Lines, names: dict[str | None, SourceText], past: Past) -> FactGroup:
    """Return ``total``, ``name``, ``rows`` by unit and the past of one name.

    An amount without a unit is that of the department, and is taken as stated.
    """
    dotted = f"named.{name}"
    units = [(pointer, line) for pointer, line in lines if line.unit]
    whole = [(pointer, line) for pointer, line in lines if not line.unit][:1]
    pointer = f"{lines[0][0]}/name" if lines else ""
    rows = [_unit(dotted, at, line, names, past) for at, line in units]
    amount = _amount(dotted, whole or units)
    group = FactGroup(dotted, key=name, name=SourceText(name, pointer), total=amount, rows=rows, level=0)
    stated, summed = (bases_of_lines(dotted, part, ("amount",)) if part else NONE for part in (whole, units))
    reason = next((source_text(line.reason, f"{at}/reason") for at, line in (*whole, *lines) if line.reason), None)
    past.put(group, COLUMNS, stated, summed, past.earlier(dotted), name, reason)
    return group


def _unit(dotted: str, pointer: str, line: NamedAmount, names: dict[str | None, SourceText], past: Past) -> FactGroup:
    """Return the row of one unit."""
    code = SourceText(line.unit or "", f"{pointer}/unit")
    name = f"{dotted}.{line.unit}"
    amount = _amount(name, [(pointer, line)])
    row = FactGroup(name, key=code.text, unit_code=code, unit=names.get(line.unit, code), total=amount, level=0)
    earlier = past.earlier_rows(dotted).get(code.text, NOT_PUBLISHED)
    reason = source_text(line.reason, f"{pointer}/reason")
    past.put_row(
        row,
        COLUMNS,
        NONE,
        bases_of_lines(name, [(pointer, line)], ("amount",)),
        earlier,
        f"{line.name} {line.unit}",
        reason,
    )
    return row


def _amount(name: str, lines: Lines) -> Fact:
    cells = [read(f"{name}.total@{n}", line.amount, f"{at}/amount") for n, (at, line) in enumerate(lines)]
    if len(cells) == 1:
        return Fact(f"{name}.total", cells[0].value, pointers=cells[0].pointers)
    return total(f"{name}.total", cells)
