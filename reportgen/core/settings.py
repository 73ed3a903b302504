"""Settings of a layout that facts and rules need: how figures print, its own equalities, the rules it switches off.

Wording is decided on printed values, so that a sentence never has 增加 with a figure that prints 0.00. The layout makes
these settings; facts and rules read them and need not import layouts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal

from .bounds import Within
from .money import MoneyUnit

SharePolicy = Literal["plain", "largest_absorbs", "largest_remainder"]
SmallShares = Literal["print", "omit"]
ComparedTotal = Literal[
    "revenue", "expenditure", "grand_total", "appropriation", "appropriation_revenue", "general_public", "funds",
    "three_public", "three_public_items", "agency_operating",
]  # fmt: skip
"""A total that sentences may compare with last year, by its key in ``totals`` of the document.

``funds`` are those of 财政拨款, ``three_public_items`` the four items, each by itself.
"""
BudgetedKind = Literal["initial", "adjusted"]
"""The budget that final accounts are compared with: 年初预算 or 全年预算."""
Zero = Literal["blank", "0", "0.00", "-", "—"]
"""What a cell prints for zero: nothing, the numeral 0, a figure with its decimals, a dash."""
ZeroInProse = Literal["0", "0.00"]
"""What a sentence prints for zero."""


@dataclass(frozen=True, slots=True)
class Printing:
    """How the prose prints figures.

    ``flat_below`` is the rate (in percent, of the absolute value) under which a change that is not zero
    counts as 基本持平. ``shares`` is the policy for shares of a whole that do not add up to 100.0 as printed: ``plain``
    leaves them, ``largest_absorbs`` adds the difference to the largest, ``largest_remainder`` adds one unit of the last
    place to those that rounding down cut most. ``small_shares`` says whether a share that prints as zero beside an
    amount that does not is printed or omitted. ``totals_against`` is the figure of last year that the sentences compare
    totals with, 上年预算数 or 上年执行数, ``totals_compared`` are these totals; rules ask for that figure of each.
    ``basic_split`` says whether the form prints basic expenditure by function as 人员 and 公用; if not, a document may
    state it as a whole.
    ``completed_against`` is the figure of this year's budget that final accounts are compared with, 年初预算数 or
    全年预算数, ``three_public_against`` that of “三公”. ``contracts`` says what the form prints of 授予中小企业的合同:
    what was awarded in all, or by reserved and other projects.
    ``trim_zeros`` prints 16.2 for 16.20; ``zero`` is how zero prints.
    What wording is decided on is rounded to ``decimals`` and ``percent_decimals``, whatever one place prints.
    """

    unit: MoneyUnit = "万元"
    decimals: Annotated[int, Within(0, 8)] = 2
    grouped: bool = False
    percent_decimals: Annotated[int, Within(0, 8)] = 1
    shares: SharePolicy = "plain"
    small_shares: SmallShares = "omit"
    flat_below: Annotated[Decimal, Within(0, 100)] = Decimal(0)
    trim_zeros: bool = False
    zero: ZeroInProse = "0.00"
    totals_against: Literal["budget", "execution"] = "execution"
    totals_compared: tuple[ComparedTotal, ...] = (
        "revenue", "expenditure", "funds", "three_public_items", "agency_operating",
    )  # fmt: skip
    basic_split: bool = True
    completed_against: BudgetedKind = "initial"
    three_public_against: BudgetedKind = "initial"
    contracts: Literal["awarded", "by_project"] = "awarded"


@dataclass(frozen=True, slots=True)
class Tie:
    """An equality that a layout adds: the sum of the facts on the left equals the sum of the facts on the right.

    ``description`` is the relation in words. There are no expressions, which would be a programming language in YAML.
    """

    code: str
    description: str
    left: tuple[str, ...]
    right: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DisabledRule:
    """A rule that a layout switches off, and the reason."""

    code: str
    reason: str
