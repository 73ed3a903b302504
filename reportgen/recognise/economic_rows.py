"""Rows by 经济分类 as the document has them: one for each code, none below 款, one total of all.

Tables that show 部门 and 政府预算经济分类 side by side repeat a 款 for each government code; systems have 目 below 款.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from .body import bound
from .codes import WIDTHS
from .head import Column
from .stated_sums import sum_of
from .table import RecognisedRow
from .words import TableKind

GOVERNMENT = "government_code"
_SECTION = WIDTHS[1]
OF_PANELS: Mapping[str, str] = {"人员经费合计": "personnel", "公用经费合计": "operating"}
"""Rows of a table in several panels (编码 | 名称 | 决算数) that state the sum of some of them, and what that is of."""
PANEL_TOTALS = frozenset(OF_PANELS)


def code_panels(columns: Sequence[Column], kind: TableKind) -> list[list[Column]]:
    """Return the columns of each panel of a table whose codes go on in columns to the right; none for any other."""
    panels: list[list[Column]] = []
    for column in columns:
        if column.meaning.rpartition(".")[2] == "code":
            panels.append([])
        if panels:
            panels[-1].append(column)
    return panels if len(panels) > 1 and all(dict(bound(panel, kind.columns)) for panel in panels) else []


def one_total(rows: Sequence[RecognisedRow]) -> list[RecognisedRow]:
    """Return the rows with one total, the last: the one that is stated, else the sum of those of parts.

    Where each part has a column of its own (人员经费, 公用经费), the total is their sum. Where it has a row of its own
    (人员经费合计), it is an amount of the total.
    """
    totals = [row for row in rows if row.kind == "total"]
    others = [row for row in rows if row.kind != "total"]
    whole = [row for row in totals if row.name == row.key] or totals
    if not whole:
        return others
    columns = dict.fromkeys(name for row in whole for name in row.amounts)
    amounts = {name: sum_of([row.amounts[name] for row in whole if name in row.amounts]) for name in columns}
    amounts.setdefault("total", sum_of(list(amounts.values())))
    of_panels = ((OF_PANELS[row.name], row.amounts["total"]) for row in totals if row.name in OF_PANELS)
    amounts = {**dict(of_panels), **amounts} if set(columns) == {"total"} else amounts
    return [*others, replace(whole[0], name=whole[0].key, amounts=amounts)]


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
