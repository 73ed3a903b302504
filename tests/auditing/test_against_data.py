"""``--data``: everything printed is held against the canonical document; the samples agree with their own data."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import reportgen
from reportgen.auditing.audit import audit_read
from reportgen.auditing.beside import Beside
from reportgen.auditing.composed import Composed, compose_document
from reportgen.auditing.report import AuditFinding, AuditReport
from reportgen.core.finding import Severity
from reportgen.core.paths import shipped
from reportgen.intake.readers.published import read_document
from reportgen.recognise.blocks import ReadDocument, ReadParagraph
from reportgen.recognise.recognise import recognise
from reportgen.recognise.table import RecognisedRow, RecognisedTable
from reportgen.tree.nodes import Figure
from tests.auditing.test_own_documents import DEMO, SAMPLES, document, figure, rendered, with_runs

pytest.importorskip("pypdfium2")


def recognised(payload: bytes) -> list[RecognisedTable]:
    return recognise([table.grid for table in read_document(payload, isolated=False).tables()]).tables


def places(row: RecognisedRow) -> set[str]:
    return {amount.place for amount in row.amounts.values()}


def held(report: AuditReport) -> list[AuditFinding]:
    return [one for one in report.findings if one.finding.code.startswith("AU13")]


def against(payload: bytes, data: Any = None, layout: str | None = None) -> AuditReport:
    return reportgen.audit(payload, isolated=False, data=data or DEMO, layout=layout)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_what_we_publish_agrees_with_its_data(sample: Path) -> None:
    layout = sample.stem if (shipped("layouts") / sample.stem).is_dir() else None
    report = against(rendered(sample)["pdf"], sample.read_bytes(), layout)
    assert held(report) == []
    assert report.coverage.held > 0.95 * report.coverage.cells
    assert report.coverage.held_figures >= report.coverage.figures


@cache
def composed() -> Composed:
    return compose_document(DEMO)


@cache
def rows() -> frozenset[str]:
    """The ids of the rows of the demo's tables."""
    return frozenset(row.id for table in document()[0].tables() for row in table.body)


def printed_figures(place: str) -> list[Figure]:
    """The amounts of the demo's tables, or of its sentences, each fact once."""
    of_tables = {one.fact: one for one in composed().figures.values() if one.unit == "万元"}
    of_text = {run.fact: run for runs in composed().runs.values() for run in runs if isinstance(run, Figure)}
    found = of_tables if place == "tables" else of_text
    return [found[fact] for fact in sorted(found)][::47]


@pytest.mark.parametrize("wanted", printed_figures("tables"), ids=lambda one: one.fact)
def test_a_figure_that_is_changed_in_a_table_is_told_with_its_pointer(wanted: Figure) -> None:
    payload = with_runs(lambda block, run: figure(run, wanted.fact, "7.77") if block in rows() else run)
    report = against(payload)
    found = [one for one in held(report) if one.finding.code == "AU130"]
    assert found, [str(one.finding) for one in report.findings]
    assert {one.finding.values["printed"] for one in found} == {"7.77万元"}
    places = [place for one in found for place in one.finding.where]
    assert any(place.cell.startswith("第 ") and report.boxes[place.cell] for place in places)
    assert any(place.pointer.startswith("/") and place.printed.startswith("表") for place in places)


@pytest.mark.parametrize("wanted", printed_figures("sentences"), ids=lambda one: one.fact)
def test_a_figure_that_is_changed_in_a_sentence_is_told_with_its_pointer(wanted: Figure) -> None:
    payload = with_runs(lambda block, run: figure(run, wanted.fact, "7.77") if block not in rows() else run)
    found = [one for one in held(against(payload)) if one.finding.code == "AU133"]
    assert found
    assert {one.finding.values["printed"] for one in found} == {f"7.77{wanted.unit}"}
    assert {one.finding.values["right"] for one in found} == {f"{wanted.text}{wanted.unit}"}
    assert all(one.finding.where[0].cell.startswith("第 ") for one in found)
    assert any(one.finding.where[-1].pointer.startswith("/") for one in found)


def test_an_amount_that_is_cut_off_in_place_of_rounded_is_told() -> None:
    """The exact value has more than the printed digits, and was rounded up."""
    cut = next(one for one in composed().figures.values() if one.unit == "万元" and one.value < Decimal(one.text))
    less = str(Decimal(cut.text) - Decimal("0.01"))
    payload = with_runs(lambda block, run: figure(run, cut.fact, less) if block in rows() else run)
    assert "AU130" in {one.finding.code for one in held(against(payload))}


def test_a_figure_of_which_no_column_is_known_is_held_in_a_table_of_the_same_form() -> None:
    """Amounts among the goals of a department: the recogniser reads goals only, the data prints the amounts as well."""
    sample = shipped("data") / "samples" / "beijing.json"
    payload = rendered(sample)["xlsx"]
    held_by_meaning = {place for table in recognised(payload) for row in table.rows for place in places(row)}
    book = load_workbook(BytesIO(payload))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows(min_row=5)
        for cell in row
        if isinstance(cell.value, float) and f"{sheet.title}!{cell.coordinate}" not in held_by_meaning
    ]
    assert cells
    changed = cells[-1]
    changed.value = 77.77
    made = BytesIO()
    book.save(made)
    report = against(made.getvalue(), sample.read_bytes(), sample.stem)
    assert "77.77万元" in {one.finding.values["printed"] for one in held(report)}


def test_a_sentence_of_the_other_direction_is_told() -> None:
    """The data says 减少 where 增加 is printed: words and numbers differ."""

    def more_last_year(data: Any) -> None:
        data["totals"]["general_public"]["last"]["execution"] *= 2

    found = [one for one in held(against(rendered(DEMO)["pdf"], edited(more_last_year))) if one.finding.code == "AU133"]
    assert len(found) >= 2
    assert {one.finding.severity for one in found} == {Severity.WARNING}
    assert all(one.finding.where[-1].pointer.startswith("/") for one in found)


def edited(change: Any) -> bytes:
    data = json.loads(DEMO.read_bytes())
    change(data)
    return json.dumps(data, ensure_ascii=False).encode()


def test_a_row_that_the_data_does_not_have_and_one_that_is_not_printed_are_told() -> None:
    def other_function(data: Any) -> None:
        for line in data["expenditure"]:
            if line["function"] == "2010601":
                line["function"] = "2010699"

    report = against(rendered(DEMO)["pdf"], edited(other_function))
    text = {one.finding.code: one.finding.text for one in held(report)}
    assert "「2010601 行政运行」" in text["AU131"]
    assert "「2010699" in text["AU132"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({'"year": 2023': '"year": 2024'}, "数据是 2024 年的，文件是 2023 年的"),
        ({"财政局": "水利局", '"450': '"888'}, "数据是“青溪市水利局”的，文件的表是“"),
    ],
)
def test_data_of_another_year_or_department_is_told_and_nothing_else(words: dict[str, str], says: str) -> None:
    data = DEMO.read_text(encoding="utf-8")
    for old, new in words.items():
        assert old in data
        data = data.replace(old, new)
    (found,) = held(against(rendered(DEMO)["pdf"], data.encode()))
    assert (found.finding.code, found.finding.severity) == ("AU135", Severity.ERROR)
    assert says in found.finding.text


def test_a_document_of_another_form_makes_no_finding_that_is_sure() -> None:
    made = reportgen.render(DEMO.read_bytes(), formats=("pdf",), layout="zhejiang-2026").files
    (payload,) = made.values()
    assert [str(one.finding) for one in held(against(payload)) if one.confidence == "certain"] == []


@pytest.mark.parametrize(("amount", "codes"), [("2,999.99万元", ["AU133"]), ("{right}万元", [])])
def test_a_sentence_in_other_words_is_held_against_the_tables_of_the_data(amount: str, codes: list[str]) -> None:
    right = next(one.text for one in composed().figures.values() if one.fact == "revenue.total")
    texts = ("2023年部门预算", "一、收入预算情况", f"我局各项收入，2023年收入预算总计{amount.format(right=right)}。")
    read = ReadDocument(tuple(ReadParagraph(text, f"第 1 页第 {n} 段", 1) for n, text in enumerate(texts, 1)))
    report = audit_read(read, Beside(DEMO))
    assert [one.finding.code for one in held(report)] == codes
    assert all(one.finding.where[-1].pointer == "/revenue" for one in held(report))
