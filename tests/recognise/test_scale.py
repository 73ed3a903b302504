"""A sheet that says 万元 over amounts in 元, or the other way round: one finding, and not one for each cell."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from reportgen.core.finding import Finding, Severity
from reportgen.recognise.document import document
from reportgen.recognise.grid import Grid
from reportgen.recognise.recognise import recognise

from .faults import DEPARTMENT, other_unit
from .test_round_trip import SAMPLES, sample, written
from .workbooks import grids, source

SHEETS = [one.name for one in grids(source(1)) if other_unit(dict(one.cells), Random(1))]


def in_other_unit(sheets: tuple[Grid, ...], *names: str) -> tuple[Grid, ...]:
    found = []
    for sheet in sheets:
        cells = dict(sheet.cells)
        if sheet.name in names:
            assert other_unit(cells, Random(1))
        found.append(replace(sheet, cells=cells))
    return tuple(found)


def errors(sheets: tuple[Grid, ...]) -> list[Finding]:
    findings = document(recognise(sheets), {"department": DEPARTMENT}).findings
    return [finding for finding in findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("name", SHEETS)
def test_one_sheet_in_the_wrong_unit_is_one_finding(name: str) -> None:
    (finding,) = errors(in_other_unit(tuple(grids(source(1))), name))
    assert finding.code == "XL149"
    assert f"“{name.strip()}”的金额都是别的表的 {'1/10,000' if '三公' in name else '10,000 倍'}" in finding.text
    assert {place.cell.partition("!")[0] for place in finding.where[:2]} == {name}
    assert finding.where[2].cell.partition("!")[0] != name
    assert "再导入一次" in finding.hint_text


def test_two_sheets_in_the_wrong_unit_are_two_findings() -> None:
    both = [SHEETS[1], SHEETS[4]]
    assert [finding.code for finding in errors(in_other_unit(tuple(grids(source(2))), *both))] == ["XL149", "XL149"]


def test_what_else_is_wrong_is_still_said() -> None:
    sheets = in_other_unit(tuple(grids(source(1))), SHEETS[2])
    at = next(n for n, sheet in enumerate(sheets) if sheet.name == SHEETS[2])
    cells = {**sheets[at].cells}
    place = min(where for where, cell in cells.items() if where[1] == 5 and not isinstance(cell.value, str))
    cells[place] = replace(cells[place], value=12)
    codes = {finding.code for finding in errors((*sheets[:at], replace(sheets[at], cells=cells), *sheets[at + 1 :]))}
    assert codes == {"XL141", "XL149"}


NO_RELATION = {"三公", "采购", "政府购买服务", "绩效"}
"""Words of tables of whose amounts too few are in other tables."""


@pytest.mark.parametrize("name", SAMPLES)
def test_no_sheet_of_a_published_workbook_in_the_wrong_unit_gives_more_than_one_error(name: str) -> None:
    whole, sheets = sample(name), written(name)
    names = {line["function"]: line["name"] for line in whole["expenditure"] if line.get("name")}
    basics = {key: whole[key] for key in ("department", "scope", "year") if key in whole}
    seen = 0
    for sheet in sheets:
        if not other_unit(dict(sheet.cells), Random(1)) or "目录" in sheet.name:
            continue
        findings = document(recognise(in_other_unit(sheets, sheet.name), names=names), basics).findings
        codes = [finding.code for finding in findings if finding.severity is Severity.ERROR]
        rows = sum(not isinstance(cell.value, str) for cell in sheet.cells.values())
        if rows and not any(word in sheet.name for word in NO_RELATION):
            assert codes == ["XL149"], sheet.name
            seen += 1
        assert set(codes) <= {"XL149"}
        assert len(codes) <= 1
    assert seen >= 5
