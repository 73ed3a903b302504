"""机关运行经费, by economic class and section where the document has that, and its change from last year."""

from __future__ import annotations

from ..budget.codes import CodeBook
from ..budget.lines import BasicLine
from ..budget.model import Budget
from ..budget.terms import TOTAL_NAMES
from .basic_past import COLUMN_NAMES, OPERATING
from .fact import Fact, FactGroup, SourceText, read, total
from .past import Past

NAME = "agency_operating"
NATURES = ("行政", "参公")
"""The natures of units whose 公用经费 is 机关运行经费."""


def agency_operating(budget: Budget, book: CodeBook, past: Past) -> FactGroup:
    """Return the group ``agency_operating``: ``total``, ``rows`` by economic class and section, and its past."""
    cells: dict[str, list[Fact]] = {}
    for code, cell in _cells(budget):
        cells.setdefault(code, []).append(cell)
    sections = {code: total(f"{NAME}.{code}.total", parts) for code, parts in cells.items()}
    classes = {
        key: total(f"{NAME}.{key}.total", [cell for code, cell in sorted(sections.items()) if code[:3] == key])
        for key in sorted({code[:3] for code in sections})
    }
    rows = [_row(code, amount, book) for code, amount in sorted((classes | sections).items())]
    if budget.agency_operating is None and rows:
        amount = total(f"{NAME}.total", classes.values())
    else:
        amount = read(f"{NAME}.total", budget.agency_operating, f"/{NAME}")
    group = FactGroup(NAME, total=past.whole(NAME, amount), rows=rows)
    stated, earlier = past.of_total(NAME, NAME), past.earlier(NAME)
    past.put(group, ("total",), stated, earlier=earlier, label=TOTAL_NAMES[NAME], reason=past.reason(NAME))
    return group


def _cells(budget: Budget) -> list[tuple[str, Fact]]:
    """Return the amounts by economic section: those stated in lines, or the lines of the units that have it."""
    lines = [(f"/basic_expenditure/{n}", line) for n, line in enumerate(budget.basic_expenditure)]
    if any(line.agency_operating is not None for _, line in lines):
        return [_cell(pointer, line, NAME) for pointer, line in lines if line.agency_operating is not None]
    natures = {unit.code: unit.nature for unit in budget.department.units}
    lines = [(pointer, line) for pointer, line in lines if len(line.economic) > 3 and is_operating(line)]
    if any(line.unit is None for _, line in lines):
        return []
    return [
        _cell(pointer, line, "amount")
        for pointer, line in lines
        if natures.get(line.unit) in NATURES and line.amount is not None
    ]


def is_operating(line: BasicLine) -> bool:
    """Whether a line is 公用经费, by its code or by what it is counted as."""
    return COLUMN_NAMES[line.counted_as] == "operating" if line.counted_as else line.economic[:3] in OPERATING


def _cell(pointer: str, line: BasicLine, part: str) -> tuple[str, Fact]:
    name = f"{NAME}.{line.economic}@{pointer.rpartition('/')[2]}"
    return line.economic, read(name, getattr(line, part), f"{pointer}/{part}")


def _row(code: str, amount: Fact, book: CodeBook) -> FactGroup:
    name = SourceText(book.economic[code].name if code in book.economic else code)
    level = 1 if len(code) == 3 else 2
    return FactGroup(f"{NAME}.{code}", key=code, code=SourceText(code), name=name, level=level, total=amount)
