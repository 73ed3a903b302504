"""Rows by 经济分类 as the document has them: one for each code, none below 款.

Tables that show 部门 and 政府预算经济分类 side by side repeat a 款 for each government code; systems have 目 below 款.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .codes import WIDTHS
from .stated_sums import sum_of
from .table import RecognisedRow

GOVERNMENT = "government_code"
_SECTION = WIDTHS[1]


def economic_rows(rows: Iterable[RecognisedRow]) -> list[RecognisedRow]:
    """Return the rows without those below 款, and rows of one code under several government codes as their sum.

    A code that is there twice without government codes stays so: it is a mistake, which is reported elsewhere.
    """
    found: dict[tuple[str, str], RecognisedRow] = {}
    result: list[RecognisedRow] = []
    for row in rows:
        if row.kind == "code" and len(row.key) > _SECTION:
            continue
        before = found.get((row.unit, row.key)) if row.kind == "code" and GOVERNMENT in row.texts else None
        if before is None or before.texts[GOVERNMENT].value == row.texts[GOVERNMENT].value:
            result.append(row)
            if row.kind == "code" and GOVERNMENT in row.texts:
                found[row.unit, row.key] = row
            continue
        columns = dict.fromkeys((*before.amounts, *row.amounts))
        amounts = {
            name: sum_of([one.amounts[name] for one in (before, row) if name in one.amounts]) for name in columns
        }
        summed = replace(before, amounts=amounts)
        result[next(n for n, one in enumerate(result) if one is before)] = summed
        found[row.unit, row.key] = summed
    return result
