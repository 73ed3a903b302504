"""The review of hand edits on a small document: which findings, with which texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportgen.compose.overrides import added_id, current_figure, has_number, runs_without_number
from reportgen.compose.review import masked, review
from reportgen.compose.review_direction import wrong_claims
from reportgen.core.finding import Finding
from reportgen.facts import Fact, FactGroup
from reportgen.layout.load import load_layout
from reportgen.tree.nodes import Document, Heading, Paragraph, Section, Text, plain
from tests.nodes import t

LAYOUT = load_layout("zhejiang")


@dataclass
class Link:
    figure: str
    printed: str
    unit: str | None = None


@dataclass
class Edit:
    block: str
    runs: tuple[object, ...]
    was: str | None = None
    after: bool = False
    role: str = "body"


def facts() -> FactGroup:
    delta, rate = Fact("a.change.delta", Decimal("100000")), Fact("a.change.rate", Decimal("2.5"), "percent", "%")
    this = Fact("a.change.this", Decimal("20000"))
    change = FactGroup("a.change", this=this, delta=delta, rate=rate, direction="up")
    return FactGroup("", a=FactGroup("a", total=Fact("a.total", Decimal("20000")), change=change))


DOCUMENT = Document(
    "题", "", "", "slug", date(2023, 1, 1),
    (Section("s", "prose", (
        Heading("题", 1, (Text("一、"), Text("收入"))),
        Paragraph("段", t("青溪市财政局收入预算2.00万元，主要是工资调整，与上年持平，另有50台车。")),
        Paragraph("条", (Text("1."), Text("职能")), "item"),
    )),),
)  # fmt: skip


def found(*edits: Edit) -> list[Finding]:
    group = facts()
    return list(review(DOCUMENT, edits, group, {fact.name: fact for fact in group.facts()}, LAYOUT))  # type: ignore[arg-type]


def codes(*edits: Edit) -> list[str]:
    return [finding.code for finding in found(*edits)]


def test_changed_wording_is_shown_from_just_before_the_difference() -> None:
    (finding,) = found(Edit("段", ("改。",), "青溪市财政局收入预算9.99万元，主要是人员增加。"))
    assert finding.code == "QH203"
    assert finding.values["was"] == "政局收入预算9.99万元，主要是人员增加。"
    assert finding.values["now"].startswith("政局收入预算2.00万元，主要是工资调整")
    assert finding.where[0].pointer == "/overrides/0"
    assert finding.where[0].printed == "一第1段"


def test_long_wordings_are_cut() -> None:
    (finding,) = found(Edit("条", ("改。",), "职" * 60))
    assert finding.values["was"] == "职" * 40
    assert finding.values["now"] == "职能"


def test_wording_that_differs_in_numbers_only_is_the_same() -> None:
    was = plain(DOCUMENT.sections[0].blocks[1].runs).replace("2.00", "9.99")  # type: ignore[union-attr]
    assert codes(Edit("段", ("改。",), was)) == []
    assert masked("共1,234.50元") == masked("共９元") == "共#元"


def test_a_missing_block_is_reported_with_similar_ones() -> None:
    (finding,) = found(Edit("段落", ("改。",)))
    assert (finding.code, finding.values["near"], finding.where[0].printed) == ("QH201", "段", "")


def test_what_cannot_be_applied() -> None:
    assert codes(Edit("题", ())) == ["QH206"]
    assert codes(Edit("段", ())) == []
    assert codes(Edit("段", ("甲。",)), Edit("段", ("乙。",))) == ["QH206"]
    assert codes(Edit("段", ("甲。",)), Edit("段", ("乙。",), after=True)) == []


def test_figures_that_changed_are_reported_together() -> None:
    edit = Edit("段", ("共", Link("a.total", "1.00"), "万元，另", Link("a.change.delta", "9.00"), "万元。"))
    (finding,) = found(edit)
    assert (finding.code, finding.values["figures"]) == ("QH202", "1.00 → 2.00，9.00 → 10.00")
    assert codes(Edit("段", ("共", Link("a.total", "2.00"), "万元。"))) == []
    assert codes(Edit("段", ("共", Link("a.none", "2.00"), "万元。"))) == ["QH205"]


def test_a_direction_against_the_data_is_an_error() -> None:
    assert codes(Edit("段", ("减少", Link("a.change.delta", "10.00"), "万元。"))) == ["QH204"]
    assert codes(Edit("段", ("增加", Link("a.change.delta", "10.00"), "万元。"))) == []
    assert codes(Edit("段", ("减少甲，增加", Link("a.change.delta", "10.00"), "万元。"))) == []
    assert codes(Edit("段", ("减少甲，", Link("a.change.delta", "10.00"), "万元。"))) == []
    assert codes(Edit("段", ("减少", Link("a.total", "2.00"), "万元。"))) == []
    assert codes(Edit("段", ("减少到", Link("a.change.this", "2.00"), "万元。"))) == []
    assert codes(Edit("段", ("下降", Link("a.change.rate", "2.5"), "%。"))) == ["QH204"]


def test_flat_where_the_data_are_not_flat_is_an_error() -> None:
    assert codes(Edit("条", ("与上年持平",), "职能与上年持平")) == ["QH204", "QH203"]


def test_a_direction_against_the_budget_is_held_against_the_final_figure() -> None:
    """The reason of a final figure (决算数小于预算数的主要原因) says a direction, also where the edit adds it."""
    change = FactGroup("a.change.initial", direction="down")
    group = FactGroup("", a=FactGroup("a", change=FactGroup("a.change", initial=change)))
    basis = ("a.total", "a.budgeted.initial.total")
    for generated in ("支出1元。决算数小于预算数的主要原因：节约。", "支出1元。"):
        block = Paragraph("段", t(generated), basis=basis)
        for word in ("大于", "高于年初", "超过", "小于", "低于全年"):
            edit = f"支出1元。决算数{word}预算数的主要原因：节约了经费。"
            assert [wrong.said for wrong in wrong_claims((edit,), block, group)] == ["减少"] * (
                word not in ("小于", "低于全年")
            )
        assert [wrong.word[-2:] for wrong in wrong_claims(("决算数与预算数持平。",), block, group)] == ["持平"]
        assert list(wrong_claims(("支出1元。主要原因：预算调整后执行。",), block, group)) == []


def test_numbers_without_source_are_reported() -> None:
    (finding,) = found(Edit("段", ("共3人、50台、2.00，还有４辆，7.",)))
    assert (finding.code, finding.values["found"]) == ("QH207", "3、４、7")
    (finding,) = found(Edit("段", ("增幅为89.1，比重20.6，合计1,234.5；第18.8，2023，50台。",)))
    assert finding.values["found"] == "89.1、20.6、1,234.5、18.8、2023"
    (finding,) = found(Edit("段", ("约3，400，又3，40人，5、6",)))
    assert finding.values["found"] == "3，400、3、40、5、6"
    assert codes(Edit("段", ("另有50台车。",), after=True)) == ["QH207"]
    assert codes(Edit("条", ("单位价值50万元以上的设备",))) == []


def test_numbers_and_ids_of_blocks() -> None:
    heading, paragraph, item = DOCUMENT.sections[0].blocks
    assert [has_number(block) for block in (heading, paragraph, item)] == [True, False, True]  # type: ignore[arg-type]
    assert runs_without_number(item) == t("职能")  # type: ignore[arg-type]
    assert added_id("段", 2) == "段+2"


def test_a_linked_figure_prints_in_the_form_of_the_edit() -> None:
    fact = Fact("x", Decimal("12345678.9"))
    printed = [("1,234.5", None), ("1234", None), ("1.00", "元"), ("1.000", "万元")]
    texts = [current_figure(Link("x", text, unit), fact, LAYOUT.printing).text for text, unit in printed]  # type: ignore[arg-type]
    assert texts == ["1,234.6", "1235", "12345678.90", "1234.568"]
