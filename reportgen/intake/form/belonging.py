"""Whose each sheet is: a formula beside its title names year and department, and keeps its value when it is copied.

A sheet that is copied from another workbook goes on referring to that one, so the cell shows its year and department.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...core.finding import Severity
from .locate import FoundSheet, plain
from .reading import Reading

_STATED = re.compile(r"本表属于:([0-9]{4})?年?(.*)")


def check_belonging(found: Mapping[str, FoundSheet], reading: Reading) -> None:
    """Record each sheet that is of another year or department than the first one says.

    Where no sheet agrees with it the workbook was not calculated since it was filled in, and nothing is said.
    """
    department = reading.data.get("department", {})
    year, name = str(reading.data.get("year", "")), plain(str(department.get("name", "")))
    stated = {key: _stated(one) for key, one in found.items()}
    known = {key: value for key, value in stated.items() if value is not None}
    others = {key: at for key, (theirs, whose, at) in known.items() if _differs(theirs, year) or _differs(whose, name)}
    if len(others) == len(known):
        return
    for key, at in others.items():
        theirs, whose, _ = known[key]
        message = "“{sheet}”是{theirs}年“{whose}”的，“基本情况”写的是{year}年“{name}”"
        hint = "换成本年本部门的表；是自己填的，把内容抄回本工作簿的表里"
        values = {"sheet": found[key].grid.name, "theirs": theirs, "whose": whose, "year": year, "name": name}
        own = reading.cells.get("/department/name" if _differs(whose, name) else "/year", "")
        reading.add_finding("XL115", Severity.ERROR, message, [one for one in (at, own) if one], hint, values)


def _stated(found: FoundSheet) -> tuple[str, str, str] | None:
    """Return year, department and cell that a sheet states above its heads; None if it states nothing."""
    for (row, _), cell in found.grid.cells.items():
        if row < found.head_row and isinstance(cell.value, str) and not cell.problem:
            stated = _STATED.fullmatch(plain(cell.value))
            if stated and (stated[1] or stated[2]):
                return stated[1] or "", stated[2], cell.place
    return None


def _differs(stated: str, own: str) -> bool:
    return bool(stated and own and stated != own)
