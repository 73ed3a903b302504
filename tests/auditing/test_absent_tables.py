"""A table that is not in the file: what is said is that it is missing, and nothing of figures that are not printed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from reportgen.auditing.audit import audit_read
from reportgen.auditing.report import AuditFinding
from reportgen.core.finding import Severity
from reportgen.intake.readers.published import read_document
from reportgen.pipeline.in_memory import prepare
from reportgen.pipeline.source import load
from reportgen.recognise.absent_tables import absent_kinds
from reportgen.recognise.blocks import ReadDocument
from reportgen.recognise.recognise import recognise
from reportgen.writers.docx import write
from tests.recognise.grids import grid

from ..families.golden import sample

NAMES = ("hangzhou", "final-accounts")
"""A budget and final accounts with money of all three funds."""
FORM = 9
"""Tables of the form of final accounts."""


@cache
def read(name: str) -> ReadDocument:
    prepared = prepare(load(sample(name)), name)
    return read_document(write(prepared.document, prepared.layout.style), isolated=False)


@cache
def without_each(name: str) -> dict[str, list[AuditFinding]]:
    """What is found only when a table of a document is taken out, by the first cell of the table."""
    whole = read(name)
    known = {str(one.finding) for one in audit_read(whole).findings}
    found = {}
    for table in whole.tables():
        left = replace(whole, blocks=tuple(block for block in whole.blocks if block is not table))
        first = next(iter(table.grid.cells.values())).value
        found[str(first)] = [one for one in audit_read(left).findings if str(one.finding) not in known]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_table_that_is_missing_makes_no_error_elsewhere(name: str) -> None:
    found = without_each(name)
    assert len(found) >= FORM
    errors = [one for new in found.values() for one in new if one.finding.severity is Severity.ERROR]
    assert errors == [], [str(one.finding) for one in errors]
    assert {one.finding.code for new in found.values() for one in new} <= {"AU105", "AU109"}


@pytest.mark.parametrize(("amount", "absent"), [("20.00", True), ("0.00", False)])
def test_the_table_of_a_fund_is_absent_only_if_another_states_its_money(amount: str, absent: bool) -> None:
    rows = [
        ["2026年部门收支总表"],
        ["单位：万元"],
        ["项目", "预算数", "项目", "预算数"],
        ["一、一般公共预算", "100.00", "一、一般公共服务支出", "100.00"],
        ["二、政府性基金预算", amount, "二、教育支出", amount],
        ["收入总计", "120.00", "支出总计", "120.00"],
    ]
    kinds = absent_kinds(recognise([grid(rows, "表1")], 2026).tables)
    assert ("government_fund" in kinds) is absent
    assert "revenue" in kinds
    assert not kinds & {"balance", "state_capital"}
