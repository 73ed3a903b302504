"""Find the cells of the tables that a statement's subject names: by code, by name, by the meaning of a total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ...budget.terms import GENERAL_PUBLIC, OVERSEAS, RECEPTION
from ..table import RecognisedRow, RecognisedTable, StatedAmount
from ..words import plain
from .figures import compact
from .statement import Statement, Subject
from .subjects import fund_in
from .tied_rows import of_unit, purchases
from .words import prose_words

TOTAL = "合计"
ALL_MONEY = "all"
"""The fund of the parts of a total of all money, and of what stands below a heading of one."""
INHERITING = ("basic", "personnel", "operating", "project", "function", "carry", "carried_forward")
"""Keys of parts that are of the fund of their whole."""
OF_UNITS = ("expenditure", "basic_by_source", "basic_expenditure", "projects")
"""Tables that show all expenditure of a unit, or the items of one use of it."""
SIDES = {"both": ("revenue", "expenditure"), "fund": ("revenue", "expenditure")}
"""Keys that are of both sides."""
OF_THREE_PUBLIC = ("appropriation", GENERAL_PUBLIC.key)
"""Funds of “三公”经费 that sentences name where the table has one amount for all money."""
ZERO = Decimal(0)
_WIDTHS = (3, 5, 7)
"""Digits of the codes of 类, 款 and 项."""


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A cell that a statement may be of: its table, its row, its amount. ``sure`` is whether no other table fits.

    ``elsewhere`` is whether the amount may be of a table that is not in the document.
    """

    table: RecognisedTable
    row: RecognisedRow
    amount: StatedAmount
    sure: bool
    elsewhere: bool = False

    def agrees(self, statement: Statement, times: int = 1) -> bool:
        """Whether the amount is that of the statement, as both are rounded (or within ``times`` their rounding)."""
        said = statement.amount
        return said is not None and abs(said.value - self.amount.value) <= times * (
            said.rounding + self.amount.rounding
        )


def with_inherited_funds(
    statement: Statement, fund: str = "", inside: bool = False
) -> Iterator[tuple[Statement, bool]]:
    """Yield a statement and its parts, each with the fund of its whole, and whether it is a part of an item."""
    subject = statement.subject
    if not subject.fund and fund and subject.key in INHERITING:
        statement = replace(statement, subject=replace(subject, fund=fund))
    yield statement, inside
    within = inside or subject.key in ("function", "economic", "", "basic", "project")
    of_list = statement.subject.fund if subject.key not in ("function", "economic") else ""
    if not of_list and subject.key.partition(".")[0] in ("expenditure", "both"):
        of_list = ALL_MONEY
    of_total = subject.key.partition(".")[0] in ("revenue", "expenditure", "both", "fund")
    for part in statement.parts:
        of_item = part.subject.key in ("carry", "carried_forward") and not of_total
        inside = of_item or (within and part.subject.key not in ("personnel", "operating"))
        yield from with_inherited_funds(part, of_list, inside)


class TableCells:
    """The cells of a document's tables, found by the subjects of statements."""

    def __init__(self, tables: Sequence[RecognisedTable], absent: frozenset[str] = frozenset()) -> None:
        """Take the tables, and the kinds of those that are ``absent``; goals and records have no cells to name."""
        self._absent = absent
        self._by_kind: dict[str, list[RecognisedTable]] = {}
        for table in tables:
            self._by_kind.setdefault(table.kind.key, []).append(table)
        self._names = self._names_by_code(tables)
        self._wholes = {id(table): whole for table in tables if (whole := _department_row(table)) is not None}
        self._units = {plain(row.unit) for table in tables for row in table.rows if row.kind in ("unit", "code")}

    def cells(self, statement: Statement) -> list[NamedCell]:
        """Return the cells that the statement may be of: those of its fund, else those of any."""
        found = self._cells(statement)
        kinds = _kinds_of(statement)
        own = kinds & {statement.subject.fund, _section_fund(statement)}  # its own table says what there is of a fund
        if found and not self._absent.isdisjoint(own & set(self._by_kind) or kinds):
            return [replace(cell, elsewhere=True) for cell in found]
        return found

    def budgeted(self, statement: Statement) -> list[NamedCell]:
        """Return the cells of final accounts that print the budget of what a statement is of."""
        paths = prose_words().budgeted_cells.get(statement.subject.key, ())
        return [cell for path in paths for cell in self._at(path, True)]

    def named(self, key: str) -> list[NamedCell]:
        """Return the cells of a subject by its key, of any fund."""
        words = (word for word in prose_words().cells if word.partition(" ")[0] == key)
        return [cell for word in words for cell in self._by_word(word, False)]

    def empty(self, statement: Statement) -> list[RecognisedTable]:
        """Return the tables that print nothing of what a statement is of, if they are all that could."""
        kinds = _kinds_of(statement)
        kinds = kinds & {statement.subject.fund, _section_fund(statement), statement.subject.key.partition(".")[0]}
        tables = [table for kind in kinds for table in self._by_kind.get(kind, ())]
        printed = any(row.amounts for table in tables for row in table.rows)
        return [] if printed or not self._absent.isdisjoint(kinds) else tables

    def _cells(self, statement: Statement) -> list[NamedCell]:
        subject = statement.subject
        section = _section_fund(statement)
        if subject.key.partition(".")[0] == "procurement":
            kind = subject.key.partition(".")[2] or "total"
            bought = purchases(self._by_kind.get("procurement", ()), kind)
            return [NamedCell(*one, False) for one in bought]
        if subject.fund == ALL_MONEY:
            subject, section = replace(subject, fund=""), ALL_MONEY
        if subject.key == "function":
            return self._functions(subject, section)
        key = subject.key.partition(".")[0]
        if key in ("revenue", "expenditure", "both", "fund"):
            sides = SIDES.get(key, (key,))
            fund = subject.fund or ("" if section == ALL_MONEY else section)
            return [cell for side in sides for cell in self._by_word(_with_fund(side, fund), key != "fund")]
        return self._items(subject, section)

    def _items(self, subject: Subject, section: str) -> list[NamedCell]:
        """Return the cells of what is no total and no function: those of its fund, else those of any."""
        key, _, more = subject.key.partition(".")
        if subject.fund and (found := self._by_word(_with_fund(subject.key, subject.fund), True)):
            return found
        if subject.fund not in ("", "appropriation") and key in ("carry", "carried_forward"):
            return []  # the tables print what is carried over of all money
        if subject.fund in OF_THREE_PUBLIC and key == "three_public":
            cells = self._by_word(subject.key, True)
            return [cell for cell in cells if not any("_fund_" in column for column in cell.row.amounts)]
        if subject.key in ("basic", "personnel", "operating", "project") and not subject.fund:
            fund = "" if section == ALL_MONEY else section
            return [*self._by_word(_with_fund(subject.key, fund), bool(section)), *self._any_fund(subject.key)]
        return self._by_word(subject.key, bool(more) or not subject.fund)

    def of_unit(self, whole: Statement, statement: Statement) -> list[NamedCell]:
        """Return the cells of a unit that a statement may be of, which is of the unit (``whole``) or a part of it."""
        unit = plain(whole.subject.name)
        if whole.subject.key or unit not in self._units:
            return []
        subject = replace(statement.subject, key="") if statement is whole else statement.subject
        if statement is not whole and not subject.key:
            return []
        tables = [table for tables in self._by_kind.values() for table in tables if table.kind.key in OF_UNITS]
        return [NamedCell(*one, False) for one in of_unit(tables, unit, subject)]

    def _any_fund(self, key: str) -> Iterator[NamedCell]:
        for fund in ("", "appropriation", "general_public"):
            yield from self._by_word(_with_fund(key, fund), False)

    def _by_word(self, word: str, sure: bool) -> list[NamedCell]:
        return [cell for path in prose_words().cells.get(word, ()) for cell in self._at(path, sure)]

    def _at(self, path: str, sure: bool) -> Iterator[NamedCell]:
        kind, side, key, column = path.split("/")
        for table in self._by_kind.get(kind, ()):
            for row in table.rows:
                named = row.key == key and row.kind != "unit"
                named = named or (key == TOTAL and row is self._wholes.get(id(table)))
                if named and (not side or row.side == side):
                    names = row.amounts if column == "*" else (column,)
                    for name in names:
                        if (amount := row.amounts.get(name)) is not None:
                            yield NamedCell(table, row, amount, sure and _is_three_public(table, row, name))

    def _functions(self, subject: Subject, section: str) -> list[NamedCell]:
        """Return the rows of the function in the tables of its fund (sure), then in those of other funds."""
        fund = subject.fund or section
        tables = prose_words().function_tables
        own = tables.get("" if fund == ALL_MONEY else fund, ()) if fund else ()
        others = [kind for kinds in tables.values() for kind in kinds if kind not in own]
        found = [cell for kind in own for cell in self._rows(kind, subject, True)]
        return [*found, *(cell for kind in others for cell in self._rows(kind, subject, False))]

    def named_otherwise(self, statement: Statement) -> RecognisedRow | None:
        """Return the row of a function whose amount a statement has under another name.

        Only where one row of that level has the amount, in the tables of the statement's fund, and neither name is the
        beginning of the other: tables cut long names. The names of the levels above are not compared, as the codes of
        tables without codes are inferred.
        """
        subject, fund = statement.subject, statement.subject.fund or _section_fund(statement)
        kinds = prose_words().function_tables.get("" if fund == ALL_MONEY else fund, ()) if fund else ()
        if not subject.levels or not kinds or statement.amount is None or not statement.amount.value:
            return None
        if not self._absent.isdisjoint(kinds):
            return None
        width = _WIDTHS[len(subject.levels) - 1]
        rows = [
            row
            for kind in kinds
            for table in self._by_kind.get(kind, ())
            for row in table.rows
            if row.kind == "code" and row.key[:1] == "2" and len(row.key) == width and row.side != "revenue"
            if (amount := row.amounts.get("total")) and NamedCell(table, row, amount, True).agrees(statement)
        ]
        if len({row.key for row in rows}) != 1:
            return None
        short, long = sorted((plain(subject.levels[-1]), plain(rows[0].name)), key=len)
        return None if long.startswith(short.removesuffix("支出")) else rows[0]

    def _rows(self, kind: str, subject: Subject, sure: bool) -> Iterator[NamedCell]:
        for table in self._by_kind.get(kind, ()):
            for row in table.rows:
                if row.kind == "code" and row.key[:1] == "2" and row.side != "revenue" and self._is(row, subject):
                    for name in ("total", _fund_column(kind, subject.fund)):
                        if (amount := row.amounts.get(name)) is not None:
                            yield NamedCell(table, row, amount, sure)

    def _is(self, row: RecognisedRow, subject: Subject) -> bool:
        if subject.code:
            return row.key == subject.code
        levels = subject.levels or (subject.name,)
        if len(levels) > 1 and len(row.key) != _WIDTHS[len(levels) - 1]:
            return False
        path = [row.key[:length] for length in _WIDTHS][: len(levels)] if len(levels) > 1 else [row.key]
        return all(
            not name or _same(name, self._names.get(code, row.name if code == row.key else ""))
            for name, code in zip(levels, path, strict=True)
        )

    @staticmethod
    def _names_by_code(tables: Sequence[RecognisedTable]) -> Mapping[str, str]:
        rows = (row for table in tables for row in table.rows if row.kind == "code")
        return {row.key: row.name for row in rows}


def _department_row(table: RecognisedTable) -> RecognisedRow | None:
    """Return the row of the department that a table has in the place of 合计: its only unit, or the sum of all."""
    units = [row for row in table.rows if row.kind == "unit"]
    if not units or any(row.kind == "total" for row in table.rows) or units[0] is not table.rows[0]:
        return None
    first, *others = units
    totals = [row.amounts["total"] for row in others if "total" in row.amounts]
    if "total" not in first.amounts or (others and len(totals) < len(others)):
        return None
    gap = abs(first.amounts["total"].value - sum((one.value for one in totals), ZERO))
    rounding = first.amounts["total"].rounding + sum((one.rounding for one in totals), ZERO)
    return first if not others or gap <= rounding else None


def _is_three_public(table: RecognisedTable, row: RecognisedRow, column: str) -> bool:
    """Whether a total is that of the three items: some tables add 会议费 and 培训费 to it."""
    if table.kind.key != "three_public" or column != "total" or row.key != TOTAL:
        return True
    items = [row.amounts[name] for name in (OVERSEAS.key, "vehicles", RECEPTION.key) if name in row.amounts]
    rounding = row.amounts[column].rounding + sum((item.rounding for item in items), ZERO)
    return bool(items) and abs(row.amounts[column].value - sum((item.value for item in items), ZERO)) <= rounding


def _kinds_of(statement: Statement) -> set[str]:
    """Return the kinds of tables that print what a statement is of."""
    subject, words = statement.subject, prose_words()
    fund = subject.fund or _section_fund(statement)
    fund = "" if fund == ALL_MONEY else fund
    if subject.key == "function":
        return set(words.function_tables.get(fund, ()))
    key = subject.key.partition(".")[0]
    named = [_with_fund(side, fund) for side in SIDES[key]] if key in SIDES else [_with_fund(subject.key, fund)]
    return {path.partition("/")[0] for word in named for path in words.cells.get(word, words.cells.get(key, ()))}


def _with_fund(key: str, fund: str) -> str:
    return f"{key} {fund}" if fund else key


def _fund_column(kind: str, fund: str) -> str:
    return fund if kind == "appropriation_balance" and fund not in ("", "appropriation") else ""


def _same(name: str, other: str) -> bool:
    """Whether two names of a function are the same, with or without 支出 at their end."""
    return bool(other) and plain(name).removesuffix("支出") == plain(other).removesuffix("支出")


def _section_fund(statement: Statement) -> str:
    """Return the fund that the nearest heading names which names one, or all money."""
    for title in reversed(statement.section):
        text = compact(title).text
        if fund := fund_in(text):
            return fund
        if any(word in text for word in prose_words().all_money):
            return ALL_MONEY
    return ""
