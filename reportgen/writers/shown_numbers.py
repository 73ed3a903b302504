"""How an Office program shows a number in a number format (ECMA-376 part 1, 18.8.31), for reading files back."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

_BLANK = "_ "  # space after the number
_QUOTED = re.compile(f'"([^"]*)"(?:{_BLANK})?')
_PATTERN = re.compile(rf'(#,##)?0(?:\.(0+))?(?:"([^"]*)")?(?:{_BLANK})?')


def shown(value: Decimal, code: str) -> str:
    """Return ``value`` in the number format ``code``; in one that this reader does not know, all its digits.

    >>> shown(Decimal("-5.455"), "0.00;0.00"), shown(Decimal("-1234.5"), "#,##0")
    ('5.46', '-1,235')
    >>> shown(Decimal(0), '0.00;-0.00;"-"'), shown(Decimal(-2), '0.00;-0.00;"-"')
    ('-', '-2.00')
    >>> shown(Decimal("1234.5"), '#,##0.00"万元"')
    '1,234.50万元'
    """
    positive, _, others = code.partition(";")
    negative, _, zero = others.partition(";")
    if zero:
        if not value and (text := _QUOTED.fullmatch(zero)):
            return text[1]
        code = positive if negative == f"-{positive}" else ""
    grouping, last, is_signed, unit = _pattern(code, value < 0)
    if last is None:
        return f"{value:f}"
    digits = abs(value).quantize(last, ROUND_HALF_UP)
    return f"{'-' if is_signed else ''}{digits:{grouping}f}{unit}"


@lru_cache(maxsize=64)
def _pattern(code: str, negative: bool) -> tuple[str, Decimal | None, bool, str]:
    """What a format prescribes: the mark between thousands, the last digit shown (None: unknown), a sign, the unit."""
    positive, _, other = code.partition(";")
    pattern = _PATTERN.fullmatch(other if other and negative else positive)
    if not pattern:
        return "", None, False, ""
    return (
        "," if pattern[1] else "",
        Decimal(1).scaleb(-len(pattern[2] or "")),
        negative and not other,
        pattern[3] or "",
    )
