"""City checks of sums: they agree, they include all departments, last year's figures are those published then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...budget.terms import FUNDS, GENERAL_PUBLIC, THREE_PUBLIC
from ...core.finding import Finding, Place, Severity
from ...core.money import HALF_CELL, exact
from ..department_totals import LAST_YEAR, LAST_YEAR_STATED, Totals
from ..summary.aggregate import add_totals, generated_totals
from .check import SHOWN, Batch, city_check, places


@city_check("GJ707")
def sums_agree(batch: Batch) -> Iterator[Finding]:
    """全市合计：收支总计相等；各项资金之和为支出合计；各类之和为一般公共预算；“三公”各项之和为其合计。"""
    totals = list(generated_totals(batch.outcomes))
    codes = sorted({code for department in totals for code in department.classes})
    funds = [f"{fund.key}.total" for fund in FUNDS]
    for whole, name, parts_name, parts in (
        ("revenue.total", "收入总计", "支出总计", ["expenditure.grand_total"]),
        ("expenditure.total", "支出合计", "各项资金之和", funds),
        ("expenditure.total", "支出合计", "各类支出之和", [f"expenditure.{code}.total" for code in codes]),
        (
            "general_public.total",
            GENERAL_PUBLIC.name,
            "各类支出之和",
            [f"general_public.{code}.total" for code in codes],
        ),
        (
            "three_public.total",
            "“三公”经费",
            "“三公”经费各项之和",
            [f"three_public.{item.key}" for item in THREE_PUBLIC],
        ),
    ):
        yield from _agrees(totals, (name, whole), (parts_name, parts))


@city_check("GJ710")
def sums_include_all_departments(batch: Batch) -> Iterator[Finding]:
    """全市合计包括全部部门。"""
    left_out = [outcome.name for outcome in batch.outcomes if outcome.status != "generated"]
    if left_out:
        where = tuple(Place(printed=name) for name in left_out[:SHOWN])
        message = "全市合计不含没有生成的 {count} 个部门"
        hint = "改正后再运行一次，已完成的不会重做"
        yield Finding("GJ710", Severity.WARNING, message, where, hint, {"count": str(len(left_out))})


@city_check("GJ711")
def last_years_figures_are_those_published(batch: Batch) -> Iterator[Finding]:
    """全市各部门写的上年“三公”之和 = 上年全市各部门公开的之和（决算比上年决算），撤并的部门也算在内。"""
    if batch.previous.amounts is None or not all(outcome.totals for outcome in batch.outcomes):
        return
    totals = [department for _, department in batch.departments()]
    sums, zero = add_totals(totals), Decimal(0)
    bases = sums.get(LAST_YEAR_STATED, zero)
    before = sums.get(LAST_YEAR, zero) + batch.previous.amounts.get(LAST_YEAR, zero)
    if abs(bases - before) > sum(_envelope(department, [LAST_YEAR]) for department in totals):
        gap = exact(abs(bases - before), "万元")
        values = {"bases": exact(bases, "万元"), "published": exact(before, "万元"), "gap": gap}
        message = "全市各部门写的上年“三公”经费 {bases} ≠ 上年全市公开的 {published}，相差 {gap}"
        differing = [
            (job, department)
            for job, department in batch.departments()
            if _gap(department, LAST_YEAR_STATED, [LAST_YEAR])
        ]
        hint = "撤并部门的上年数要由接收的部门列入"
        yield Finding("GJ711", Severity.WARNING, message, places(differing), hint, values)


def _agrees(totals: Sequence[Totals], left: tuple[str, str], right: tuple[str, Sequence[str]]) -> Iterator[Finding]:
    """Yield a finding if a whole and its parts, summed over all departments, differ by more than rounding explains."""
    (left_name, whole), (right_name, parts) = left, right
    sums, zero = add_totals(totals), Decimal(0)
    have, want = sums.get(whole, zero), sum((sums.get(part, zero) for part in parts), zero)
    if abs(have - want) <= sum(_envelope(department, parts) for department in totals):
        return
    values = {
        "left": left_name, "right": right_name, "gap": exact(abs(have - want), "万元"),
        "left_amount": exact(have, "万元"), "right_amount": exact(want, "万元"),
    }  # fmt: skip
    message = "全市 {left} {left_amount} ≠ {right} {right_amount}，相差 {gap}"
    where = tuple(
        Place(printed=department.name)
        for department in totals
        if _gap(department, whole, parts) > _envelope(department, parts)
    )
    yield Finding("GJ707", Severity.ERROR, message, where[:SHOWN], "看所列部门的勾稽问题", values)


def _gap(department: Totals, whole: str, parts: Sequence[str]) -> Decimal:
    zero = Decimal(0)
    return abs(department.amounts.get(whole, zero) - sum((department.amounts.get(part, zero) for part in parts), zero))


def _envelope(department: Totals, parts: Sequence[str]) -> int:
    """Return by how many 元 a rounded whole may differ from its rounded parts in one document."""
    present = sum(part in department.amounts for part in parts)
    return 0 if department.money_unit == "元" else (present + 1) * HALF_CELL
