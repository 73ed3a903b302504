"""Look-ups by figure, place and pointer in a small document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reportgen.facts import Fact, FactGroup
from reportgen.tracing import Tracer, annex
from reportgen.tracing.tracer import is_at_or_below, is_inside
from reportgen.tree.nodes import Document, Figure, Heading, Paragraph, Section, Text
from tests.nodes import money, t

AMOUNT = Fact("a.total", Decimal("10179600"), pointers=("/expenditure/9/project", "/expenditure/1/personnel"))
RATE = Fact("a.rate", Decimal("12.50"), "percent", "%", inputs=(AMOUNT,))


@pytest.fixture
def tracer() -> Tracer:
    rate = Figure("12.5", Decimal("12.5"), "%", "a.rate", 1)
    blocks = (
        Heading("题", 1, (Text("二、"), Text("支出", "/department/name"))),
        Paragraph("段", (money("1,017.96", "a.total"), Text("万元，"), rate)),
        Paragraph("平", t("与上年持平。"), basis=("a.rate",)),
        Paragraph("文", (Text("原因", "/reasons/a"), Text("代码", "codes"))),
    )
    document = Document("题", "", "", "slug", date(2023, 1, 1), (Section("s", "prose", blocks),))
    return Tracer(FactGroup("", a=FactGroup("a", total=AMOUNT, rate=RATE)), document)


def test_all_printings_are_uses(tracer: Tracer) -> None:
    assert [(use.place, use.text, use.fact, use.source, use.figure is None) for use in tracer.uses] == [
        ("二标题", "支出", "", "/department/name", True),
        ("二第1段", "1,017.96", "a.total", "", False),
        ("二第1段", "12.5", "a.rate", "", False),
        ("二第2段", "与上年持平。", "a.rate", "", True),
        ("二第3段", "原因", "", "/reasons/a", True),
    ]


@pytest.mark.parametrize("text", ["1017.96", "1,017.96", "1017.96万元", "1,017.96元"])
def test_a_figure_is_found_with_or_without_separators_and_unit(tracer: Tracer, text: str) -> None:
    (source,) = tracer.of_figure(text)
    assert (source.fact, source.cells) == (AMOUNT, ("/expenditure/1/personnel", "/expenditure/9/project"))
    assert source.value.replace(",", "").startswith("10179600")


def test_a_rate_has_the_cells_of_its_inputs(tracer: Tracer) -> None:
    (source,) = tracer.of_figure("12.5%")
    assert (source.value, source.cells) == ("12.5%", ("/expenditure/1/personnel", "/expenditure/9/project"))
    assert tracer.of_figure("99") == []


@pytest.mark.parametrize("pointer", ["/expenditure/9", "/expenditure/9/", "/expenditure/9/project", "/expenditure"])
def test_a_cell_or_what_holds_it_is_traced_to_its_uses(tracer: Tracer, pointer: str) -> None:
    assert [use.block for use in tracer.of_pointer(pointer)] == ["段", "段", "平"]


def test_texts_are_traced_by_their_pointer(tracer: Tracer) -> None:
    assert [use.block for use in tracer.of_pointer("/reasons")] == ["文"]
    assert tracer.of_pointer("/expenditure/90") == []
    assert is_at_or_below("/a/1", "/a/1")
    assert not is_at_or_below("/a/12", "/a/1")


def test_places_contain_their_parts(tracer: Tracer) -> None:
    assert [source.use.text for source in tracer.of_place("二/")] == ["1,017.96", "12.5"]
    assert [source.use.text for source in tracer.of_place("")] == ["1,017.96", "12.5"]
    assert tracer.of_place("三") == []
    assert is_inside("二/（二）第1段", "二/（二）")
    assert is_inside("表03「行政运行」总计", "表03「行政运行」")
    assert is_inside("二第1段", "二第1段")
    assert not is_inside("二/（一）第1段", "二/（一")
    assert not is_inside("表031", "表03")


def test_an_unknown_fact_is_a_key_error(tracer: Tracer) -> None:
    assert tracer.fact("a.total") is AMOUNT
    with pytest.raises(KeyError):
        tracer.fact("a.none")


def test_the_annex_lists_each_figure_with_at_most_twelve_cells(tracer: Tracer) -> None:
    many = Fact("a.total", Decimal(1), pointers=tuple(f"/expenditure/{n:02}/project" for n in range(13)))
    few = Fact(
        "a.rate", Decimal(1), "percent", "%", formula="x" * 501, inputs=(replace(many, pointers=many.pointers[:12]),)
    )
    tracer.facts = {**tracer.facts, "a.total": many, "a.rate": few}
    document = Document("题", "", "", "slug", date(2023, 1, 1), ())
    (table,) = annex(tracer, document, "tables").tables()
    first, second = ([cell.text for cell in row.cells] for row in table.body)
    assert first[:3] == ["二第1段", "1,017.96", "万元"]
    assert first[4:6] == ["a.total", "读自输入"]
    assert first[6].split("\n") == [*many.pointers[:12], "…共 13 个"]
    assert second[6].split("\n") == [*many.pointers[:12]]
    assert second[5] == "x" * 500
    assert [round(column.width * 1.1) for column in table.columns] == [22, 9, 5, 13, 17, 17, 12, 15]
    assert round(sum(column.width for column in table.columns)) == 100
    assert annex(tracer, document, "tables").sections[0].page == "tables"
