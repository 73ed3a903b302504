"""Whether the amounts of one sheet are in 元 and those of another in 万元: their totals differ by 10,000 times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from ...budget.terms import EVERY_FUND, FUNDS, GENERAL_PUBLIC
from ...core.finding import Severity
from .reading import Reading

TIMES = 10_000
CLOSE = Decimal("0.0001")
"""Part of a total by which it may differ, because figures in 万元 are rounded."""
Line = Mapping[str, Any]
_FUNDS = tuple(fund.key for fund in FUNDS)
_USES = ("project", "business", "paid_up", "subsidies")


def check_scale(reading: Reading) -> None:
    """Record sheets whose totals should be equal, and are 10,000 times one another.

    Every pair has 支出: where that is the odd one out of several, it is said once.
    """
    data = reading.data
    spending = [
        line
        for line in data.get("expenditure", ())
        if len(str(line.get("function", ""))) == 7 and line.get("fund") != EVERY_FUND
    ]
    general = [line for line in spending if line.get("fund", GENERAL_PUBLIC.name) == GENERAL_PUBLIC.name]
    basic = [line for line in data.get("basic_expenditure", ()) if len(str(line.get("economic", ""))) == 5]
    projects = [line for line in data.get("projects", ()) if line.get("name")]
    income = [line for line in data.get("revenue", ()) if line.get("source") != "合计"]
    said = set[bool]()
    for (part, first), (other, second) in (
        (("revenue", _sum(_members(income, "amount", "carry_over"))), ("expenditure", _sum(map(_total, spending)))),
        (("basic_expenditure", _sum(_members(basic, "amount"))), ("expenditure", _sum(map(_basic, general)))),
        (("projects", _sum(_members(projects, *_FUNDS))), ("expenditure", _sum(_members(spending, "project")))),
    ):
        large, small = ((part, first), (other, second)) if first > second else ((other, second), (part, first))
        apart = small[1] and abs(large[1] / TIMES - small[1]) <= CLOSE * small[1]
        if apart and (first > second) not in said:
            said.add(first > second)
            _add(reading, *large, *small)


def _add(reading: Reading, part: str, amount: Decimal, other: str, less: Decimal) -> None:
    places = [cell for name in (part, other) if (cell := _first_cell(reading, name))]
    sheets = [cell.partition("!")[0] for cell in places]
    message = "“{sheet}”合计 {amount}，是“{other}”合计 {less} 的一万倍：一张按元填，一张按万元填"
    hint = "金额单位是{unit}，把不是这个单位的一张换算过来"
    shown = {"amount": f"{amount:,f}", "less": f"{less:,f}", "unit": reading.unit}
    values = {"sheet": sheets[0], "other": sheets[-1], **shown}
    reading.add_finding("XL116", Severity.ERROR, message, places, hint, values)


def _first_cell(reading: Reading, part: str) -> str:
    """Return the cell of the first amount of a part."""
    lines = enumerate(reading.data.get(part, ()))
    found: Iterator[str] = (
        reading.cells[pointer]
        for n, line in lines
        for name, value in line.items()
        if _is_amount(value) and (pointer := f"/{part}/{n}/{name}") in reading.cells
    )
    return next(found, "")


def _is_amount(value: object) -> bool:
    return isinstance(value, str) and "." in value and value.replace(".", "", 1).isdigit()


def _members(lines: Iterable[Line], *names: str) -> Iterator[Decimal]:
    return (Decimal(str(line[name])) for line in lines for name in names if line.get(name))


def _basic(line: Line) -> Decimal:
    return _sum(_members([line], "basic")) or _sum(_members([line], "personnel", "operating"))


def _total(line: Line) -> Decimal:
    return _sum(_members([line], "total")) or _basic(line) + _sum(_members([line], *_USES))


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
