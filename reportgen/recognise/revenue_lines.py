"""Revenue lines: by source, for the department, for units or for 功能分类, as 收入总表 has them; else of 收支总表."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..budget.terms import FISCAL_FUNDS, REVENUE_SOURCES, SURPLUS_USED
from .absent_tables import lacks_table
from .builder import Builder
from .coded_rows import TOTAL
from .codes import WIDTHS
from .department_rows import unit_code
from .final_revenue import income_by_fund, openings
from .stated_sums import less, sum_of
from .table import RecognisedRow, StatedAmount

SOURCES = {source.key: source.name for source in REVENUE_SOURCES}
OTHER_INCOME = "other_income"
FISCAL = tuple(fund.key for fund in FISCAL_FUNDS)
Amounts = Mapping[str, StatedAmount]


def add_revenue(builder: Builder) -> None:
    """Add the lines of revenue."""
    rows = builder.rows("revenue")
    coded = [row for row in rows if row.kind == "code"]
    units, whole = unit_rows(builder, rows)
    for row in rows:
        builder.require_total("revenue", row)
    if coded:
        added = _add_by_function(builder, coded)
    elif units:
        added = _add_by_unit(builder, units, whole)
    elif whole is not None:
        added = _add_row(builder, whole, None)
    else:
        added = False
    if not added:
        _add_balance(builder)
    else:
        _compare(builder, whole, coded)


def unit_rows(builder: Builder, rows: Sequence[RecognisedRow]) -> tuple[list[RecognisedRow], RecognisedRow | None]:
    """Return the rows of units, and the row of the department: 合计, or the row with the department's name.

    A first row with the department's name is that of the department if it is as large as the others together; else
    it is 本级, whose name is the same.
    """
    total = next((row for row in rows if row.kind == "total"), None)
    units = [row for row in rows if row.kind == "unit"]
    is_department = (
        bool(units) and builder.is_department(units[0].name or units[0].key) and not _is_unit(builder, units[0])
    )
    if is_department and (len(units) == 1 or _is_whole(units, total)):
        if total is not None:
            for column, amount in units[0].amounts.items():
                builder.agree(f"{units[0].name}与合计", total.amounts.get(column), amount)
        return units[1:], total or units[0]
    return units, total


def _is_unit(builder: Builder, row: RecognisedRow) -> bool:
    """Whether a row has the code of a unit, which is not that of the department."""
    code = unit_code(row)
    return code != str(builder.data["department"]["code"]) and code in builder.units.values()


def _is_whole(units: Sequence[RecognisedRow], total: RecognisedRow | None) -> bool:
    def amount(row: RecognisedRow) -> StatedAmount:
        return row.amounts.get("total") or sum_of(list(row.amounts.values()), row.place)

    first, others = amount(units[0]), sum_of([amount(row) for row in units[1:]])
    if total is None:
        return True
    whole = amount(total)
    as_department = abs(first.value - whole.value) + abs(others.value - whole.value)
    as_unit = abs(first.value + others.value - whole.value)
    return as_department < as_unit


def _add(
    builder: Builder, key: str, this: StatedAmount | None, carry: StatedAmount | None, place: str, **more: str | None
) -> None:
    """Add a line of one source."""
    amounts, carried = builder.revenue.setdefault(key, ([], []))
    amounts += [this] if this is not None else []
    carried += [carry] if carry is not None else []
    builder.add("revenue", {**more, "source": SOURCES[key], "amount": this, "carry_over": carry}, place)


def _sources(row: RecognisedRow) -> dict[str, tuple[StatedAmount | None, StatedAmount | None]]:
    """Return this year's amount and what is carried over of each source in a row."""
    found = {}
    for key in (*SOURCES, "own_funds"):
        this, carry = row.amounts.get(key), row.amounts.get(f"carry_{key}")
        if this is not None or carry is not None:
            found[OTHER_INCOME if key == "own_funds" else key] = (this, carry)
    if "own_funds" in row.amounts or "carry_own_funds" in row.amounts:
        this = row.amounts.get(OTHER_INCOME) or row.amounts.get("own_funds")
        found[OTHER_INCOME] = (this, row.amounts.get("carry_own_funds") or row.amounts.get("carry_other_income"))
    return found


def _add_row(builder: Builder, row: RecognisedRow, unit: str | None) -> bool:
    """Add the lines of one row, and its stated total; return whether there were any."""
    found = _sources(row)
    carry = row.amounts.get("carry")
    split = any(amount is not None for _, amount in found.values())
    if carry is not None and carry.value and not split:
        found = _with_carry(builder, row, found, carry)
    for key, (this, carried) in found.items():
        _add(builder, key, this, carried, row.place, unit=unit)
    this = row.amounts.get("this")
    if found and (this is not None or (carry is not None and split)):
        fields = {"unit": unit, "source": TOTAL, "amount": this, "carry_over": carry if split else None}
        builder.add("revenue", fields, row.place)
    parts = [amount for pair in found.values() for amount in pair if amount is not None]
    builder.compare_sum(f"收入总表“{row.name}”的合计", row.amounts.get("total"), parts)
    return bool(found)


def _with_carry(
    builder: Builder,
    row: RecognisedRow,
    found: dict[str, tuple[StatedAmount | None, StatedAmount | None]],
    carry: StatedAmount,
) -> dict[str, tuple[StatedAmount | None, StatedAmount | None]]:
    """Return the sources with what is carried over, split as 财政拨款收支总表 and 收支总表 do."""
    tables = (*builder.rows("appropriation_balance"), *builder.rows("balance"))
    fiscal = {
        key: next(
            (one.amounts["total"] for one in tables if one.key == f"carry.{key}" and "total" in one.amounts), None
        )
        for key in FISCAL
    }
    known = {key: amount for key, amount in fiscal.items() if amount is not None and amount.value}
    left = less(carry, list(known.values()))
    if left.value < 0:
        builder.compare_sum(f"收入总表“{row.name}”的上年结转", carry, list(known.values()))
        known, left = {}, carry
    result = dict(found)
    for key, amount in known.items():
        result[key] = (found.get(key, (None, None))[0], amount)
    if left.value:
        result[OTHER_INCOME] = (found.get(OTHER_INCOME, (None, None))[0], left)
        message = "上年结转 {amount} 没有写是哪一项收入的，记在其他收入"
        builder.warn("XL144", message, left.place, "导入之后在“收入”里改成实际的收入来源", amount=builder.amount(left))
    return result


def _add_by_unit(builder: Builder, units: Sequence[RecognisedRow], whole: RecognisedRow | None) -> bool:
    """Add the lines of the units; the row of the department has to be their sum."""
    for row in units:
        _add_row(builder, row, builder.unit_code(row.name or row.key, row.place))
    for column, amount in whole.amounts.items() if whole is not None else ():
        parts = [row.amounts[column] for row in units if column in row.amounts]
        builder.compare_sum("收入总表合计", amount, parts)
    if whole is not None and "this" in whole.amounts:
        carry = whole.amounts.get("carry")
        builder.add("revenue", {"source": TOTAL, "amount": whole.amounts["this"], "carry_over": carry}, whole.place)
    return True


def _add_by_function(builder: Builder, rows: Sequence[RecognisedRow]) -> bool:
    """Add a line for each 项 and source; 财政拨款 as the tables of funds have it. Check 类, 款 and the columns.

    Revenue is of 项: where a 款 is printed without any (219), it is read from 收支总表 in place of this table.
    """
    lines: list[tuple[str, str, StatedAmount, str]] = []
    above = {row.key[:width] for row in rows for width in (3, 5) if len(row.key) > width}
    added: set[str] = set()
    for row in rows:
        sources = {key: pair[0] for key, pair in _sources(row).items() if pair[0] is not None}
        whole, funds = row.amounts.get("appropriation"), [sources[key] for key in FISCAL if key in sources]
        builder.compare_sum(f"收入总表 {row.key} {row.name}的财政拨款", whole, funds)
        parts = [*sources.values(), *([] if funds or whole is None else [whole])]
        builder.compare_sum(f"收入总表 {row.key} {row.name}", row.amounts.get("total"), parts)
        _check_children(builder, row, rows)
        if row.key in above or row.key in added:
            continue
        added.add(row.key)
        if len(row.key) < WIDTHS[-1]:
            builder.unread.add("/revenue/function")
            message = "收入总表 {code} 没有列到项，收入不按科目读入"
            builder.warn("XL144", message, row.place, "收入改由收支总表读入", code=row.key)
            return False
        if whole is not None and not any(key in sources for key in FISCAL):
            lacking = any(lacks_table(builder.tables.values(), key) for key in FISCAL)
            split = None if lacking else (income_by_fund if builder.final else _split)(builder, row.key, whole)
            if split is None:
                builder.unread.add("/revenue/function")
                message = "收入总表 {code} 的财政拨款与各项资金的支出表对不上，收入不按科目读入"
                builder.warn("XL144", message, row.place, "收入改由收支总表读入", code=row.key)
                return False
            sources |= split
        lines += [(row.key, key, amount, row.place) for key, amount in sources.items() if amount is not None]
    carried = openings(builder, lines) if builder.final else {}
    for code, key, amount, place in lines:
        _add(builder, key, amount, carried.pop((code, key), None), place, function=code)
    for (code, key), amount in carried.items():
        this, left = (amount, None) if key == SURPLUS_USED.key else (None, amount)
        _add(builder, key, this, left, amount.place, function=code)
    return bool(lines)


def _split(builder: Builder, code: str, whole: StatedAmount) -> dict[str, StatedAmount] | None:
    """Return 财政拨款 of one 项 by fund, as the tables of funds have its expenditure; None if these differ."""
    funds = {
        key: row.amounts[column]
        for key in FISCAL
        for row in builder.rows(key)
        if row.key == code and not row.unit
        for column in ("total", "project", "basic")
        if column in row.amounts and (column == "total" or "total" not in row.amounts)
    }
    if len(funds) == 1:
        return {next(iter(funds)): whole}
    rest = less(whole, list(funds.values()))
    return None if rest.value or not funds else dict(funds)


def _check_children(builder: Builder, row: RecognisedRow, rows: Iterable[RecognisedRow]) -> None:
    """Check that a 类 or 款 is the sum of those below it, in each column."""
    below = [one for one in rows if one.key.startswith(row.key) and len(one.key) == len(row.key) + 2]
    for column, amount in row.amounts.items() if below else ():
        parts = [one.amounts[column] for one in below if column in one.amounts]
        builder.compare_sum(f"收入总表 {row.key} {row.name}", amount, parts)


def _add_balance(builder: Builder) -> None:
    """Add the lines of the side of revenue of 收支总表."""
    stated = {row.key: row for row in builder.rows("balance") if row.side == "revenue" and "total" in row.amounts}
    for key in SOURCES:
        this, carry = (stated[one].amounts["total"] if one in stated else None for one in (key, f"carry.{key}"))
        if this is not None or carry is not None:
            place = stated[key].place if key in stated else stated[f"carry.{key}"].place
            _add(builder, key, this, carry, place)


def _compare(builder: Builder, whole: RecognisedRow | None, coded: Sequence[RecognisedRow]) -> None:
    """Compare the total of 收入总表 with its 类 and with 收支总表."""
    if whole is None:
        return
    classes = [row for row in coded if len(row.key) == 3]
    for column, amount in whole.amounts.items() if classes else ():
        parts = [row.amounts[column] for row in classes if column in row.amounts]
        builder.compare_sum("收入总表合计", amount, parts)
    stated = {row.key: row.amounts.get("total") for row in builder.rows("balance") if row.side == "revenue"}
    builder.agree("收支总表与收入总表的合计", stated.get("total"), whole.amounts.get("total"))
    builder.agree("收支总表与收入总表的本年收入", stated.get("this"), whole.amounts.get("this"))
