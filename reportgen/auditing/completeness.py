"""Completeness of a published budget: the tables that every department publishes, and the note under an empty one.

The list is that of the national form (预算公开操作规程, 2016: 收支总表 … “三公”经费支出表, 政府性基金预算支出表).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..budget.terms import GOVERNMENT_FUND, STATE_CAPITAL
from ..core.finding import Finding, Place, Severity
from ..recognise.absent_tables import lacks_table, missing_kinds
from ..recognise.blocks import ReadDocument, ReadParagraph, ReadTable
from ..recognise.final_lines import is_final
from ..recognise.prose.read import heading_level
from ..recognise.recognise import Recognised
from ..recognise.table import RecognisedTable
from ..recognise.words import plain, table_kinds
from .named_tables import named_and_missing
from .report import AuditFinding

MAY_BE_EMPTY = (GOVERNMENT_FUND.key, STATE_CAPITAL.key, "key_projects")
"""Tables that many departments have nothing for, which they say below."""
NINE_TABLES_SINCE = 2021
"""The first year of which the form of final accounts has a table of 国有资本经营预算 in every place."""
INSTEAD_OF_STATE_CAPITAL = ("fund_balance",)
_SAYS_NONE = re.compile(
    "没有|未安排|未发生|不涉及|为空|空表|为零|为0(?![0-9.])|无(?:数据|此|该|相关|政府|国有|安排|支出|收入|预算|内容|金额|资金|发生|拨款|。)"
    r"|(?<![0-9.,])0(?:\.0+)?万?元"
)
"""How a note says that there is nothing; 无 alone is in names of places, 0 alone in years."""


_OF_FUNDS = {fund.key: fund.name.removesuffix("预算") for fund in (GOVERNMENT_FUND, STATE_CAPITAL)}
_OF_THIS_TABLE = re.compile("本表|此表|该表|空表")
_NOTES = 3
"""Paragraphs below a table that may be its notes."""


def missing_tables(read: ReadDocument, recognised: Recognised, year: int) -> Iterator[AuditFinding]:
    """Yield a finding that names the required tables that were not found, and one for each that the document names.

    There is none for a document without tables. It is a warning if every table of the file was recognised, else a
    note: the table may be one of those.
    """
    if not recognised.tables:
        return
    missing = required_and_missing(recognised.tables, year)
    yield from named_and_missing(read, recognised, missing)
    if missing:
        unknown = any(finding.code in ("XL130", "XL131") for finding in recognised.findings)
        names = "、".join(table_kinds()[key].name for key in missing)
        severity = Severity.NOTE if unknown else Severity.WARNING
        message = "没有找到{tables}"
        hint = "应公开的表要齐全，没有数据的也要列出空表并说明" if not unknown else "有的表没有认出来，可能就在其中"
        yield AuditFinding(Finding("AU105", severity, message, (), hint, {"tables": names}), "likely")


def required_and_missing(tables: Sequence[RecognisedTable], year: int) -> list[str]:
    """Return the kinds of the required tables that are not there.

    The table of 国有资本经营预算 is one of the nine of final accounts; a budget needs it only if there is money.
    """
    own = {STATE_CAPITAL.key, *INSTEAD_OF_STATE_CAPITAL}
    in_form = is_final(tables) and year >= NINE_TABLES_SINCE and not own & {table.kind.key for table in tables}
    more = in_form or lacks_table(tables, STATE_CAPITAL.key)
    return [*missing_kinds(tables), *([STATE_CAPITAL.key] if more else [])]


def empty_without_note(read: ReadDocument, tables: Sequence[RecognisedTable]) -> Iterator[AuditFinding]:
    """Yield a finding for each table of funds without figures, below and in which nothing says that there are none."""
    after = _texts_after(read)
    prose = [plain(paragraph.text) for paragraph in read.paragraphs() if not paragraph.in_contents]
    for table in tables:
        if table.kind.key not in MAY_BE_EMPTY or table.grid is None or any(row.amounts for row in table.rows):
            continue
        inside = [plain(cell.value) for cell in table.grid.cells.values() if isinstance(cell.value, str)]
        name = plain(table.kind.name).removesuffix("支出表").removesuffix("表").removesuffix("支出")
        said = [text for text in prose if name[:5] in text]
        if not any(_SAYS_NONE.search(text) for text in (*inside, *after.get(id(table.grid), ()), *said)):
            message = "“{table}”没有数据，也没有说明"
            values = {"table": table.kind.name}
            place = Place(printed=table.title, cell=table.title_place)
            hint = "在空表下注明没有这类收支，故本表无数据"
            yield AuditFinding(Finding("AU106", Severity.WARNING, message, (place,), hint, values))


def notes_of_other_funds(read: ReadDocument, tables: Sequence[RecognisedTable]) -> Iterator[AuditFinding]:
    """Yield a finding for each note of an empty table that speaks of a fund which the table is not of."""
    after = _texts_after(read)
    for table in tables:
        amounts = (amount.value for row in table.rows for amount in row.amounts.values())
        if table.kind.key not in MAY_BE_EMPTY or table.grid is None or any(amounts):
            continue
        inside = [plain(cell.value) for cell in table.grid.cells.values() if isinstance(cell.value, str)]
        own = _OF_FUNDS.get(table.kind.key, plain(table.kind.name)[:4])
        for text in (*inside, *after.get(id(table.grid), ())[:_NOTES]):
            others = [word for word in _OF_FUNDS.values() if word != own and word in text]
            if others and own not in text and _OF_THIS_TABLE.search(text) and _SAYS_NONE.search(text):
                message = "“{table}”的说明讲的是“{other}”"
                place = Place(printed=f"“{text[:60]}”", cell=table.title_place)
                values = {"table": table.title or table.kind.name, "other": others[0]}
                hint = "说明多半是从别的表抄来的，改成本表的"
                yield AuditFinding(Finding("AU106", Severity.WARNING, message, (place,), hint, values))


def _texts_after(read: ReadDocument) -> dict[int, list[str]]:
    """Return the paragraphs between each table and the next heading or table, by the identity of its grid."""
    found: dict[int, list[str]] = {}
    current: list[str] = []
    for block in read.blocks:
        if isinstance(block, ReadTable):
            current = found.setdefault(id(block.grid), [])
        elif isinstance(block, ReadParagraph) and heading_level(block):
            current = []
        elif isinstance(block, ReadParagraph):
            current.append(plain(block.text))
    return found


def years_of_titles(tables: Iterable[RecognisedTable], year: int) -> Iterator[AuditFinding]:
    """Yield a finding for each table whose title names another year than the document."""
    for table in tables:
        if table.year and year and table.year != year:
            message = "“{title}”的年份是 {found}，文件是 {year} 年的"
            values = {"title": table.title, "found": str(table.year), "year": str(year)}
            place = Place(printed=table.kind.name, cell=table.title_place)
            yield AuditFinding(Finding("AU107", Severity.ERROR, message, (place,), "检查标题里的年份", values))
