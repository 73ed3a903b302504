"""City checks of identity: each department, code, name and unit once; one year; one money unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from ...core.finding import Finding, Place, Severity
from ..department_totals import Totals
from .check import SHOWN, Batch, ReadDepartment, city_check, listed, places


@city_check("GJ701")
def each_department_has_one_document(batch: Batch) -> Iterator[Finding]:
    """同一部门（代码和名称都相同）在一批中只有一份文件。"""
    for (code, name), departments in _sharing(batch, lambda totals: (totals.code, totals.name)):
        values = {"code": code, "name": name}
        stages = Counter(totals.stage for _, totals in departments)
        if len(stages) > 1:
            hint = "预算和决算分开生成，一次只选一种；全市合计把几份都加了进去"
            message = "部门 {code}“{name}”有预算，也有决算"
            yield Finding("GJ701", Severity.ERROR, message, places(departments), hint, values)
        for stage in (stage for stage, count in stages.items() if count > 1):
            same = [one for one in departments if one[1].stage == stage]
            hint, message = "只留一份；全市合计把几份都加了进去", "部门 {code}“{name}”有 {count} 份文件"
            yield Finding("GJ701", Severity.ERROR, message, places(same), hint, {**values, "count": str(len(same))})


@city_check("GJ702")
def each_code_belongs_to_one_department(batch: Batch) -> Iterator[Finding]:
    """一个部门代码只属于一个部门。"""
    for (code,), departments in _sharing(batch, lambda totals: (totals.code,), lambda totals: totals.name):
        values = {"code": code, "names": listed({totals.name for _, totals in departments})}
        message = "部门代码 {code} 用于不同的部门：{names}"
        yield Finding("GJ702", Severity.ERROR, message, places(departments), "核对部门代码", values)


@city_check("GJ703")
def each_name_belongs_to_one_department(batch: Batch) -> Iterator[Finding]:
    """一个部门名称只属于一个部门。"""
    for (name,), departments in _sharing(batch, lambda totals: (totals.name,), lambda totals: totals.code):
        codes = sorted({totals.code for _, totals in departments})
        values = {"name": name, "codes": "、".join(codes[:SHOWN])}
        message = "部门名称“{name}”用于不同的代码：{codes}"
        yield Finding("GJ703", Severity.ERROR, message, places(departments), "核对部门名称和代码", values)


@city_check("GJ704")
def each_unit_belongs_to_one_department(batch: Batch) -> Iterator[Finding]:
    """一个预算单位（按代码）只列在一个部门。"""
    by_unit: defaultdict[tuple[str, int], dict[str, ReadDepartment]] = defaultdict(dict)
    for job, totals in batch.departments():
        for code, _ in totals.units:
            if code:
                by_unit[code, totals.year].setdefault(totals.code, (job, totals))
    for (code, _), departments in sorted(by_unit.items()):
        if len(departments) > 1:
            values = {"code": code, "names": listed({totals.name for _, totals in departments.values()})}
            where = places(list(departments.values()))
            message = "单位 {code} 列在不同的部门：{names}"
            yield Finding("GJ704", Severity.ERROR, message, where, "一个单位只属于一个部门", values)


@city_check("GJ705")
def all_documents_are_of_one_year(batch: Batch) -> Iterator[Finding]:
    """一批文件是同一个年度的。"""
    hint = "不同年度分开生成，全市合计才有意义"
    yield from _mixed("GJ705", Severity.ERROR, "年度不一：{found}", hint, batch, lambda totals: str(totals.year))


@city_check("GJ706")
def all_documents_have_one_money_unit(batch: Batch) -> Iterator[Finding]:
    """一批文件的金额单位相同：元是精确的，万元是四舍五入过的。"""
    hint = "合计仍按元相加；万元的文件各有四舍五入的尾差"
    message = "金额单位不一：{found}"
    yield from _mixed("GJ706", Severity.WARNING, message, hint, batch, lambda totals: totals.money_unit)


@city_check("GJ708")
def no_department_is_missing_since_last_year(batch: Batch) -> Iterator[Finding]:
    """上年有文件的部门，本年也有。"""
    for code, file in batch.previous.gone:
        message = "上年的部门 {code} 本年没有文件"
        hint = "是否漏交；已撤并的不必理会"
        yield Finding("GJ708", Severity.WARNING, message, (Place(printed=file),), hint, {"code": code})


@city_check("GJ709")
def no_department_is_new_since_last_year(batch: Batch) -> Iterator[Finding]:
    """本年的部门，上年也有文件；没有的不能核对上年数。"""
    for name in batch.previous.new:
        message = "没有这个部门上年的文件，上年数没有核对"
        yield Finding("GJ709", Severity.NOTE, message, (Place(printed=name),), "新设的部门不必理会")


@city_check("GJ713")
def last_years_documents_can_be_used(batch: Batch) -> Iterator[Finding]:
    """上年的文件都读得出来，每个部门只有一份；否则它的部门搁置。"""
    yield from batch.previous.problems


def _sharing(
    batch: Batch, key: Callable[[Totals], tuple[str, ...]], differing: Callable[[Totals], str] = lambda totals: ""
) -> Iterator[tuple[tuple[str, ...], list[ReadDepartment]]]:
    """Yield documents of one scope and year that share a ``key``; where ``differing`` is given, only if it differs."""
    groups: defaultdict[tuple[tuple[str, ...], str, int], list[ReadDepartment]] = defaultdict(list)
    for job, totals in batch.read():
        groups[key(totals), totals.scope, totals.year].append((job, totals))
    for (shared, _, _), departments in sorted(groups.items()):
        kinds = {differing(totals) for _, totals in departments}
        if len(departments) > 1 and (len(kinds) > 1 or kinds == {""}):
            yield shared, departments


def _mixed(
    code: str, severity: Severity, message: str, hint: str, batch: Batch, value_of: Callable[[Totals], str]
) -> Iterator[Finding]:
    """Yield a finding if documents differ in a value; its places are the documents with the rarer values."""
    counts = Counter(value_of(totals) for _, totals in batch.read()).most_common()
    if len(counts) > 1:
        rarer = [(job, totals) for job, totals in batch.read() if value_of(totals) != counts[0][0]]
        found = "、".join(f"{value}（{count}）" for value, count in counts)
        yield Finding(code, severity, message, places(rarer), hint, {"found": found})
