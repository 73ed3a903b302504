"""The fill-in workbook for a department: empty, with a document, with the figures of what was published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..budget.json_input import parse_json
from ..budget.load import read_budget
from ..budget.model import SCHEMA
from ..budget.terms import FINAL, STAGES, BaseKind
from ..budget.upgrade import upgraded
from ..core.errors import UsageError
from ..core.money import MoneyUnit
from ..facts import derive_facts
from ..intake.form.advice import budget_notes
from ..intake.form.form_cells import form_cells
from ..intake.form.published_bases import kind_of_last, with_bases
from ..layout.load import names as layout_names
from ..layout.quoted_names import quoted_names
from ..layout.spec import Layout
from .document_layout import named_layout
from .fill_in_sources import Document, check_published, stage_of
from .loaded_layout import LayoutSource, load_layout
from .source import BudgetSource, load

_SHEETS = {"sections": "各章文字", "named": "其他金额", "counts": "其他数量"}
EARLIEST, LATEST = 2000, 2100
"""The years that the contract allows."""


def workbook(
    source: BudgetSource | None = None,
    last: BudgetSource | None = None,
    layout: LayoutSource | None = None,
    year: int | None = None,
    money_unit: MoneyUnit | None = None,
    stage: str | None = None,
    initial: BudgetSource | None = None,
) -> bytes:
    """Make the workbook in which a clerk fills in a document.

    Args:
        source: a document that is filled in already; without it the workbook is empty.
        last: last year's document: its figures become 上年预算数, or 上年执行数 if it is final accounts; its lines are
            the lines to fill in.
        layout: the layout whose own names (sections, amounts, counts) are listed; by default that of the documents.
        year: the budget year; by default that of ``source`` or ``initial``, or the year after ``last``.
        money_unit: of an empty workbook: 元 by default, or that of ``last`` or ``initial``.
        stage: ``"budget"`` or ``"final"``; by default that of ``source``, final accounts with ``initial``, that of
            ``last``, a budget.
        initial: the budget of the same year: its figures become the 年初预算数 of final accounts.

    Returns:
        The bytes of the XLSX file; the same arguments give the same bytes.

    Raises:
        InputError: a document cannot be read or breaks the contract.
        UsageError: there is no such layout, no year, another money unit or stage than that of ``source``, or
            ``initial`` is no budget of the same year, or is given for a budget; ``last`` is not of the year before, or
            one of them is of another department.
        LayoutError: something in the layout is wrong.
    """
    from ..intake.form.write import workbook as written  # loads openpyxl

    own, before, budget = (None if one is None else _present(one) for one in (source, last, initial))
    data = _start(own, before, budget, stage, money_unit)
    _set_year(data, year, budget)
    check_published(data, before, budget)
    if own is None and isinstance(layout, str) and layout in layout_names():
        data["layout"] = layout
    chosen = _layout(data, layout)
    bases: tuple[tuple[Document | None, BaseKind], ...] = (
        (before, kind_of_last(before) if before else "budget"),
        (budget, "initial"),
    )
    for published, kind in bases:
        if published is not None:
            data = with_bases(data, published, derive_facts(read_budget(published), chosen.printing), kind)
    notes = budget_notes(chosen.printing) if chosen.stage == FINAL else {}
    return written(data, _quoted_by_sheet(chosen), notes)


def workbook_cells(source: BudgetSource) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return where the values of a document stand in its :func:`workbook`.

    Returns:
        The cell of each value by its JSON pointer, and the empty cell of each value that is not there.

    Raises:
        InputError: the document cannot be read or breaks the contract.
        LayoutError: something in the layout is wrong.
    """
    data = _present(source)
    return form_cells(data, _quoted_by_sheet(_layout(data, None)))


def _quoted_by_sheet(layout: Layout) -> Mapping[str, tuple[str, ...]]:
    return {_SHEETS[part]: quoted for part, quoted in quoted_names(layout).items()}


def _present(source: BudgetSource) -> Document:
    """Return a document as plain values, in the present version of the contract."""
    data: Document = parse_json(upgraded(load(source).payload))
    return data


def _start(
    own: Document | None, before: Document | None, budget: Document | None, stage: str | None, unit: MoneyUnit | None
) -> dict[str, Any]:
    """Return what the workbook is filled with before the figures of what was published.

    Raises:
        UsageError: ``stage`` or ``unit`` is another one than that of ``own``.
    """
    if own is not None:
        if unit not in (None, own["money_unit"]):
            hint = "不写 --money-unit，或换一份数据"
            raise UsageError("文件的金额单位是{unit}，不能换", hint, unit=str(own["money_unit"]))
        data = dict(own)
        if stage not in (None, stage_of(own)):
            message, hint = "文件是{own}，不能换成{stage}", "不写 --stage，或换一份数据"
            raise UsageError(message, hint, own=STAGES[stage_of(own)], stage=STAGES[str(stage)])
    else:
        data = _empty(before, budget, stage, unit)
    return data


def _empty(
    before: Document | None, budget: Document | None, stage: str | None, unit: MoneyUnit | None
) -> dict[str, Any]:
    """Return a document without content: of the stage, unit, scope and year that the published ones lead to."""
    nearest = budget or before or {}
    stage = stage or (FINAL if budget else stage_of(nearest))
    data: dict[str, Any] = {"schema": SCHEMA, "stage": stage, "scope": "department"}
    kept = ("scope", "layout") if stage_of(nearest) == stage else ("scope",)
    data |= {name: nearest[name] for name in kept if name in nearest}
    data["money_unit"] = unit or nearest.get("money_unit", "元")
    if nearest:
        data["year"] = int(nearest["year"]) + (nearest is before)
    return data


def _set_year(data: dict[str, Any], year: int | None, budget: Document | None) -> None:
    """Set the year that is asked for.

    Raises:
        UsageError: there is none, or it is no year of the contract.
    """
    if year is not None:
        data["year"] = year
    if not EARLIEST <= int(data.get("year", 0)) <= LATEST:
        hint = "年度写四位数，如 2026"
        raise UsageError("预算年度应为 {least} 至 {most} 年", hint, least=str(EARLIEST), most=str(LATEST))


def _layout(data: Document, layout: LayoutSource | None) -> Layout:
    """Return the layout whose names are listed. Raises UsageError if it is one of another stage."""
    stage = stage_of(data)
    chosen = load_layout(named_layout(data.get("layout"), stage) if layout is None else layout).layout
    if chosen.stage != stage:
        message, hint = "版式“{name}”是{stage}的，工作簿是{own}的", "换一个版式（--layout），或写 --stage"
        raise UsageError(message, hint, name=chosen.name, stage=STAGES[chosen.stage], own=STAGES[stage])
    return chosen
