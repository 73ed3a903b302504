"""One document of each department: the tables of the ledger, and what else is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...budget.codes import CodeBook
from ...budget.model import SCHEMA
from ...budget.purchases import KINDS_OF_PURCHASE
from ...budget.terms import FUNDS, GENERAL_PUBLIC, REVENUE_SOURCES
from ...facts.agency_operating import NATURES as AGENCIES
from .amounts import money
from .departments import Known
from .grouping import Line, Sums, added
from .tables import Tables

MONEY_TABLES = ("revenue", "expenditure", "basic_expenditure", "economic_expenditure", "three_public", "projects")
"""The parts of a document that a ledger holds whole: those of an earlier document are replaced."""
KEYS = {
    "revenue": ("unit", "source"),
    "expenditure": ("unit", "function", "fund"),
    "basic_expenditure": ("unit", "economic", "counted_as"),
    "economic_expenditure": ("unit", "economic", "fund"),
    "projects": ("unit", "name"),
}
"""The fields that distinguish the lines of a table."""
TEXTS = ("name", "reason", "use", "key", "goal")
"""What a line of an earlier document has beside its figures; the line of the ledger with the same key gets it."""
_FUNDS = ("", *(fund.name for fund in FUNDS), *(source.name for source in REVENUE_SOURCES))


class Documents:
    """The documents of all departments of a ledger."""

    def __init__(self, tables: Tables, year: int, book: CodeBook, names: Mapping[str, Mapping[str, str]]) -> None:
        """Group the rows; ``names`` has the names of codes that the ledger gives: department, unit, function, economic.

        ``units`` are the codes of the units that rows have, by department.
        """
        self._tables, self._year, self._book, self._names = tables, year, book, names
        self._lines = {
            "revenue": tables.revenue(),
            "expenditure": tables.expenditure(),
            "basic_expenditure": tables.basic(),
            "economic_expenditure": tables.economic(),
            "three_public": tables.three_public(),
            "projects": tables.projects(),
        }
        self.units = tables.units()
        self._operating = tables.operating()
        self._purchases = {key: tables.purchases(kind) for key, kind in KINDS_OF_PURCHASE.items()}

    def departments(self) -> list[str]:
        """Return the codes of all departments, sorted."""
        return sorted(self.units)

    def document(self, code: str, known: Known) -> dict[str, Any]:
        """Return the document of one department as plain values."""
        department = self._department(code, known)
        units = [unit["code"] for unit in department["units"]]
        old = dict(known.document)
        made: dict[str, Any] = {"schema": SCHEMA, "scope": "department"} | old
        made |= {"schema": SCHEMA, "year": self._year, "money_unit": "元", "department": department}
        for table in MONEY_TABLES:
            lines = _in_order(table, self._lines[table].get(code, []), units)
            made[table] = _with_texts(table, self._named(lines), old.get(table))
        if not made["three_public"]:
            made["three_public"] = [{"unit": units[0], **self._tables.three_public_items({})}]
        made["totals"] = self._totals(code, department["units"], old.get("totals"))
        return {name: value for name, value in (made | self._matters(code, department["units"])).items() if value != {}}

    def _department(self, code: str, known: Known) -> dict[str, Any]:
        said = {"code": code} | known.department
        if "name" not in said and code in self._names["department"]:
            said["name"] = self._names["department"][code]
        units = {unit: dict(values) for unit, values in known.units.items()}
        for unit in self.units[code]:
            units.setdefault(unit, {"code": unit})
        for unit, values in units.items():
            if "name" not in values and unit in self._names["unit"]:
                values["name"] = self._names["unit"][unit]
        return said | {"units": list(units.values())}

    def _named(self, lines: Sequence[Line]) -> list[Line]:
        """Return the lines, those of codes that the book has not with the ledger's name."""
        for line in lines:
            for kind, book in (("function", self._book.functions), ("economic", self._book.economic)):
                code = line.get(kind)
                if code and code not in book and code in self._names[kind]:
                    line["name"] = self._names[kind][code]
        return list(lines)

    def _agencies(self, units: Sequence[Mapping[str, Any]]) -> list[str] | None:
        """Return the codes of the units whose operating expenses are 机关运行经费; None where a nature is not known."""
        if not all(unit.get("nature") for unit in units):
            return None
        return [unit["code"] for unit in units if unit["nature"] in AGENCIES]

    def _of_agencies(self, code: str, agencies: Sequence[str]) -> Sums:
        """Return 公用经费 of the units ``agencies`` of a department."""
        by_unit = self._operating.get(code, {})
        return added(*(by_unit.get(unit, {}) for unit in agencies))

    def _matters(self, code: str, units: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return 机关运行经费 and 政府采购, where the ledger says them; {} for what there is none of."""
        found: dict[str, Any] = {"carried_forward": {}}  # all that is received is spent: both are the same rows
        agencies = self._agencies(units)
        if agencies is not None:
            found["agency_operating"] = money(self._of_agencies(code, agencies).get("amount", 0)) if agencies else {}
        if self._tables.has_purchases:
            found["procurement"] = {
                key: money(sums[code]["amount"]) for key, sums in self._purchases.items() if code in sums
            }
        return found

    def _totals(self, code: str, units: Sequence[Mapping[str, Any]], old: object) -> dict[str, Any]:
        """Return ``totals``: last year's figures, and of the earlier document what the ledger does not say."""
        kinds = self._tables.last()
        totals = {name: _without_figures(one, kinds) for name, one in old.items()} if isinstance(old, dict) else {}
        last: dict[str, Any] = {}
        if kinds and (agencies := self._agencies(units)):
            last["agency_operating"] = self._tables.last(self._of_agencies(code, agencies))
        if kinds and self._tables.has_purchases:
            last["procurement"] = self._tables.last(added(*(sums.get(code, {}) for sums in self._purchases.values())))
        for name, figures in last.items():
            one = totals.setdefault(name, {})
            one["last"] = (one.get("last") or {}) | figures
        return {name: one for name, one in totals.items() if one}


def _without_figures(total: object, kinds: Mapping[str, Any]) -> dict[str, Any]:
    """Return a total of an earlier document without the figures that follow from the ledger's lines."""
    if not isinstance(total, dict):
        return {}
    kept = {name: value for name, value in total.items() if name not in ("amount", "last")}
    last = total.get("last")
    other = {kind: value for kind, value in last.items() if kind not in kinds} if isinstance(last, dict) else {}
    return kept | ({"last": other} if other else {})


def _in_order(table: str, lines: Sequence[Line], units: Sequence[str]) -> list[Line]:
    """Return lines in the order of the printed table; projects of a unit as the ledger first has them."""
    order = {code: n for n, code in enumerate(units)}
    if table in ("projects", "three_public"):
        return sorted(lines, key=lambda line: (order[line["unit"]], _FUNDS.index(line.get("fund", ""))))
    if table == "revenue":
        return sorted(lines, key=lambda line: (order[line["unit"]], _FUNDS.index(line["source"])))
    return sorted(
        lines,
        key=lambda line: (
            line.get("function") or line["economic"], _FUNDS.index(line.get("fund", "")), order[line["unit"]],
            line.get("counted_as", ""),
        ),
    )  # fmt: skip


def _with_texts(table: str, lines: list[Line], old: object) -> list[Line]:
    """Return lines with the texts of the earlier document's lines: of the same key, or of the department's own line.

    The text of a line without a unit goes to the first line of the same code.
    """
    keys = KEYS.get(table)
    if keys is None or not isinstance(old, list):
        return lines
    texts = {
        _key(line, keys): {name: line[name] for name in TEXTS if name in line and name not in keys}
        for line in old
        if isinstance(line, dict)
    }
    for line in lines:
        key = _key(line, keys)
        found = texts.pop(key, None) or texts.pop((None, *key[1:]), None) or {}
        line.update(found)
    return lines


def _key(line: Mapping[str, Any], keys: Sequence[str]) -> tuple[Any, ...]:
    """Return what distinguishes a line from others; a value that is no text is made one."""
    fund = GENERAL_PUBLIC.name if "fund" in keys else None
    return tuple(
        (str(value) if (value := line.get(name)) is not None else fund if name == "fund" else None) for name in keys
    )
