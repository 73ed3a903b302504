"""A document typed into the workbook is the same document when it is read back; nothing of the model has no cell."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, assume, given, settings
from openpyxl import load_workbook

from reportgen import render
from reportgen.budget.field_types import FieldType, List, Object, TextOrObject
from reportgen.budget.load import read_budget
from reportgen.budget.map_type import Map
from reportgen.budget.model import Budget
from reportgen.budget.terms import BUDGET, FINAL, STAGES
from reportgen.core.errors import InputError
from reportgen.intake.form.form_cells import form_cells
from reportgen.intake.form.read import read_form
from reportgen.intake.form.write import workbook
from tests.intake.form.sample import (
    FILLED,
    FINAL_NAMES,
    NAMES,
    bare_grids,
    differences,
    document,
    grids_of,
    read,
    workbook_of,
)
from tests.leaves.changes import leaves
from tests.office import saved_by_office
from tests.population import sample, size
from tests.strategies import documents, final_documents


@pytest.mark.parametrize("name", NAMES)
def test_a_document_comes_back_as_it_was(name: str) -> None:
    imported = read_form(grids_of(name))
    assert imported.findings == ()
    assert differences(document(name), imported) == {}
    assert form_cells(document(name)) == (imported.cells, imported.blanks)


def test_assets_have_chinese_names_and_their_keys_are_read_too() -> None:
    """A name of the document's own that is the same word as one of these comes back as it was."""
    data = json.loads(json.dumps(document("demo-2023"), default=str))
    data["assets"]["vehicles"] = {"communications": 1, "other": 2, "其他车辆": 3, "应急保障用车": 4}
    data["assets"]["planned"] = {"vehicles": 1, "equipment": 2}
    payload = workbook(data)
    sheet = load_workbook(BytesIO(payload))["国有资产"]
    names = [sheet.cell(row, 2).value for row in range(6, 12)]
    assert names == [
        "机要通信及应急保障用车",
        "其他车辆",
        "其他车辆 (本地名称)",
        "应急保障用车",
        "车辆",
        "50万元以上通用设备",
    ]
    assert read(payload).data["assets"]["vehicles"] == data["assets"]["vehicles"]
    assert read(payload).data["assets"]["planned"] == data["assets"]["planned"]
    sheet["B6"] = "communications"
    saved = BytesIO()
    sheet.parent.save(saved)
    assert read(saved.getvalue()).data["assets"]["vehicles"] == data["assets"]["vehicles"]
    lists = [one for one in sheet.data_validations.dataValidation if "领导用车" in str(one.formula1)]
    assert [str(one.sqref)[:2] for one in lists] == ["B6"]


def kinds(type: FieldType, stage: str, pointer: str = "") -> Iterator[str]:
    """The pointers of all leaves of the model in documents of a stage, a star for each item and each key."""
    match type:
        case Object(model=model):
            yield from _members(model, stage, pointer)
        case TextOrObject(model=model):
            yield pointer
            yield from _members(model, stage, pointer)
        case List(items=items) | Map(items=items):
            yield from kinds(items, stage, f"{pointer}/*")
        case _:
            yield pointer


def _members(model: Any, stage: str, pointer: str) -> Iterator[str]:
    for field in fields(model):
        if field.metadata.get("stage", stage) == stage:
            yield from kinds(field.metadata["type"], stage, f"{pointer}/{field.name}")


OWN_KEYS = re.compile(
    r"^/(sections|department/units/\*/sections|counts|assets/(?:vehicles|others|planned|planned_vehicles))/[^/]+"
)
"""The parts of the document whose keys are its own."""
MODEL_LEAVES = {stage: sorted(set(kinds(Object(Budget), stage))) for stage in STAGES}
OF_BUDGETS = [name for name in NAMES if document(name).get("stage", BUDGET) == BUDGET]
NAMES_OF_STAGE = {BUDGET: OF_BUDGETS, FINAL: [name for name in NAMES if name not in OF_BUDGETS]}


def kind_of(pointer: str) -> str:
    return OWN_KEYS.sub(r"/\1/*", re.sub(r"/[0-9]+(?=/|$)", "/*", pointer))


@pytest.mark.parametrize(("stage", "kind"), [(stage, kind) for stage in STAGES for kind in MODEL_LEAVES[stage]])
def test_every_leaf_of_the_model_has_a_cell(stage: str, kind: str) -> None:
    """A field that is added to the model has a column; or it needs a sheet in ``form_sheets``."""
    name = next((name for name in (FILLED[stage], *NAMES_OF_STAGE[stage]) if kind in pointers(name)), None)
    assert name, "no document has it: tests/leaves/changes.py"
    assert [pointer for pointer in pointers(name)[kind] if pointer not in cells_of(name)] == []


@cache
def cells_of(name: str) -> Mapping[str, str]:
    """The cell of each leaf that is read of a document's workbook."""
    return read_form(grids_of(name)).cells


@cache
def pointers(name: str) -> dict[str, list[str]]:
    """The pointers of a document's leaves by their kind."""
    found: dict[str, list[str]] = {}
    for leaf in leaves(document(name)):
        found.setdefault(kind_of(leaf.pointer), []).append(leaf.pointer)
    return found


def test_the_walk_saw_the_whole_model() -> None:
    of_budgets, of_final_accounts = (set(MODEL_LEAVES[stage]) for stage in STAGES)
    assert len(of_budgets) > 190
    assert {"/year", "/overrides/*/runs/*/figure", "/assets/vehicles/*", "/totals/reception/last/budget"} <= of_budgets
    assert of_budgets < of_final_accounts
    assert len(of_final_accounts - of_budgets) > 100
    more = {"/evaluation/systems/*", "/expenditure/*/budgeted/initial", "/three_public/*/budgeted/adjusted/overseas"}
    assert more <= of_final_accounts


@settings(max_examples=size(400, 15), deadline=None, suppress_health_check=list(HealthCheck))
@given(documents() | final_documents())
def test_any_document_comes_back_as_it_was(data: dict[str, Any]) -> None:
    assume(keeps_the_contract(data))
    imported = read_form(bare_grids(data))
    assert [str(finding) for finding in imported.findings if finding.severity] == []
    assert differences(data, imported) == {}


def keeps_the_contract(data: Any) -> bool:
    """Whether a drawn document is one: now and then a text has nothing but a number that the layout prints."""
    try:
        read_budget(data)
    except InputError:
        return False
    return True


def test_odd_texts_and_long_amounts_go_through_a_workbook() -> None:
    data: dict[str, Any] = {
        **document("demo-2023"),
        "sections": {
            "tasks": ["=1+1", "+5", "-5", "@SUM(A1)", "'引号", "_x0041_", " 前后空格 "],
            "more": ["a&b<c>", "2026-01-05"],
        },
        "carried_forward": "99999999999999.12345678",
    }  # fmt: skip
    imported = read(workbook(data))
    assert [str(finding) for finding in imported.findings] == []
    assert differences(data, imported) == {}


def test_the_same_document_gives_the_same_bytes_and_no_name_of_a_user() -> None:
    payload = workbook(document("demo-2023"))
    assert payload == workbook_of("demo-2023")
    with ZipFile(BytesIO(payload)) as archive:
        properties = archive.read("docProps/core.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(2023, 1, 1, 0, 0, 0)}
    assert re.findall("<dc:creator[^>]*>(.*?)</dc:creator>", properties) == ["reportgen"]
    assert "lastModifiedBy" not in properties
    assert set(re.findall(r"\d{4}-\d\d-\d\d", properties)) == {"2023-01-01"}


@pytest.mark.parametrize("name", ["shaoxing-hrss-2023", *FINAL_NAMES])
def test_a_document_gives_the_same_files_byte_for_byte(name: str) -> None:
    imported = read_form(grids_of(name))
    wanted, found = render(document(name)), render(imported.data)
    assert sorted(Path(file).suffix for file in wanted.files) == [".docx", ".pdf", ".xlsx"]
    assert found.files == wanted.files


@pytest.mark.campaign
@pytest.mark.parametrize("name", ["demo-2023", *sample([name for name in NAMES if name != "demo-2023"], 1, seed=3)])
def test_libreoffice_changes_nothing(name: str, tmp_path: Path) -> None:
    assert differences(document(name), through_office(workbook_of(name), tmp_path)) == {}


def through_office(payload: bytes, folder: Path) -> Any:
    """What is read of a workbook that LibreOffice opened and saved."""
    imported = read(saved_by_office(payload, folder))
    assert [str(finding) for finding in imported.findings] == []
    return imported
