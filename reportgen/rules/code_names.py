"""Codes that the book of the year does not have: what their names say about them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from ..budget.codes import Entry
from ..core.finding import Finding, Place, Severity


def unknown_code(
    pointer: str, code: str, name: str | None, known: Mapping[str, Entry], year: int, own_year: bool
) -> Finding:
    """Return the finding about a code that the book does not have; its name may be that of another code."""
    values, place = {"code": code, "year": str(year)}, (Place(pointer),)
    if other := _code_of(name or "", code, known):
        message = "{year} 年目录里没有编码 {code}，“{name}”的编码是 {other}"
        hint = "编码写错的改成 {other}；确有此科目的不必理会"
        values |= {"name": str(name), "other": other}
        return Finding("GJ209", Severity.WARNING, message, place, hint, values)
    hint = "核对编码；确有此科目则用 name 写明名称" if not name else "核对编码"
    is_complete = not pointer.startswith("/expenditure/")  # the book of 经济分类 has all codes of the state's list
    is_its_own_name = not name or name == code
    severity = Severity.WARNING if is_its_own_name or (own_year and is_complete) else Severity.NOTE
    where = (Place(f"{pointer}/name"),) if is_its_own_name else place
    return Finding("GJ209", severity, "{year} 年目录里没有编码 {code}", where, hint, values)


def _code_of(name: str, code: str, known: Mapping[str, Entry]) -> str:
    """Return the code of the same length that the book has for a name: the only one, or that of the same class."""
    if not name:
        return ""
    same = [one for one, entry in known.items() if len(one) == len(code) and letters(entry.name) == letters(name)]
    near = [one for one in same if one[:3] == code[:3]] or same
    return near[0] if len(near) == 1 else ""


def letters(name: str) -> str:
    """Return a name without what is a matter of type: half-width brackets, blanks."""
    return "".join(unicodedata.normalize("NFKC", name).split())
