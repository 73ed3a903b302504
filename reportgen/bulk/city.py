"""GJ70x: what must hold over all departments of a run. A check is a function that yields findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..facts.expenditure import FUND_NAMES
from ..facts.three_public import ITEMS
from ..rules.equality import HALF_CELL
from .last_year import LastYear
from .outcome import Outcome
from .sums import added, published
from .totals import Totals

SHOWN = 5
"""Names told one by one; of more there is the number."""


@dataclass(frozen=True, slots=True)
class Batch:
    """All outcomes of a run, and what was found of last year."""

    outcomes: Sequence[Outcome]
    last: LastYear = field(default_factory=LastYear)

    def read(self) -> list[tuple[str, Totals]]:
        """The departments whose documents could be read, by the names of their jobs."""
        return [(one.name, one.totals) for one in self.outcomes if one.totals]


Check = Callable[[Batch], Iterator[Finding]]
CHECKS: dict[str, Check] = {}


def rule(code: str) -> Callable[[Check], Check]:
    """Declare a function as the city check ``code``."""

    def declare(check: Check) -> Check:
        CHECKS[code] = check
        return check

    return declare


def city_findings(batch: Batch) -> tuple[Finding, ...]:
    """Every finding of every check, in the order of the codes."""
    return tuple(finding for code in sorted(CHECKS) for finding in CHECKS[code](batch))


@rule("GJ701")
def a_department_is_there_once(batch: Batch) -> Iterator[Finding]:
    """同一部门（代码和名称都相同）在一批中只有一份文件。"""
    for (code, name), jobs in _several(batch, lambda one: (one.code, one.name)):
        values = {"code": code, "name": name, "count": str(len(jobs))}
        hint = "只留一份；全市合计把几份都加了进去"
        yield Finding("GJ701", Severity.ERROR, "部门 {code}“{name}”有 {count} 份文件", _places(jobs), hint, values)


@rule("GJ702")
def a_code_is_of_one_department(batch: Batch) -> Iterator[Finding]:
    """一个部门代码只属于一个部门。"""
    for (code,), jobs in _several(batch, lambda one: (one.code,), lambda one: one.name):
        values = {"code": code, "count": str(len(jobs)), "names": _listed({t.name for _, t in jobs})}
        message = "部门代码 {code} 用于不同的部门：{names}"
        yield Finding("GJ702", Severity.ERROR, message, _places(jobs), "核对部门代码", values)


@rule("GJ703")
def a_name_is_of_one_department(batch: Batch) -> Iterator[Finding]:
    """一个部门名称只属于一个部门。"""
    for (name,), jobs in _several(batch, lambda one: (one.name,), lambda one: one.code):
        values = {"name": name, "codes": "、".join(sorted({t.code for _, t in jobs})[:SHOWN])}
        message = "部门名称“{name}”用于不同的代码：{codes}"
        yield Finding("GJ703", Severity.ERROR, message, _places(jobs), "核对部门名称和代码", values)


@rule("GJ704")
def a_unit_is_of_one_department(batch: Batch) -> Iterator[Finding]:
    """一个预算单位（按代码）只列在一个部门。"""
    found: defaultdict[tuple[str, int], dict[str, tuple[str, Totals]]] = defaultdict(dict)
    for job, one in batch.read():
        for code, _ in one.units if one.scope == "department" else ():
            if code:
                found[code, one.year].setdefault(one.code, (job, one))
    for (code, _), jobs in sorted(found.items()):
        if len(jobs) > 1:
            values = {"code": code, "names": _listed({one.name for _, one in jobs.values()})}
            message = "单位 {code} 列在不同的部门：{names}"
            places = _places(list(jobs.values()))
            yield Finding("GJ704", Severity.ERROR, message, places, "一个单位只属于一个部门", values)


@rule("GJ705")
def all_are_of_one_year(batch: Batch) -> Iterator[Finding]:
    """一批文件是同一个年度的。"""
    hint = "不同年度分开生成，全市合计才有意义"
    yield from _mixed("GJ705", Severity.ERROR, "年度不一：{found}", hint, batch, lambda one: str(one.year))


@rule("GJ706")
def all_state_one_money_unit(batch: Batch) -> Iterator[Finding]:
    """一批文件的金额单位相同：元是精确的，万元是四舍五入过的。"""
    hint = "合计仍按元相加；万元的文件各有四舍五入的尾差"
    yield from _mixed("GJ706", Severity.WARNING, "金额单位不一：{found}", hint, batch, lambda one: one.money_unit)


@rule("GJ707")
def the_totals_agree(batch: Batch) -> Iterator[Finding]:
    """全市合计：收支总计相等；各项资金之和为支出合计；各类之和为一般公共预算；“三公”各项之和为其合计。"""
    totals = list(published(batch.outcomes))
    codes = sorted({code for one in totals for code in one.classes})
    funds = [f"{key}.total" for key in FUND_NAMES.values()]
    for whole, name, parts_name, parts in (
        ("revenue.total", "收入总计", "支出总计", ["expenditure.grand_total"]),
        ("expenditure.total", "支出合计", "各项资金之和", funds),
        ("expenditure.total", "支出合计", "各类支出之和", [f"expenditure.{code}.total" for code in codes]),
        ("general_public.total", "一般公共预算", "各类支出之和", [f"general_public.{code}.total" for code in codes]),
        ("three_public.total", "“三公”经费", "“三公”经费各项之和", [f"three_public.{item}" for item in ITEMS]),
    ):
        yield from _agrees(totals, (name, whole), (parts_name, parts))


@rule("GJ708")
def all_of_last_year_are_there(batch: Batch) -> Iterator[Finding]:
    """上年有文件的部门，本年也有。"""
    for code, file in batch.last.gone:
        message = "上年的部门 {code} 本年没有文件"
        hint = "是否漏交；已撤并的不必理会"
        yield Finding("GJ708", Severity.WARNING, message, (Place(printed=file),), hint, {"code": code})


@rule("GJ709")
def all_were_there_last_year(batch: Batch) -> Iterator[Finding]:
    """本年的部门，上年也有文件；没有的不能核对上年数。"""
    for name in batch.last.new:
        message = "没有这个部门上年的文件，上年数没有核对"
        yield Finding("GJ709", Severity.NOTE, message, (Place(printed=name),), "新设的部门不必理会")


@rule("GJ710")
def the_totals_are_of_all(batch: Batch) -> Iterator[Finding]:
    """全市合计包括全部部门。"""
    left_out = [one.name for one in batch.outcomes if one.status != "published"]
    if left_out:
        places = tuple(Place(printed=name) for name in left_out[:SHOWN])
        message = "全市合计不含没有公开的 {count} 个部门"
        hint = "改正后再运行一次，已完成的不会重做"
        yield Finding("GJ710", Severity.WARNING, message, places, hint, {"count": str(len(left_out))})


Read = tuple[str, Totals]


def _several(
    batch: Batch, key: Callable[[Totals], tuple[str, ...]], differing: Callable[[Totals], str] = lambda one: ""
) -> Iterator[tuple[tuple[str, ...], list[Read]]]:
    """Documents of one scope and year that share a ``key``: all of them, or those who differ in something."""
    found: defaultdict[tuple[tuple[str, ...], str, int], list[Read]] = defaultdict(list)
    for job, one in batch.read():
        found[key(one), one.scope, one.year].append((job, one))
    for (shared, _, _), jobs in sorted(found.items()):
        kinds = {differing(one) for _, one in jobs}
        if len(jobs) > 1 and (len(kinds) > 1 or kinds == {""}):
            yield shared, jobs


def _mixed(
    code: str, severity: Severity, message: str, hint: str, batch: Batch, of: Callable[[Totals], str]
) -> Iterator[Finding]:
    """All documents must have one value; the places are those of the rarer ones."""
    counts = Counter(of(one) for _, one in batch.read()).most_common()
    if len(counts) > 1:
        odd = [(job, one) for job, one in batch.read() if of(one) != counts[0][0]]
        found = "、".join(f"{value}（{count}）" for value, count in counts)
        yield Finding(code, severity, message, _places(odd), hint, {"found": found})


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
    places = tuple(Place(printed=one.name) for one in totals if _gap(one, whole, parts) > _envelope(one, parts))
    yield Finding("GJ707", Severity.ERROR, message, places[:SHOWN], "看所列部门的勾稽问题", values)


def _gap(one: Totals, whole: str, parts: Sequence[str]) -> Decimal:
    zero = Decimal(0)
    return abs(one.amounts.get(whole, zero) - sum((one.amounts.get(part, zero) for part in parts), zero))


def _envelope(one: Totals, parts: Sequence[str]) -> int:
    """元 by which rounding may part a whole from its parts in one document."""
    present = sum(part in one.amounts for part in parts)
    return 0 if one.money_unit == "元" else (present + 1) * HALF_CELL


def _places(jobs: Sequence[Read]) -> tuple[Place, ...]:
    return tuple(Place(printed=job) for job, _ in jobs[:SHOWN])


def _listed(names: Iterable[str]) -> str:
    known = sorted(names)
    return "、".join(f"“{name}”" for name in known[:SHOWN]) + ("…" if len(known) > SHOWN else "")
