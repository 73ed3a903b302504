"""The funds, revenue sources and “三公” items are listed once, and the model has a field for each."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen.budget.codes import code_book
from reportgen.budget.lines import Project, ThreePublicItems, ThreePublicLine
from reportgen.budget.row_keys import KEYS as KEYS_OF_ROWS
from reportgen.budget.terms import FISCAL_FUNDS, FUNDS, REVENUE_SOURCES, SURPLUS_USED, THREE_PUBLIC, VEHICLE_ITEMS
from reportgen.budget.totals import Totals
from reportgen.budget.version_1 import LastBudget, LastExecution, Reasons

PACKAGE = Path(reportgen.__file__).parent
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "budget" / "terms.py"]
NAMES = {term.name for term in (*FUNDS, *REVENUE_SOURCES, *THREE_PUBLIC)}
KEYS = {term.key for term in (*FUNDS, *REVENUE_SOURCES, *THREE_PUBLIC)}


def field_names(model: type[Any]) -> list[str]:
    return [field.name for field in fields(model)]


def test_the_model_has_a_field_for_every_term() -> None:
    fund_keys = [fund.key for fund in FUNDS]
    item_keys = [item.key for item in THREE_PUBLIC]
    fiscal_keys = [fund.key for fund in FISCAL_FUNDS]
    assert [name for name in field_names(Project) if name in KEYS] == [*fund_keys, SURPLUS_USED.key]
    assert [name for name in field_names(ThreePublicLine) if name in KEYS] == item_keys
    assert field_names(ThreePublicItems) == item_keys
    assert {*fund_keys, *item_keys} <= set(field_names(Totals))
    assert [name for name in field_names(LastBudget) if name != "agency_operating"] == item_keys
    assert field_names(LastExecution) == ["revenue", "expenditure", *fiscal_keys]
    assert set(field_names(Reasons)) == {"revenue", "expenditure", "agency_operating", *fiscal_keys, *item_keys}


def test_terms_are_what_the_official_forms_say() -> None:
    assert [fund.name for fund in FISCAL_FUNDS] == ["一般公共预算", "政府性基金预算", "国有资本经营预算"]
    assert [source.name for source in REVENUE_SOURCES[:4]] == [fund.name for fund in FUNDS[:4]]
    assert {source.fund.key for source in REVENUE_SOURCES[4:]} == {"own_funds"}
    assert [item.name for item in VEHICLE_ITEMS] == ["公务用车购置费", "公务用车运行维护费"]


@pytest.mark.parametrize("item", THREE_PUBLIC, ids=lambda item: item.key)
def test_the_economic_code_of_an_item_is_in_the_code_book(item: Any) -> None:
    assert code_book(2023).economic[item.economic_code].name in item.name


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_other_module_lists_terms(path: Path) -> None:
    """Two strings in one tuple, list, set or dict that are both keys or both names of terms make a second list.

    A ``Literal`` has to be written out.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    literals = {
        node.slice
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal"
    }
    for node in ast.walk(tree):
        if node in literals:
            continue
        elements = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else []
        elements = [key for key in node.keys if key] if isinstance(node, ast.Dict) else elements
        words = {element.value for element in elements if isinstance(element, ast.Constant)}
        assert len(words & KEYS) < 2, ast.unparse(node)
        assert len(words & NAMES) < 2, ast.unparse(node)


@pytest.mark.parametrize("model", KEYS_OF_ROWS, ids=lambda model: model.__name__)
def test_the_key_of_a_row_consists_of_its_fields(model: type[Any]) -> None:
    names = {name for alternative in KEYS_OF_ROWS[model] for name in alternative}
    assert names
    assert names <= set(field_names(model))
