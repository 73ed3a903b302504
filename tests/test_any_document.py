"""Any document that keeps to the contract goes all the way, and its three files say the same."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import docx
import jsonschema
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from reportgen import rules
from reportgen.budget.json_input import parse_json
from reportgen.budget.load import read_budget
from reportgen.budget.schema import json_schema
from reportgen.compose import amend, compose
from reportgen.core.finding import Finding
from reportgen.facts import derive_facts
from reportgen.layout.load import load_layout
from reportgen.layout.spec import Layout
from reportgen.tree.nodes import Document
from reportgen.writers import writer
from reportgen.writers.glyph_check import missing
from tests.population import size
from tests.strategies import documents, dumped, final_documents
from tests.test_files_agree import docx_grid, tree_grid, xlsx_grid
from tests.writers.pdf_help import complaints

LAYOUT, FINAL = load_layout("zhejiang"), load_layout("final-accounts")
CONTRACT = jsonschema.Draft202012Validator(json_schema())
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
CALM = settings(deadline=None, suppress_health_check=SLOW, derandomize=True)


def composed(payload: bytes, layout: Layout = LAYOUT) -> tuple[Document, tuple[Finding, ...]]:
    budget = read_budget(parse_json(payload))
    facts = derive_facts(budget, layout.printing)
    document, reviews = amend(compose(facts, layout, budget.published), budget.overrides, facts, layout)
    return document, (*rules.run(budget, facts), *reviews)


@pytest.mark.campaign
@settings(CALM, max_examples=size(2000, 30))
@given(documents())
def test_it_is_accepted_checked_and_composed(data: Any) -> None:
    payload = dumped(data)
    assert not list(CONTRACT.iter_errors(json.loads(payload)))
    document, findings = composed(payload)
    assert document.sections
    assert all("{" not in f.message.format(**f.values) for f in findings if "{" not in "".join(f.values.values()))
    assert not list(missing(document, LAYOUT.style))


@pytest.mark.campaign
@settings(CALM, max_examples=size(1000, 20))
@given(final_documents())
def test_final_accounts_are_accepted_checked_and_composed(data: Any) -> None:
    payload = dumped(data)
    assert not list(CONTRACT.iter_errors(json.loads(payload)))
    document, findings = composed(payload, FINAL)
    assert document.sections
    assert all("{" not in f.message.format(**f.values) for f in findings if "{" not in "".join(f.values.values()))


@pytest.mark.campaign
@settings(CALM, max_examples=size(400, 6))
@given(documents())
def test_every_writer_writes_it_and_the_grids_are_equal(data: Any) -> None:
    document, _ = composed(dumped(data))
    word = docx.Document(BytesIO(writer("docx").write(document, LAYOUT.style)))
    book = openpyxl.load_workbook(BytesIO(writer("xlsx").write(document, LAYOUT.style)))
    assert complaints(writer("pdf").write(document, LAYOUT.style)) == set()
    for n, table in enumerate(document.tables()):
        expected = tree_grid(table)
        assert docx_grid(table, word.tables[n]) == expected
        sheet = book.worksheets[n + 1]
        if "_continued" not in sheet.defined_names:  # else a text goes on on the next page
            assert xlsx_grid(table, sheet) == expected
