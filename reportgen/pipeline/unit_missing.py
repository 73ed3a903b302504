"""What has to be written in the document of a unit, because the department's does not say it by unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..budget.terms import BASE_PARTS, FUNDS, GENERAL_PUBLIC, KIND_NAMES, THREE_PUBLIC, TOTAL_NAMES, VEHICLES

TO_WRITE = "（待填）"
"""Stands where the contract wants a text; a rule refuses to publish it."""
PARTS = {
    "contact": "联系方式", "approved": "批复日期", "approved_by": "批复机关", "agency_operating": "机关运行经费",
    "assets": "国有资产占有使用情况", "counts": "其他数量", "reception_use": "接待费主要用于",
    "procurement": "政府采购", "surplus_distributed": "结余分配", "three_public_details": "“三公”的数量和用途",
    "evaluation": "绩效管理", "accepted": "接受的问题", "overrides": "手工改动",
}  # fmt: skip
"""The parts of a document that lines do not make up, with the names that messages print."""
OFFICES = ("行政", "参公")
"""The natures of units that have 机关运行经费."""
FUND_NAMES = {fund.key: fund.name for fund in FUNDS}
VEHICLE_ITEMS = tuple(item.key for item in THREE_PUBLIC if item.vehicle)
ITEMS = {
    **{item.key: (item.key,) for item in THREE_PUBLIC},
    VEHICLES: VEHICLE_ITEMS,
    "three_public": tuple(item.key for item in THREE_PUBLIC),
}
"""The “三公” items that a total adds up, by its key."""
PURCHASES = {"goods": "货物", "works": "工程", "services": "服务", "sme": "面向中小企业", "small": "面向小微企业"}


@dataclass(frozen=True, slots=True)
class Missing:
    """A part of the document of a unit that is to be written: its JSON pointer, and what it is."""

    pointer: str
    what: str


def missing_parts(department: Mapping[str, Any], unit: Mapping[str, Any]) -> tuple[Missing, ...]:
    """Return what the document ``department`` says and that of its ``unit`` does not, in the order of the contract."""
    return tuple(
        Missing(pointer, what) for part in (_texts, _uses, _totals, _parts) for pointer, what in part(department, unit)
    )


def _texts(department: Mapping[str, Any], unit: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if unit["department"]["duties"] == [TO_WRITE]:
        yield "/department/duties", "主要职能"
    own = unit.get("sections", {})
    yield from ((f"/sections/{key}", f"各章文字“{key}”") for key in department.get("sections", {}) if key not in own)


def _uses(department: Mapping[str, Any], unit: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the items that the department describes and a line of the unit does not."""
    lines = department.get("expenditure", ())
    described = {(line["function"], line.get("fund")) for line in lines if line.get("use")}
    own = {(line["function"], line.get("fund")) for line in unit.get("expenditure", ()) if line.get("use")}
    for n, line in enumerate(unit.get("expenditure", ())):
        key = (line["function"], line.get("fund"))
        if key in described and key not in own:
            yield f"/expenditure/{n}/use", f"{line['function']} 主要用于"


def _totals(department: Mapping[str, Any], unit: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield last year's figures and the reasons of totals: what the department's are says nothing about a unit."""
    own = unit.get("totals", {})
    for key, total in department.get("totals", {}).items():
        if not _has(key, unit):
            continue
        stated = own.get(key, {})
        for kind, part in BASE_PARTS.items():
            if kind in total.get(part, {}) and kind not in stated.get(part, {}):
                yield f"/totals/{key}/{part}/{kind}", f"{TOTAL_NAMES[key]}的{KIND_NAMES[kind]}"
        if "reason" in total and "reason" not in stated:
            yield f"/totals/{key}/reason", f"{TOTAL_NAMES[key]}的增减原因"
        if "reason" in total.get("budgeted", {}) and "reason" not in stated.get("budgeted", {}):
            yield f"/totals/{key}/budgeted/reason", f"{TOTAL_NAMES[key]}的预决算差异原因"


def _has(key: str, unit: Mapping[str, Any]) -> bool:
    """Whether the unit has, or had last year, the figure that a total is of."""
    if key in ITEMS:
        lines = unit.get("three_public", ())
        years = [part for line in lines for part in (line, *line.get("last", {}).values())]
        return any(Decimal(str(year.get(item, 0))) for year in years for item in ITEMS[key])
    if key in FUND_NAMES:
        return any(line.get("fund", GENERAL_PUBLIC.name) == FUND_NAMES[key] for line in unit["expenditure"])
    return key != "agency_operating" or _is_office(unit)


def _is_office(unit: Mapping[str, Any]) -> bool:
    return unit["department"]["units"][0]["nature"] in OFFICES


def _parts(department: Mapping[str, Any], unit: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, name in PARTS.items():
        if key in department and key not in unit and (key != "agency_operating" or _is_office(unit)):
            yield f"/{key}", name
    stated, own = department.get("procurement", {}), unit.get("procurement", {})
    if own and not any("kind" not in line for line in own.get("lines", ())):
        return
    for key, name in PURCHASES.items() if own else ():
        if key in stated and key not in own:
            yield f"/procurement/{key}", f"政府采购“{name}”"
