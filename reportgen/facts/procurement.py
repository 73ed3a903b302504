"""政府采购: goods, works and services, what is reserved for small enterprises, and the lines of the document."""

from __future__ import annotations

from collections.abc import Mapping

from ..budget.codes import CodeBook, Entry
from ..budget.model import Budget
from ..budget.purchases import KINDS_OF_PURCHASE, ProcurementLine
from ..budget.terms import FISCAL_ACCOUNT, FUNDS, OWN_FUNDS, STATE_CAPITAL, TOTAL_NAMES
from .bases import NONE, NOT_PUBLISHED, bases_of_lines
from .department import unit_names
from .fact import ZERO, Fact, FactGroup, SourceText, read, source_text, total
from .past import Past

NAME = "procurement"
PARTS = tuple(KINDS_OF_PURCHASE)
RESERVED = ("sme", "small")
"""What is reserved for 中小企业, and of that for 小微企业."""
AMOUNTS = ("amount", "carry_over")
OTHER_FUNDS = (STATE_CAPITAL.key, FISCAL_ACCOUNT.key, OWN_FUNDS.key)
"""What tables of procurement print in one column: neither 一般公共预算 nor 政府性基金预算."""
BY_FUND = ("amount", "carry", *(fund.key for fund in FUNDS), "other_funds")
"""The columns of the lines that their total has too."""
TEXTS = ("project", "item", "method")


def procurement(budget: Budget, book: CodeBook, past: Past) -> FactGroup:
    """Return ``procurement``: ``goods``, ``works``, ``services``, ``sme``, ``small``, ``total``, ``rows``, its past.

    A part is what the document states, or else the sum of its lines. ``kinds`` has the parts with their money by fund.
    """
    names = unit_names(budget)
    lines = [(f"/{NAME}/lines/{n}", line) for n, line in enumerate(budget.procurement.lines)]
    rows = [_row(n, pointer, line, names, book) for n, (pointer, line) in enumerate(lines)]
    parts = {key: _part(budget, key, [row.total for row in rows if row.kind_key == key]) for key in PARTS}
    reserved = {key: _part(budget, key, [row[key] for row in rows]) for key in RESERVED}
    whole = past.whole(NAME, total(f"{NAME}.total", _summands(budget, parts, rows)))
    group = FactGroup(NAME, total=whole, **parts, **reserved, rows=rows)
    group.put(**{key: total(f"{NAME}.{key}", (row[key] for row in rows)) for key in BY_FUND})
    group.put(kinds=_kinds(parts, rows))
    for row, (pointer, line) in zip(rows, lines, strict=True):
        reason = source_text(line.reason, f"{pointer}/reason")
        past.put_row(
            row,
            ("total",),
            NONE,
            bases_of_lines(row.dotted, [(pointer, line)], AMOUNTS),
            NOT_PUBLISHED,
            "采购明细",
            reason,
        )
    stated, earlier = past.of_total(NAME, NAME), past.earlier(NAME)
    summed = bases_of_lines(NAME, lines, AMOUNTS) if any(line.last for _, line in lines) else NONE
    past.put(group, ("total", *PARTS), stated, summed, earlier, TOTAL_NAMES[NAME], past.reason(NAME))
    return group


def _kinds(parts: Mapping[str, Fact], rows: list[FactGroup]) -> FactGroup:
    """Return goods, works and services as records, also by their keys; amounts by fund are those of the lines."""
    kinds = FactGroup(f"{NAME}.kinds")
    for key, name in KINDS_OF_PURCHASE.items():
        dotted, own = f"{NAME}.kinds.{key}", [row for row in rows if row.kind_key == key]
        kind = FactGroup(dotted, key=key, name=SourceText(name), level=0, total=total(f"{dotted}.total", [parts[key]]))
        kind.put(**{column: total(f"{dotted}.{column}", [row[column] for row in own]) for column in BY_FUND})
        kinds.put(**{key: kind})
    kinds.put(rows=[kinds[key] for key in KINDS_OF_PURCHASE])
    return kinds


def _part(budget: Budget, key: str, cells: list[Fact]) -> Fact:
    stated = getattr(budget.procurement, key)
    if stated is None and cells:
        return total(f"{NAME}.{key}", cells)
    return read(f"{NAME}.{key}", stated, f"/{NAME}/{key}")


def _summands(budget: Budget, parts: dict[str, Fact], rows: list[FactGroup]) -> list[Fact]:
    """Return what the total is the sum of: the parts, or all lines where some are of no kind and no part is stated."""
    no_part = all(getattr(budget.procurement, key) is None for key in PARTS)
    return [row.total for row in rows] if no_part and not all(row.kind for row in rows) else list(parts.values())


def _row(n: int, pointer: str, line: ProcurementLine, names: dict[str | None, SourceText], book: CodeBook) -> FactGroup:
    """Return one line: its amounts (by fund, too), texts and codes."""
    name = f"{NAME}.{n}"
    amount, carry = (read(f"{name}.{key}", getattr(line, key), f"{pointer}/{key}") for key in AMOUNTS)
    code = source_text(line.unit, f"{pointer}/unit")
    row = FactGroup(name, key=str(n), total=total(f"{name}.total", (amount, carry)), amount=amount, carry=carry)
    row.put(**{key: read(f"{name}.{key}", getattr(line, key), f"{pointer}/{key}") for key in RESERVED})
    row.put(**{fund.key: amount if line.fund == fund.name else Fact(f"{name}.{fund.key}", ZERO) for fund in FUNDS})
    row.put(other_funds=total(f"{name}.other_funds", (row[key] for key in OTHER_FUNDS)))
    row.put(advance_transfer=line.advance_transfer)
    row.put(kind=source_text(line.kind, f"{pointer}/kind"), kind_key=_kind_key(line), level=0)
    row.put(unit_code=code, unit=names.get(line.unit, code), fund=SourceText(line.fund, f"{pointer}/fund"))
    row.put(**{key: source_text(getattr(line, key), f"{pointer}/{key}") for key in TEXTS})
    for key, entries in (("function", book.functions), ("economic", book.economic)):
        row.put(**_code(key, getattr(line, key), f"{pointer}/{key}", entries))
    return row


def _kind_key(line: ProcurementLine) -> str:
    return next((key for key, name in KINDS_OF_PURCHASE.items() if name == line.kind), "")


def _code(key: str, code: str | None, pointer: str, entries: Mapping[str, Entry]) -> dict[str, SourceText | None]:
    """Return a code and its name."""
    if code is None:
        return {key: None, f"{key}_name": None}
    entry = entries.get(code)
    return {key: SourceText(code, pointer), f"{key}_name": SourceText(entry.name if entry else code)}


def put_purchases(row: FactGroup, budget: Budget, unit: str | None = None) -> None:
    """Put ``procurement`` into a row of expenditure by function: what is bought of its item, or of the items below.

    With ``unit`` only what that unit buys.
    """
    key = row.code.text if "code" in row and row.code else ""
    lines = [
        (f"/{NAME}/lines/{n}", line)
        for n, line in enumerate(budget.procurement.lines)
        if (line.function or "").startswith(key) and unit in (None, line.unit)
    ]
    dotted = f"{row.dotted}.{NAME}"
    sums = {key: _sum(f"{dotted}.{key}", lines, (key,)) for key in RESERVED}
    row.put(procurement=FactGroup(dotted, total=_sum(f"{dotted}.total", lines, AMOUNTS), **sums))


def _sum(name: str, lines: list[tuple[str, ProcurementLine]], columns: tuple[str, ...]) -> Fact:
    cells = [
        read(f"{name}@{n}.{key}", getattr(line, key), f"{pointer}/{key}")
        for n, (pointer, line) in enumerate(lines)
        for key in columns
    ]
    return total(name, cells)
