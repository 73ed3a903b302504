"""Checks between tables: the same figure in two tables, a part that is more than its whole.

Two tables are compared figure by figure under keys that both have (a total, a 类 of one fund). They count as showing
the same money only if most of these figures agree: some forms leave 上年结转 out of one of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..budget.terms import FISCAL_FUNDS
from ..core.finding import Finding, Place, Severity
from ..recognise.table import RecognisedRow, RecognisedTable, StatedAmount
from .report import AuditFinding
from .tables import printed

LEAST = 0.6
"""The share of the figures of two tables that has to agree."""
SHARED_TOTALS = ("revenue.total", "expenditure.total")
FUND_TABLES = tuple(fund.key for fund in FISCAL_FUNDS)
NAMES = {
    "revenue.total": "收入总计", "expenditure.total": "支出总计", "appropriation.total": "财政拨款合计",
    "general_public.total": "一般公共预算支出合计", "general_public.basic": "一般公共预算基本支出合计",
    "government_fund.total": "政府性基金预算支出合计", "state_capital.total": "国有资本经营预算支出合计",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure of a table: under which key, what messages call it, the amounts that may be meant."""

    table: RecognisedTable
    key: str
    name: str
    amounts: tuple[StatedAmount, ...]

    def agrees(self, other: Shown) -> bool:
        """Whether one of the amounts is one of the other's, within the rounding of both."""
        return any(abs(a.value - b.value) <= a.rounding + b.rounding for a in self.amounts for b in other.amounts)


def figures(table: RecognisedTable) -> Iterator[Shown]:
    """Yield the figures of a table that other tables show, too."""
    key = table.kind.key
    if key in ("balance", "appropriation_balance"):
        yield from _of_balance(table)
    elif key in ("revenue", "expenditure"):
        yield from _totals(table, f"{key}.total", ("total", "this"))
    if key in ("expenditure", *FUND_TABLES):
        yield from _classes(table, key)
    if key in FUND_TABLES:
        yield from _totals(table, f"{key}.total", ("total", "this"))
        yield from _totals(table, f"{key}.basic", ("basic",))
    if key == "basic_expenditure":
        yield from _totals(table, "general_public.basic", ("total", "basic"))


def _totals(table: RecognisedTable, key: str, columns: Sequence[str]) -> Iterator[Shown]:
    rows = [row for row in table.rows if row.kind == "total"]
    if len(rows) == 1 and (amounts := _amounts(rows, columns)):
        yield Shown(table, key, NAMES.get(key, "合计"), amounts)


def _classes(table: RecognisedTable, key: str) -> Iterator[Shown]:
    by_code: dict[str, list[RecognisedRow]] = {}
    for row in table.rows:
        if row.kind == "code" and len(row.key) == 3 and not row.unit:
            by_code.setdefault(row.key, []).append(row)
    for code, rows in by_code.items():
        if len(rows) == 1 and (amounts := _amounts(rows, ("total", "this"))):
            yield Shown(table, f"{key}.{code}", f"{code} {rows[0].name}", amounts)


def _of_balance(table: RecognisedTable) -> Iterator[Shown]:
    whole = "appropriation" if table.kind.key == "appropriation_balance" else ""
    for side in ("revenue", "expenditure"):
        rows = [row for row in table.rows if row.side == side]
        totals = sorted((row for row in rows if row.key in ("total", "this")), key=lambda row: row.key, reverse=True)
        if 0 < len(totals) < 3 and (amounts := _amounts(totals, ("total",))):
            key = f"{whole}.total" if whole else f"{side}.total"
            yield Shown(table, key, NAMES[key], amounts)
    for row in table.rows:
        if row.side == "expenditure" and len(row.key) == 3 and row.key.isdigit():
            for fund in FUND_TABLES if whole else ():
                if fund in row.amounts:
                    yield Shown(table, f"{fund}.{row.key}", f"{row.key} {row.name}", (row.amounts[fund],))
            if not whole and "total" in row.amounts:
                yield Shown(table, f"expenditure.{row.key}", f"{row.key} {row.name}", (row.amounts["total"],))


def _amounts(rows: Iterable[RecognisedRow], columns: Sequence[str]) -> tuple[StatedAmount, ...]:
    return tuple(row.amounts[column] for row in rows for column in columns if column in row.amounts)


@dataclass(slots=True)
class Compared:
    """What was compared: the findings, and the places of all figures that took part."""

    findings: list[AuditFinding]
    places: set[str]


def compare_tables(tables: Sequence[RecognisedTable]) -> Compared:
    """Compare every two tables, and hold parts against their wholes."""
    shown = {id(table): {one.key: one for one in figures(table)} for table in tables if table.rows}
    result = Compared([], set())
    for a, b in combinations([table for table in tables if table.rows], 2):
        if a.kind is b.kind:
            continue  # the second is a part of the first: by unit, without what is earmarked
        first, second = shown[id(a)], shown[id(b)]
        pairs = [(first[key], second[key]) for key in first if key in second and not _is_blank(first[key], second[key])]
        agreeing = [pair for pair in pairs if pair[0].agrees(pair[1])]
        sure = bool(agreeing) and len(agreeing) >= LEAST * len(pairs)
        if not sure and not _shares_one_total(pairs):
            continue
        result.places |= {amount.place for pair in pairs for one in pair for amount in one.amounts}
        differing = [_differ(one, other) for one, other in pairs if not one.agrees(other)]
        result.findings += differing if sure else [_likely(one) for one in differing]
    _balance(shown, result)
    _parts(shown, result)
    return result


def _shares_one_total(pairs: Sequence[tuple[Shown, Shown]]) -> bool:
    """Whether two tables share one figure only, a total that is not zero in either."""
    return len(pairs) == 1 and pairs[0][0].key in SHARED_TOTALS and not any(_is_blank(one) for one in pairs[0])


def _likely(one: AuditFinding) -> AuditFinding:
    """Return a finding about two tables that share one figure only: it may be that they do not show the same money."""
    return AuditFinding(replace(one.finding, severity=Severity.WARNING), "likely")


def _is_blank(*shown: Shown) -> bool:
    return not any(amount.value for one in shown for amount in one.amounts)


def _differ(one: Shown, other: Shown) -> AuditFinding:
    message = "“{figure}”在“{first}”里是 {a}，在“{second}”里是 {b}"
    return _finding(message, one, other, "对照原表，改正其中写错的一处")


def _finding(message: str, one: Shown, other: Shown, hint: str) -> AuditFinding:
    values = {
        "figure": one.name, "first": one.table.kind.name, "second": other.table.kind.name, "other": other.name,
        "a": printed(one.amounts[0].value, one.table.unit), "b": printed(other.amounts[0].value, other.table.unit),
    }  # fmt: skip
    places = tuple(Place(cell=shown.amounts[0].place) for shown in (one, other))
    return AuditFinding(Finding("AU104", Severity.ERROR, message, places, hint, values))


def _balance(shown: Mapping[int, Mapping[str, Shown]], result: Compared) -> None:
    """收入总计 = 支出总计, in the table that has both (relation 1)."""
    for figures_of in shown.values():
        revenue, expenditure = figures_of.get("revenue.total"), figures_of.get("expenditure.total")
        if revenue is not None and expenditure is not None:
            result.places |= {amount.place for one in (revenue, expenditure) for amount in one.amounts}
            if abs(revenue.amounts[0].value - expenditure.amounts[0].value) > revenue.amounts[0].rounding * 2:
                message = "“{first}”的“{figure}”{a} 不等于“{other}”{b}"
                result.findings.append(_finding(message, revenue, expenditure, "收入总计应等于支出总计"))


def _parts(shown: Mapping[int, Mapping[str, Shown]], result: Compared) -> None:
    """财政拨款 is a part of all revenue, so it is not more."""
    wholes = [one for figures_of in shown.values() for key, one in figures_of.items() if key == "revenue.total"]
    parts = [one for figures_of in shown.values() for key, one in figures_of.items() if key == "appropriation.total"]
    for part in parts[:1]:
        for whole in wholes[:1]:
            excess = min(a.value - b.value - a.rounding - b.rounding for a in part.amounts for b in whole.amounts)
            if excess > 0:
                message = "“{first}”的{figure} {a} 大于“{second}”的{other} {b}"
                result.findings.append(_finding(message, part, whole, "财政拨款是全部收入的一部分，不会更多"))
