"""Who publishes: code, name, duties and units of the department, from the basics, else from the sheets of a workbook.

What neither has is a placeholder that begins with :data:`PLACEHOLDER`; a rule refuses to publish it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .builder import Builder
from .department_rows import OWN_UNIT
from .grid import Grid
from .recognise import Recognised
from .titles import publisher_in
from .words import plain

PLACEHOLDER = "【待补】"
PLACEHOLDER_CODE = "000"
UNKNOWN_NATURE = "其他"
"""The nature of a unit of which no table says it."""
TERMS = {"code": "部门代码", "name": "部门名称", "duties": "主要职能", "units": "预算单位"}
_DUTIES = re.compile(r"(?:主要)?职[能责](?:\((?:单位|部门)\))?$")
_NUMBER = re.compile(
    r"^(?:[0-9]{1,2}[.、．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_UNFILLED = re.compile(r"XX|…|××")


def basics_of(builder: Builder, recognised: Recognised, basics: Mapping[str, Any]) -> None:
    """Fill in the department and the codes of its units: what ``basics`` has, then what the workbook says."""
    given = basics.get("department")
    given = dict(given) if isinstance(given, Mapping) else {}
    if isinstance(given.get("units"), Sequence):
        given["units"] = [dict(unit) for unit in given["units"] if isinstance(unit, Mapping)]
    department = builder.data["department"] = {**_department(builder, recognised, given), **given}
    builder.department = plain(department["name"])
    builder.names = {plain(table.publisher) for table in recognised.tables if table.publisher} | {builder.department}
    builder.names |= {plain(department[key]) for key in ("short_name", "line_name") if department.get(key)}
    for unit in department["units"]:
        for key in ("name", "short_name", "called"):
            if unit.get(key) and unit.get("code"):
                builder.units.setdefault(plain(unit[key]), str(unit["code"]))
    listed = bool(department["units"])
    for table in recognised.tables:
        _codes_in(builder, table, listed)
    builder.own_unit = next((code for name, code in builder.units.items() if _is_own(name, builder.department)), "")
    if not department["units"] and not _has_other_units(builder, recognised):
        name = str(department["name"])
        code = str(department["code"])
        department["units"].append({"code": code, "name": name, "nature": UNKNOWN_NATURE})
        builder.units.setdefault(plain(name), code)


def _is_own(name: str, department: str) -> bool:
    """Whether the plain name of a unit is that of the department with 本级."""
    return name != department and name in (plain(f"{department}{OWN_UNIT}"), plain(f"{department}本级"))


def _has_other_units(builder: Builder, recognised: Recognised) -> bool:
    """Whether the tables have rows of units that are not the department itself; these get their codes one by one."""
    rows = (row for table in recognised.tables if table.kind.rows != "records" for row in table.rows)
    return any(row.kind == "unit" and row.unit and not builder.is_department(row.unit) for row in rows)


def _codes_in(builder: Builder, table: Any, listed: bool) -> None:
    """Take the codes of units that a table has in a column of their own; say which of them a given list lacks."""
    units = builder.data["department"]["units"]
    for row in table.rows:
        code, name = row.texts.get("unit_code"), row.texts.get("unit")
        if row.kind != "unit" or code is None or name is None or plain(name.value) in builder.units:
            continue
        found = re.sub(r"\D", "", plain(code.value))
        base = str(builder.data["department"]["code"])
        is_only_unit = found != base and found.startswith(base)  # 本级 with others has been given another name
        if 3 <= len(found) <= 12 and (is_only_unit or not builder.is_department(name.value)):
            builder.units[plain(name.value)] = found
            if all(unit.get("code") != found for unit in units):
                units.append({"code": found, "name": name.value, "nature": UNKNOWN_NATURE})
                if listed:
                    message = "单位清单里没有 {code} “{name}”，已补上，性质暂作“{nature}”"
                    hint = "在基本情况的单位清单里补上它和它的性质；不是本部门的，删去它的行"
                    values = {"code": found, "name": name.value, "nature": UNKNOWN_NATURE}
                    builder.warn("XL143", message, name.place, hint, **values)


def _department(builder: Builder, recognised: Recognised, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the department as the workbook says it; placeholders for what neither it nor ``given`` has."""
    names = [table.publisher for table in recognised.tables if table.publisher]
    codes = [table.publisher_code for table in recognised.tables if table.publisher_code]
    scopes = [table.scope for table in recognised.tables if table.scope]
    cover = [one.name for grid in recognised.others for row in grid.rows() if (one := publisher_in(row[1].values()))]
    if scopes:
        builder.data["scope"] = scopes[0]
    found = {
        "code": codes[0] if codes else "",
        "name": max(sorted(set(names)), key=names.count) if names else next(iter(cover), ""),
        "duties": [line for grid in recognised.others for line in _duties(grid)],
    }
    missing = [term for key, term in TERMS.items() if not found.get(key) and not given.get(key)]
    if missing:
        message = "文件里没有{parts}，先用“{placeholder}”占位"
        hint = "用 --basics 给出填好基本情况的填报表，或在导入的文件里改；没有改完不能生成文件"
        builder.warn("XL146", message, (), hint, parts="、".join(missing), placeholder=PLACEHOLDER)
    builder.unread |= {f"/department/{key}" for key in TERMS if not found.get(key) and not given.get(key)}
    return {
        "code": found["code"] or PLACEHOLDER_CODE,
        "name": found["name"] or f"{PLACEHOLDER}部门名称",
        "duties": found["duties"] or [f"{PLACEHOLDER}主要职能"],
        "units": [],
    }


def _duties(grid: Grid) -> list[str]:
    """Return the paragraphs of a sheet of 主要职能; none if it is still the form."""
    texts = [str(cell.value) for _, cells in grid.rows() for cell in cells.values()]
    titled = bool(texts) and bool(_DUTIES.search(plain(texts[0])))
    if not texts or not (titled or _DUTIES.search(plain(grid.name))):
        return []
    lines = [line.strip() for text in texts[1 if titled else 0 :] for line in text.splitlines()]
    found = [
        _NUMBER.sub("", line) for line in lines if line and not re.search(r"职[能责](?:包括|是|如下)?[：:]$", line)
    ]
    return [line for line in found if line and not _UNFILLED.search(line)]
