"""Faults of typing, planted at random into the grids of a filled workbook.

``python -m tests.recognise.faults`` prints what became of each kind.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from reportgen import rules
from reportgen.core.errors import InputError
from reportgen.core.finding import Finding, Severity
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.pipeline.source import load
from reportgen.recognise.document import document
from reportgen.recognise.grid import Grid, GridCell
from reportgen.recognise.recognise import recognise

from .workbooks import NAME, grids, source

COUNT, SEED = 200, 20261129
DEPARTMENT = {"code": "510", "units": [{"code": "510001", "name": NAME, "nature": "行政"}]}
Cells = dict[tuple[int, int], GridCell]
Plant = Callable[[Cells, Random], bool]
"""Changes the cells of one grid; whether it found a place."""


@dataclass(frozen=True)
class Planted:
    """A fault: its kind, its sheet, and what became of it: refused, reported, or the same document."""

    kind: str
    sheet: str
    outcome: str
    codes: tuple[str, ...]


def figures(cells: Cells) -> list[tuple[int, int]]:
    return [at for at, cell in cells.items() if isinstance(cell.value, Decimal)]


def body_rows(cells: Cells) -> list[int]:
    return sorted({row for row, _ in figures(cells)})


def change_figure(make: Callable[[Decimal, Random], Any]) -> Plant:
    def plant(cells: Cells, draw: Random) -> bool:
        places = figures(cells)
        if not places:
            return False
        at = draw.choice(places)
        value = make(cells[at].value, draw)  # type: ignore[arg-type]
        if value == cells[at].value:
            return False
        cells[at] = replace(cells[at], value=value)
        return True

    return plant


def replace_digit(value: Decimal, draw: Random) -> Decimal:
    text = str(value)
    n = draw.choice([n for n, digit in enumerate(text) if digit.isdigit()])
    return Decimal(text[:n] + draw.choice("123456789") + text[n + 1 :])


def swap_digits(value: Decimal, draw: Random) -> Decimal:
    text = str(value)
    pairs = [n for n in range(len(text) - 1) if text[n : n + 2].isdigit() and text[n] != text[n + 1]]
    if not pairs:
        return value
    n = draw.choice(pairs)
    return Decimal(text[:n] + text[n + 1] + text[n] + text[n + 2 :])


def other_unit(cells: Cells, draw: Random) -> bool:
    for at, cell in cells.items():
        if isinstance(cell.value, str) and cell.value.startswith("单位"):
            text = cell.value.replace("万元", "元") if "万元" in cell.value else cell.value.replace("元", "万元")
            cells[at] = replace(cell, value=text)
            return True
    return False


def swap_columns(cells: Cells, draw: Random) -> bool:
    columns = sorted({column for _, column in figures(cells)})
    if len(columns) < 2:
        return False
    a, b = sorted(draw.sample(columns, 2))
    rows = {row for row, column in figures(cells) if column in (a, b)}
    for row in rows:
        one, other = cells.pop((row, a), None), cells.pop((row, b), None)
        if other:
            cells[row, a] = other
        if one:
            cells[row, b] = one
    return True


def lose_row(cells: Cells, draw: Random) -> bool:
    rows = body_rows(cells)
    if not rows:
        return False
    lost = draw.choice(rows)
    for at in [at for at in cells if at[0] == lost]:
        del cells[at]
    return True


def repeat_row(cells: Cells, draw: Random) -> bool:
    rows = body_rows(cells)
    if not rows:
        return False
    chosen, last = draw.choice(rows), max(row for row, _ in cells)
    for (row, column), cell in list(cells.items()):
        if row == chosen:
            cells[last + 1, column] = cell
    return True


def wrong_code(cells: Cells, draw: Random) -> bool:
    places = [
        at
        for at, cell in cells.items()
        if isinstance(cell.value, int) or (isinstance(cell.value, str) and cell.value.isdigit())
    ]
    if not places:
        return False
    at = draw.choice(places)
    text = str(cells[at].value)
    n = draw.randrange(len(text))
    changed = text[:n] + draw.choice([digit for digit in "0123456789" if digit != text[n]]) + text[n + 1 :]
    cells[at] = replace(cells[at], value=int(changed) if isinstance(cells[at].value, int) else changed)
    return True


def wrong_year(cells: Cells, draw: Random) -> bool:
    for at, cell in cells.items():
        if isinstance(cell.value, str) and cell.value.startswith("2026年"):
            cells[at] = replace(cell, value=cell.value.replace("2026年", "2025年", 1))
            return True
    return False


def lose_figure(cells: Cells, draw: Random) -> bool:
    places = figures(cells)
    if places:
        del cells[draw.choice(places)]
    return bool(places)


PLANTS: Mapping[str, Plant] = {
    "ten times": change_figure(lambda value, draw: value * 10),
    "a tenth": change_figure(lambda value, draw: (value / 10).quantize(Decimal("0.01"))),
    "another digit": change_figure(replace_digit),
    "two digits swapped": change_figure(swap_digits),
    "a figure in 万元": change_figure(lambda value, draw: value / 10_000),
    "a figure with a letter": change_figure(lambda value, draw: f"{value}o"),
    "a figure with separators": change_figure(lambda value, draw: f"{value:,}"),
    "a full-width figure": change_figure(
        lambda value, draw: str(value).translate({48 + n: 0xFF10 + n for n in range(10)})
    ),
    "a lost figure": lose_figure,
    "the other unit": other_unit,
    "two columns swapped": swap_columns,
    "a lost row": lose_row,
    "a repeated row": repeat_row,
    "a wrong code": wrong_code,
    "a wrong year": wrong_year,
}


@cache
def sound() -> tuple[Grid, ...]:
    return tuple(grids(source(7)))


def report(sheets: tuple[Grid, ...]) -> tuple[list[Finding], dict[str, Any]]:
    """The findings of the import and of the rules, and the document."""
    made = document(recognise(sheets), {"department": DEPARTMENT})
    findings = list(made.findings)
    try:
        budget = load({**made.data, "unread": sorted(made.unread)}).data
        layout = load_layout("shanghai")
        facts = derive_facts(budget, layout.printing)
        findings += rules.run(budget, facts, layout.ties, layout.rules_off, None)
    except InputError as error:
        findings += error.findings
    return findings, dict(made.data)


@cache
def baseline() -> tuple[frozenset[str], str]:
    findings, data = report(sound())
    return frozenset(str(finding) for finding in findings), repr(data)


def planted(count: int, seed: int) -> Iterator[Planted]:
    """Plant ``count`` faults, the kinds in turn, and see what becomes of each."""
    draw, kinds = Random(seed), list(PLANTS)
    done = 0
    while done < count:
        kind = kinds[done % len(kinds)]
        at = draw.randrange(len(sound()))
        cells = dict(sound()[at].cells)
        if not PLANTS[kind](cells, draw):
            continue
        done += 1
        sheets = (*sound()[:at], replace(sound()[at], cells=cells), *sound()[at + 1 :])
        yield _outcome(kind, sheets, sound()[at].name)


def _outcome(kind: str, sheets: tuple[Grid, ...], sheet: str) -> Planted:
    findings, data = report(sheets)
    known, same = baseline()
    new = [one for one in findings if str(one) not in known and one.severity is not Severity.NOTE]
    codes = tuple(sorted({one.code for one in new}))
    if any(one.severity is Severity.ERROR for one in new):
        return Planted(kind, sheet, "refused", codes)
    if new:
        return Planted(kind, sheet, "reported", codes)
    return Planted(kind, sheet, "the same document" if repr(data) == same else "silent", codes)


if __name__ == "__main__":
    table = Counter((one.kind, one.outcome) for one in planted(COUNT, SEED))
    for (kind, outcome), count in sorted(table.items()):
        sys.stdout.write(f"{kind:28}{outcome:20}{count}\n")
