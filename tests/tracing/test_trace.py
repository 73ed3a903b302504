"""Promise 1: every printed figure has a source, and every input cell knows where it is printed."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from reportgen.budget.load import read_budget
from reportgen.compose import compose
from reportgen.core.money import in_unit
from reportgen.facts import FactGroup, derive_facts
from reportgen.layout.load import load_layout
from reportgen.layout.spec import Layout
from reportgen.pipeline import build
from reportgen.tracing import Tracer, Use, annex
from reportgen.tree.nodes import Document, Figure
from reportgen.writers import writer
from tests.rules.test_rules import base, edited


@pytest.fixture(scope="module")
def tracer(facts: FactGroup, document: Document) -> Tracer:
    return Tracer(facts, document)


def traced(name: str) -> Tracer:
    layout = load_layout("zhejiang")
    facts = derive_facts(read_budget(base(name)), layout.printing)
    return Tracer(facts, compose(facts, layout))


@pytest.mark.parametrize("name", ["seed", "demo"])
def test_every_printed_figure_is_what_its_fact_says(name: str) -> None:
    tracer = traced(name)
    printed = [use for use in tracer.uses if use.figure]
    assert len(printed) > 500
    for use in printed:
        fact = tracer.fact(use.fact)
        assert isinstance(use.figure, Figure)
        money = fact.measure == "money"
        exact = in_unit(fact.value, use.figure.unit) if money else fact.value  # type: ignore[arg-type]
        assert use.figure.value == exact
        assert fact.value == 0 or list(fact.cells()), f"{use.place}: {use.fact} comes from nowhere"


@pytest.mark.parametrize("name", ["seed", "demo"])
def test_every_cell_behind_a_figure_is_in_the_file(name: str) -> None:
    data = base(name)
    for fact in traced(name).facts.values():
        for pointer in fact.cells():
            value: Any = data
            for step in pointer.strip("/").split("/"):
                if isinstance(value, dict) and step not in value:
                    value = None  # a count of what the file leaves at its default
                    break
                value = value[int(step)] if isinstance(value, list) else value[step]


def test_a_figure_is_traced_to_fact_formula_and_cells(tracer: Tracer) -> None:
    found = tracer.of_figure("1017.96")
    assert [source.use.place for source in found] == ["二/（二）第1段", "二/（三）第1段", "二/（五）/1第1段"]
    assert found[0].fact.formula == "|revenue.total - revenue.last.execution.total|"
    assert found[0].cells == ("/revenue/0/amount", "/revenue/0/carry_over", "/totals/revenue/last/execution")
    assert found[0].value == "10,179,600.00元"


def test_separators_and_units_are_ignored(tracer: Tracer) -> None:
    assert tracer.of_figure("2,552.24万元") == tracer.of_figure("2552.24") != []
    assert tracer.of_figure("5.5%") != []


def test_a_place_lists_its_figures(tracer: Tracer) -> None:
    assert [s.use.text for s in tracer.of_place("二/（二）")] == [
        "2023",
        "2023",
        "17633.63",
        "1017.96",
        "5.5",
        "17633.63",
        "88.07",
        "100.0",
    ]
    rows = tracer.of_place("表07「合计」")
    assert [s.use.text for s in rows] == ["8.46", "2.25", "2.25", "6.21"]
    assert tracer.of_place("二/（一") == []


def test_a_cell_is_traced_to_every_sentence_and_table_cell(tracer: Tracer) -> None:
    places = [use.place for use in tracer.of_pointer("/expenditure/9/operating")]
    assert places == [
        "二/（五）/3第3段",
        "三第9段",
        "表01「行政运行」支出·预算数",
        "表03「2080101 行政运行」总计",
        "表03「2080101 行政运行」基本支出·公用经费",
        "表04「行政运行」支出·预算数",
        "表05「2080101 行政运行」合计",
        "表05「2080101 行政运行」基本支出·小计",
        "表05「2080101 行政运行」基本支出·公用经费",
    ]  # fmt: skip


def test_wording_without_a_printed_figure_is_found(tracer: Tracer) -> None:
    """与上年预算数持平 depends on last year's figure although it is not printed."""
    uses = tracer.of_pointer("/totals/overseas/last/budget")
    assert any("与上年预算数持平" in use.text and not use.figure for use in uses)


def test_texts_of_the_document_are_found_by_their_pointer(tracer: Tracer) -> None:
    uses = tracer.of_pointer("/totals/reception/reason")
    assert [(use.place, use.text) for use in uses] == [("二/（九）第3段", "严控和压缩公务接待费支出")]


CELLS = [
    "/revenue/4/amount",
    "/revenue/0/carry_over",
    "/expenditure/0/personnel",
    "/expenditure/2/project",
    "/expenditure/19/project",
    "/basic_expenditure/3/amount",
    "/three_public/0/reception",
    "/three_public/0/vehicle_operation",
    "/projects/5/general_public",
    "/performance/0/amount",
    "/totals/revenue/last/execution",
    "/totals/reception/last/budget",
    "/totals/vehicle_purchase/last/budget",
    "/agency_operating",
    "/procurement/works",
    "/assets/equipment",
    "/assets/vehicles/other",
]


@pytest.mark.parametrize("pointer", CELLS)
def test_a_changed_cell_changes_what_the_trace_lists(pointer: str, layout: Layout) -> None:
    """Change one cell and compare all printings: everything that moved was named beforehand, none was missed."""
    data = base("demo")
    value: Any = data
    for step in pointer.strip("/").split("/"):
        value = value[int(step)] if isinstance(value, list) else value[step]
    new = value + 1 if isinstance(value, int) else f"{value + 123456}"
    before, after = traced("demo"), _tracer(edited(data, {pointer: new}), layout)
    named = {(use.place, use.fact) for use in before.of_pointer(pointer)}
    old, now = _printed(before), _printed(after)
    moved = {key for key in old.keys() & now.keys() if old[key] != now[key]}
    assert moved
    assert moved <= named


def _tracer(data: Any, layout: Layout) -> Tracer:
    facts = derive_facts(read_budget(data), layout.printing)
    return Tracer(facts, compose(facts, layout))


def _printed(tracer: Tracer) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for use in tracer.uses:
        if use.figure:
            found.setdefault((use.place, use.fact), []).append(use.text)
    return found


def test_names_are_unique_and_survive_edits_elsewhere(tracer: Tracer, layout: Layout) -> None:
    names = [use.name for use in tracer.uses if use.figure]
    assert len(names) == len(set(names))
    other = _tracer(
        edited(base("seed"), {"/totals/revenue/reason": "别的原因", "/department/duties/-": "新的职能。"}), layout
    )
    assert names == [use.name for use in other.uses if use.figure]


def figures(tracer: Tracer, tables_only: bool = False) -> list[Use]:
    found = [use for use in tracer.uses if use.figure]
    return [use for use in found if use.place.startswith("表") and "题名" not in use.place] if tables_only else found


def test_docx_figures_are_in_bookmarks_of_their_names(tracer: Tracer, document: Document, layout: Layout) -> None:
    payload = writer("docx").write(document, layout.style)
    xml = zipfile.ZipFile(BytesIO(payload)).read("word/document.xml").decode()
    marks = re.findall(
        r'<w:bookmarkStart w:id="(\d+)" w:name="(_(?![ps]_)[^"]+)"/>(.*?)<w:bookmarkEnd w:id="\1"/>', xml
    )
    held = {name: "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", run)) for _, name, run in marks}
    assert held == {use.name: use.text for use in figures(tracer)}


def test_xlsx_figures_are_in_cells_of_their_names(tracer: Tracer, document: Document, layout: Layout) -> None:
    book = openpyxl.load_workbook(BytesIO(writer("xlsx").write(document, layout.style)))
    wanted = {use.name: use for use in figures(tracer, tables_only=True)}
    assert {name for name in book.defined_names if name.startswith("_") and "_xlnm" not in name} == wanted.keys()
    for name, use in wanted.items():
        ((sheet, cell),) = book.defined_names[name].destinations
        assert isinstance(use.figure, Figure)
        assert book[sheet][cell].value == pytest.approx(float(use.figure.value))


def test_the_annex_lists_every_figure(tracer: Tracer, document: Document, seed_file: Path, tmp_path: Path) -> None:
    listed = annex(tracer, document, "tables").tables()[0]
    assert len(listed.body) == len(figures(tracer))
    report = build(seed_file, tmp_path, ["xlsx"], sources=True)
    assert [path.name for path in report.files][-1].endswith("-数字出处.xlsx")
    sheet = openpyxl.load_workbook(report.files[-1]).worksheets[1]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {
        "revenue.change.execution.delta",
        "|revenue.total - revenue.last.execution.total|",
        "10,179,600.00元",
    } <= texts


def test_pdf_figures_are_destinations_of_their_names(tracer: Tracer, document: Document, layout: Layout) -> None:
    """A name leads to the page on which the figure can be read."""
    reader = pypdf.PdfReader(BytesIO(writer("pdf").write(document, layout.style)))
    found = reader.named_destinations
    wanted = {use.name: use for use in figures(tracer)}
    assert found.keys() == wanted.keys()
    for use in list(wanted.values())[::60]:
        page = reader.pages[reader.get_destination_page_number(found[use.name])]
        assert use.text in page.extract_text()
