"""City checks of documents of units beside those of their departments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...budget.terms import FUNDS, THREE_PUBLIC
from ...core.finding import Finding, Place, Severity
from ...core.money import HALF_CELL, exact
from ..department_totals import LABELS, Totals
from .check import SHOWN, Batch, ReadDepartment, city_check, places

COMPARED = (
    "expenditure.total",
    *(f"{fund.key}.total" for fund in FUNDS),
    "three_public.total",
    *(f"three_public.{item.key}" for item in THREE_PUBLIC),
)
"""Amounts that a department's document has from its units, one by one."""


@city_check("GJ712")
def units_add_up_to_their_department(batch: Batch) -> Iterator[Finding]:
    """单位预算之和 = 它们的部门预算；单位预算不齐时，不大于部门预算。"""
    for job, department in batch.departments():
        units = _units_of(department, batch)
        if units:
            yield from _differences((job, department), units)


@city_check("GJ714")
def each_unit_has_its_department(batch: Batch) -> Iterator[Finding]:
    """有单位预算的，部门预算也在这一批中；全市合计只加部门预算。"""
    assigned = {job for _, department in batch.departments() for job, _ in _units_of(department, batch)}
    alone = [unit for unit in batch.units() if unit[0] not in assigned]
    if alone:
        message = "有 {count} 份单位预算没有它的部门预算，没有计入全市合计"
        hint = "补上部门预算，或核对部门预算中单位的代码"
        yield Finding("GJ714", Severity.WARNING, message, places(alone), hint, {"count": str(len(alone))})


def _units_of(department: Totals, batch: Batch) -> list[ReadDepartment]:
    """Return the documents of units that are units of the department, by their codes."""
    codes = {code for code, _ in department.units if code}
    return [(job, unit) for job, unit in batch.units() if unit.year == department.year and _codes(unit) & codes]


def _codes(unit: Totals) -> set[str]:
    """Return the code of a unit, as the document and as its list of units has it."""
    return {unit.code, *(code for code, _ in unit.units if code)}


def _differences(whole: ReadDepartment, units: Sequence[ReadDepartment]) -> Iterator[Finding]:
    job, department = whole
    listed = {code for code, _ in department.units}
    complete = listed <= {code for _, unit in units for code in _codes(unit)}
    envelope = sum(HALF_CELL for _, totals in (whole, *units) if totals.money_unit != "元")
    for name in COMPARED:
        have = department.amounts.get(name, Decimal(0))
        parts = sum((unit.amounts.get(name, Decimal(0)) for _, unit in units), Decimal(0))
        gap = parts - have
        if gap > envelope or (complete and -gap > envelope):
            values = {
                "department": department.name, "amount": LABELS[name], "parts": exact(parts, "万元"),
                "whole": exact(have, "万元"), "gap": exact(abs(gap), "万元"),
            }  # fmt: skip
            message = "{department} {amount}：各单位之和 {parts} 与部门 {whole} 不符，相差 {gap}"
            where = (Place(printed=job), *places(units)[: SHOWN - 1])
            yield Finding("GJ712", Severity.ERROR, message, where, "核对部门预算和各单位预算", values)
