"""单位预算 of a department: the document of each of its units, derived from the lines that name the unit.

Figures are taken from the lines of the unit and are never computed anew, but for what follows from them (年终结转, 机关
运行经费). What the department says in words about itself is not said about a unit: the unit's own words come from
``units[].duties`` and ``units[].sections``, or from the document that was derived before, which a person has completed.
All else that has to be written is in ``missing``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ..budget.json_input import parse_json
from ..budget.lines import ALL
from ..budget.model import SCHEMA, Budget, Unit
from ..budget.python_input import json_payload
from ..budget.terms import FISCAL_FUNDS, GENERAL_PUBLIC
from ..core.errors import UsageError
from ..core.files import save_all
from ..core.finding import Finding
from ..core.settings import Printing
from ..facts import derive_facts
from ..rules.units import spending_by_unit
from .source import BudgetSource, load
from .unit_earlier import LISTS, Data, earlier_document, take_over
from .unit_missing import OFFICES, TO_WRITE, Missing, missing_parts
from .unit_sums import unit_findings
from .unit_surplus import put_surplus

COPIED = ("stage", "year", "money_unit", "published", "layout")
"""What is the same for each unit."""
OPERATING = ("302", "310")
"""The economic classes of 公用经费."""


@dataclass(frozen=True, slots=True)
class UnitDocument:
    """The document of one unit: ``data`` is its JSON as plain values, ``missing`` what a person has to write in it."""

    code: str
    name: str
    data: Data
    missing: tuple[Missing, ...]

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.code}.json"


@dataclass(frozen=True, slots=True)
class UnitDocuments:
    """The documents of all units, in the order of the department's list, and what does not add up."""

    units: tuple[UnitDocument, ...]
    findings: tuple[Finding, ...]


def unit_documents(source: BudgetSource, kept: str | Path | None = None) -> UnitDocuments:
    """Return the document of each unit of a department.

    Args:
        source: the document of the department.
        kept: the folder of documents that were derived before; the words that they have and the department has not
            are taken over.

    Raises:
        InputError: ``source``, or a document in ``kept``, cannot be read or breaks the contract.
        UsageError: the document is that of a unit, or a unit has no code.
    """
    budget = load(source)
    _check(budget.data)
    data = parse_json(budget.payload)
    units = []
    every = [_derived(data, budget.data, unit) for unit in budget.data.department.units]
    put_surplus(every, data)
    for unit, derived in zip(budget.data.department.units, every, strict=True):
        earlier = None if kept is None else earlier_document(Path(kept) / f"{unit.code}.json")
        if earlier is not None:
            take_over(derived, earlier)
        units.append(UnitDocument(unit.code or "", unit.name, derived, missing_parts(data, derived)))
    return UnitDocuments(tuple(units), unit_findings(budget.data, [load(_payload(unit.data)).data for unit in units]))


def save_unit_documents(documents: UnitDocuments, folder: str | Path) -> tuple[Path, ...]:
    """Write the documents into ``folder``, which is made if missing: all of them or none.

    Returns:
        The paths of the files, in the order of the units.

    Raises:
        OutputError: the folder cannot be written.
    """
    return tuple(save_all(Path(folder), {unit.file: _payload(unit.data) for unit in documents.units}))


def _payload(data: Data) -> bytes:
    """Return a document as a person can edit it; amounts are texts, exact."""
    return (json.dumps(json.loads(json_payload(data)), ensure_ascii=False, indent=2) + "\n").encode()


def _check(budget: Budget) -> None:
    if budget.scope == "unit":
        raise UsageError("这是单位预算，没有可以再分的单位", "给出部门预算的文件")
    nameless = [unit.name for unit in budget.department.units if unit.code is None]
    if nameless:
        message, hint = "单位“{name}”没有代码，不知道哪些行是它的", "在 department.units 里补上代码"
        raise UsageError(message, hint, name=nameless[0])
    codes = [unit.code for unit in budget.department.units]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise UsageError("单位代码 {code} 写了两次", "改正 department.units", code=twice)


def _derived(data: Data, budget: Budget, unit: Unit) -> Data:
    """Return the document of one unit, as far as the department's says it."""
    stated = next(one for one in data["department"]["units"] if one.get("code") == unit.code)
    only = len(budget.department.units) == 1
    derived: Data = {"schema": SCHEMA, "scope": "unit", **{key: data[key] for key in COPIED if key in data}}
    derived["department"] = {
        "code": unit.code,
        "name": unit.name,
        **({"short_name": unit.short_name} if unit.short_name else {}),
        "duties": stated.get("duties", [TO_WRITE]),
        "units": [{key: value for key, value in stated.items() if key not in ("duties", "sections")}],
    }
    if "sections" in stated:
        derived["sections"] = stated["sections"]
    for part in LISTS:
        if lines := [dict(line) for line in data.get(part, ()) if _is_of(line, unit.code, only)]:
            derived[part] = lines
    derived.setdefault("revenue", [{"unit": unit.code, "source": GENERAL_PUBLIC.name, "amount": 0}])
    derived.setdefault("expenditure", [{"unit": unit.code, "function": ALL, "total": 0}])
    _put_purchases(derived, data, unit.code, only)
    _put_agency_operating(derived, budget, unit)
    _put_glossary(derived, data)
    _put_carried_forward(derived, budget)
    marks = [mark for mark in data.get("withheld", ()) if _lacks(mark, derived)]
    return {**derived, **({"withheld": marks} if marks else {})}


def _is_of(line: Mapping[str, Any], code: str | None, only: bool) -> bool:
    """Whether a line is of the unit; the only unit of a department has also the lines that name none."""
    return line.get("unit") == code or (only and line.get("unit") is None)


def _put_purchases(derived: Data, data: Data, code: str | None, only: bool) -> None:
    stated = data.get("procurement", {})
    if only and stated:
        derived["procurement"] = stated
    elif lines := [line for line in stated.get("lines", ()) if line.get("unit") == code]:
        derived["procurement"] = {"lines": lines}


def _put_agency_operating(derived: Data, budget: Budget, unit: Unit) -> None:
    """Put 机关运行经费, the 公用经费 of an office, if those of all offices are what the department states."""
    offices = {one.code for one in budget.department.units if one.nature in OFFICES}
    if budget.agency_operating is None or not offices:
        return
    sums = {code: _operating(budget, code) for code in offices}
    own = budget.agency_operating if offices == {unit.code} else sums.get(unit.code)
    if (
        unit.code in offices
        and own is not None
        and (len(offices) == 1 or sum(sums.values()) == budget.agency_operating)
    ):
        derived["agency_operating"] = _in_unit(own, budget)


def _operating(budget: Budget, code: str | None) -> Decimal:
    """Return 一般公共预算公用经费 of a unit: by function, or else by economic item."""
    by_function = sum(
        (
            line.operating
            for line in budget.expenditure
            if line.unit == code and line.operating and len(line.function) == 7 and line.fund == GENERAL_PUBLIC.name
        ),
        Decimal(0),
    )
    by_item = sum(
        (
            line.amount
            for line in budget.basic_expenditure
            if line.unit == code and line.amount and len(line.economic) == 5
            and (line.counted_as == "公用经费" or (line.counted_as is None and line.economic[:3] in OPERATING))
        ),
        Decimal(0),
    )  # fmt: skip
    return by_function or by_item


def _put_glossary(derived: Data, data: Data) -> None:
    """Put the explanations of the items that the unit spends on, and of words that are no items."""
    used = {line["function"] for line in derived["expenditure"]}
    terms = [term for term in data.get("glossary", ()) if term.get("function") is None or term["function"] in used]
    if terms:
        derived["glossary"] = terms


def _put_carried_forward(derived: Data, budget: Budget) -> None:
    """Put 年终结转结余: what a unit has more than it spends, where the department carries money forward."""
    if not budget.carried_forward:
        return
    own = load(_payload(derived)).data
    income = sum(
        (amount for line in own.revenue if line.source != ALL for amount in (line.amount, line.carry_over) if amount),
        Decimal(0),
    )
    spent = sum((fact.value for fact in (spending_by_unit(own) or {}).values()), Decimal(0))
    if income > spent:
        derived["carried_forward"] = _in_unit(income - spent, budget)
    if budget.fiscal_carried_forward is not None:
        derived["fiscal_carried_forward"] = _fiscal_carried_forward(own, budget)


def _fiscal_carried_forward(own: Budget, budget: Budget) -> Data:
    """Return 年末财政拨款结转和结余 of a unit by fund: what it had of the fund and did not spend."""
    facts = derive_facts(own, Printing())
    left = {
        fund.key: facts.revenue.this[fund.key].value + facts.revenue.carry[fund.key].value - facts[fund.key].total.value
        for fund in FISCAL_FUNDS
    }
    return {key: _in_unit(amount, budget) for key, amount in left.items() if amount >= 0}


def _in_unit(amount: Decimal, budget: Budget) -> Decimal:
    """Return an amount in 元 as the document writes it."""
    return amount if budget.money_unit == "元" else amount / 10_000


def _lacks(mark: Mapping[str, Any], derived: Data) -> bool:
    """Whether the unit may have the rows that a mark says are withheld."""
    if (code := mark.get("code")) is None:
        return bool(derived.get(mark.get("table", "")))
    lines = [line.get("function") or line.get("economic") for part in LISTS[1:4] for line in derived.get(part, ())]
    return any(str(line or "").startswith(code) for line in lines)
