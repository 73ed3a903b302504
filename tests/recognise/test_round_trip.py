"""The published XLSX of each family: recognised, made into a document and written again, it has the same cells.

Compared through the writer, rules aside: the texts are not in the workbook. What the tables of a family do not hold
comes from the sample as basics: the department, its units, names of codes that no book has.
"""

from __future__ import annotations

import json
from functools import cache
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

SAMPLES = {
    "beijing": "beijing", "hangzhou": "hangzhou", "jiangsu": "jiangsu", "shanghai": "shanghai", "shenzhen": "shenzhen",
    "zhejiang-2026": "zhejiang-2026", "demo-2023": "zhejiang", "shaoxing-hrss-2023": "zhejiang",
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
    whole = sample(name)
    names = {line["function"]: line["name"] for line in whole["expenditure"] if line.get("name")}
    basics = {key: whole[key] for key in ("department", "scope", "year") if key in whole}
    return document(recognise(written(name), names=names), basics)


def shown(grids: tuple[Grid, ...]) -> dict[str, dict[tuple[int, int], str]]:
    return {
        grid.name: {at: str(cell.value) for at, cell in grid.cells.items()}
        for grid in grids
        if not grid.name.endswith("图") and not grid.name.startswith("图")
    }


@pytest.mark.parametrize("name", SAMPLES)
def test_the_workbook_is_the_same_again(name: str) -> None:
    before = shown(written(name))
    after = shown(_sheets(dict(imported(name).data), SAMPLES[name]))
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
