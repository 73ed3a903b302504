"""Documents with any of the funds and any of the optional parts: no sentence without its list, no heading without text.

Every subset of the funds is composed with the optional parts in every pair of present and absent; ``-m campaign``
takes every subset of the parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations, pairwise, product
from typing import Any

import pytest

from reportgen.budget.load import read_budget
from reportgen.budget.model import SCHEMA
from reportgen.budget.terms import FUNDS, REVENUE_SOURCES, Fund
from reportgen.compose import compose
from reportgen.compose.tables import has_figures
from reportgen.facts import derive_facts
from reportgen.layout.spec import Layout
from reportgen.tree.nodes import Block, Document, Heading, Paragraph, Table, heading_of, plain
from tests.population import in_full

Data = dict[str, Any]

UNIT = "450001"


def _add_totals(data: Data, reason: dict[str, str] | None = None, **bases: dict[str, int]) -> None:
    """Add last year's figures, by kind of base, and reasons to ``totals``."""
    totals = data.setdefault("totals", {})
    for kind, amounts in bases.items():
        for key, amount in amounts.items():
            totals.setdefault(key, {}).setdefault("last", {})[kind] = amount
    for key, text in (reason or {}).items():
        totals.setdefault(key, {})["reason"] = text


PARTS: dict[str, Callable[[Data], object]] = {
    "units": lambda data: data["department"]["units"].extend(
        ({"code": "450002", "name": "乙中心", "nature": "参公"}, {"code": "450003", "name": "丙站", "nature": "行政"})
    ),
    "carry_over": lambda data: [line.update(carry_over=7) for line in data["revenue"]],
    "carried_forward": lambda data: data.update(carried_forward=5),
    "basic_expenditure": lambda data: data.update(basic_expenditure=[{"economic": "30101", "amount": 60}]),
    "three_public": lambda data: data.update(three_public=[{"unit": UNIT, "vehicle_purchase": 9, "reception": 3}]),
    "projects": lambda data: data.update(
        projects=[{"unit": UNIT, "name": "甲项目", "own_funds": 40, "key": True, "goal": "目标"}]
    ),
    "performance": lambda data: data.update(performance=[{"unit": UNIT, "name": "甲项目", "amount": 40}]),
    "last": lambda data: _add_totals(
        data, execution={"revenue": 90, "expenditure": 0, "general_public": 70, "government_fund": 70},
        budget={"overseas": 8, "vehicle_purchase": 2, "vehicle_operation": 2, "reception": 3, "agency_operating": 20},
    ),
    "agency_operating": lambda data: data.update(agency_operating=30),
    "procurement": lambda data: data.update(procurement={"works": 20}),
    "assets": lambda data: data.update(assets={"as_of": "2022-12-31"}),
    "reasons": lambda data: _add_totals(
        data,
        reason=dict.fromkeys(("revenue", "general_public", "government_fund", "overseas", "reception"), "机构调整"),
    ) or data.update(reception_use="接待来访"),
    "glossary": lambda data: data.update(
        glossary=[{"function": "2010601", "text": "指行政运行。"}, {"term": "甲", "text": "乙。"}]
    ),
}  # fmt: skip

DANGLING = re.compile(r"[：；，、（][：；，、。）]|。[。；，、：）]|^[0-9.]*[。；，、：）]|年的|占$|占[。；，]")
"""What stands where an enumeration, a clause or a subject is missing."""


def document_of(incomes: Iterable[Fund], spendings: Iterable[Fund], parts: Iterable[str]) -> Data:
    """A document with revenue of the funds ``incomes``, expenditure of the funds ``spendings``, and the parts."""
    sources = {source.fund: source.name for source in REVENUE_SOURCES}
    data: Data = {
        "schema": SCHEMA,
        "year": 2023,
        "money_unit": "万元",
        "department": {
            "code": "450",
            "name": "某局",
            "duties": ["办事。"],
            "units": [{"code": UNIT, "name": "某局本级", "nature": "事业"}],
        },
        "revenue": [{"source": sources[fund], "amount": 100} for fund in incomes],
        "expenditure": [
            {"function": "2010601", "fund": fund.name, "personnel": 60, "project": 40} for fund in spendings
        ],
    }
    data["revenue"] = data["revenue"] or [{"source": FUNDS[0].name, "amount": 0}]
    data["expenditure"] = data["expenditure"] or [{"function": "2010601", "personnel": 0}]
    for part in parts:
        PARTS[part](data)
    return data


def subsets(members: Sequence[Any]) -> list[tuple[Any, ...]]:
    return list(chain.from_iterable(combinations(members, n) for n in range(len(members) + 1)))


def pairs_of_parts() -> list[tuple[str, ...]]:
    """Subsets of the parts so that of any two parts both, either and neither are there (Kleitman and Spencer, 1973).

    Each part is in four of six subsets, no two parts in the same four; the seventh subset is empty.
    """
    memberships = dict(zip(PARTS, combinations(range(6), 4), strict=False))
    assert memberships.keys() == PARTS.keys()
    return [(), *(tuple(part for part in PARTS if n in memberships[part]) for n in range(6))]


def composed(data: Data, layout: Layout) -> Document:
    return compose(derive_facts(read_budget(data), layout.printing), layout)


def complaints(document: Document) -> Iterator[str]:
    """What a reader would stumble over: a list without members, a heading without text, an empty table."""
    for section in document.sections:
        for block, following in pairwise((*section.blocks, None)):
            assert block is not None
            if (heading := heading_of(block)) and heading is block and not _has_content(heading, following):
                yield f"nothing under {plain(heading.runs)}"
            for text in _texts(block):
                if DANGLING.search(text):
                    yield f"something is missing in {text}"
                if text.endswith(("：", "，", "、", "；")) and not isinstance(following, Paragraph):
                    yield f"nothing follows {text}"
            if (
                isinstance(block, Table)
                and not has_figures(block.body)
                and "故本表无数据" not in "".join(_texts(block))
            ):
                yield f"{block.label} is empty and does not say so"


def _has_content(heading: Heading, following: Block | None) -> bool:
    if following is None:
        return False
    below = heading_of(following)
    return below is None or isinstance(following, Table) or below.level > heading.level


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Heading | Paragraph):
        yield plain(block.runs)
    elif isinstance(block, Table):
        yield from (plain(runs) for runs in (block.title, block.left, block.right))
        yield from (plain(note.runs) for note in block.notes)


@pytest.mark.campaign
@pytest.mark.parametrize("funds", subsets(FUNDS), ids=lambda funds: "+".join(fund.key for fund in funds) or "none")
def test_no_list_is_empty_and_no_heading_alone(funds: tuple[Fund, ...], layout: Layout) -> None:
    """Two thirds of the documents have one side only, which a rule refuses but ``compose`` must bear."""
    for parts in subsets(tuple(PARTS)) if in_full() else pairs_of_parts():
        assert [*complaints(composed(document_of(funds, funds, parts), layout))] == [], parts
    for incomes, spendings in ((funds, ()), ((), funds)):
        assert [*complaints(composed(document_of(incomes, spendings, ()), layout))] == []


def test_the_pairs_of_parts_are_all_there() -> None:
    chosen = [set(parts) for parts in pairs_of_parts()]
    for one, other in combinations(PARTS, 2):
        assert {(one in parts, other in parts) for parts in chosen} == set(product((True, False), repeat=2))


STATED: dict[str, Data] = {
    "the total of the expenditure alone": {"expenditure": [{"function": "合计", "fund": "全部资金", "total": 100}]},
    "the total of a fund alone": {"expenditure": [{"function": "合计", "fund": "政府性基金预算", "total": 100}]},
    "the total of the projects alone": {"projects": [{"unit": "合计", "general_public": 100}]},
    "a project of nothing": {"projects": [{"unit": UNIT, "name": "甲", "general_public": 0}]},
    "the total of the basic expenditure alone": {"basic_expenditure": [{"economic": "合计", "amount": 100}]},
    "a carry-over alone": {"revenue": [{"source": "事业收入", "carry_over": 3}]},
}


@pytest.mark.parametrize("stated", STATED.values(), ids=STATED)
def test_a_document_that_states_a_total_without_its_parts(stated: Data, layout: Layout) -> None:
    assert [*complaints(composed(document_of(FUNDS, FUNDS, ()) | stated, layout))] == []


WRONG = [
    "某局收入包括：；支出包括：甲。",
    "支出包括：。",
    "。",
    "1.。",
    "其中：，甲",
    "甲（）",
    "甲。。",
    "2023年的机关运行经费",
    "甲支出，占",
]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_missing_is_seen(text: str) -> None:
    assert DANGLING.search(text)


GONE: dict[str, Callable[[Block], Block | None]] = {
    "the text of a section": lambda block: None if block.id == "职能/1" else block,
    "the items after a colon": lambda block: None if block.id in ("三公/出国", "三公/接待", "三公/用车") else block,
    "the notes of empty tables": lambda block: replace(block, notes=()) if isinstance(block, Table) else block,
}


@pytest.mark.parametrize("change", GONE.values(), ids=GONE)
def test_what_is_taken_away_is_missed(change: Callable[[Block], Block | None], layout: Layout) -> None:
    whole = composed(document_of((), (), ()), layout)
    sections = (
        replace(section, blocks=tuple(block for block in map(change, section.blocks) if block))
        for section in whole.sections
    )
    assert [*complaints(whole)] == [] != [*complaints(replace(whole, sections=tuple(sections)))]


def test_without_units_of_its_kind_the_department_has_the_agency_operating_cost(layout: Layout) -> None:
    document = composed(document_of(FUNDS, FUNDS, ["agency_operating"]), layout)
    said = {block.id: plain(block.runs) for block in document.prose()}["其他/机关运行/经费"]
    assert said.startswith("2023年某局的机关运行经费财政拨款预算30.00万元")


@pytest.mark.parametrize("fund", ["一般公共预算/变化", "政府性基金/支出"])
def test_what_ended_is_compared_with_last_year_and_explained(fund: str, layout: Layout) -> None:
    document = composed(document_of((), (), ["last", "reasons"]), layout)
    said = {block.id: plain(block.runs) for block in document.prose()}[fund]
    assert said.endswith("安排的支出，比上年执行数减少70.00万元，下降100.0%，主要是机构调整。")
