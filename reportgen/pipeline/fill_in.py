"""The fill-in workbook for a department: empty, with a document, with last year's figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..budget.json_input import parse_json
from ..budget.load import read_budget
from ..budget.model import SCHEMA
from ..budget.upgrade import upgraded
from ..core.errors import UsageError
from ..core.money import MoneyUnit
from ..facts import derive_facts
from ..intake.form.last_year import with_last_year
from ..layout.defaults import BUDGET
from ..layout.load import names as layout_names
from ..layout.quoted_names import quoted_names
from .document_layout import named_layout
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
) -> bytes:
    """Make the workbook in which a clerk fills in a document.

    Args:
        source: a document that is filled in already; without it the workbook is empty.
        last: last year's document: its figures become 上年预算数, its lines the lines to fill in.
        layout: the layout whose own names (sections, amounts, counts) are listed; by default that of the documents.
        year: the budget year; by default that of ``source``, or the year after ``last``.
        money_unit: of an empty workbook: 元 by default, or that of ``last``.

    Returns:
        The bytes of the XLSX file; the same arguments give the same bytes.

    Raises:
        InputError: ``source`` or ``last`` cannot be read or breaks the contract.
        UsageError: there is no such layout, no year, or another money unit than that of ``source``.
        LayoutError: something in the layout is wrong.
    """
    from ..intake.form.write import workbook as written  # loads openpyxl

    own, before = (None if one is None else _present(one) for one in (source, last))
    data = _start(own, before, year, money_unit)
    if own is None and isinstance(layout, str) and layout in layout_names():
        data["layout"] = layout
    chosen = load_layout(
        named_layout(data.get("layout"), data.get("stage", BUDGET)) if layout is None else layout
    ).layout
    if before is not None:
        data = with_last_year(data, before, derive_facts(read_budget(before), chosen.printing))
    quoted_by_sheet = {_SHEETS[part]: quoted for part, quoted in quoted_names(chosen).items()}
    return written(data, quoted_by_sheet)


def _present(source: BudgetSource) -> Mapping[str, Any]:
    """Return a document as plain values, in the present version of the contract."""
    data: Mapping[str, Any] = parse_json(upgraded(load(source).payload))
    if data.get("stage", BUDGET) != BUDGET:
        raise UsageError("填报工作簿是预算的，这份文件是决算", "决算写成 JSON，写法见版式 final-accounts 的 README")
    return data


def _start(
    own: Mapping[str, Any] | None, before: Mapping[str, Any] | None, year: int | None, money_unit: MoneyUnit | None
) -> dict[str, Any]:
    """Return what the workbook is filled with before last year's figures."""
    if own is not None:
        if money_unit not in (None, own["money_unit"]):
            hint = "不写 --money-unit，或换一份数据"
            raise UsageError("文件的金额单位是{unit}，不能换", hint, unit=str(own["money_unit"]))
        data = dict(own)
    else:
        unit = money_unit or (before["money_unit"] if before else "元")
        data = {"schema": SCHEMA, "stage": "budget", "scope": "department", "money_unit": unit}
        if before is not None:
            kept = {name: before[name] for name in ("scope", "layout") if name in before}
            data |= {**kept, "year": int(before["year"]) + 1}
    if year is not None:
        data["year"] = year
    if not EARLIEST <= int(data.get("year", 0)) <= LATEST:
        hint = "年度写四位数，如 2026"
        raise UsageError("预算年度应为 {least} 至 {most} 年", hint, least=str(EARLIEST), most=str(LATEST))
    return data
