"""Checks inside one printed table: sums of rows and of columns, codes and their names, years of titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from ..budget.codes import CodeBook
from ..core.finding import Finding, Place, Severity
from ..core.money import exact
from ..recognise.relation import Relation
from ..recognise.relations import relations
from ..recognise.table import RecognisedTable
from ..recognise.words import plain
from .doubtful import misread_sums, of_table
from .names import names_of_codes
from .places import row_of
from .report import AuditFinding

Withheld = Literal["", "projects", "any"]
PROJECT_TABLES = ("projects", "key_projects", "performance", "procurement")
SLIGHT = 3
"""A difference of up to so many rounding envelopes is a warning: sums of sums that were rounded each by itself."""
_WITHHELD = re.compile(
    "(?:国家秘密|保密|涉密|秘密).{0,30}(?:剔除|不予公开|不公开|未公开|不宜公开|未列|不列)|(?:剔除|不予公开|不公开).{0,30}(?:保密|涉密|秘密)"
)


def withholds(texts: Iterable[str]) -> Withheld:
    """Return what a document says to withhold because it is secret: rows of any table, projects only, or nothing."""
    found = [match[0] for text in texts if (match := _WITHHELD.search(plain(text)))]
    if not found:
        return ""
    return "projects" if all("项目" in text for text in found) else "any"


def may_lack_rows(table: RecognisedTable, withheld: Withheld) -> bool:
    """Whether rows of a table may be withheld, so that its sums may be more than what is printed below them."""
    return withheld == "any" or (withheld == "projects" and table.kind.key in PROJECT_TABLES)


def table_findings(
    table: RecognisedTable, found: Sequence[Relation], book: CodeBook, withheld: Withheld
) -> Iterator[AuditFinding]:
    """Yield the findings of one table: its ``found`` relations that do not hold, codes with a wrong name."""
    yield from broken_sums(table, found, withheld)
    yield from _printed_twice(table, found)
    names = list(names_of_codes(table, book))
    few = of_table([one.finding for one in names], table.kind.name)
    yield from names if len(few) == len(names) else (AuditFinding(one, "likely") for one in few)


def broken_sums(table: RecognisedTable, found: Sequence[Relation], withheld: Withheld) -> Iterator[AuditFinding]:
    """Yield a finding for each relation that does not hold.

    A wrong figure of a leaf column goes on in the sums beside it: of one row the same difference is reported once.
    """
    lacking = may_lack_rows(table, withheld)
    broken = [one for one in found if not one.holds and not (lacking and one.kind == "rows" and one.gap < 0)]
    if (misread := misread_sums(table.kind.name, broken, found)) is not None:
        yield AuditFinding(misread, "likely")
        return
    reported: set[tuple[str, str, Decimal]] = set()
    for relation in broken:
        key = (relation.kind, relation.row, abs(relation.gap))
        if key not in reported:
            reported.add(key)
            yield _broken(table, relation)


def _printed_twice(table: RecognisedTable, found: Sequence[Relation]) -> Iterator[AuditFinding]:
    """Yield a finding for each row that is printed again right below itself, so that the sum above counts it once."""
    places = {row_of(place): (relation, place) for relation in found for place in relation.twice}
    for relation, place in places.values():
        message = "“{table}”「{row}」下有一行印了两遍，只算一次才加得起来"
        values = {"table": table.kind.name, "row": relation.row}
        yield AuditFinding(Finding("AU108", Severity.ERROR, message, (Place(cell=place),), "删去重复的一行", values))


def relations_of(table: RecognisedTable) -> list[Relation]:
    """Return the relations of a table that say something."""
    return [one for one in relations(table) if not one.is_zero]


def _broken(table: RecognisedTable, relation: Relation) -> AuditFinding:
    code = "AU101" if relation.kind == "rows" else "AU102"
    rounding = relation.whole.rounding + sum((part.rounding for part in relation.parts), Decimal(0))
    severity = Severity.WARNING if abs(relation.gap) <= SLIGHT * rounding else Severity.ERROR
    message = "“{table}”「{row}」{column}印的是 {whole}，{parts}加起来是 {sum}，相差 {gap}"
    hint = (
        "对照原表，改正其中写错的一处"
        if severity is Severity.ERROR
        else "相差超过四舍五入的范围；确是尾差的，在表下加注"
    )
    values = {
        "table": table.kind.name, "row": relation.row, "column": relation.column,
        "parts": "下级各行" if relation.kind == "rows" else "各栏",
        "whole": printed(relation.whole.value, table.unit),
        "sum": printed(relation.whole.value + relation.gap, table.unit),
        "gap": printed(abs(relation.gap), table.unit),
    }  # fmt: skip
    place = Place(cell=relation.whole.place)
    return AuditFinding(Finding(code, severity, message, (place,), hint, values))


def printed(value: Decimal, unit: str) -> str:
    """Return an amount (元) with all its decimals, in the unit of its table where amounts are stated in it.

    >>> printed(Decimal(9202300), "万元"), printed(Decimal(9202300), "千元")
    ('920.23万元', '9,202,300.00元')
    """
    return exact(value, "万元" if unit == "万元" else "元")
