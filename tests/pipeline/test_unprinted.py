"""Amounts that a layout prints nowhere are told, one note for each part of the document (GJ004)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from reportgen.core.finding import Severity
from reportgen.layout.spec import Layout
from reportgen.pipeline.in_memory import check
from reportgen.pipeline.loaded_layout import LoadedLayout
from reportgen.rules.stated import amounts
from tests.leaves.changes import filled
from tests.rules.test_rules import base, edited
from tests.strategies import dumped

GONE = {
    "nothing": ([], {}),
    "the table of the key projects: their amounts are in another": (["表/重点项目"], {}),
    "the indicators": (["表/绩效指标"], {"performance": "4,500,000.00元"}),
    "the “三公”: the sentences about them remain": (["表/三公"], {}),
    "the “三公” and their section": (
        ["表/三公", "三公"],
        {"three_public": "180,000.00元", "totals": "76,500.00元"},
    ),
    "the other matters": (
        ["其他"],
        {"agency_operating": "1,606,800.22元", "procurement": "420,000.00元", "totals": "1,590,000.00元"},
    ),
    "the projects": (
        ["表/项目", "表/重点项目", "其他"],
        {
            "projects": "1,560,000.00元",
            "agency_operating": "1,606,800.22元",
            "procurement": "420,000.00元",
            "totals": "1,590,000.00元",
        },
    ),
}


def without(layout: Layout, blocks: Iterable[str]) -> LoadedLayout:
    outline = (
        replace(section, blocks=tuple(block for block in section.blocks if block.id not in blocks))
        for section in layout.outline
    )
    return LoadedLayout(replace(layout, outline=tuple(outline)))


def notes(data: Any, layout: LoadedLayout) -> dict[str, str]:
    """The first amount that is told of each part."""
    report = check(dumped(data), layout)
    found = [finding for finding in report.findings if finding.code == "GJ004"]
    assert all(finding.severity is Severity.NOTE for finding in found)
    assert all(place.pointer.startswith("/") for finding in found for place in finding.where)
    parts = [finding.where[0].pointer.split("/")[1] for finding in found]
    assert len(parts) == len(set(parts)), "more than one note for a part"
    return {part: finding.values["amount"] for part, finding in zip(parts, found, strict=True)}


@pytest.mark.parametrize(("gone", "expected"), GONE.values(), ids=GONE)
def test_what_a_layout_leaves_out_is_told(gone: list[str], expected: dict[str, str], layout: Layout) -> None:
    assert notes(base("demo"), without(layout, gone)) == expected


def test_the_whole_layout_prints_every_amount(layout: Layout) -> None:
    assert notes(base("seed"), without(layout, [])) == {}


def test_a_layout_prints_one_kind_of_last_years_figures(layout: Layout) -> None:
    assert set(notes(filled(base("demo")), without(layout, []))) == {
        "totals", "basic_expenditure", "economic_expenditure", "procurement", "named", "projects", "three_public",
    }  # fmt: skip


def test_one_note_counts_all_amounts_of_a_part_and_names_a_place_of_each_field(layout: Layout) -> None:
    report = check(dumped(base("demo")), without(layout, ["表/三公", "三公"]))
    assert report.publishable
    (note,) = (f for f in report.findings if f.code == "GJ004" and f.values["part"] == "“三公”经费")
    assert note.values["count"] == "5"
    assert [place.pointer.rpartition("/")[2] for place in note.where] == [
        "vehicle_purchase", "vehicle_operation", "reception",
    ]  # fmt: skip


def test_a_zero_is_not_missed(layout: Layout) -> None:
    data = edited(base("demo"), {"/procurement": {"goods": "0.00"}, "/agency_operating": "0", "/totals": None})
    assert notes(data, without(layout, ["其他"])) == {}


def test_a_layout_without_figures_leaves_out_every_part(layout: Layout) -> None:
    outline = tuple(section for section in layout.outline if section.page == "cover")
    data = base("demo")
    report = check(dumped(data), LoadedLayout(replace(layout, outline=outline)))
    assert report.prepared is not None
    told = [f for f in report.findings if f.code == "GJ004"]
    stated = [amount for _, amount in amounts(report.prepared.budget) if amount]
    assert sum(int(finding.values["count"]) for finding in told) == len(stated)


def test_details_that_no_page_prints_are_told_by_kind(layout: Layout) -> None:
    last = {"last": {"budget": "12.34"}, "reason": "设备更新"}
    data = edited(base("demo"), {"/expenditure/2/last": last["last"], "/expenditure/2/reason": last["reason"],
                                 "/projects/0/goal": "不是重点项目的目标"})  # fmt: skip
    found = [f.text for f in check(dumped(data), without(layout, [])).findings if f.code == "GJ006"]
    assert found == [
        "支出里有 1 处上年数，这个版式哪里都不印：12.34元",
        "支出里有 1 处增减原因，这个版式哪里都不印：“设备更新”",
        "项目支出里有 1 处绩效目标，这个版式哪里都不印：“不是重点项目的目标”",
    ]
