"""Project lines: by unit, with the funds and sources that pay for them, and their goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile

from ..budget.lines import ALL
from ..budget.terms import EVERY_FUND, FUNDS, GENERAL_PUBLIC, OWN_SOURCES
from .builder import Builder
from .nested_rows import lowest
from .stated_sums import sum_of
from .table import RecognisedRow, StatedAmount
from .words import plain

PROJECT_FUNDS = tuple(fund.key for fund in FUNDS)
SOURCES = tuple(source.key for source in OWN_SOURCES if source.key != "surplus_used")


def add_projects(builder: Builder) -> None:
    """Add the projects; the sources of 单位资金 where the table has them."""
    goals = _goals(builder)
    listed = list(listed_projects(builder, compared=True))
    if not listed:
        builder.unread.add("/projects")
    for unit, row in listed:
        whole = row.kind == "total"
        code = ALL if whole else builder.unit_code(unit, row.place) if unit else builder.only_unit()
        goal = {} if whole else _goal(row, goals.get((unit, row.name)) or goals.get(("", row.name), {}))
        amounts = _amounts(row)
        if not any(amount is not None for amount in amounts.values()):
            amounts = _in_total(builder, row)
        fields = {"unit": code, "name": None if whole else row.name, **amounts, **goal}
        _say_carry(builder, row)
        builder.add("projects", fields, row.place)
        _check_parts(builder, row)
    _compare_key_projects(builder, listed)


def _goal(row: RecognisedRow, given: Mapping[str, object]) -> Mapping[str, object]:
    """Return the goal of a project: that of a table of goals, else that of the row of the project itself."""
    own = {"goal": row.texts["goal"].value} if "goal" in row.texts else {}
    return {**own, **{name: value for name, value in given.items() if value is not None}}


def _check_parts(builder: Builder, row: RecognisedRow) -> None:
    """Check that the total of a row is the sum of its funds and sources."""
    parts = [row.amounts[key] for key in (*PROJECT_FUNDS, *SOURCES, "surplus_used", "carry") if key in row.amounts]
    if not any(key in row.amounts for key in PROJECT_FUNDS[:3]) and "appropriation" in row.amounts:
        parts.append(row.amounts["appropriation"])
    builder.compare_sum(f"项目支出表“{row.name}”", row.amounts.get("total"), parts)


def _compare_key_projects(builder: Builder, listed: Sequence[tuple[str, RecognisedRow]]) -> None:
    """Compare the amount of a key project with that of the project: all its money, or 财政拨款 alone."""
    rows = builder.rows("key_projects")
    for n, row in enumerate(rows):
        stated = _stated(row)
        if not row.name and row.kind != "total":
            below = takewhile(lambda one: one.name and one.kind != "total", rows[n + 1 :])
            builder.compare_sum("重点项目各单位的合计", stated, map(_stated, below))
        same = [one for unit, one in listed if one.name == row.name and (not row.unit or row.unit == unit)]
        if stated is None or row.kind == "total" or not row.name or not same:
            continue
        fiscal = sum_of([one.amounts[key] for one in same for key in PROJECT_FUNDS[:3] if key in one.amounts])
        whole = sum_of([one.amounts["total"] for one in same if "total" in one.amounts])
        other = min(
            (one for one in (whole, fiscal) if one.place), key=lambda one: abs(one.value - stated.value), default=None
        )
        builder.agree(f"重点项目“{row.name}”", stated, other)


def _stated(row: RecognisedRow) -> StatedAmount | None:
    return row.amounts.get("total") or row.amounts.get("amount")


def listed_projects(builder: Builder, compared: bool = False) -> Iterator[tuple[str, RecognisedRow]]:
    """Yield the projects with the name of their unit, and the total.

    A row with the name of a unit in the place of a project has the sum of its projects below it, which is ``compared``
    with them once all units are known.
    """
    rows = builder.rows("projects")
    unit, sums = "", dict[str, RecognisedRow]()
    below: dict[str, list[RecognisedRow]] = {}
    for row in _lowest(builder, rows):
        if _is_unit(builder, row):
            unit = "" if builder.is_department(row.name) and plain(row.name) not in builder.units else row.name
            sums[unit] = row
            continue
        unit = row.unit or unit
        if row.name:
            if row.kind != "total":
                below.setdefault(unit, []).append(row)
            yield unit, row
    for name, row in sums.items() if compared else ():
        _check_parts(builder, row)
        own = below.get(name, []) if name else [one for some in below.values() for one in some]
        for column, amount in row.amounts.items():
            builder.compare_sum(
                f"项目支出表“{row.name}”", amount, [one.amounts[column] for one in own if column in one.amounts]
            )


def _is_unit(builder: Builder, row: RecognisedRow) -> bool:
    """Whether a row has the name of a unit, or of the department, in the place of a project."""
    return row.kind != "total" and not row.unit and plain(row.name) in {*builder.units, *builder.names}


def _lowest(builder: Builder, rows: Sequence[RecognisedRow]) -> list[RecognisedRow]:
    """Return the rows without those that are sums of the projects below them.

    Rows are taken apart only where they do not add up as they stand: those of a unit to its row, else all to 合计.
    """
    found: list[RecognisedRow] = []
    section: list[RecognisedRow] = []
    whole: RecognisedRow | None = None
    for row in (*rows, None):
        if row is not None and row.kind != "total" and not _is_unit(builder, row):
            section.append(row)
            continue
        found += _taken_apart(section, whole)
        section, whole = [], row
        found += [row] if row is not None else []
    return found


def _taken_apart(rows: list[RecognisedRow], whole: RecognisedRow | None) -> list[RecognisedRow]:
    amounts = [row.amounts["total"].value if "total" in row.amounts else Decimal(0) for row in rows]
    if whole is None or "total" not in whole.amounts or sum(amounts) == whole.amounts["total"].value:
        return rows
    numbers = lowest(amounts, whole.amounts["total"].value)
    return rows if numbers is None else [rows[number] for number in numbers]


def _say_carry(builder: Builder, row: RecognisedRow) -> None:
    """Say of which fund what is carried over is taken to be, where the row does not decide it."""
    carry, paying = row.amounts.get("carry"), _paying(row)
    if row.kind == "total" or carry is None or not carry.value or len(paying) == 1:
        return
    fund = next(one.name for one in FUNDS if one.key == (paying[0] if paying else GENERAL_PUBLIC.key))
    message = "“{name}”的上年结转 {amount} 没有写是哪种资金的，记在{fund}"
    hint = "导入之后在“项目支出”里改成实际的资金"
    values = {"name": row.name, "amount": builder.amount(carry), "fund": fund}
    builder.warn("XL144", message, carry.place, hint, **values)


def _paying(row: RecognisedRow) -> list[str]:
    """Return the funds that pay for a project."""
    return [key for key in PROJECT_FUNDS if key in row.amounts and row.amounts[key].value]


def _amounts(row: RecognisedRow) -> dict[str, object]:
    """Return the amounts of a project. What is carried over in one sum is of the fund that pays, or 一般公共预算."""
    amounts: dict[str, object] = {key: row.amounts[key] for key in PROJECT_FUNDS if key in row.amounts}
    sources = {key: row.amounts[key] for key in SOURCES if key in row.amounts}
    carry = row.amounts.get("carry")
    if carry is not None and carry.value:
        paying = _paying(row)
        fund = paying[0] if paying else GENERAL_PUBLIC.key
        this = [row.amounts[fund]] if fund in row.amounts else []
        amounts |= {fund: sum_of([*this, carry], carry.place), "carry_over": {fund: carry}}
    return amounts | ({"sources": sources} if sources else {}) | {"surplus_used": row.amounts.get("surplus_used")}


def _in_total(builder: Builder, row: RecognisedRow) -> dict[str, object]:
    """Return the amount of a project of which only the total is stated: of the fund that alone pays for projects."""
    if "total" not in row.amounts:
        return {}
    lines = (line for line in builder.data.get("expenditure", ()) if line["fund"] != EVERY_FUND)
    paying = {line["fund"] for line in lines if Decimal(line.get("project", 0)) and len(line["function"]) > len(ALL)}
    names = {one.name: one.key for one in FUNDS}
    fund = next(iter(paying)) if len(paying) == 1 else GENERAL_PUBLIC.name
    if row.kind != "total" and len(paying) > 1:
        message = "“{name}”只有合计 {amount}，没有写是哪种资金的，记在{fund}"
        hint = "导入之后在“项目支出”里改成实际的资金"
        total = row.amounts["total"]
        values = {"name": row.name, "amount": builder.amount(total), "fund": fund}
        builder.warn("XL144", message, total.place, hint, **values)
    return {names[fund]: row.amounts["total"]}


def _goals(builder: Builder) -> dict[tuple[str, str], dict[str, object]]:
    """Return the goal of each project by unit and name; one in the table of key projects is a key project."""
    goals: dict[tuple[str, str], dict[str, object]] = {}
    for row in builder.rows("performance"):
        if row.name and "goal" in row.texts and "level3" not in row.texts:
            goals[row.unit, row.name] = {"goal": row.texts["goal"].value}
    for row in builder.rows("key_projects"):
        if row.name:
            goals[row.unit, row.name] = {"goal": row.texts["goal"].value if "goal" in row.texts else None, "key": True}
    return goals
