"""Expenditure lines: those of the tables of funds, what 支出总表 has beyond them, and its rows as sums of all funds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..budget.terms import EVERY_FUND, FUNDS, GENERAL_PUBLIC, OWN_FUNDS
from ..core.finding import Severity
from .builder import Builder
from .coded_rows import TOTAL
from .codes import WIDTHS
from .other_funds import split_rest
from .stated_sums import less, sum_of
from .table import RecognisedRow, StatedAmount, table_finding

FUND_TABLES = {fund.key: fund for fund in FUNDS if fund is not OWN_FUNDS}
"""The kinds of tables that show the money of one fund."""
INPUT = ("personnel", "operating", "project", "business", "paid_up", "subsidies")
COLUMNS = ("total", "basic", *INPUT)
SPLIT = ("personnel", "operating")
Key = tuple[str, str]
"""The name of a unit ("" for the department) and a code."""
Rows = Mapping[Key, RecognisedRow]
Amounts = Mapping[str, StatedAmount]


def add_expenditure(builder: Builder) -> None:
    """Add the lines of expenditure, and the stated totals."""
    every = _of_units(builder, "expenditure", _by_code(builder, "expenditure"))
    funds: dict[str, Rows] = {key: _by_code(builder, key) for key in FUND_TABLES}
    every = _without_units(builder, every, funds)
    if any(unit for unit, _ in every):
        funds = {key: _of_units(builder, key, _with_units(rows, every)) for key, rows in funds.items()}
    for key, rows in funds.items():
        for row in rows.values():
            _add(builder, row, FUND_TABLES[key].name, _amounts(row))
    rest = _add_rest(builder, funds, every)
    _compare_basic(builder, funds[GENERAL_PUBLIC.key])
    _report_lost(builder, funds, every)
    _add_every_fund(builder, funds, every, rest)
    lines = builder.data.get("expenditure", ())
    if any("basic" in line and not {"personnel", "operating"} & set(line) for line in lines):
        builder.unread.add("/expenditure/personnel")


def _compare_basic(builder: Builder, rows: Rows) -> None:
    """Compare 一般公共预算基本支出表（按功能分类）, which states nothing else, with the table of the fund."""
    for key, row in _by_code(builder, "basic_by_function").items():
        own = rows[key].amounts if key in rows else {}
        for column, amount in row.amounts.items():
            builder.agree(f"基本支出 {key[1]} {row.name}", own.get("basic" if column == "total" else column), amount)


def _by_code(builder: Builder, kind: str) -> dict[Key, RecognisedRow]:
    """Return the rows of a table by unit and code; a second row of the same code is a finding."""
    by_code: dict[Key, RecognisedRow] = {}
    with_items = {row.key[: WIDTHS[1]] for row in builder.rows(kind) if len(row.key) == WIDTHS[2]}
    for row in builder.rows(kind):
        key = (_unit(builder, row), TOTAL if row.kind in ("total", "unit") else row.key)
        if key not in by_code:
            by_code[key] = row
        elif row.kind != "unit" and (row.key in with_items or not _stands_again(by_code[key], row)):
            places = (by_code[key].place, row.place)
            message = "“{table}”里“{code_and_name}”写了两行"
            name = builder.tables[kind].kind.name
            hint = "删去重复的一行，或改正写错的编码"
            builder.findings.append(
                table_finding(
                    "XL139",
                    Severity.ERROR,
                    message,
                    places,
                    hint,
                    table=name,
                    code_and_name=f"{key[1]} {row.name}".strip(),
                )
            )
    return by_code


def _stands_again(row: RecognisedRow, again: RecognisedRow) -> bool:
    """Whether a 款 without 项 is printed again in the place of its only 项 (219 援助其他地区支出)."""
    return len(row.key) == WIDTHS[1] and {name: one.value for name, one in row.amounts.items()} == {
        name: one.value for name, one in again.amounts.items()
    }


def _of_units(builder: Builder, kind: str, rows: Rows) -> Rows:
    """Return the rows of a table by unit without the totals, which are compared with the rows that they are sums of."""
    if not any(unit for unit, _ in rows):
        return rows
    name = builder.tables[kind].kind.name
    for (unit, code), row in rows.items():
        if code == TOTAL:
            totals = [one for (of, key), one in rows.items() if of and key == TOTAL] if not unit else []
            classes = [one for (of, key), one in rows.items() if len(key) == 3 and unit in ("", of)]
            for column, amount in row.amounts.items():
                for below in (totals, classes):
                    parts = [one.amounts[column] for one in below if column in one.amounts]
                    builder.compare_sum(f"{name} {row.name}", amount, parts)
    return {key: row for key, row in rows.items() if key[1] != TOTAL}


def _without_units(builder: Builder, every: Rows, funds: Mapping[str, Rows]) -> Rows:
    """Return the rows of 支出总表 summed over units, where the tables of funds do not say whose money an item is."""
    units: dict[str, set[str]] = {}
    for unit, code in every:
        units.setdefault(code, set()).add(unit)
    shared = {code for code, names in units.items() if len(names) > 1 and code != TOTAL}
    undivided = [rows for rows in funds.values() if not any(unit for unit, _ in rows)]
    if not any(("", code) in rows for rows in undivided for code in shared):
        return every
    found: dict[Key, RecognisedRow] = {}
    for (_, code), row in every.items():
        before = found.get(("", code))
        amounts = row.amounts if before is None else _added(before.amounts, row.amounts)
        found["", code] = replace(before or row, unit="", amounts=amounts)
    builder.unread.add("/expenditure/unit")
    message = "支出总表按单位分，各项资金的表没有按单位分，支出不按单位读入"
    hint = "要按单位的，用各单位的表分别导入，或在导入之后补上单位"
    builder.warn("XL144", message, builder.tables["expenditure"].title_place, hint)
    return found


def _added(first: Amounts, second: Amounts) -> Amounts:
    columns = dict.fromkeys((*first, *second))
    return {name: sum_of([one[name] for one in (first, second) if name in one]) for name in columns}


def _with_units(rows: Rows, every: Rows) -> Rows:
    """Return the rows of a table without units with the unit that alone has their code in 支出总表."""
    if any(unit for unit, _ in rows):
        return rows
    found: dict[Key, RecognisedRow] = {}
    for (_, code), row in rows.items():
        units = [unit for unit, key in every if key == code]
        unit = units[0] if len(units) == 1 else ""
        found[unit, code] = replace(row, unit=unit) if unit else row
    return found


def _report_lost(builder: Builder, funds: Mapping[str, Rows], every: Rows) -> None:
    """Report rows that a table should have: those of the tables of funds in 支出总表, the 类 and 款 of its codes."""
    with_classes = any(len(code) == 3 for rows in (every, *funds.values()) for _, code in rows)
    for kind, rows in (("expenditure", every), *funds.items()):
        expected = {
            (unit, code[:width]) for unit, code in rows for width in (3, 5) if code != TOTAL and len(code) > width
        }
        expected |= {("", TOTAL)} if rows and not any(unit for unit, _ in rows) else set()
        if kind == "expenditure":
            expected |= {key for rows in funds.values() for key in rows if key[1] != TOTAL}
        listed = [code for _, code in rows if code != TOTAL]
        if not rows or not with_classes or (len(listed) > 2 and all(len(code) == 7 for code in listed)):
            continue
        for unit, code in sorted(expected - set(rows)):
            message = "“{table}”里没有 {code} 这一行"
            name, place = builder.tables[kind].kind.name, builder.tables[kind].title_place
            hint = "检查是否漏了一行，或把编码写错了"
            builder.warn("XL137", message, place, hint, table=name, code=f"{unit} {code}".strip())
    for kind in ("expenditure", *funds):
        for row in builder.rows(kind):
            builder.require_total(kind, row)


def _unit(builder: Builder, row: RecognisedRow) -> str:
    """Return the name of the unit of a row, "" for the department."""
    name = row.unit if row.kind != "unit" else row.name or row.key
    return "" if builder.is_department(name) else name


def _amounts(row: RecognisedRow) -> dict[str, StatedAmount]:
    """Return the amounts of a row; a table with only 项目支出 states that as its total."""
    amounts = {column: row.amounts[column] for column in COLUMNS if column in row.amounts}
    return {"total": amounts["project"], **amounts} if set(amounts) == {"project"} else amounts


def _add(builder: Builder, row: RecognisedRow, fund: str, amounts: Mapping[str, StatedAmount]) -> None:
    unit = _unit(builder, row)
    code = TOTAL if row.kind in ("total", "unit") else row.key
    fields: dict[str, object] = {
        "unit": builder.unit_code(unit, row.place) if unit else None,
        "function": code,
        "name": None if code == TOTAL else builder.line_name(code, row.name, builder.book.functions),
        "fund": fund,
        **amounts,
    }
    builder.add("expenditure", fields, row.place)


def _add_rest(builder: Builder, funds: Mapping[str, Rows], every: Rows) -> set[str]:
    """Add what 支出总表 has beyond the tables of funds, item by item; return the codes and their parents."""
    lines: list[tuple[RecognisedRow, dict[str, StatedAmount]]] = []
    rest: set[str] = set()
    parents = {(unit, code[:width]) for unit, code in every for width in (3, 5) if len(code) > width}
    for key, row in every.items():
        if key[1] == TOTAL or key in parents:
            continue
        own = [_amounts(rows[key]) for rows in funds.values() if key in rows]
        left = _left(_amounts(row), own)
        if negative := next((amount for amount in left.values() if amount.value < 0), None):
            whole = sum_of([one["total"] for one in own if "total" in one], negative.place)
            builder.agree(f"{row.key} {row.name}：支出总表与各项资金的表", row.amounts.get("total"), whole)
        elif left:
            lines.append((row, left))
            rest |= {key[1], key[1][:5], key[1][:3], TOTAL}
    for row, fund, amounts in split_rest(builder, lines):
        _add(builder, row, fund, amounts)
    return rest


def _left(row: Amounts, own: Sequence[Amounts]) -> dict[str, StatedAmount]:
    """Return what a row of 支出总表 has beyond the rows of funds, by column.

    Personnel and operating are separated only if all rows do.
    """
    columns = list(row)
    if any("basic" in one and column not in one for one in own for column in SPLIT if column in row):
        columns = [column for column in columns if column not in SPLIT]
    left = {}
    for column in columns:
        amount = less(row[column], [one[column] for one in own if column in one])
        if amount.value:
            left[column] = amount
    return left


def _add_every_fund(builder: Builder, funds: Mapping[str, Rows], every: Rows, rest: set[str]) -> None:
    """Add the rows of 支出总表 as stated sums of all funds; what 收支总表 states of its classes completes them."""
    balance = {row.key: row for row in builder.rows("balance") if row.side == "expenditure"}
    for (unit, code), row in every.items():
        amounts = _amounts(row)
        own = [rows[unit, code] for rows in funds.values() if (unit, code) in rows]
        more = balance.get("total" if code == TOTAL else code) if not unit else None
        for column in SPLIT:
            if column in amounts:
                continue
            if more is not None and column in more.amounts:
                amounts[column] = more.amounts[column]
            elif any(column in one.amounts for one in own):
                if code in rest:
                    break
                amounts[column] = sum_of([one.amounts[column] for one in own if column in one.amounts])
        else:
            _add(builder, row, EVERY_FUND, amounts)
            continue
        _check_parts(builder, code, row, every)


def _check_parts(builder: Builder, code: str, row: RecognisedRow, every: Rows) -> None:
    """Check a row of 支出总表 that the document cannot state: its columns are those of the rows below it."""
    width = {TOTAL: 3, 3: 5, 5: 7}.get(TOTAL if code == TOTAL else len(code), 0)
    start = "" if code == TOTAL else code
    below = [one for (unit, key), one in every.items() if not unit and len(key) == width and key.startswith(start)]
    for column in COLUMNS:
        parts = [one.amounts[column] for one in below if column in one.amounts]
        builder.compare_sum(f"支出总表 {code} {row.name}", row.amounts.get(column), parts)
