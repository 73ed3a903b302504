"""保密: where the document marks rows as withheld, parts may be less than their whole; there only, and never more."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from reportgen.budget.load import read_budget
from reportgen.core.finding import Severity
from reportgen.facts import derive_facts
from reportgen.pipeline.in_memory import prepare
from reportgen.tree.nodes import Table
from tests.rules.test_rules import PRINTING, base, found

NOTE = "注：部分涉密事项公开时予以剔除。"
SECTION = "20106"
PLANTED = Decimal(1000)
"""元 that no document of these cases has anywhere else."""
Document = dict[str, Any]


def _section_by_unit(data: Document) -> None:
    """State 20106 for each unit, and leave out its items but for one."""
    own = [line for line in data["expenditure"] if line["function"].startswith(SECTION) and "fund" not in line]
    for unit in dict.fromkeys(line["unit"] for line in own):
        lines = [line for line in own if line["unit"] == unit]
        columns = ("personnel", "operating", "project")
        sums = {key: sum(Decimal(line.get(key, 0)) for line in lines) for key in columns}
        data["expenditure"].append({"unit": unit, "function": SECTION, **sums})
    gone = [line for line in own if line["function"] != "2010601"]
    data["expenditure"] = [line for line in data["expenditure"] if line not in gone]


def _section_without_items(data: Document) -> None:
    _section_by_unit(data)
    data["expenditure"] = [x for x in data["expenditure"] if x["function"] != "2010601" or "fund" in x]


def _economic_section(data: Document) -> None:
    lines = data["basic_expenditure"]
    whole = sum(line["amount"] for line in lines if line["economic"].startswith("301"))
    data["basic_expenditure"] = [{"economic": "301", "amount": whole}, *(x for x in lines if x["economic"] != "30102")]


def _projects(data: Document) -> None:
    funds = ("general_public", "government_fund", "state_capital", "fiscal_account", "own_funds")
    sums = {key: sum(Decimal(line.get(key, 0)) for line in data["projects"]) for key in funds}
    del data["projects"][2]
    data["projects"].append({"unit": "合计", **sums})


def _units_of_three_public(data: Document) -> None:
    items = ("overseas", "vehicle_purchase", "vehicle_operation", "reception")
    whole = {key: sum(line.get(key, Decimal(0)) for line in data["three_public"]) for key in items}
    del data["three_public"][2]
    data["three_public"].append({"unit": "合计", **whole})


def _named(data: Document) -> None:
    data["named"] = [{"name": "会议费", "amount": 3 * PLANTED}, {"name": "会议费", "unit": "450001", "amount": PLANTED}]


def _purchases(data: Document) -> None:
    data["procurement"]["lines"] = [{"kind": "货物", "amount": PLANTED}]


def _total_of_purchases(data: Document) -> None:
    data["procurement"] = {"lines": [{"amount": PLANTED}]}
    data["totals"]["procurement"] = {"amount": 3 * PLANTED}


def _economic_of_projects(data: Document) -> None:
    data["economic_expenditure"] = [
        {"economic": "309", "fund": "国有资本经营预算", "project": 560_000},
        {"economic": "30901", "fund": "国有资本经营预算", "project": PLANTED},
    ]


def _section_of_last_year(data: Document) -> None:
    """A section has a base, and its only item that is left has one: the rest is withheld."""
    data["expenditure"].append({
        "function": "20508", "operating": 0, "project": 500_000, "last": {"execution": 3 * PLANTED},
    })  # fmt: skip
    for line in data["expenditure"]:
        line.pop("unit", None)
        if line["function"] == "2050803":
            line["last"] = {"execution": PLANTED}


PROJECTS, CODE = {"table": "projects"}, {"code": SECTION}
CASES: list[tuple[str, str, Callable[[Document], None], dict[str, str]]] = [
    ("GJ102", "items of a section", _section_by_unit, CODE),
    ("GJ102", "of the whole table", _section_by_unit, {"table": "expenditure", "kept": "款"}),
    ("GJ111", "no item left", _section_without_items, CODE),
    ("GJ211", "units by the kept row", _section_by_unit, CODE),
    ("GJ104", "economic sections", _economic_section, {"code": "301"}),
    ("GJ104", "of the whole table", _economic_section, {"table": "basic_expenditure", "kept": "类"}),
    ("GJ107", "projects", _projects, PROJECTS),
    ("GJ214", "projects of a unit", _projects, PROJECTS),
    ("GJ301", "units of 三公", _units_of_three_public, {"table": "three_public"}),
    ("GJ116", "units of a named amount", _named, {"table": "named"}),
    ("GJ117", "procurement", _purchases, {"table": "procurement"}),
    ("GJ604", "a stated total", _total_of_purchases, {"table": "procurement"}),
    ("GJ120", "economic sections of projects", _economic_of_projects, {"code": "309"}),
    ("GJ603", "last year's figures", _section_of_last_year, {"code": "20508"}),
]


def _codes(data: Document, least: Severity = Severity.WARNING) -> set[str]:
    return {finding.code for finding in found(data) if finding.severity >= least}


@pytest.mark.parametrize(("rule", "plant", "mark"), [(c[0], c[2], c[3]) for c in CASES], ids=[c[1] for c in CASES])
def test_a_gap_is_found_without_a_mark_and_with_one_it_is_silent(
    rule: str, plant: Callable[[Document], None], mark: dict[str, str]
) -> None:
    data = base("demo")
    plant(data)
    assert rule in _codes(data)
    data["withheld"] = [{**mark, "note": NOTE}]
    assert rule not in _codes(data, Severity.NOTE)
    assert "GJ123" not in _codes(data)


@pytest.mark.parametrize(
    ("rule", "plant", "mark"),
    [("GJ102", _section_by_unit, CODE), ("GJ104", _economic_section, {"code": "301"}), ("GJ107", _projects, PROJECTS)],
)
def test_parts_are_never_more_than_their_whole(
    rule: str, plant: Callable[[Document], None], mark: dict[str, str]
) -> None:
    data = base("demo")
    plant(data)
    data["withheld"] = [{**mark, "note": NOTE}]
    line = {"GJ102": data["expenditure"][0], "GJ104": data["basic_expenditure"][1], "GJ107": data["projects"][0]}[rule]
    line[{"GJ102": "personnel", "GJ104": "amount", "GJ107": "general_public"}[rule]] += 100_000_000
    assert rule in _codes(data, Severity.ERROR)


def test_a_mark_is_silent_at_its_place_only() -> None:
    data = base("demo")
    _section_by_unit(data)
    data["withheld"] = [{"code": "208", "note": NOTE}]
    assert {"GJ102", "GJ123"} <= _codes(data)


def test_projects_without_a_stated_total_are_still_an_error() -> None:
    data = base("demo")
    del data["projects"][2]
    data["withheld"] = [{**PROJECTS, "note": NOTE}]
    (finding,) = [finding for finding in found(data) if finding.code == "GJ203"]
    assert "加一行“合计”" in finding.hint_text


def test_what_last_year_withheld_is_no_new_item() -> None:
    """Whether an item existed last year is not known where last year's document withholds items."""
    last = base("demo")
    last["year"] -= 1
    _section_by_unit(last)
    last["withheld"] = [{**CODE, "note": NOTE}]
    before = derive_facts(read_budget(last), PRINTING)
    rows = derive_facts(read_budget(base("demo")), PRINTING, before).general_public
    assert rows["2010602"].change.budget.direction == "unknown"
    assert rows["2010601"].change.budget.direction != "unknown"
    this = derive_facts(read_budget({**last, "year": last["year"] + 1}), PRINTING, derive_facts(
        read_budget({**base("demo"), "year": last["year"]}), PRINTING
    ))  # fmt: skip
    assert "2010602" not in {row.key for row in this.general_public.compared_rows}


@pytest.mark.parametrize("layout", ["zhejiang", "zhejiang-2026"])
def test_the_note_is_printed_under_the_tables_that_lack_rows(layout: str) -> None:
    data = base("demo")
    _section_by_unit(data)
    data["withheld"] = [{**CODE, "note": NOTE}]
    tables = [
        block
        for section in prepare(data, layout).document.sections
        for block in section.blocks
        if isinstance(block, Table)
    ]
    notes = {
        "".join(run.text for run in table.title): [run.text for note in table.notes for run in note.runs]
        for table in tables
    }
    with_note = {title for title, texts in notes.items() if NOTE in texts}
    assert any("一般公共预算支出" in title for title in with_note)
    assert not any("项目支出" in title or "基金" in title or "三公" in title for title in with_note)
