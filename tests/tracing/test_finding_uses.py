"""Where what a finding speaks of is printed: the figure itself, the parts of a sum, or nowhere."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from reportgen.core.finding import Finding, Place, Severity
from reportgen.core.paths import shipped
from reportgen.facts import Fact, FactGroup
from reportgen.pipeline import check
from reportgen.pipeline.report import Report
from reportgen.tracing import FindingUses, Tracer, UseIndex
from reportgen.tree.nodes import Document, Figure, Paragraph, Section
from tests.nodes import money

SAMPLE = shipped("data") / "samples" / "demo-2023.json"


@pytest.fixture(scope="module")
def report() -> Report:
    """The sample with a wrong amount of revenue, without a reason, and with a wrong line of 基本支出."""
    data = json.loads(SAMPLE.read_bytes(), parse_float=str)
    data["revenue"][0]["amount"] = "16000000.00"
    data["basic_expenditure"][0]["amount"] = "1.00"
    del data["totals"]["expenditure"]["reason"]
    return check(json.dumps(data).encode())


@pytest.fixture(scope="module")
def index(report: Report) -> UseIndex:
    return UseIndex(Tracer(report.prepared.facts, report.prepared.document))


@pytest.fixture(scope="module")
def lookup(report: Report, index: UseIndex) -> FindingUses:
    return FindingUses(Tracer(report.prepared.facts, report.prepared.document), index, report.prepared.document)


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("GJ101", ["表01「收 入 总 计」收入·预算数 2994.91", "表01「支 出 总 计」支出·预算数 3001.10"]),
        ("GJ201", ["二/（二）第2段 2770.41", "表05「合计」合计 2776.60"]),
        ("GJ202", ["表05「合计」基本支出·小计 1966.70", "表06「合计」本年一般公共预算基本支出·合计 1486.70"]),
        ("GJ401", ["二/（三）第1段 51.10"]),
    ],
)
def test_a_finding_is_marked_where_its_figures_are_printed(
    report: Report, lookup: FindingUses, code: str, printed: list[str]
) -> None:
    finding = next(one for one in report.findings if one.code == code)
    found = [lookup.of_place(finding, place) for place in finding.where]
    assert [f"{use.place} {use.text}" for one in found for use in one.uses] == printed
    assert not any(one.is_parts and one.uses for one in found)


def test_of_a_sum_that_is_printed_nowhere_the_parts_are_marked(report: Report, lookup: FindingUses) -> None:
    finding = next(one for one in report.findings if one.code == "GJ211")
    revenue, spending = (lookup.of_place(finding, place) for place in finding.where)
    assert [use.text for use in revenue.uses] == ["1816.00"]  # by units, in table 02
    assert spending.is_parts
    assert len(spending.uses) > 3
    assert all(lookup._index.cells(use) <= set(finding.where[1].parts) for use in spending.uses)


def test_every_amount_that_one_cell_gives_is_found_by_its_cell(index: UseIndex, lookup: FindingUses) -> None:
    alone = [use for use in index.uses if use.figure and use.figure.unit != "%" and len(index.cells(use)) == 1]
    assert len(alone) > 200
    for use in alone:
        (pointer,) = index.cells(use)
        found = lookup.of_place(Finding("GJ000", Severity.ERROR, ""), Place(pointer))
        assert [index.cells(one) for one in found.uses] == [{pointer}], pointer


def test_a_finding_that_names_a_printed_place_is_marked_there(lookup: FindingUses) -> None:
    found = lookup.of_place(Finding("GJ000", Severity.NOTE, ""), Place("", "表02「青溪市国库支付中心」总计"))
    assert [use.text for use in found.uses] == ["496.50"]


@pytest.mark.parametrize(
    ("code", "pointer", "printed"),
    [
        ("2010602", "/expenditure/2", ["表03「2010602 一般行政管理事务」总计 156.00"]),
        ("2010602", "/expenditure/2/name", ["表03「2010602 一般行政管理事务」总计 156.00"]),
        ("9999999", "/expenditure/1", []),
        ("2010602", "/glossary/-", []),
    ],
)
def test_a_code_is_marked_in_the_row_that_prints_it(
    lookup: FindingUses, code: str, pointer: str, printed: list[str]
) -> None:
    place = Place(pointer)
    found = lookup.of_place(Finding("GJ209", Severity.WARNING, "", (place,), "", {"code": code}), place)
    assert [f"{use.place} {use.text}" for use in found.uses] == printed
    assert not found.uses or not found.is_parts


def test_what_nothing_printed_comes_from_is_nowhere(lookup: FindingUses) -> None:
    for place in (Place("/nothing"), Place(), Place("", "没有这张表「一行」")):
        assert lookup.of_place(Finding("GJ000", Severity.NOTE, ""), place).uses == ()


def test_a_figure_knows_its_other_printings_and_what_is_computed_from_it(index: UseIndex) -> None:
    total = next(use for use in index.uses if use.fact == "revenue.total")
    assert {use.text for use in index.same(total)} == {total.text}
    assert len({use.place for use in index.same(total)}) > 2
    line = next(use for use in index.uses if use.fact == "revenue.450002.total")
    further = {use.fact for use in index.computed_from(line)}
    assert "revenue.total" in further
    assert "expenditure.total" not in further
    assert index.of_name(line.name) == line
    assert index.of_name("_nothing") is None


def test_a_printing_with_the_figure_of_the_finding_is_chosen_though_its_cells_are_others(
    report: Report, index: UseIndex, lookup: FindingUses
) -> None:
    total = next(use for use in index.uses if use.fact == "revenue.total")
    place = Place("/revenue", parts=tuple(sorted(index.cells(total)))[:3])
    stated = Finding("GJ000", Severity.ERROR, "", values={"amount": "29,949,071.95元"})
    assert [use.text for use in lookup.of_place(stated, place).uses] == [total.text]
    assert lookup.of_place(Finding("GJ000", Severity.ERROR, ""), place).is_parts


def small() -> Tracer:
    """A document that prints a rate before the amount that it is computed from."""
    amount = Fact("a.total", Decimal("10179600"), pointers=("/expenditure/9/project", "/expenditure/1/personnel"))
    rate = Fact("a.rate", Decimal("12.50"), "percent", "%", inputs=(amount,))
    runs = (Figure("12.5", Decimal("12.5"), "%", "a.rate", 1), money("1,017.96", "a.total"))
    document = Document("题", "", "", "slug", date(2023, 1, 1), (Section("s", "prose", (Paragraph("段", runs),)),))
    return Tracer(FactGroup("", a=FactGroup("a", total=amount, rate=rate)), document)


def test_a_rate_does_not_state_the_amounts_that_it_comes_from_and_is_computed_from_them() -> None:
    tracer = small()
    index = UseIndex(tracer)
    document = Document("题", "", "", "slug", date(2023, 1, 1), ())
    place = Place("/expenditure", parts=("/expenditure/9/project", "/expenditure/1/personnel"))
    found = FindingUses(tracer, index, document).of_place(Finding("GJ000", Severity.ERROR, ""), place)
    assert [use.text for use in found.uses] == ["1,017.96"]
    rate, amount = index.uses
    assert index.computed_from(amount) == [rate]
    assert index.computed_from(rate) == []
    assert index.same(amount) == [amount]
