"""Who is who: departments, codes, names, units, years."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from ...core.finding import Finding, Place, Severity
from ..department_totals import Totals
from .check import SHOWN, Batch, Read, listed, places, rule


@rule("GJ701")
def a_department_is_there_once(batch: Batch) -> Iterator[Finding]:
    """同一部门（代码和名称都相同）在一批中只有一份文件。"""
    for (code, name), jobs in _several(batch, lambda one: (one.code, one.name)):
        values = {"code": code, "name": name, "count": str(len(jobs))}
        hint = "只留一份；全市合计把几份都加了进去"
        yield Finding("GJ701", Severity.ERROR, "部门 {code}“{name}”有 {count} 份文件", places(jobs), hint, values)


@rule("GJ702")
def a_code_is_of_one_department(batch: Batch) -> Iterator[Finding]:
    """一个部门代码只属于一个部门。"""
    for (code,), jobs in _several(batch, lambda one: (one.code,), lambda one: one.name):
        values = {"code": code, "count": str(len(jobs)), "names": listed({t.name for _, t in jobs})}
        message = "部门代码 {code} 用于不同的部门：{names}"
        yield Finding("GJ702", Severity.ERROR, message, places(jobs), "核对部门代码", values)


@rule("GJ703")
def a_name_is_of_one_department(batch: Batch) -> Iterator[Finding]:
    """一个部门名称只属于一个部门。"""
    for (name,), jobs in _several(batch, lambda one: (one.name,), lambda one: one.code):
        values = {"name": name, "codes": "、".join(sorted({t.code for _, t in jobs})[:SHOWN])}
        message = "部门名称“{name}”用于不同的代码：{codes}"
        yield Finding("GJ703", Severity.ERROR, message, places(jobs), "核对部门名称和代码", values)


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
            values = {"code": code, "names": listed({one.name for _, one in jobs.values()})}
            message = "单位 {code} 列在不同的部门：{names}"
            where = places(list(jobs.values()))
            yield Finding("GJ704", Severity.ERROR, message, where, "一个单位只属于一个部门", values)


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
        yield Finding(code, severity, message, places(odd), hint, {"found": found})
