"""一般公共预算基本支出 by economic class and section (类、款): 人员经费 301, 303; 公用经费 302, 310."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..budget.codes import CodeBook
from ..budget.lines import ALL, BasicLine
from ..budget.model import Budget
from .basic_past import COLUMN_CLASSES, COLUMNS, OPERATING, PERSONNEL, in_column, moved_parts, moved_sections, put_past
from .fact import ZERO, Fact, FactGroup, SourceText, read, total
from .function_tree import bottom_up, children_of, unit_states_subtotal
from .past import Past
from .positions import put_positions
from .unit_rows import put_unit_rows

LinesByCode = dict[str, list[tuple[str, BasicLine]]]
"""The lines of each economic code with their JSON pointers."""


def basic(budget: Budget, book: CodeBook, past: Past) -> FactGroup:
    """Return the group ``basic``: ``total``, ``personnel``, ``operating``, ``rows``, ``classes``, ``items`` (款).

    ``personnel_items`` and ``operating_items`` are those of either column.
    """
    names: LinesByCode = {}
    for n, line in enumerate(budget.basic_expenditure):
        names.setdefault(line.economic, []).append((f"/basic_expenditure/{n}", line))
    group, rows = _made("basic", budget, book, lambda whole: past.whole("basic_expenditure", whole))
    group.put(**{row.key: row for row in rows})
    put_positions(rows, [line.economic for line in budget.basic_expenditure])
    put_past(group, budget, past, lambda code: _row(code, Fact(f"basic.{code}.total", ZERO), names, book))
    group.on_request(lambda name: _of_book(group, name, book, past))
    put_unit_rows(group, budget, budget.basic_expenditure, lambda unit: _of_unit(unit, budget, book, past))
    return group


def _of_unit(unit: str, budget: Budget, book: CodeBook, past: Past) -> FactGroup:
    """Return the basic expenditure of one unit, without a past."""
    group, rows = _made(f"basic.units.{unit}", budget, book, lambda whole: whole, unit)
    group.put(**{row.key: row for row in rows})
    for row in rows:
        past.put_row(row, COLUMNS)
    return group


def _made(
    name: str, budget: Budget, book: CodeBook, stated: Callable[[Fact], Fact], unit: str | None = None
) -> tuple[FactGroup, list[FactGroup]]:
    """Return the group of all lines, or of those of a unit, and its rows; ``stated`` takes the sum for the total."""
    lines: LinesByCode = {}
    for n, line in enumerate(budget.basic_expenditure):
        if (line.amount is not None or line.last is None) and unit in (None, line.unit):
            lines.setdefault(line.economic, []).append((f"/basic_expenditure/{n}", line))
    children = children_of(lines)
    amounts = _tree(name, lines, children)
    moved = moved_sections(budget, unit)
    parts = moved_parts(
        budget, moved, lambda n, line: read(f"{name}@{n}", line.amount, f"/basic_expenditure/{n}/amount"), unit
    )
    rows = [_row(code, amounts[code], lines, book, name) for code in sorted(set(children) - {ALL})]
    for row in rows:
        if any(section.startswith(row.key) for section in moved):
            row.put(
                **{c: in_column(f"{row.dotted}.{c}", c, [row.key], {**amounts, **parts}, moved) for c in COLUMN_CLASSES}
            )
    return _group(stated(amounts[ALL]), rows, children, name), rows


def _of_book(group: FactGroup, name: str, book: CodeBook, past: Past) -> FactGroup | list[FactGroup] | None:
    """Return what the group has of the code book: ``all_classes``, ``all_rows``, or the row of a code, all zero."""
    if name in ("all_classes", "all_rows"):
        codes = {code for code in book.economic if len(code) == 3 or name == "all_rows"}
        codes |= {row.key for row in (group.classes if name == "all_classes" else group.rows)}
        return [group[code] for code in sorted(codes)]
    if name not in book.economic:
        return None
    row = _row(name, Fact(f"basic.{name}.total", ZERO), {}, book)
    past.put_row(row, COLUMNS)
    return row


def _tree(name: str, lines: LinesByCode, children: Mapping[str, Sequence[str]]) -> dict[str, Fact]:
    """Return the amount of each code; a subtotal that a unit states stands for the lines of that unit alone."""
    if unit_states_subtotal(children, lines):
        return _tree_of_units(name, lines, children)
    amounts: dict[str, Fact] = {}
    for code in bottom_up(children):
        parts = [amounts[child] for child in children[code]]
        amounts[code] = _amount(f"{name}.{code}", lines.get(code, []), parts)
    return amounts


def _tree_of_units(name: str, lines: LinesByCode, children: Mapping[str, Sequence[str]]) -> dict[str, Fact]:
    """Return the sum of the units' amounts by code; an amount of the whole department stands for those of the units."""
    own: dict[str | None, LinesByCode] = {}
    for code, of_code in lines.items():
        for pointer, line in of_code:
            own.setdefault(line.unit, {}).setdefault(code, []).append((pointer, line))
    department = own.pop(None, {})
    units = [_tree(f"{name}@{unit}", of_unit, children_of(of_unit)) for unit, of_unit in own.items()]
    return {
        code: _amount(f"{name}.{code}", department.get(code, []), [unit[code] for unit in units if code in unit])
        for code in children
    }


def _amount(name: str, lines: list[tuple[str, BasicLine]], children: Sequence[Fact]) -> Fact:
    """Return the amount of one code: stated by its own lines, or the sum of its children."""
    if len(lines) == 1:
        pointer, line = lines[0]
        return read(f"{name}.total", line.amount, f"{pointer}/amount")
    cells = [read(f"{name}@{n}", line.amount, f"{pointer}/amount") for n, (pointer, line) in enumerate(lines)]
    return total(f"{name}.total", cells or children)


def _row(code: str, amount: Fact, lines: LinesByCode, book: CodeBook, name: str = "basic") -> FactGroup:
    zero = Fact(f"{name}.{code}.none", ZERO)
    row = FactGroup(f"{name}.{code}", key=code, code=SourceText(code), level=1 if len(code) == 3 else 2, total=amount)
    row.put(name=_name(code, lines, book), class_code=SourceText(code[:3]))
    row.put(personnel=amount if code[:3] in PERSONNEL else zero)
    row.put(operating=amount if code[:3] in OPERATING else zero)
    return row


def _name(code: str, lines: LinesByCode, book: CodeBook) -> SourceText:
    entry = book.economic.get(code)
    for pointer, line in lines.get(code, []):
        if line.name and not (entry and entry.verified):
            return SourceText(line.name, f"{pointer}/name")
    return SourceText(entry.name) if entry else SourceText(code)


def _group(sum_of_all: Fact, rows: list[FactGroup], children: dict[str, list[str]], name: str) -> FactGroup:
    classes = [row for row in rows if row.level == 1]
    leaves = [row for row in rows if not children[row.key]]
    group = FactGroup(name, rows=rows, classes=classes, items=[row for row in leaves if row.total])
    group.put(
        total=Fact(
            f"{name}.total",
            sum_of_all.value,
            formula=sum_of_all.formula,
            inputs=sum_of_all.inputs,
            pointers=sum_of_all.pointers,
        )
    )
    for column in ("personnel", "operating"):
        group.put(**{column: total(f"{name}.{column}", (row[column] for row in classes))})
        group.put(**{f"{column}_items": [row for row in leaves if row[column]]})
    return group
