"""Relations that hold for each unit, where the document states amounts by unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..budget.lines import ALL, ExpenditureLine
from ..budget.model import Budget
from ..budget.terms import BUDGET, EVERY_FUND, GENERAL_PUBLIC, INTERNAL
from ..budget.withheld import may_lack_rows
from ..core.finding import Finding, Place, Severity
from ..facts import Fact, FactGroup
from ..facts.fact import ZERO, read, total
from ..facts.function_tree import BASIC_COLUMNS
from .equality import agrees, equal, not_more, softened
from .rule import rule
from .stated import LISTS, states_amount

SPENDING = ("personnel", "operating", "project", "business", "paid_up", "subsidies")
ByUnit = Mapping[str, Fact]
"""A sum for each unit, by its code."""


@rule("GJ114", "单位不重复")
def units_are_listed_once(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """单位清单里每个代码、每个名称只出现一次；重复的单位使分单位的数归错地方。来源：勾稽关系第 26 条。"""
    for key, label in (("code", "代码"), ("name", "名称")):
        values = [getattr(unit, key) for unit in budget.department.units]
        counts = Counter(value for value in values if value)
        first: dict[str, int] = {}
        for n, value in enumerate(values):
            if value and counts[value] > 1 and first.setdefault(value, n) != n:
                places = tuple(Place(f"/department/units/{k}/{key}") for k in (first[value], n))
                message, hint = "单位清单里{label}“{value}”写了 {count} 次", "改正，或删去重复的单位"
                shown = {"label": label, "value": value, "count": str(counts[value])}
                yield Finding("GJ114", Severity.ERROR, message, places, hint, shown)


@rule("GJ115", "单位要么每行都写，要么都不写", acceptable=True)
def units_are_given_on_all_lines_or_none(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """收入、支出、基本支出的各行，要么都写单位，要么都不写；列明的小计、合计、下级有剔除的科目和只说全部门上年数的行可以不写。

    只写了一部分时，没写的行不进分单位的表，各单位的数也无从核对。来源：勾稽关系第 26 条。
    """
    for part in ("revenue", "expenditure", "basic_expenditure"):
        lines = [
            (n, line)
            for n, line in lines_below(budget, part)
            if (not line.last or states_amount(line)) and not may_lack_rows(budget.withheld, part, _code(line))
        ]
        without = [n for n, line in lines if line.unit is None]
        if without and len(without) < len(lines):
            values = {"part": LISTS[part], "count": str(len(lines) - len(without)), "n": str(len(without))}
            message, hint = "{part}有 {count} 行写了单位，{n} 行没有写", "补上单位代码，或每行都不写单位"
            where = (Place(f"/{part}/{without[0]}", parts=tuple(f"/{part}/{n}/unit" for n in without)),)
            yield Finding("GJ115", Severity.WARNING, message, where, hint, values)


@rule("GJ211", "各单位收支相等", acceptable=True)
def units_balance(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """收入和支出都分单位编报时：每个单位的收入（含上年结转）= 支出；有年终结转时支出不大于收入。

    单位之间有调剂的可以不等，所以只是警告。来源：勾稽关系第 1、26 条。
    """
    income = by_unit("revenue", budget.revenue, ("amount", "carry_over"))
    spending = spending_by_unit(budget)
    if income is None or spending is None:
        return
    for unit in dict.fromkeys((*income, *spending)):
        left = (f"单位 {unit} 的收入（含上年结转）", income.get(unit, total(unit, ())))
        right = (f"单位 {unit} 的支出", spending.get(unit, total(unit, ())))
        hint = "检查收入、支出各行的单位代码"
        if budget.carried_forward or budget.surplus_distributed:
            yield from not_more("GJ211", budget, right, left, Severity.WARNING, hint)
        else:
            children = len(budget.revenue) + len(budget.expenditure)
            yield from softened(equal("GJ211", budget, left, right, children, hint))


@rule("GJ214", "各单位项目支出一致", acceptable=True, stages=(BUDGET,))
def project_expenditure_of_units_agrees(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """支出分单位编报时：每个单位各行的项目支出之和 = 项目支出表里该单位的项目之和。来源：勾稽关系第 20、26 条。"""
    spending = spending_by_unit(budget, ("project",))
    if spending is None or not budget.projects:
        return
    own: dict[str, list[Fact]] = defaultdict(list)
    for row in facts.projects.rows:
        own[row.unit_code.text].append(row.total)
    for unit in dict.fromkeys((*spending, *own)):
        left = (f"支出表「项目支出」单位 {unit}", spending.get(unit, total(unit, ())))
        right = (f"项目支出表单位 {unit}", total(f"projects.{unit}", own.get(unit, ())))
        children, hint = len(budget.expenditure) + len(own.get(unit, ())), "检查项目或支出行的单位代码"
        withheld = may_lack_rows(budget.withheld, "projects")
        yield from softened(agrees("GJ214", budget, left, right, children, hint, withheld))


@rule("GJ215", "各单位基本支出一致", acceptable=True)
def basic_expenditure_of_units_agrees(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """支出和基本支出都分单位编报时：每个单位一般公共预算的人员与公用之和 = 它按经济分类的基本支出之和。

    来源：勾稽关系第 8、26 条。
    """
    spending = spending_by_unit(budget, SPENDING[:2], GENERAL_PUBLIC.name)
    lines = budget.basic_expenditure
    if not spending or not lines or len(lines_below(budget, "basic_expenditure")) < len(lines):
        return
    own = by_unit("basic_expenditure", lines, ("amount",))
    if own is None:
        return
    for unit in dict.fromkeys((*spending, *own)):
        left = (f"支出表一般公共预算「基本支出」单位 {unit}", spending.get(unit, total(unit, ())))
        right = (f"基本支出表单位 {unit}", own.get(unit, total(unit, ())))
        children = len(budget.expenditure) + len(lines)
        yield from softened(equal("GJ215", budget, left, right, children, "检查支出和基本支出各行的单位代码"))


@rule("GJ309", "各单位“三公”不大于支出", acceptable=True)
def three_public_within_spending_of_units(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """支出分单位编报时：一个单位的“三公”经费不大于它的一般公共预算支出。来源：“三公”由一般公共预算安排。"""
    lines = [line for line in budget.expenditure if line.fund == GENERAL_PUBLIC.name]
    spending = spending_by_unit(budget, SPENDING, GENERAL_PUBLIC.name) if lines else None
    if spending is None:
        return
    general = [x for x in budget.three_public if x.unit != ALL and x.fund in (None, GENERAL_PUBLIC.name)]
    for line, row in zip(general, facts.three_public.rows, strict=True):
        whole = (f"单位 {line.unit} 的一般公共预算支出", spending.get(line.unit, total(line.unit, ())))
        hint = "检查“三公”的金额单位和单位代码"
        yield from not_more("GJ309", budget, (f"单位 {line.unit} 的“三公”", row.total), whole, Severity.ERROR, hint)


@rule("GJ310", "“三公”不大于支出", acceptable=True)
def three_public_within_spending(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """“三公”经费由一般公共预算安排，不大于一般公共预算支出。来源：勾稽关系第 23 条。"""
    whole = ("一般公共预算支出", facts.general_public.total)
    part = ("“三公”经费合计", facts.three_public.total)
    yield from not_more("GJ310", budget, part, whole, Severity.ERROR, "检查“三公”的金额单位（元、万元）")


def paid_internally(parts: Sequence[FactGroup]) -> Decimal:
    """Return what units pay each other (元): no more than they pay in all, and no more than they receive.

    ``parts`` are the facts of the units, or those of their department alone.
    """
    return sum(
        (
            min(
                sum((part.revenue[source].total.value for part in parts), ZERO),
                sum((part.expenditure[column].value for part in parts), ZERO),
            )
            for source, column in INTERNAL.items()
        ),
        ZERO,
    )


def spending_by_unit(budget: Budget, columns: Sequence[str] = SPENDING, fund: str = "") -> ByUnit | None:
    """Return the expenditure of each unit, or None where lines that are no subtotals have no unit.

    Of a line the sums count that it states (``total``, ``basic``), or else its ``columns``.
    """
    cells: dict[str, list[Fact]] = defaultdict(list)
    for n, line in lines_below(budget):
        if line.unit is None:
            return None
        if not fund or line.fund == fund:
            keys = _stated(line, columns)
            cells[line.unit] += [read("", getattr(line, key), f"/expenditure/{n}/{key}") for key in keys]
    return {unit: total(unit, own) for unit, own in cells.items()}


def _stated(line: ExpenditureLine, columns: Sequence[str]) -> Sequence[str]:
    """Return the columns to add up: a sum that the line states takes the place of its parts."""
    if columns is SPENDING and line.total is not None:
        return ("total",)
    if columns[:2] == BASIC_COLUMNS and line.basic is not None:
        return ("basic", *columns[2:])
    return columns


def by_unit(part: str, lines: Iterable[Any], columns: Sequence[str]) -> ByUnit | None:
    """Return the sum of ``columns`` for each unit, or None if a line has no unit."""
    cells: dict[str, list[Fact]] = defaultdict(list)
    for n, line in enumerate(lines):
        if getattr(line, "source", "") == ALL:
            continue
        if line.unit is None:
            return None
        cells[line.unit] += [read("", getattr(line, key), f"/{part}/{n}/{key}") for key in columns]
    return {unit: total(unit, own) for unit, own in cells.items()}


def lines_below(budget: Budget, part: str = "expenditure") -> list[tuple[int, Any]]:
    """Return the lines of a list that state no sum of other lines or of all funds, each with its number.

    The other lines are those of the same fund and unit, or of any unit where the line names none. Where rows below a
    code are withheld, the line of the code counts, and those below it do not.
    """
    lines: Sequence[Any] = getattr(budget, part)
    parents: set[tuple[str | None, str, str]] = set()
    whole = {
        (line.unit, getattr(line, "fund", ""), _code(line))
        for line in lines
        if may_lack_rows(budget.withheld, part, _code(line))
    }
    below: set[int] = set()
    for n, line in enumerate(lines):
        fund = getattr(line, "fund", "")
        above = {(unit, fund, upper) for upper in _above(_code(line)) for unit in (line.unit, None)}
        if above & whole:
            below.add(n)
        parents |= above - whole
    return [
        (n, line)
        for n, line in enumerate(lines)
        if n not in below
        and getattr(line, "fund", "") != EVERY_FUND
        and (line.unit, getattr(line, "fund", ""), _code(line)) not in parents
    ]


def _above(code: str) -> list[str]:
    return [code[:cut] for cut in (3, 5) if cut < len(code)] + ([ALL] if code != ALL else [])


def _code(line: Any) -> str:
    """Return the function code or the economic code of a line; "" for a line without."""
    return getattr(line, "function", "") or getattr(line, "economic", "") or getattr(line, "source", "")
