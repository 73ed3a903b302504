"""The canonical document while tables fill it: plain values, the place of each, and what tables state differently."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..budget.codes import CodeBook, Entry
from ..core.finding import Finding, Severity
from ..core.money import MoneyUnit, in_unit
from .comparison import Comparison
from .table import RecognisedRow, RecognisedTable, StatedAmount, table_finding
from .words import plain


@dataclass(slots=True)
class Builder:
    """A document that grows. ``tables`` has the recognised ones by kind, ``units`` the codes of units by plain name.

    ``cells`` has the place of each value by JSON pointer; ``unread`` the pointers of what no table states.
    ``comparisons`` are all amounts that were held against each other.
    """

    tables: Mapping[str, RecognisedTable]
    money_unit: MoneyUnit
    book: CodeBook
    data: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    units: dict[str, str] = field(default_factory=dict)
    department: str = ""
    revenue: dict[str, tuple[list[StatedAmount], list[StatedAmount]]] = field(default_factory=dict)
    """This year's amounts and what is carried over of each source, of all its lines."""
    names: set[str] = field(default_factory=set)
    """The plain names that mean the whole department."""
    own_unit: str = ""
    """The code of 本级, where the tables have it beside the department."""
    final: bool = False
    """Whether the tables are of final accounts (决算)."""
    withheld: bool = False
    """Whether rows are withheld (保密), so that a sum may be more than the parts that are shown."""

    def is_department(self, name: str) -> bool:
        """Whether a name in a row of a table is that of the whole department; "" is."""
        return not name or plain(name) in self.names

    def only_unit(self, first: bool = False) -> str:
        """Return the code of the department's only unit (or of its ``first``), for a table without units.

        With several it is that of 本级, or of the department.
        """
        if self.own_unit:
            return self.own_unit
        units = self.data["department"]["units"]
        return str(units[0]["code"] if len(units) == 1 or (first and units) else self.data["department"]["code"])

    def rows(self, kind: str) -> tuple[RecognisedRow, ...]:
        """Return the rows of the table of a kind; none if there is no such table."""
        return self.tables[kind].rows if kind in self.tables else ()

    def add(self, part: str, fields: Mapping[str, object], place: str) -> str:
        """Append a line to a list of the document and return its pointer. Amounts keep their places.

        A value of None or "" is left out.
        """
        lines = self.data.setdefault(part, [])
        pointer = f"/{part}/{len(lines)}"
        lines.append(self._plain(fields, pointer))
        self.cells[pointer] = place
        return pointer

    def add_nested(self, part: str, name: str, fields: Mapping[str, object]) -> None:
        """Append a line to the list ``name`` of an object of the document."""
        lines = self.data.setdefault(part, {}).setdefault(name, [])
        lines.append(self._plain(fields, f"/{part}/{name}/{len(lines)}"))

    def put(self, pointer: str, value: object) -> None:
        """Set a value of an object of the document: ``/totals/revenue/amount``."""
        *parents, name = pointer.strip("/").split("/")
        target = self.data
        for parent in parents:
            target = target.setdefault(parent, {})
        if isinstance(value, StatedAmount):
            self.cells[pointer] = value.place
        target[name] = self.amount(value) if isinstance(value, StatedAmount) else value

    def put_stated(self, pointer: str, amount: StatedAmount | None) -> None:
        """Set an amount of an object of the document, if there is one."""
        if amount is not None:
            self.put(pointer, amount)

    def put_in(self, part: str, number: int, name: str, amount: StatedAmount) -> None:
        """Set an amount of a line that is already there."""
        self.data[part][number][name] = self.amount(amount)
        self.cells[f"/{part}/{number}/{name}"] = amount.place

    def _plain(self, fields: Mapping[str, object], pointer: str) -> dict[str, object]:
        line: dict[str, object] = {}
        for name, value in fields.items():
            if isinstance(value, StatedAmount):
                line[name] = self.amount(value)
                self.cells[f"{pointer}/{name}"] = value.place
            elif isinstance(value, Mapping):
                line[name] = self._plain(value, f"{pointer}/{name}")
            elif value not in (None, ""):
                line[name] = value
        return line

    def amount(self, stated: StatedAmount) -> str:
        """Return an amount as the document writes it: a decimal text in its money unit."""
        return f"{in_unit(stated.value, self.money_unit).normalize():f}"

    def line_name(self, code: str, name: str, entries: Mapping[str, Entry]) -> str | None:
        """Return the name of a code if the document has to state it: the book has none, or another."""
        entry = entries.get(code)
        return name if name and (entry is None or plain(entry.name) != plain(name)) else None

    def require_total(self, kind: str, row: RecognisedRow) -> None:
        """Report a row without a total in a table that has a column of totals, or with nothing but its total."""
        table = self.tables[kind]
        if "total" not in table.columns:
            return
        values = {"table": table.kind.name, "name": row.name or row.key}
        total = row.amounts.get("total")
        if total is None:
            self.warn("XL137", "“{table}”的“{name}”合计是空的", row.place, "检查是否漏填", **values)
        elif len(row.amounts) == 1 and len(table.columns) > 1 and total.value:
            self.warn("XL137", "“{table}”的“{name}”只有合计，各栏是空的", row.place, "检查是否漏填", **values)

    def agree(self, what: str, *stated: StatedAmount | None) -> None:
        """Compare amounts that should be one; the first that differs by more than both may be rounded is reported."""
        known = [amount for amount in stated if amount is not None]
        for other in known[1:]:
            if not self._compare(Comparison("same", what, known[0], (other,))):
                return

    def compare_sum(self, what: str, whole: StatedAmount | None, parts: Iterable[StatedAmount | None]) -> None:
        """Compare a stated sum with its parts; a sum without parts is not checked."""
        known = tuple(part for part in parts if part is not None)
        if whole is not None and known:
            self._compare(Comparison("sum", what, whole, known))

    def _compare(self, comparison: Comparison) -> bool:
        """Keep a comparison, report it if it does not hold, and return whether it does."""
        self.comparisons.append(comparison)
        if not comparison.holds:
            self.findings.append(comparison.finding(self.money_unit, self.withheld))
        return comparison.holds

    def warn(self, code: str, message: str, where: str | tuple[str, ...], hint: str = "", /, **values: str) -> None:
        """Report what a person has to look at."""
        self.findings.append(table_finding(code, Severity.WARNING, message, where, hint, **values))

    def unit_of(self, row: RecognisedRow) -> str | None:
        """Return the code of the unit that a row is of; None for the department."""
        if not row.unit or (self.is_department(row.unit) and plain(row.unit) not in self.units):
            return None
        return self.unit_code(row.unit, row.place)

    def unit_code(self, name: str, place: str) -> str:
        """Return the code of a unit by its name; a unit that is not known yet gets the next code of the department."""
        key = plain(name)
        if key not in self.units:
            known = set(self.units.values())
            base = str(self.data["department"]["code"])
            number = next(n for n in range(1, 1000) if f"{base}{n:03}" not in known)
            self.units[key] = f"{base}{number:03}"
            message = "没有单位“{name}”的代码，暂编为 {code}"
            hint = "在 --basics 的单位清单里写上代码和性质"
            self.warn("XL143", message, place, hint, name=name, code=self.units[key])
            entry = {"code": self.units[key], "name": name, "nature": "其他"}
            self.data["department"]["units"].append(entry)
        return self.units[key]
