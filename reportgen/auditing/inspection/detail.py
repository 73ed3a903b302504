"""How far the tables go (细化): functions to 项, economic lines of 基本支出 to 款, vehicles in purchase and running.

预算法实施条例 第六条: 支出按功能分类应当公开到项, 按经济性质分类, 基本支出应当公开到款.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...budget.terms import FISCAL_FUNDS, VEHICLE_OPERATION, VEHICLE_PURCHASE, VEHICLES
from ...core.finding import Finding, Place, Severity
from ...recognise.table import RecognisedRow, RecognisedTable
from ..report import AuditFinding
from ..tables import Withheld, may_lack_rows

FUNCTION_TABLES = ("expenditure", *(fund.key for fund in FISCAL_FUNDS))
BASIC_TABLES = ("basic_expenditure", "appropriation_basic")
WITHOUT_ITEMS = ("219",)
"""援助其他地区支出 has no 项: its 款 are the last level."""
SHOWN = 5


def detail_findings(tables: Sequence[RecognisedTable], withheld: Withheld = "") -> Iterator[AuditFinding]:
    """Yield what is not broken down as far as it has to be.

    It is a note only where rows may be ``withheld``, and where a table prints no codes, so that 项 may be other names.
    """
    for table in tables:
        sure = _has_codes(table) and not may_lack_rows(table, withheld)
        if table.kind.key in FUNCTION_TABLES:
            hint = "支出按功能分类要列到项（7 位编码）"
            yield from _not_broken_down(table, "AU154", (3, 5, 7), hint, sure)
        elif table.kind.key in BASIC_TABLES:
            hint = "基本支出按经济分类要列到款（5 位编码）"
            yield from _not_broken_down(table, "AU155", (3, 5), hint, sure)
        elif table.kind.key == "three_public":
            yield from _vehicles(table)


def _has_codes(table: RecognisedTable) -> bool:
    """Whether a table prints the codes of its rows, in columns of their own or before the names."""
    columns = table.head.columns if table.head is not None else ()
    if {column.meaning.rpartition(".")[2] for column in columns} & {"code", "class", "section", "item"}:
        return True
    return any(row.texts["name"].value.strip()[:3].strip("[【(").isdigit() for row in table.rows if "name" in row.texts)


def _not_broken_down(
    table: RecognisedTable, code: str, widths: tuple[int, ...], hint: str, sure: bool
) -> Iterator[AuditFinding]:
    """Yield one finding for a table that has codes with an amount, and nothing of the next level below some of them."""
    rows = [row for row in table.rows if row.kind == "code" and len(row.key) in widths and _has_amount(row)]
    keys = {row.key for row in rows}
    last = widths[-1]
    short = [
        row
        for row in rows
        if len(row.key) < last
        and row.key[:3] not in WITHOUT_ITEMS
        and not any(len(key) > len(row.key) and key.startswith(row.key) for key in keys)
    ]
    if not short:
        return
    message = "“{table}”有 {count} 个科目没有列到最细：{names}"
    names = "、".join(f"{row.key} {row.name}" for row in short[:SHOWN]) + ("…" if len(short) > SHOWN else "")
    values = {"table": table.kind.name, "count": str(len(short)), "names": names}
    places = tuple(Place(cell=row.place) for row in short[:SHOWN])
    severity = Severity.ERROR if sure else Severity.NOTE
    yield AuditFinding(Finding(code, severity, message, places, hint, values), "certain" if sure else "likely")


def _vehicles(table: RecognisedTable) -> Iterator[AuditFinding]:
    """Yield a finding if 公务用车购置及运行费 is not split."""
    columns = {column.rpartition(".")[2] for column in table.columns}
    columns |= {name for row in table.rows for name in row.amounts}
    if VEHICLES in columns and not {VEHICLE_PURCHASE.key, VEHICLE_OPERATION.key} & columns:
        message = "“{table}”的公务用车购置及运行费没有分列购置费和运行费"
        where = (Place(printed=table.title, cell=table.title_place),)
        hint = "分列公务用车购置费、公务用车运行维护费，没有的写 0"
        yield AuditFinding(Finding("AU156", Severity.ERROR, message, where, hint, {"table": table.kind.name}))


def _has_amount(row: RecognisedRow) -> bool:
    return any(amount.value for amount in row.amounts.values())
