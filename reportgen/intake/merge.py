"""部门汇总: the workbooks that units returned, and the department's own, become the document of the department.

Lines keep the code of their unit; amounts that the document has once (机关运行经费, 政府采购, numbers of assets) are
added up; texts and reasons are the department's own. What one unit pays another (对附属单位补助支出) and that one
receives (上级补助收入) is set off, as a department that adds up its units has to (汇总, 抵销).
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any

from ..budget.field_types import List, Object
from ..budget.lines import ALL, ExpenditureLine
from ..budget.model import Budget
from ..budget.terms import INTERNAL, REVENUE_SOURCES
from ..core.finding import Finding, Place, Severity
from .imported import Imported

TRANSFERS = {source.name: INTERNAL[source.key] for source in REVENUE_SOURCES if source.key in INTERNAL}
"""What is set off within the department: the source of revenue → the member of a line of expenditure."""
PAID = {one.name: one.metadata["term"] for one in fields(ExpenditureLine) if one.name in TRANSFERS.values()}
SUMS = ("carried_forward", "agency_operating")
PURCHASES = ("goods", "works", "services", "sme", "small")
COUNTS = ("vehicles", "others", "planned", "planned_vehicles")
REVENUE_MONEY = frozenset({"amount", "carry_over", "last", "carry_over_last"})
EXPENDITURE_MONEY = frozenset(
    {"total", "basic", "personnel", "operating", "project", "business", "paid_up", "subsidies", "last"}
)


def _line_parts() -> tuple[str, ...]:
    """Return the parts of the document whose lines belong to a unit, in the order of the model."""
    kinds = {one.name: one.metadata["type"] for one in fields(Budget)}
    items = {name: kind.items for name, kind in kinds.items() if isinstance(kind, List)}
    models = {name: item.model for name, item in items.items() if isinstance(item, Object)}
    return tuple(name for name, model in models.items() if "unit" in {inner.name for inner in fields(model)})


LINE_PARTS = _line_parts()


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that was returned: the name of its file, and what was imported of it."""

    file: str
    imported: Imported

    @property
    def is_department(self) -> bool:
        """Whether it is the department's own."""
        return bool(self.imported.data.get("scope", "department") == "department")

    @property
    def code(self) -> str:
        """The code of its unit."""
        department = self.imported.data.get("department", {})
        units = department.get("units") or []
        code = units[0].get("code") if len(units) == 1 else None
        return str(code or department.get("code", ""))


def merged(returned: Sequence[Returned]) -> Imported:
    """Return the department's document; what does not fit together is a finding.

    ``findings`` of the workbooks themselves are all kept, each with its file before its cell.
    """
    own = [one for one in returned if one.is_department]
    units = [one for one in returned if not one.is_department]
    kept = tuple(finding for one in returned for finding in _with_file(one))
    if len(own) != 1:
        files = "、".join(one.file for one in own)
        message = "部门自己的工作簿有 {count} 份：{files}" if own else "没有部门自己的工作簿"
        hint = "基本情况的“范围”填“部门预算”的一份：职能、单位名单、名词等文字从它来"
        values = {"count": str(len(own)), "files": files} if own else {}
        return Imported({}, {}, (*kept, Finding("XL160", Severity.ERROR, message, (), hint, values)))
    merging = _Merging(own[0])
    merging.check(units)
    for unit in units:
        merging.add(unit)
    merging.finish()
    recognised = tuple(sheet for one in returned for sheet in one.imported.recognised)
    return Imported(merging.data, merging.cells, (*kept, *merging.findings), recognised, own[0].imported.unread)


def _with_file(one: Returned) -> Iterator[Finding]:
    for finding in one.imported.findings:
        places = finding.where or (Place(),)
        where = tuple(replace(place, cell=f"{one.file} {place.cell}".strip()) for place in places)
        yield replace(finding, where=where)


@dataclass
class _Merging:
    own: Returned
    data: dict[str, Any] = field(init=False)
    cells: dict[str, str] = field(init=False)
    findings: list[Finding] = field(default_factory=list)
    _sums: dict[str, Decimal] = field(default_factory=dict)
    """Sums of the units' amounts by JSON pointer."""
    _stated: dict[str, Decimal] = field(default_factory=dict)
    """What the department's own workbook states where there is a sum."""

    def __post_init__(self) -> None:
        self.data = copy.deepcopy(dict(self.own.imported.data))
        self.cells = {pointer: f"{self.own.file} {cell}" for pointer, cell in self.own.imported.cells.items()}

    # Which workbooks belong together.

    def check(self, units: Sequence[Returned]) -> None:
        """Report units that are missing, that returned two workbooks, that are not listed, or whose units differ."""
        listed = {str(unit.get("code", "")): str(unit.get("name", "")) for unit in self._units()}
        files = [(unit.code, unit.file) for unit in units]
        files += [(code, self.own.file) for code in self._units_of_own_lines()]
        counts = Counter(code for code, _ in files)
        for code in (code for code, count in counts.items() if count > 1):
            names = "、".join(file for own, file in files if own == code)
            message, values = (
                "单位 {unit} 的数在 {count} 份里都有：{files}",
                {"count": str(counts[code]), "files": names},
            )
            self._error(
                "XL161", message, "只留最后的一份；部门的一份里有本级的数，本级就不另交", "", unit=code, **values
            )
        missing = [f"{code} {name}" for code, name in listed.items() if code and code not in counts]
        if missing:
            message = "还有 {count} 个单位没有交：{names}"
            self._error("XL162", message, "补齐再汇总", "", count=str(len(missing)), names="、".join(missing))
        for unit in units:
            self._check(unit, listed)

    def _units_of_own_lines(self) -> list[str]:
        """Return the units whose lines the department's own workbook holds, such as 本级."""
        lines = (line for part in LINE_PARTS for line in self.own.imported.data.get(part, ()))
        return list(dict.fromkeys(str(line["unit"]) for line in lines if line.get("unit") not in (None, ALL)))

    def _units(self) -> list[Mapping[str, Any]]:
        return list(self.data.get("department", {}).get("units", ()))

    def _check(self, unit: Returned, listed: Mapping[str, str]) -> None:
        if unit.code not in listed:
            hint = "核对单位代码，或在部门的单位名单里补上"
            self._error("XL163", "单位 {unit} 不在部门的单位名单里", hint, unit.file, unit=unit.code)
        for name, term in (("year", "预算年度"), ("money_unit", "金额单位")):
            theirs, ours = unit.imported.data.get(name), self.data.get(name)
            if theirs != ours:
                message = "{term}是 {theirs}，部门的是 {ours}"
                values = {"term": term, "theirs": str(theirs), "ours": str(ours)}
                self._error("XL164", message, "改成一样的再汇总", unit.file, **values)

    # What of a unit's document goes where.

    def add(self, unit: Returned) -> None:
        """Add the lines and the amounts of one unit."""
        theirs = unit.imported.data
        for part in LINE_PARTS:
            self._add_lines(self.data, f"/{part}", part, theirs.get(part, ()), unit)
        purchases = theirs.get("procurement", {})
        if purchases:
            ours = self.data.setdefault("procurement", {})
            self._add_lines(ours, "/procurement/lines", "lines", purchases.get("lines", ()), unit)
            for key in PURCHASES:
                self._add_amount(ours, "/procurement", key, purchases)
        for key in SUMS:
            self._add_amount(self.data, "", key, theirs)
        self._add_counts(self.data, "/counts", "counts", theirs.get("counts"))
        self._add_assets(theirs.get("assets", {}))
        for part in ("unread", "withheld"):
            kept = self.data.setdefault(part, [])
            kept += [one for one in theirs.get(part, ()) if one not in kept]
            if not kept:
                del self.data[part]

    def _add_lines(self, ours: dict[str, Any], base: str, part: str, lines: Sequence[Any], unit: Returned) -> None:
        source = "/procurement/lines" if part == "lines" else f"/{part}"
        for n, line in enumerate(lines):
            if line.get("unit") == ALL:
                continue  # the unit's own total is no total of the department
            kept = ours.setdefault(part, [])
            kept.append({**copy.deepcopy(dict(line)), "unit": line.get("unit") or unit.code})
            self._move_cells(f"{source}/{n}", f"{base}/{len(kept) - 1}", unit)

    def _move_cells(self, old: str, new: str, unit: Returned) -> None:
        for pointer, cell in unit.imported.cells.items():
            if pointer == old or pointer.startswith(f"{old}/"):
                self.cells[new + pointer[len(old) :]] = f"{unit.file} {cell}"

    def _add_amount(self, ours: dict[str, Any], base: str, key: str, theirs: Mapping[str, Any]) -> None:
        if theirs.get(key) is None:
            return
        pointer = f"{base}/{key}"
        if pointer not in self._sums and ours.get(key) is not None:
            self._stated[pointer] = Decimal(str(ours[key]))
        self._sums[pointer] = self._sums.get(pointer, Decimal(0)) + Decimal(str(theirs[key]))
        ours[key] = f"{self._sums[pointer]:f}"

    def _add_counts(self, ours: dict[str, Any], base: str, key: str, theirs: Mapping[str, int] | None) -> None:
        for name, count in (theirs or {}).items():
            self._add_count(ours.setdefault(key, {}), base, name, count)

    def _add_count(self, ours: dict[str, Any], base: str, name: str, count: int) -> None:
        pointer = f"{base}/{name}"
        if pointer not in self._sums and name in ours:
            self._stated[pointer] = Decimal(ours[name])
        self._sums[pointer] = self._sums.get(pointer, Decimal(0)) + count
        ours[name] = int(self._sums[pointer])

    def _add_assets(self, theirs: Mapping[str, Any]) -> None:
        if not theirs:
            return
        ours = self.data.setdefault("assets", {"as_of": theirs.get("as_of")})
        for key in COUNTS:
            self._add_counts(ours, f"/assets/{key}", key, theirs.get(key))
        for key in ("equipment", "special_equipment"):
            if key in theirs:
                self._add_count(ours, "/assets", key, theirs[key])

    # What is compared and set off in the end.

    def finish(self) -> None:
        """Compare the sums with what the department states, and set off what its units pay one another."""
        for pointer, stated in self._stated.items():
            if stated != self._sums[pointer]:
                message, hint = "部门填的是 {stated}，各单位之和是 {sum}", "部门的不填，就用各单位之和"
                values = {"stated": f"{stated:f}", "sum": f"{self._sums[pointer]:f}"}
                self._report("XL165", Severity.ERROR, message, hint, self.cells.get(pointer, ""), values)
        self._set_off()

    def _set_off(self) -> None:
        """Take out what units pay one another; where paid and received differ, say by how much."""
        for source, member in TRANSFERS.items():
            self._set_off_one(source, member, PAID[member])
        self._drop(lambda line: line.get("source") in TRANSFERS and not line.keys() & REVENUE_MONEY, "revenue")
        self._drop(lambda line: not line.keys() & EXPENDITURE_MONEY, "expenditure")

    def _set_off_one(self, source: str, member: str, term: str) -> None:
        revenue = [line for line in self.data.get("revenue", ()) if line.get("source") == source]
        expenditure = [line for line in self.data.get("expenditure", ()) if _amount(line, member)]
        received = sum((_amount(line, "amount") for line in revenue), Decimal(0))
        paid = sum((_amount(line, member) for line in expenditure if not _is_subtotal(line, expenditure)), Decimal(0))
        if not (paid and received):
            return  # what is paid or received goes to or comes from outside the department
        values = {"term": term, "source": source, "paid": f"{paid:f}", "received": f"{received:f}"}
        if paid != received:
            message = "{term} {paid} 与{source} {received} 不等，不能抵销"
            self._report("XL166", Severity.ERROR, message, "核对付出和收到的单位", "", values)
            return
        for line in expenditure:
            if "total" in line:
                line["total"] = f"{_amount(line, 'total') - _amount(line, member):f}"
            line.pop(member)
        for line in revenue:
            line.pop("amount")
        message = "内部往来已抵销：{term} {paid} = {source} {received}"
        self._report("XL167", Severity.NOTE, message, "", "", values)

    def _drop(self, unwanted: Callable[[Mapping[str, Any]], bool], part: str) -> None:
        """Take lines out of a part; the cells of the others move with them."""
        lines, moved = self.data.get(part, []), dict[str, str]()
        kept = [n for n, line in enumerate(lines) if not unwanted(line)]
        for pointer, cell in self.cells.items():
            head, _, rest = pointer.removeprefix(f"/{part}/").partition("/")
            if not pointer.startswith(f"/{part}/"):
                moved[pointer] = cell
            elif int(head) in kept:
                moved[f"/{part}/{kept.index(int(head))}" + (f"/{rest}" if rest else "")] = cell
        self.cells, self.data[part] = moved, [lines[n] for n in kept]

    def _error(self, code: str, message: str, hint: str, cell: str, **values: str) -> None:
        self._report(code, Severity.ERROR, message, hint, cell, values)

    def _report(
        self, code: str, severity: Severity, message: str, hint: str, cell: str, values: Mapping[str, str]
    ) -> None:
        where = (Place(cell=cell),) if cell else ()
        self.findings.append(Finding(code, severity, message, where, hint, values))


def _amount(line: Mapping[str, Any], name: str) -> Decimal:
    return Decimal(str(line.get(name) or 0))


def _is_subtotal(line: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a line states what other lines of its unit and fund state below it."""
    code = str(line.get("function", ""))
    mine = (line.get("unit"), line.get("fund"))
    below = (str(one.get("function", "")) for one in lines if (one.get("unit"), one.get("fund")) == mine)
    return any(other != code and (code == ALL or other.startswith(code)) for other in below)
