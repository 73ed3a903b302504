"""Recognised tables to the canonical document, with stated subtotals, the place of each value, and what is unread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from ..budget.codes import code_book
from ..budget.model import SCHEMA
from ..budget.terms import FISCAL_FUNDS
from ..core.finding import Finding, Severity
from ..core.money import MoneyUnit
from .balances import compare_balances
from .builder import Builder
from .comparison import Comparison
from .department_rows import without_department_rows
from .economic_lines import add_basic
from .expenditure_lines import add_expenditure
from .final_lines import add_final_accounts, is_final
from .from_basics import add_from_basics
from .goal_lines import add_performance
from .project_lines import add_projects
from .publishers import check_publishers
from .purchase_lines import add_procurement
from .recognise import Recognised
from .revenue_lines import add_revenue
from .scale import in_own_unit
from .table import RecognisedTable, table_finding
from .texts import UNKNOWN_NATURE, basics_of
from .three_public_lines import add_three_public
from .total_lines import add_totals, compare_appropriation
from .unused_tables import report_unused
from .words import plain

WAN = 10_000
"""元 in 万元."""
PARTS = {
    "revenue": ("收入", ("revenue", "balance")),
    "expenditure": ("支出", ("expenditure", *(fund.key for fund in FISCAL_FUNDS))),
}
"""The parts that a document has to have, their names, the kinds of tables that hold them."""
FROM_BASICS = ("stage", "scope", "published", "approved", "approved_by", "contact", "sections", "performance", "assets",
               "glossary", "reception_use", "counts", "withheld", "accepted", "overrides")  # fmt: skip
"""Parts that no table holds; they come from the file of basics as they are."""


OF_TABLES: tuple[Callable[[Builder], None], ...] = (
    add_expenditure, add_revenue, add_basic, add_three_public, add_procurement, add_projects,
)  # fmt: skip
"""What adds the parts of the document, each from its tables; later ones use what earlier ones added."""


@dataclass(frozen=True, slots=True)
class RecognisedDocument:
    """The data of a document, the place of each value by JSON pointer, what is wrong, what no table holds.

    ``comparisons`` are all sums and equal amounts that were checked on the way, whether they hold or not.
    """

    data: Mapping[str, Any]
    cells: Mapping[str, str]
    findings: tuple[Finding, ...]
    unread: frozenset[str]
    comparisons: tuple[Comparison, ...] = ()


def document(recognised: Recognised, basics: Mapping[str, Any] | None = None, year: int = 0) -> RecognisedDocument:
    """Return the document that the tables make.

    Args:
        recognised: what was recognised in a file.
        basics: a document, or a part of one, with what tables do not hold: department, units, texts.
        year: the year of the document, where neither titles nor ``basics`` say it.
    """
    basics = basics or {}
    builder, recognised = _begin(recognised, basics, year)
    _with_basics(builder, recognised, basics)
    for add in OF_TABLES:
        add(builder)
    if "performance" not in basics:
        add_performance(builder)
    if not builder.data.get("performance"):
        builder.unread.add("/performance")
    add_totals(builder)
    if builder.final:
        add_final_accounts(builder)
    compare_appropriation(builder)
    compare_balances(builder)
    report_unused(builder)
    add_from_basics(builder, basics)
    builder.findings += _missing_parts(builder)
    _name_natures(builder)
    return RecognisedDocument(
        builder.data, builder.cells, tuple(builder.findings), frozenset(builder.unread), tuple(builder.comparisons)
    )


def _begin(recognised: Recognised, basics: Mapping[str, Any], year: int) -> tuple[Builder, Recognised]:
    """Return the builder of a document, with its year and money unit, and what was recognised in tables of its own."""
    findings = list(recognised.findings)
    sums: list[Comparison] = []
    tables_read = without_department_rows(recognised.tables, findings, sums)
    recognised = Recognised(list(tables_read), recognised.findings, recognised.others)
    findings += check_publishers(recognised.tables, _department(basics))
    tables = _by_kind(in_own_unit(recognised.tables, findings), findings)
    year = _year(tables.values(), int(basics.get("year") or year or 0), findings)
    unit = _money_unit(tables.values())
    builder = Builder(tables, unit, code_book(year or 9999), findings=findings, comparisons=sums)
    builder.data |= {"schema": SCHEMA, "year": year, "money_unit": unit}
    builder.final = is_final(recognised.tables)
    builder.withheld = bool(basics.get("withheld"))
    return builder, recognised


def _with_basics(builder: Builder, recognised: Recognised, basics: Mapping[str, Any]) -> None:
    """Add what no table holds."""
    basics_of(builder, recognised, basics)
    builder.data |= {key: basics[key] for key in FROM_BASICS if key in basics}
    if basics.get("money_unit") not in (None, builder.money_unit) and "performance" in basics:
        builder.data["performance"] = [_in_unit(one, builder.money_unit) for one in basics["performance"]]
    builder.unread |= {f"/{key}" for key in ("assets", "glossary") if key not in basics}


def _missing_parts(builder: Builder) -> Iterator[Finding]:
    """Yield a finding for each part that a document has to have and no table gave."""
    for part, (name, kinds) in PARTS.items():
        if not builder.data.get(part):
            known = [builder.tables[kind].title_place for kind in kinds if kind in builder.tables]
            message = "{part}的表里没有数字" if known else "没有认出{part}的表"
            hint = "填好表再导入" if known else "表的标题要写全，如“2026年部门支出预算总表”"
            yield table_finding("XL140", Severity.ERROR, message, tuple(known), hint, part=name)


def _department(basics: Mapping[str, Any]) -> Mapping[str, Any]:
    found = basics.get("department")
    return found if isinstance(found, Mapping) else {}


def _name_natures(builder: Builder) -> None:
    """Take the first unit for 行政, where no unit's nature is known and the tables state 机关运行经费."""
    units = builder.data["department"]["units"]
    if "agency_operating" in builder.data and units and all(unit.get("nature") == UNKNOWN_NATURE for unit in units):
        units[0]["nature"] = "行政"
        message = "单位性质没有写明，有机关运行经费，暂把“{name}”作为行政单位"
        hint = "在 --basics 的单位清单里写上代码和性质"
        builder.warn("XL143", message, builder.cells.get("/agency_operating", ""), hint, name=str(units[0]["name"]))


def _by_kind(tables: Sequence[RecognisedTable], findings: list[Finding]) -> dict[str, RecognisedTable]:
    """Return the tables by kind; of several of one kind those without rows go first, two with rows are a finding."""
    by_kind: dict[str, RecognisedTable] = {}
    for table in tables:
        before = by_kind.get(table.kind.key)
        if before is None or not before.rows:
            by_kind[table.kind.key] = table
        elif table.kind.key == "performance":
            by_kind[table.kind.key] = replace(before, rows=(*before.rows, *table.rows))
        elif table.rows and table.kind.columns:
            message = "有两张“{table}”：“{first}”和“{second}”，只读了前一张"
            hint = "删去不用的一张，或把它的标题改清楚"
            if before.publisher and table.publisher and plain(before.publisher) != plain(table.publisher):
                hint = "各单位的表分开：一个单位一份工作簿，分别导入；部门的用汇总的表"
            places = (before.title_place, table.title_place)
            values = {"table": table.kind.name, "first": before.title, "second": table.title}
            findings.append(table_finding("XL142", Severity.ERROR, message, places, hint, **values))
    return by_kind


def _year(tables: Any, given: int, findings: list[Finding]) -> int:
    """Return the year of the document; titles with another year are findings."""
    named = [table for table in tables if table.year and table.rows]
    years = [table.year for table in named] or [table.year for table in tables if table.year]
    year = given or (max(sorted(set(years)), key=years.count) if years else 0)
    for table in named:
        if table.year != year:
            message = "“{title}”是 {found} 年的，文件是 {year} 年的"
            hint = "检查标题里的年份，或是否混进了上年的表"
            values = {"title": table.title, "found": str(table.year), "year": str(year)}
            findings.append(table_finding("XL145", Severity.ERROR, message, table.title_place, hint, **values))
    if not year:
        findings.append(
            table_finding(
                "XL145",
                Severity.ERROR,
                "没有一张表的标题写了年份",
                (),
                "在表的标题里写上年份，如“2026年部门支出预算总表”；或用 --basics 给出基本情况",
            )
        )
    return year


def _money_unit(tables: Any) -> MoneyUnit:
    """Return 万元 if all tables with rows are in it, else 元, in which all are exact."""
    units = {
        table.unit for table in tables if table.rows and table.unit and table.kind.rows not in ("records", "goals")
    }
    return "万元" if units == {"万元"} else "元"


def _in_unit(project: Mapping[str, Any], unit: MoneyUnit) -> Mapping[str, Any]:
    """Return a project of 绩效 with its amount, which is in the other money unit, in ``unit``; it stays exact."""
    if "amount" not in project:
        return project
    amount = Decimal(str(project["amount"]))
    return {**project, "amount": f"{amount * WAN if unit == '元' else amount / WAN:f}"}
