"""What a document made of a ledger still needs, and where list of units and ledger do not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...budget.model import Department, Unit
from ...core.finding import Finding, Place, Severity
from .departments import Known

MISSING_HINT = "写进 units 的单位清单，或用 --basics 给出有这些内容的 JSON；也可以在写出的 JSON 里补"
SHOWN = 5


def missing_parts(code: str, data: Mapping[str, Any]) -> tuple[frozenset[str], Finding | None]:
    """Return the pointers of what the contract requires of a department and nothing says, and a finding about it."""
    department = data["department"]
    absent = [
        (f"/department/{name}", _term(Department, name)) for name in ("name", "duties") if not department.get(name)
    ]
    for n, unit in enumerate(department["units"]):
        absent += [
            (f"/department/units/{n}/{name}", f"{unit['code']} {_term(Unit, name)}")
            for name in ("name", "nature")
            if not unit.get(name)
        ]
    if not absent:
        return frozenset(), None
    shown = "、".join(text for _, text in absent[:SHOWN]) + (" …" if len(absent) > SHOWN else "")
    places = tuple(Place(pointer=pointer) for pointer, _ in absent[:SHOWN])
    message = "部门 {code} 还缺 {count} 项：{parts}"
    values = {"code": code, "count": str(len(absent)), "parts": shown}
    return frozenset(pointer for pointer, _ in absent), Finding(
        "XL312", Severity.WARNING, message, places, MISSING_HINT, values
    )


def unit_findings(code: str, known: Known, units: Iterable[str]) -> Iterator[Finding]:
    """Yield what differs between the units that are listed and those that the ledger has rows of."""
    if not known.units:
        return
    have = set(units)
    for unit in sorted(set(known.units) - have):
        message = "单位 {unit} 在部门 {code} 的单位清单里，明细账里没有它的行"
        hint = "核对明细账是不是缺了它的行；撤销的单位从清单里删去"
        yield Finding("XL313", Severity.WARNING, message, (), hint, {"unit": unit, "code": code})
    for unit in sorted(have - set(known.units)):
        message, hint = "单位 {unit} 在明细账里，部门 {code} 的单位清单里没有它", "核对单位代码；新设的单位写进清单"
        yield Finding("XL313", Severity.WARNING, message, (), hint, {"unit": unit, "code": code})


def _term(model: type[Any], name: str) -> str:
    return str(model.__dataclass_fields__[name].metadata["term"])
