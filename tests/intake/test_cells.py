"""Findings about an imported document name the cells that its values came from."""

from __future__ import annotations

import pytest

from reportgen.core.cell_places import with_cells
from reportgen.core.errors import InputError
from reportgen.core.finding import Finding, Place, Severity
from reportgen.intake.imported import Imported
from reportgen.pipeline.source import loaded_import

CELLS = {
    "/expenditure/1/function": "支出!A5",
    "/expenditure/1/project": "支出!H5",
    "/expenditure/10/project": "支出!H14",
    "/money_unit": "基本情况!B3",
}


@pytest.mark.parametrize(
    ("pointer", "cell"),
    [
        ("/expenditure/1/project", "支出!H5"),
        ("/expenditure/1", "支出!A5"),
        ("/expenditure/1/personnel", "支出!A5"),
        ("/expenditure/10", "支出!H14"),
        ("/expenditure/2/project", ""),
        ("/expenditure/1/last/budget", "支出!A5"),
        ("/expenditure", "支出"),
        ("/department/name", ""),
        ("", ""),
    ],
)
def test_a_pointer_is_shown_as_the_nearest_cell(pointer: str, cell: str) -> None:
    finding = Finding("GJ101", Severity.ERROR, "甲", (Place(pointer, "表03"), Place(printed="表04")))
    (named,) = with_cells([finding], CELLS)
    assert named.where == (Place(pointer, "表03", cell), Place(printed="表04"))
    assert str(named.where[0]) == (f"表03（{cell or pointer}）" if pointer else "表03")


def test_without_cells_findings_stay_as_they_are() -> None:
    finding = Finding("GJ101", Severity.ERROR, "甲", (Place("/year"),))
    assert with_cells([finding], {}) == (finding,)


def test_what_breaks_the_contract_is_told_by_its_cell() -> None:
    imported = Imported({"money_unit": "亿元"}, CELLS)
    with pytest.raises(InputError) as caught:
        loaded_import(imported)
    cells = {place.pointer: place.cell for finding in caught.value.findings for place in finding.where}
    assert cells["/money_unit"] == "基本情况!B3"
    assert cells["/year"] == ""


def test_a_file_with_errors_gives_no_document() -> None:
    error = Finding("XL101", Severity.ERROR, "甲", (Place(cell="支出!B2"),))
    with pytest.raises(InputError) as caught:
        loaded_import(Imported({}, {}, (error,)))
    assert caught.value.findings == (error,)
