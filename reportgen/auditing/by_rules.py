"""Hold a published document against the ordinary rules: the canonical document of its tables is made, and checked.

What is printed is less than what a clerk has, and what is read may be less than what is printed. A relation is held
only on what was read whole: a table with a column or a row that is not known is in doubt, and so is one of which many
relations fail at once. An error in print breaks a few relations, a table that is read wrongly breaks most of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from .. import rules
from ..budget.json_input import parse_json
from ..budget.load import read_budget
from ..budget.model import Budget
from ..budget.python_input import json_payload
from ..budget.terms import FINAL, FISCAL_FUNDS, GENERAL_PUBLIC
from ..core.errors import InputError
from ..core.finding import Finding, Place, Severity
from ..core.money import MoneyUnit
from ..core.settings import Printing
from ..facts import derive_facts
from ..recognise.absent_tables import absent_kinds
from ..recognise.comparison import Comparison
from ..recognise.document import RecognisedDocument, document
from ..recognise.recognise import Recognised
from ..recognise.table import UNITS
from ..recognise.words import table_kinds
from .places import row_of
from .report import AuditFinding
from .tables import Withheld, may_lack_rows

INSIDE = ("GJ102", "GJ103", "GJ104", "GJ107", "GJ117", "GJ118", "GJ120", "GJ121", "GJ122", "GJ301")
BETWEEN = ("GJ101", "GJ201", "GJ202", "GJ203", "GJ212", "GJ302", "GJ304", "GJ307", "GJ309", "GJ310", "GJ315", "GJ316")
FINAL_ACCOUNTS = ("GJ127", "GJ128", "GJ129")
"""Carry-over of final accounts: of each fiscal fund, of each item of a fund's table, and between the two."""
PLAUSIBLE = ("GJ109", "GJ508")
FUND_TABLES = tuple(fund.key for fund in FISCAL_FUNDS)
NEEDED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(FINAL_ACCOUNTS, ("appropriation_balance", "balance", "revenue", *FUND_TABLES)),
    "GJ101": ("balance",), "GJ201": ("revenue", *FUND_TABLES), "GJ202": (GENERAL_PUBLIC.key, "basic_expenditure"),
    "GJ203": ("expenditure", *FUND_TABLES), "GJ212": ("revenue", "expenditure", *FUND_TABLES),
    "GJ302": ("basic_expenditure",), "GJ304": (GENERAL_PUBLIC.key,), "GJ307": ("expenditure",),
    "GJ309": (GENERAL_PUBLIC.key,), "GJ310": (GENERAL_PUBLIC.key,), "GJ315": ("basic_expenditure",),
    "GJ316": ("basic_expenditure",),
}  # fmt: skip
"""Tables without which a relation is not held: what is made up for them from others is less than they print."""
NEEDED_OF_TOTALS = {"GJ103": ("expenditure",)}
"""The same of relations with a stated total of the document."""
HELD = frozenset((*INSIDE, *BETWEEN, *FINAL_ACCOUNTS, *PLAUSIBLE))
WITHOUT_CARRY = frozenset({"GJ212"})
"""Relations with what was carried over by source, which final accounts do not print."""
"""The rules that are held on what is printed.

The others need what is not printed (uses of codes, reasons by figure, last year's document), are held by the audit on
sentences and places (leftovers, years, names), or have exceptions that only the department knows.
"""
NOT_WHOLE = ("XL131", "XL133", "XL136", "XL138", "XL139", "XL142")
"""Findings of the recogniser that say that something of a table was not read, or stands twice."""
MOST_BROKEN = 3
"""So many comparisons of one table (or of two) may fail; with more it is in doubt."""
FEWEST_HOLDING = 4
"""So many comparisons of a table in doubt have to hold for the only one that does not to be said, as a warning."""
DERIVED = ("personnel", "operating")
"""Columns that the document may only have by the codes of its rows: places count some codes otherwise."""
LISTS = ("revenue", "expenditure")
ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class ByRules:
    """What came of it: the findings, and the places of all cells that were compared."""

    findings: tuple[AuditFinding, ...]
    places: frozenset[str]


def hold_against_rules(recognised: Recognised, year: int, withheld: Withheld, said: Iterable[AuditFinding]) -> ByRules:
    """Return what the recogniser's comparisons and the rules find in the tables of a document.

    Args:
        recognised: the tables.
        year: that of the document.
        withheld: the rows that the document says are withheld; a sum may be more than its parts there.
        said: findings of other checks; what is said of one of their cells is not said again.
    """
    made = document(recognised, {"year": year} if year else {})
    tables = _tables_of_places(recognised)
    lacking = {id(table.grid) for table in recognised.tables if may_lack_rows(table, withheld)}
    compared = _Compared(made, tables, lacking)
    unit: MoneyUnit = "元" if made.data.get("money_unit") == "元" else "万元"
    reported = {place.cell for one in said for place in one.finding.where if place.cell}
    rows = {row_of(cell) for cell in reported}
    findings = [one.finding(unit) for one in compared.broken() if rows.isdisjoint(map(row_of, one.places()))]
    findings += [
        replace(one.finding(unit), severity=Severity.WARNING)
        for one in compared.likely()
        if rows.isdisjoint(map(row_of, one.places()))
    ]
    for finding in _of_rules(made, recognised, compared.doubtful, tables, withheld):
        reported |= {place.cell for one in findings for place in one.where}
        cells = {place.cell for place in finding.where if place.cell}
        if cells and reported.isdisjoint(cells):
            findings.append(finding)
    return ByRules(tuple(_audited(one) for one in findings), frozenset(compared.places()))


def _audited(finding: Finding) -> AuditFinding:
    """Return a finding of an audit: tables are read by their heads, so that it is likely and not certain."""
    hint = finding.hint.replace("，再导入一次", "")
    return AuditFinding(replace(finding, hint=hint), "certain" if finding.severity is Severity.ERROR else "likely")


def _tables_of_places(recognised: Recognised) -> dict[str, int]:
    """Return for each place of a cell which grid it is of."""
    grids = [table.grid for table in recognised.tables if table.grid is not None]
    return {cell.place: id(grid) for grid in grids for cell in grid.cells.values()}


def _loses_something(finding: Finding) -> bool:
    """Whether what is not read is an amount of this year's sums; a column that begins with zero may be one.

    The other columns of “三公” are those of last year and of changes.
    """
    if finding.severity is Severity.NOTE and finding.values.get("table") == table_kinds()["three_public"].name:
        return False
    return finding.values.get("found", "1").strip("0.,-") != ""


class _Compared:
    """The comparisons of a document by the tables that they are of, and the tables that are in doubt."""

    def __init__(self, made: RecognisedDocument, tables: Mapping[str, int], lacking: set[int]) -> None:
        """Group the comparisons; tables that are ``lacking`` may have rows that are not printed."""
        self._groups: dict[frozenset[int], list[Comparison]] = {}
        self._tables, self._lacking = tables, lacking
        for one in {frozenset(one.places()): one for one in made.comparisons}.values():
            if not one.is_zero and one.whole.place != one.other.place:  # else there is nothing to compare with
                key = frozenset(tables[place] for place in one.places() if place in tables)
                self._groups.setdefault(key, []).append(one)
        self.doubtful = {
            tables[place.cell]
            for finding in made.findings
            if finding.code in NOT_WHOLE and _loses_something(finding)
            for place in finding.where
            if place.cell in tables
        }
        for key, group in self._groups.items():
            if len(key) == 1 and not self._is_sure(group):
                self.doubtful |= key

    def broken(self) -> Iterator[Comparison]:
        """Yield what does not hold, of tables that are not in doubt, the same difference of a cell once."""
        seen: set[tuple[str, Decimal]] = set()
        for group in self._sure():
            for one in group:
                key = (one.whole.place, abs(one.gap))
                lawful = one.gap < 0 and self._tables.get(one.whole.place) in self._lacking
                if not one.holds and key not in seen and not lawful:
                    seen.add(key)
                    yield one

    def likely(self) -> Iterator[Comparison]:
        """Yield what does not hold of tables that are in doubt, where it is the only row and all others hold."""
        for key, group in self._groups.items():
            failing = [one for one in group if not one.holds]
            rows = {row_of(one.whole.place) for one in failing}
            few = len(rows) == 1 and len(group) - len(failing) >= FEWEST_HOLDING
            if key & self.doubtful and few and not any(map(_is_doubled, failing)):
                lawful = failing[0].gap < 0 and self._tables.get(failing[0].whole.place) in self._lacking
                yield from () if lawful else failing[:1]

    def places(self) -> Iterator[str]:
        """Yield the places of all cells that take part in a comparison that was held."""
        yield from (place for group in self._sure() for one in group for place in one.places())
        yield from (place for group in self._groups.values() for one in group if one.holds for place in one.places())

    def _sure(self) -> Iterator[list[Comparison]]:
        """Yield the comparisons that are held; two tables of which one is wrong in itself are not compared."""
        wrong = {table for key, group in self._groups.items() if len(key) == 1 for table in key if _fails(group)}
        for key, group in self._groups.items():
            if (
                not key & self.doubtful
                and (len(key) == 1 or not (key & wrong and _fails(group)))
                and self._is_sure(group)
            ):
                yield group

    def _is_sure(self, group: Sequence[Comparison]) -> bool:
        """Whether most of the comparisons of a table hold."""
        failing = [one for one in group if not one.holds]
        rows = {row_of(one.whole.place) for one in failing}  # a row that is lost breaks all columns of its sum
        nested = failing and all(_is_doubled(one) for one in failing)
        few = len(rows) <= MOST_BROKEN and len(rows) <= len(group) - len(failing)
        of_one = len({self._tables.get(place) for one in failing for place in one.places()}) == 1
        return not failing or (not nested and (few or (of_one and _is_one_figure(failing))))


def _is_doubled(one: Comparison) -> bool:
    """Whether the parts are twice the whole, because rows and those above them were taken together."""
    return abs(one.other.value - 2 * one.whole.value) <= one.other.rounding + 2 * one.whole.rounding


def _is_one_figure(failing: Sequence[Comparison]) -> bool:
    """Whether several sums of a table fail by one amount and all have one cell: it is wrong, and not the reading."""
    places = [set(one.places()) for one in failing]
    return len(failing) > 1 and len({abs(one.gap) for one in failing}) == 1 and bool(set.intersection(*places))


def _fails(group: Iterable[Comparison]) -> bool:
    return any(not one.holds for one in group)


def _of_rules(
    made: RecognisedDocument,
    recognised: Recognised,
    doubtful: set[int],
    tables: Mapping[str, int],
    withheld: Withheld,
) -> Iterator[Finding]:
    """Yield the findings of the rules that can be held, about tables that are not in doubt."""
    budget, dropped = _readable(made)
    if budget is None or withheld == "any":
        return
    dropped |= {"projects"} if withheld else set()
    absent = absent_kinds(recognised.tables)
    found = [one for one in rules.run(budget, derive_facts(budget, Printing())) if one.severity > Severity.NOTE]
    many = _with_many(found)
    held = HELD - (WITHOUT_CARRY if budget.stage == FINAL else frozenset())
    amounts = [one for table in recognised.tables for row in table.rows for one in row.amounts.values()]
    exactness = {one.place: one.rounding for one in amounts}
    roundings = {pointer: exactness[place] for pointer, place in made.cells.items() if place in exactness}
    for finding in found:
        pointers = [place.pointer for place in finding.where]
        parts = {pointer.split("/")[1] for pointer in pointers if pointer}
        needed = (*NEEDED.get(finding.code, ()), *(NEEDED_OF_TOTALS.get(finding.code, ()) if "totals" in parts else ()))
        if not absent.isdisjoint(needed):
            continue
        if finding.code not in held or _is_rounding(finding, roundings):
            continue
        if parts & dropped or (finding.code in BETWEEN and parts & many):
            continue
        if any(pointer.rpartition("/")[2] in DERIVED for pointer in pointers) and finding.code == "GJ202":
            continue
        known = [_with_cells(pointer, made.cells) for pointer in pointers]
        of = {tables[cell] for pointer in known for cell in _cells(pointer, made.cells) if cell in tables}
        if of and not of & doubtful:
            where = tuple(
                replace(place, cell=_place(pointer, made.cells), pointer="")
                for place, pointer in zip(finding.where, known, strict=True)
            )
            yield replace(finding, where=tuple(place for place in where if place != Place()))


def _is_rounding(finding: Finding, roundings: Mapping[str, Decimal]) -> bool:
    """Whether a difference is no more than the amounts that it comes of may be rounded, each by itself."""
    gap = finding.values.get("gap", "").replace(",", "")
    unit = next((unit for unit in ("万元", "元") if gap.endswith(unit)), "")
    parts = [pointer for place in finding.where for pointer in place.parts]
    if not unit or not parts:
        return False
    most = sum((roundings.get(pointer, Decimal(0)) for pointer in parts), Decimal(0))
    return abs(Decimal(gap.removesuffix(unit)) * UNITS[unit]) <= most


def _with_many(found: Sequence[Finding]) -> set[str]:
    """Return the parts of the document of which more relations fail than errors in print would break."""
    count: dict[tuple[str, str], int] = {}
    for finding in found:
        for part in {place.pointer.split("/")[1] for place in finding.where if place.pointer}:
            count[finding.code, part] = count.get((finding.code, part), 0) + 1
    return {part for (code, part), number in count.items() if number > MOST_BROKEN and code in (*HELD, "GJ217")}


def _readable(made: RecognisedDocument) -> tuple[Budget | None, set[str]]:
    """Return the document without the parts that break its contract, and the names of these parts."""
    data: dict[str, Any] = dict(made.data)
    dropped = {pointer.split("/")[1] for pointer in made.unread if pointer.count("/") == 1}
    unread = set(made.unread)
    for _ in range(ATTEMPTS):
        data["unread"] = sorted(unread)
        try:
            return read_budget(parse_json(json_payload(data))), dropped
        except InputError as error:
            parts = {place.pointer.split("/")[1] for finding in error.findings for place in finding.where[:1]}
        if not parts or parts & {"", "department", "year", *LISTS}:
            return None, dropped
        for part in parts:
            data.pop(part, None)
            unread.add(f"/{part}")
        dropped |= parts
    return None, dropped


def _cells(pointer: str, cells: Mapping[str, str]) -> Iterator[str]:
    """Yield the places of a value and of all values within it."""
    yield from (place for at, place in cells.items() if at == pointer or at.startswith(f"{pointer}/"))


def _with_cells(pointer: str, cells: Mapping[str, str]) -> str:
    """Return the pointer, or that of the row around it where nothing in it has a cell, as the indicators of a project.

    >>> _with_cells("/performance/7/annual/indicators", {"/performance/7": "表12!A9"})
    '/performance/7'
    """
    known = pointer
    while known.count("/") > 2 and next(_cells(known, cells), None) is None:
        known = known.rpartition("/")[0]
    return known


def _place(pointer: str, cells: Mapping[str, str]) -> str:
    """Return the place of a value or a row; "" for a list, which has many."""
    is_row = pointer.rpartition("/")[2].isdecimal()
    return cells.get(pointer, "") or (next(_cells(pointer, cells), "") if is_row else "")
