"""Hold what a section of projects says of each of them against the tables of projects (项目名称：… 预算安排：…万元)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.statement import Printed, Prose, Statement
from ..recognise.table import UNITS, RecognisedRow, RecognisedTable, StatedAmount
from ..recognise.words import plain
from .slips import is_slip
from .statement_finding import finding
from .tables import printed

_Row = tuple[RecognisedTable, StatedAmount]
TABLES = ("projects", "key_projects", "performance")
COLUMNS = ("total", "amount")
_NAME = re.compile(r"^(?:[(（]?[0-9一二三四五六七八九十]{1,3}[)）]?[、.．]?)?项目名称[:：](?P<name>[^。；]+)")
_AMOUNT = re.compile(
    "(?:预算安排|预算金额|安排预算|项目预算|资金安排|预算数)[:：为]?"
    r"(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)(?P<unit>万元|元)"
)
"""What a line says that a project has."""


def check_projects(
    paragraphs: Iterable[ReadParagraph], prose: Prose, tables: Sequence[RecognisedTable]
) -> Iterator[Finding]:
    """Yield a finding for each amount of a project that no row of its name has in the tables."""
    rows = _by_name(tables)
    yield from _lines(paragraphs, rows)
    for statement in prose.all():
        known = rows.get(plain(statement.subject.name), []) if not statement.subject.key else []
        if statement.amount is None or not known or any(_agrees(statement.amount, one) for _, one in known):
            continue
        if not statement.bases and (
            right := next((one for one in known if is_slip(statement.amount, one[1].value)), None)
        ):
            yield _differs(statement, *right)


def _agrees(said: Printed, right: StatedAmount) -> bool:
    return abs(said.value - right.value) <= said.rounding + right.rounding


def _is_more(said: Printed, right: StatedAmount) -> bool:
    """Whether an amount is more than what a row has, so that it cannot be a part of it."""
    return said.value - right.value > said.rounding + right.rounding


def _differs(statement: Statement, table: RecognisedTable, right: StatedAmount) -> Finding:
    assert statement.amount
    values = {"name": statement.subject.name, "amount": statement.amount.text, "table": table.kind.name}
    values |= {"right": printed(right.value, table.unit)}
    message, hint = "{name}：文字写 {amount}，{table}里是 {right}", "核对文字和表，改正错的一处"
    found = finding("AU121", Severity.WARNING, message, statement, hint, values)
    return replace(found, where=(*found.where, Place(cell=right.place)))


def _lines(paragraphs: Iterable[ReadParagraph], rows: Mapping[str, Sequence[_Row]]) -> Iterator[Finding]:
    """Yield an error for each line 预算安排 below a line 项目名称 that no row has."""
    name = ""
    for paragraph in paragraphs:
        text = re.sub(r"\s", "", paragraph.text)
        named = _NAME.match(text)
        name = plain(named["name"]) if named else name
        for found in _AMOUNT.finditer(text) if name else ():
            known = rows.get(name, [])
            amount = Decimal(found["number"].replace(",", "")) * UNITS[found["unit"]]
            rounding = Decimal(UNITS[found["unit"]]).scaleb(-len(found["number"].partition(".")[2])) / 2
            if known and not any(abs(amount - one.value) <= rounding + one.rounding for _, one in known):
                table, right = known[0]
                said = f"{found['number']}{found['unit']}"
                values = {"name": name, "amount": said, "table": table.kind.name}
                values |= {"right": printed(right.value, table.unit)}
                message, hint = "{name}：文字写 {amount}，{table}里是 {right}", "核对文字和表，改正错的一处"
                places = (Place(printed=f"“{found[0]}”", cell=paragraph.place), Place(cell=right.place))
                yield Finding("AU121", Severity.ERROR, message, places, hint, values)
            name = ""


def _by_name(tables: Sequence[RecognisedTable]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for table in tables:
        for row in table.rows if table.kind.key in TABLES else ():
            if row.kind == "record" and row.name:
                found.setdefault(plain(row.name), []).extend((table, one) for one in _amounts(row))
    return found


def _amounts(row: RecognisedRow) -> Iterator[StatedAmount]:
    yield from (row.amounts[column] for column in COLUMNS if column in row.amounts)
