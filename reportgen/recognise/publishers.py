"""Whether the tables of a workbook are of one department, and whether codes and names of units fit together.

A workbook that was put together by hand can hold a sheet of another department, or a code beside the name of another
unit; the amounts of such a sheet add up, so that no relation sees it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..core.finding import Finding, Severity
from .coded_rows import without_own
from .table import RecognisedTable, table_finding
from .words import is_total, plain

NAMES = ("name", "short_name", "line_name", "called")
"""The members of a department or of a unit that name it."""
SCOPES = {"department": "编制部门", "unit": "编制单位"}
_DIGITS = re.compile(r"[0-9]{3,12}")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A code beside a name, and the cell of the name."""

    code: str
    name: str
    place: str


def check_publishers(tables: Sequence[RecognisedTable], given: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what does not fit together.

    Args:
        tables: the recognised tables of a file.
        given: the department of the basics, {} where there are none; its names are the right ones.
    """
    yield from _pairs_that_contradict(list(_pairs(tables)), given)
    yield from _other_publishers(tables, given)
    yield from _other_codes(tables, given)
    yield from _other_scopes(tables)


def _pairs(tables: Sequence[RecognisedTable]) -> Iterator[_Pair]:
    """Yield each code that stands beside a name: of the publisher, and in columns of units."""
    for table in tables:
        if table.publisher and table.publisher_code:
            yield _Pair(table.publisher_code, table.publisher, table.publisher_place)
        for row in table.rows:
            code, name = row.texts.get("unit_code"), row.texts.get("unit")
            if code and name and _DIGITS.fullmatch(plain(code.value)) and not is_total(name.value):
                yield _Pair(plain(code.value), name.value, name.place)


def _listed(given: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the names of each code that the basics list, the full one first."""
    some = [one for one in (given, *(given.get("units") or ())) if isinstance(one, Mapping) and one.get("code")]
    listed: dict[str, tuple[str, ...]] = {}
    for one in some:
        names = tuple(str(one[key]) for key in NAMES if one.get(key))
        listed[str(one["code"])] = (*listed.get(str(one["code"]), ()), *names)
    return listed


def _pairs_that_contradict(pairs: Sequence[_Pair], given: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield each code that has two names, and each name that has two codes."""
    listed = _listed(given)
    by_code = {code: _Pair(code, names[0], "") for code, names in listed.items() if names}
    by_name = {plain(name): _Pair(code, name, "") for code, names in listed.items() for name in names}
    reported: set[tuple[str, str]] = set()
    for pair in pairs:
        names = {without_own(plain(name)) for name in listed.get(pair.code, ())}
        first = by_code.setdefault(pair.code, pair)
        key = (pair.code, plain(pair.name))
        if without_own(plain(pair.name)) not in {without_own(plain(first.name)), *names}:
            if key not in reported:
                reported.add(key)
                yield _two_names(first, pair)
            continue
        other = by_name.setdefault(plain(pair.name), pair)
        if not (other.code.startswith(pair.code) or pair.code.startswith(other.code)) and key not in reported:
            reported.add(key)
            message = "“{name}”有两个代码：{first} 和 {code}"
            hint = "改正写错的一个，再导入一次"
            values = {"name": pair.name, "first": other.code, "code": pair.code}
            yield table_finding("XL147", Severity.ERROR, message, _places(other, pair), hint, **values)


def _two_names(first: _Pair, pair: _Pair) -> Finding:
    short = is_short_for(first.name, pair.name)
    message = "代码 {code} 有两个名称：“{first}”和“{name}”"
    hint = "改正写错的代码或名称；两个都是它的名称的，写成一样，或在基本情况的“单位简称”里写上"
    values = {"code": pair.code, "first": first.name, "name": pair.name}
    severity = Severity.WARNING if short else Severity.ERROR
    return table_finding("XL147", severity, message, _places(first, pair), hint, **values)


def _places(*pairs: _Pair) -> tuple[str, ...]:
    return tuple(pair.place for pair in pairs if pair.place)


def _other_publishers(tables: Sequence[RecognisedTable], given: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield each publisher that is not that of the basics, or of most tables."""
    stated = [table for table in tables if table.publisher]
    if not stated:
        return
    units = [one for one in given.get("units") or () if isinstance(one, Mapping)]
    own = {plain(one[key]) for one in (given, *units[: len(units) == 1]) for key in NAMES if one.get(key)}
    usual = Counter(plain(table.publisher) for table in stated).most_common(1)[0][0]
    reference = next((table for table in stated if plain(table.publisher) in (own or {usual})), None)
    name = reference.publisher if reference else str(given.get("name", ""))
    of_units = {plain(one[key]) for one in units for key in NAMES if one.get(key)}
    codes = {plain(pair.name): pair.code for pair in reversed(list(_pairs(tables)))}
    code = str(given.get("code") or "") or codes.get(plain(name), "")
    seen = set(own or {usual})
    for table in stated:
        theirs = plain(table.publisher)
        same_code = bool(reference and table.publisher_code and table.publisher_code == reference.publisher_code)
        if theirs in seen or same_code:
            continue
        seen.add(theirs)
        other_code = bool(code and theirs in codes) and not _of_one(code, codes[theirs])
        short = is_short_for(table.publisher, name) and theirs not in of_units and not other_code
        message = (
            "“{sheet}”是“{publisher}”的，别的表是“{name}”的"
            if reference
            else "“{sheet}”是“{publisher}”的，基本情况写的部门是“{name}”"
        )
        hint = "换成这个部门自己的表；名称只是写法不同的，写成一样，或在基本情况的“表头部门名”里写上"
        where = (table.publisher_place, reference.publisher_place) if reference else (table.publisher_place,)
        values = {"sheet": table.sheet.strip(), "publisher": table.publisher, "name": name}
        yield table_finding("XL148", Severity.WARNING if short else Severity.ERROR, message, where, hint, **values)


def _of_one(one: str, other: str) -> bool:
    """Whether two codes are of one department: one begins the other."""
    return one.startswith(other) or other.startswith(one)


def _other_codes(tables: Sequence[RecognisedTable], given: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the first unit of the tables if none of their units has a code or a name of the basics."""
    listed, code = _listed(given), str(given.get("code") or "")
    names = {plain(name) for some in listed.values() for name in some}
    pairs = list(_pairs(tables))
    if not pairs or not code or any(_of_one(code, one.code) or one.code in listed for one in pairs):
        return
    if names.isdisjoint(plain(one.name) for one in pairs):
        first = pairs[0]
        message = "表里的单位是 {found} “{unit}”等，基本情况写的部门是 {code} “{name}”"
        hint = "换成这个部门自己的表，或改正基本情况里的部门代码和预算单位"
        values = {"found": first.code, "unit": first.name, "code": code, "name": str(given.get("name", ""))}
        yield table_finding("XL148", Severity.ERROR, message, first.place, hint, **values)


def _other_scopes(tables: Sequence[RecognisedTable]) -> Iterator[Finding]:
    """Yield the first table that says 编制单位 where most say 编制部门, or the other way round."""
    scopes = Counter(table.scope for table in tables if table.scope)
    if len(scopes) < 2:
        return
    usual, rare = (scope for scope, _ in scopes.most_common(2))
    first, other = (next(table for table in tables if table.scope == scope) for scope in (rare, usual))
    message = "“{sheet}”写的是“{rare}”，别的表写的是“{usual}”"
    hint = "检查是否混进了单位（或部门）的表；只是写法不同的，不必理会"
    values = {"sheet": first.sheet.strip(), "rare": SCOPES[rare], "usual": SCOPES[usual]}
    where = (first.publisher_place, other.publisher_place)
    yield table_finding("XL148", Severity.WARNING, message, where, hint, **values)


_KINDS = (
    "大学", "学院", "学校", "中学", "小学", "医院", "法院", "检察院", "研究院", "研究所", "博物院", "博物馆", "图书馆",
    "设计院", "中心", "公司", "协会", "学会",
)  # fmt: skip
"""Kinds of institutions at the end of a name, which its short form has, too."""
_ABBREVIATED = 3
"""The last characters of a name that may be abbreviated to one: 委员会 to 委, 办公室 to 办."""


def is_short_for(one: str, other: str) -> bool:
    """Whether one of two names is short for the other: a part of it, or some of its characters in their order.

    The kind of institution at its end stays: a 学院 is no 研究院.

    >>> is_short_for("市人社局", "青溪市人力资源和社会保障局"), is_short_for("市教育局", "市财政局")
    (True, False)
    >>> is_short_for("青溪学院", "青溪农业科学研究院"), is_short_for("市发改委", "青溪市发展和改革委员会")
    (False, True)
    """
    short, long = sorted((plain(one), plain(other)), key=len)
    if len(short) < 2 or short in long:
        return len(short) > 1
    kind = next((kind for kind in _KINDS if short.endswith(kind)), "")
    rest = iter(long)
    in_order = all(character in rest for character in short)
    return in_order and (long.endswith(kind) if kind else short[-1] in long[-_ABBREVIATED:])
