"""The city's totals: that they agree, that they are of all, that last year's are what was published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...budget.terms import FUNDS, GENERAL_PUBLIC, THREE_PUBLIC
from ...core.finding import Finding, Place, Severity
from ...core.money import exact
from ...rules.equality import HALF_CELL
from ..department_totals import LAST_YEAR, Totals
from ..summary.aggregate import added, published
from .check import SHOWN, Batch, places, rule


@rule("GJ707")
def the_totals_agree(batch: Batch) -> Iterator[Finding]:
    """全市合计：收支总计相等；各项资金之和为支出合计；各类之和为一般公共预算；“三公”各项之和为其合计。"""
    totals = list(published(batch.outcomes))
    codes = sorted({code for one in totals for code in one.classes})
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


@rule("GJ710")
def the_totals_are_of_all(batch: Batch) -> Iterator[Finding]:
    """全市合计包括全部部门。"""
    left_out = [one.name for one in batch.outcomes if one.status != "published"]
    if left_out:
        where = tuple(Place(printed=name) for name in left_out[:SHOWN])
        message = "全市合计不含没有公开的 {count} 个部门"
        hint = "改正后再运行一次，已完成的不会重做"
        yield Finding("GJ710", Severity.WARNING, message, where, hint, {"count": str(len(left_out))})


@rule("GJ711")
def the_bases_are_what_was_published(batch: Batch) -> Iterator[Finding]:
    """全市各部门写的上年“三公”预算数之和 = 上年全市各部门公开的之和，撤并的部门也算在内。"""
    if batch.last.amounts is None or not all(one.totals for one in batch.outcomes):
        return
    totals = [one for _, one in batch.read()]
    sums, zero = added(totals), Decimal(0)
    bases = sums.get("three_public.last.total", zero)
    before = sums.get(LAST_YEAR, zero) + batch.last.amounts.get(LAST_YEAR, zero)
    if abs(bases - before) > sum(_envelope(one, [LAST_YEAR]) for one in totals):
        gap = exact(abs(bases - before), "万元")
        values = {"bases": exact(bases, "万元"), "published": exact(before, "万元"), "gap": gap}
        message = "全市上年“三公”预算数 {bases} ≠ 上年全市公开的 {published}，相差 {gap}"
        odd = [(job, one) for job, one in batch.read() if _gap(one, "three_public.last.total", [LAST_YEAR])]
        hint = "撤并部门的上年数要由接收的部门列入"
        yield Finding("GJ711", Severity.WARNING, message, places(odd), hint, values)


def _agrees(totals: Sequence[Totals], left: tuple[str, str], right: tuple[str, Sequence[str]]) -> Iterator[Finding]:
    """The sum of a whole over all departments against the sum of its parts, within what rounding can do."""
    (left_name, whole), (right_name, parts) = left, right
    sums, zero = added(totals), Decimal(0)
    have, want = sums.get(whole, zero), sum((sums.get(part, zero) for part in parts), zero)
    if abs(have - want) <= sum(_envelope(one, parts) for one in totals):
        return
    values = {
        "left": left_name, "right": right_name, "gap": exact(abs(have - want), "万元"),
        "left_amount": exact(have, "万元"), "right_amount": exact(want, "万元"),
    }  # fmt: skip
    message = "全市 {left} {left_amount} ≠ {right} {right_amount}，相差 {gap}"
    where = tuple(Place(printed=one.name) for one in totals if _gap(one, whole, parts) > _envelope(one, parts))
    yield Finding("GJ707", Severity.ERROR, message, where[:SHOWN], "看所列部门的勾稽问题", values)


def _gap(one: Totals, whole: str, parts: Sequence[str]) -> Decimal:
    zero = Decimal(0)
    return abs(one.amounts.get(whole, zero) - sum((one.amounts.get(part, zero) for part in parts), zero))


def _envelope(one: Totals, parts: Sequence[str]) -> int:
    """元 by which rounding may part a whole from its parts in one document."""
    present = sum(part in one.amounts for part in parts)
    return 0 if one.money_unit == "元" else (present + 1) * HALF_CELL
