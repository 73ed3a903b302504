"""The published XLSX of each family: recognised, made into a document and written again, it has the same cells.

Compared through the writer, rules aside: the texts are not in the workbook. What the tables of a family do not hold
comes from the sample as basics: the department, its units, names of codes that no book has.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reportgen.core.finding import Severity
from reportgen.core.paths import shipped
from reportgen.intake.readers import read_grids
from reportgen.pipeline.in_memory import prepare
from reportgen.recognise.document import RecognisedDocument, document
from reportgen.recognise.grid import Grid
from reportgen.recognise.recognise import recognise
from reportgen.writers import xlsx
from tests.office import saved_by_office
from tests.population import sample as chosen

SAMPLES = {
    "beijing": "beijing", "hangzhou": "hangzhou", "jiangsu": "jiangsu", "shanghai": "shanghai", "shenzhen": "shenzhen",
    "zhejiang-2026": "zhejiang-2026", "demo-2023": "zhejiang", "shaoxing-hrss-2023": "zhejiang",
    "final-accounts": "final-accounts", "final-accounts-shanghai": "final-accounts-shanghai",
}  # fmt: skip
"""Each sample and its layout."""


@cache
def sample(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        (shipped("data") / "samples" / f"{name}.json").read_text("utf-8"), parse_float=str
    )
    return data


@cache
def written(name: str) -> tuple[Grid, ...]:
    return _sheets(sample(name), SAMPLES[name])


def _sheets(data: dict[str, Any], layout: str) -> tuple[Grid, ...]:
    prepared = prepare(data, layout)
    return read_grids(xlsx.write(prepared.document, prepared.layout.style), False)


@cache
def imported(name: str) -> RecognisedDocument:
    return read_back(name, written(name))


def read_back(name: str, grids: tuple[Grid, ...]) -> RecognisedDocument:
    whole = sample(name)
    names = {line["function"]: line["name"] for line in whole["expenditure"] if line.get("name")}
    basics = {key: whole[key] for key in ("department", "scope", "year") if key in whole}
    return document(recognise(grids, names=names), basics)


def shown(grids: tuple[Grid, ...]) -> dict[str, dict[tuple[int, int], str]]:
    return {
        grid.name: {at: str(cell.value) for at, cell in grid.cells.items()}
        for grid in grids
        if not grid.name.endswith("图") and not grid.name.startswith("图")
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_the_workbook_is_the_same_again(name: str) -> None:
    assert_the_same_again(name, dict(imported(name).data))


@pytest.mark.campaign
@pytest.mark.parametrize("name", chosen(list(SAMPLES), 1, seed=13))
def test_the_workbook_that_libreoffice_saved_is_the_same_again(name: str, tmp_path: Path) -> None:
    prepared = prepare(sample(name), SAMPLES[name])
    payload = xlsx.write(prepared.document, prepared.layout.style)
    found = read_back(name, read_grids(saved_by_office(payload, tmp_path), False))
    assert [str(finding) for finding in found.findings if finding.severity is Severity.ERROR] == []
    assert_the_same_again(name, dict(found.data))


def assert_the_same_again(name: str, data: dict[str, Any]) -> None:
    before = shown(written(name))
    after = shown(_sheets(data, SAMPLES[name]))
    different = {
        (sheet, at): (cells.get(at), after.get(sheet, {}).get(at))
        for sheet, cells in before.items()
        for at in {*cells, *after.get(sheet, {})}
        if cells.get(at) != after.get(sheet, {}).get(at)
    }
    assert different == {}
    assert sum(map(len, before.values())) > 400


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_in_the_workbook_is_wrong(name: str) -> None:
    found = imported(name).findings
    assert [str(finding) for finding in found if finding.severity is Severity.ERROR] == []
    assert {finding.code for finding in found if finding.severity is Severity.WARNING} <= {"XL144"}
