"""Money: every amount is an exact ``Decimal`` in 元 and is rounded only where it is printed.

:func:`yuan` reads an amount (a float is refused, because it is not exact), :func:`show` prints it on a page,
:func:`exact` in a finding. Each printed figure is rounded by itself from the exact value, half up (四舍五入, as budget
offices do; the default of ``Decimal`` is half even).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Literal

MoneyUnit = Literal["元", "万元"]

YUAN: dict[str, int] = {"元": 1, "万元": 10_000}
HALF_CELL = 50
"""元: half a unit of the last printed place of an amount in 万元."""
LIMIT = Decimal(10) ** 15
"""元. No department has an amount this large; it is a typing error."""


def yuan(amount: Decimal | int | str, unit: MoneyUnit) -> Decimal:
    """Return ``amount``, stated in ``unit``, as exact 元.

    Raises:
        TypeError: ``amount`` is a float, or anything else that is not an exact number.

    >>> yuan("17633.63", "万元")
    Decimal('176336300.00')
    """
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int | str):
        raise TypeError(f"an amount must be exact, not {type(amount).__name__}")
    return Decimal(amount) * YUAN[unit]


def rounding_envelope(unit: MoneyUnit, parts: int) -> int:
    """Return the 元 by which a total and the sum of its ``parts`` may differ; documents in 元 are exact."""
    return 0 if unit == "元" else (parts + 1) * HALF_CELL


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Return ``value`` rounded half up to ``decimals`` places; never a negative zero.

    >>> rounded(Decimal("0.125"), 2), rounded(Decimal("-0.001"), 2)
    (Decimal('0.13'), Decimal('0.00'))
    """
    result = value.quantize(_place(decimals), ROUND_HALF_UP)
    return abs(result) if result.is_zero() else result


@cache
def _place(decimals: int) -> Decimal:
    """Return one unit of the last of ``decimals`` places."""
    return Decimal(1).scaleb(-decimals)


def in_unit(amount: Decimal, unit: MoneyUnit) -> Decimal:
    """Return ``amount`` 元 in ``unit``, exact."""
    return amount / YUAN[unit]


def numeral(value: Decimal, decimals: int, grouped: bool = False) -> str:
    """Return a rounded number as digits, with thousands separators if ``grouped``.

    >>> numeral(Decimal("2552.239"), 2, grouped=True)
    '2,552.24'
    """
    return f"{rounded(value, decimals):{',' if grouped else ''}f}"


def show(amount: Decimal, unit: MoneyUnit, decimals: int = 2, grouped: bool = False) -> str:
    """Return ``amount`` 元 as a page prints it in ``unit``, without the name of the unit.

    >>> show(Decimal("176336349.99"), "万元")
    '17633.63'
    """
    return numeral(in_unit(amount, unit), decimals, grouped)


def exact(amount: Decimal, unit: MoneyUnit = "元") -> str:
    """Return ``amount`` 元 with all its decimals and the name of the unit, as a finding prints it.

    >>> exact(Decimal("13000000.10")), exact(Decimal("176336300"), "万元")
    ('13,000,000.10元', '17,633.63万元')
    """
    value = in_unit(amount, unit).normalize()
    exponent = value.as_tuple().exponent
    places = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{value:,.{places}f}{unit}"
