"""Filters of templates that need nothing of the document: how one place prints a figure, the stem of a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from jinja2 import TemplateRuntimeError

from ..core.money import YUAN
from ..core.settings import ZeroInProse
from ..facts import Fact, SourceText, share_of
from .figures import NothingToPrint, PrintedFact
from .records import group_by, sort_by, where, where_not

MOST_DECIMALS = 8


def decimals(value: object, count: object) -> PrintedFact:
    """Return a figure that prints with ``count`` decimals, an amount or a percentage."""
    if not isinstance(count, int) or not 0 <= count <= MOST_DECIMALS:
        raise TemplateRuntimeError(f"decimals 后写 0 到 {MOST_DECIMALS} 的整数")
    return _changed("decimals", _exact_share(value), decimals=count, percent_decimals=count)


def grouped(value: object, on: bool = True) -> PrintedFact:
    """Return an amount that prints with thousands separators, or (``grouped(false)``) without."""
    return _changed("grouped", value, grouped=bool(on))


def trim_zeros(value: object, on: bool = True) -> PrintedFact:
    """Return a figure that prints without zeros at the end of its decimals: 16.2 for 16.20."""
    return _changed("trim_zeros", value, trim_zeros=bool(on))


def unit(value: object, name: str) -> PrintedFact:
    """Return an amount that prints in ``name``: 元 or 万元."""
    if name not in YUAN:
        raise TemplateRuntimeError(f"unit 后写 {'、'.join(YUAN)} 之一")
    return _changed("unit", value, unit=name)


def zero(value: object, text: str) -> PrintedFact:
    """Return a figure of which an exact zero prints as ``text``: 0 or 0.00."""
    if text not in get_args(ZeroInProse):
        raise TemplateRuntimeError(f"zero 后写 {'、'.join(get_args(ZeroInProse))} 之一，加引号")
    return _changed("zero", value, zero=text)


def bare(value: object) -> PrintedFact:
    """Return a figure that prints without its unit."""
    printed = _changed("bare", value)
    return PrintedFact(printed.fact, printed.changes, bare=True)


def stem(text: object) -> SourceText:
    """Return a class's name without its last word 支出: 教育支出 → 教育."""
    if not isinstance(text, SourceText):
        raise TemplateRuntimeError("stem 只能用于数据里的文字")
    return SourceText(text.text.removesuffix("支出"), text.pointer)


def share(part: object, whole: object) -> Fact | None:
    """Return the share of one figure in another, a percentage."""
    if not isinstance(part, Fact) or not isinstance(whole, Fact):
        raise TemplateRuntimeError("share 里写两个数据项，如 share(basic.total, expenditure.total)")
    return share_of(part, whole)


def _exact_share(value: object) -> object:
    """Return a share that is rounded already as the exact one; any other value as it is.

    Raises:
        TemplateRuntimeError: the shares were made to add up to 100 with the decimals of the layout.
    """
    fact = value.fact if isinstance(value, PrintedFact) else value
    if not isinstance(fact, Fact) or fact.measure != "percent" or not fact.formula.endswith(")"):
        return value
    if not fact.formula.endswith("(plain)"):
        raise TemplateRuntimeError("各项占比已凑成 100%，不能另定小数；改 printing 的 percent_decimals，或用 share(…)")
    exact = share_of(*fact.inputs)
    return PrintedFact(exact, value.changes, value.bare) if isinstance(value, PrintedFact) and exact else exact


def _changed(name: str, value: object, **changes: Any) -> PrintedFact:
    if value is None:
        raise NothingToPrint
    if isinstance(value, Fact):
        value = PrintedFact(value, {})
    if not isinstance(value, PrintedFact):
        raise TemplateRuntimeError(f"{name} 只能用于数字（金额、百分比、数量）")
    return PrintedFact(value.fact, {**value.changes, **changes}, value.bare)


FILTERS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (decimals, grouped, trim_zeros, unit, zero, bare, stem, where, where_not, sort_by, group_by)
}
"""The filters that need nothing of the document, by their names."""
SOURCES = ("where", "where_not", "sort_by", "group_by")
"""The filters of records: each record counts as a step of work."""
FUNCTIONS: dict[str, Callable[..., Any]] = {"share": share}
"""The functions of templates, besides those of Jinja."""
