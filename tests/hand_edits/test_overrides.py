"""The overrides after a pull: the old ones in their order, changed, removed or reviewed, then the new ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from reportgen.budget.model import LinkedFigure, Override
from reportgen.hand_edits.changes import Change
from reportgen.hand_edits.overrides import new_overrides, override_data
from reportgen.tree.nodes import Block, Document, Figure, Heading, Paragraph, Section, Text
from tests.nodes import money, t


def document(*blocks: Block) -> Document:
    return Document("题", "", "", "slug", date(2023, 1, 1), (Section("s", "prose", blocks),))


HEADING = Heading("题", 1, (Text("一、"), Text("收入")))
FIRST = Paragraph("甲", (Text("共"), money("2.00", "revenue.total"), Text("万元。")))
SECOND = Paragraph("乙", t("乙。"))
ITEM = Paragraph("项", (Text("1."), Text("职能。")), "item")
GENERATED = document(HEADING, FIRST, SECOND, ITEM)

LINK = LinkedFigure(figure="revenue.total", printed="1.00", unit="万元")
EDITED = Override(block="甲", runs=("合计", LINK, "万元。"), was="共1.00万元。")
ADDED = Override(block="乙", after=True, runs=("补充", LINK, "。"))
ADDED_ITEM = Override(block="乙", after=True, role="item", runs=("第二补充。",))
CURRENT = document(
    HEADING,
    Paragraph("甲", (Text("合计"), money("2.00", "revenue.total"), Text("万元。"))),
    SECOND,
    Paragraph("乙+1", (Text("补充"), money("2.00", "revenue.total"), Text("。"))),
    Paragraph("乙+2", (Text("1."), Text("第二补充。")), "item"),
    ITEM,
)
OLD = (EDITED, ADDED, ADDED_ITEM)
LINKED = {"figure": "revenue.total", "printed": "1.00", "unit": "万元"}
NOW = {**LINKED, "printed": "2.00"}
DATA = [
    {"block": "甲", "runs": ["合计", LINKED, "万元。"], "was": "共1.00万元。"},
    {"block": "乙", "after": True, "runs": ["补充", LINKED, "。"]},
    {"block": "乙", "after": True, "role": "item", "runs": ["第二补充。"]},
]


def pulled(*changes: Change, old: tuple[Override, ...] = OLD, reviewed: bool = False) -> list[dict[str, Any]] | None:
    return new_overrides(GENERATED, CURRENT if old else GENERATED, old, changes, reviewed)


def change(block: str, *runs: str | Figure, **more: Any) -> Change:
    return Change(block, "", runs, **more)


def test_an_override_as_data_leaves_defaults_out() -> None:
    assert [override_data(one) for one in OLD] == DATA
    plain = LinkedFigure(figure="year", printed="2023", unit=None)
    assert override_data(Override(block="x", runs=(plain,)))["runs"] == [{"figure": "year", "printed": "2023"}]


def test_without_changes_nothing_is_new() -> None:
    assert pulled() is None
    assert pulled(old=()) is None


def test_a_review_takes_present_figures_and_generated_text() -> None:
    assert pulled(reviewed=True) == [
        {"block": "甲", "runs": ["合计", NOW, "万元。"], "was": "共2.00万元。"},
        {"block": "乙", "after": True, "runs": ["补充", NOW, "。"]},
        {"block": "乙", "after": True, "role": "item", "runs": ["第二补充。"]},
    ]


def test_a_review_leaves_what_it_cannot_judge() -> None:
    deleted = Override(block="项", runs=(), was="旧职能。")
    gone = Override(block="没有", runs=("甲",), was="旧。")
    assert pulled(old=(deleted, gone), reviewed=True) == [
        {"block": "项", "runs": [], "was": "职能。"},
        {"block": "没有", "runs": ["甲"], "was": "旧。"},
    ]


def test_a_changed_block_gets_an_override_with_the_generated_text() -> None:
    figure = Figure("2.00", Decimal(2), "万元", "revenue.total", 2)
    count = Figure("3", Decimal(3), "人", "people")
    assert pulled(change("项", "新职能", figure, "万元", count, "人。"), old=()) == [
        {
            "block": "项",
            "runs": ["新职能", {"figure": "revenue.total", "printed": "2.00", "unit": "万元"}, "万元",
                     {"figure": "people", "printed": "3"}, "人。"],
            "was": "职能。",
        }
    ]  # fmt: skip


def test_an_edit_back_to_the_generated_text_removes_the_override() -> None:
    back = change("甲", "共", money("2.00", "revenue.total"), "万元。")
    assert pulled(back) == DATA[1:]
    assert pulled(change("甲", "另写。")) == [{"block": "甲", "runs": ["另写。"], "was": "共2.00万元。"}, *DATA[1:]]


def test_a_deleted_block_has_no_runs() -> None:
    assert pulled(change("项"), old=()) == [{"block": "项", "runs": [], "was": "职能。"}]


def test_changes_of_added_paragraphs() -> None:
    assert pulled(change("乙+1", "改。")) == [DATA[0], {"block": "乙", "after": True, "runs": ["改。"]}, DATA[2]]
    assert pulled(change("乙+2", "改条。")) == [
        *DATA[:2], {"block": "乙", "after": True, "role": "item", "runs": ["改条。"]},
    ]  # fmt: skip
    assert pulled(change("乙+1")) == [DATA[0], DATA[2]]


def test_inserted_paragraphs_come_where_they_were_typed() -> None:
    first = change("乙", "最前。", added=True)
    after_first = change("乙+1", "中间。", added=True, role="item")
    last = change("甲", "甲后。", added=True)
    assert pulled(first, after_first, last) == [
        DATA[0],
        {"block": "乙", "after": True, "runs": ["最前。"]},
        DATA[1],
        {"block": "乙", "after": True, "role": "item", "runs": ["中间。"]},
        DATA[2],
        {"block": "甲", "after": True, "runs": ["甲后。"]},
    ]


def test_blank_texts_are_no_runs() -> None:
    assert pulled(change("项", " ", "甲。", "\n"), old=()) == [{"block": "项", "runs": ["甲。"], "was": "职能。"}]


def test_a_second_override_of_a_block_is_kept_as_it_is() -> None:
    second = Override(block="甲", runs=("又。",))
    assert pulled(change("甲", "另写。"), old=(EDITED, second)) == [
        {"block": "甲", "runs": ["另写。"], "was": "共2.00万元。"},
        {"block": "甲", "runs": ["又。"]},
    ]
