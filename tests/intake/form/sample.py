"""Documents, their workbooks, and what is read back, for the tests of the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, cast

from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.budget.terms import BUDGET, FINAL
from reportgen.core.paths import shipped
from reportgen.intake.form.read import read_form
from reportgen.intake.form.rows import rows_of
from reportgen.intake.form.sheet_kinds import CONTENT, ValueSheet
from reportgen.intake.form.sheets import form_sheets
from reportgen.intake.form.values import shown_value
from reportgen.intake.form.write import workbook
from reportgen.intake.imported import Imported
from reportgen.intake.readers import read_grids
from reportgen.recognise.grid import Grid, GridCell, column_name
from tests.leaves.changes import filled
from tests.rules.test_rules import base

SAMPLES = shipped("data") / "samples"
FILLED = {BUDGET: "every field of a budget", FINAL: "every field of final accounts"}
FINAL_NAMES = ("final-accounts", "final-accounts-shanghai")
STATED_SUMS = "final accounts that state sums"
"""The seed with another stage: its rows state what those of the samples leave to be added up."""
NAMES = (*sorted(path.stem for path in SAMPLES.glob("*.json")), *FILLED.values(), STATED_SUMS)


@cache
def document(name: str) -> Mapping[str, Any]:
    """A sample by the name of its file, or the document with every field."""
    if name == STATED_SUMS:
        return {**document("shaoxing-hrss-2023"), "stage": FINAL}
    for stage, filled_name in FILLED.items():
        if name == filled_name:
            return cast("Mapping[str, Any]", filled({**base("demo"), "stage": stage}))
    return cast("Mapping[str, Any]", parse_json((SAMPLES / f"{name}.json").read_bytes()))


@cache
def workbook_of(name: str) -> bytes:
    return workbook(document(name))


@cache
def grids_of(name: str) -> tuple[Grid, ...]:
    return read_grids(workbook_of(name), isolated=False)


def read(payload: bytes) -> Imported:
    return read_form(read_grids(payload, isolated=False))


def plain(value: Any) -> Any:
    """A budget, or a part of it, as dictionaries and lists, which can be compared; an object of nothing is None."""
    if is_dataclass(value) and not isinstance(value, type):
        members = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
        return members if any(member is not None for member in members.values()) else None
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return {key: plain(item) for key, item in value.items()} if isinstance(value, dict) else value


def differences(data: Mapping[str, Any], imported: Imported) -> dict[str, tuple[Any, Any]]:
    """The parts in which what was imported is another document: as it should be, and as it is."""
    wanted, found = plain(read_budget(data)), plain(read_budget(imported.data))
    return {name: (wanted[name], found[name]) for name in wanted if wanted[name] != found[name]}


def bare_grids(data: Mapping[str, Any]) -> tuple[Grid, ...]:
    """The sheets of the form with titles, heads and the rows of a document, without making a workbook."""
    return tuple(Grid(sheet.name, dict(_cells(sheet, data))) for sheet in form_sheets(data.get("stage", BUDGET)))


def _cells(sheet: Any, data: Mapping[str, Any]) -> Any:
    def at(row: int, column: int, value: Any) -> tuple[tuple[int, int], GridCell]:
        return (row, column), GridCell(value, f"{sheet.name}!{column_name(column)}{row}")

    yield at(1, 1, sheet.title)
    yield from (at(2, n, column.head) for n, column in enumerate(sheet.columns, 1))
    for number, row in enumerate(rows_of(sheet, data), 3):
        for n, column in enumerate(sheet.columns, 1):
            if column.head in row:
                single = isinstance(sheet, ValueSheet) and column.head == CONTENT
                own = sheet.values[number - 3] if single else column
                yield at(number, n, shown_value(own, row[column.head]))
