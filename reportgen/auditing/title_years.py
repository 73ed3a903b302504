"""Find titles that still have last year's year (AU118): on the cover, in headings, in contents, above tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadDocument, ReadParagraph
from ..recognise.prose.read import heading_level
from ..recognise.table import RecognisedTable
from ..recognise.words import plain
from ..rules.texts import QUOTED
from .report import AuditFinding
from .years import LONGEST_LINE, is_of_final_accounts, is_sentence

FEWEST = 2
"""So many other titles of a document have to have this year."""
OTHERS = 3
"""So many titles with this year are needed for each with last year's; with fewer a document speaks of both years."""
FIRST_LINES = 12
"""Lines of a document that may be those of its cover."""
FIRST_ROWS = 4
"""Rows of a grid that may be the lines above its table."""
OF_LAST_YEAR = re.compile(
    "上年|上一年|去年|往年|以前|历年|比|较|对照|与|和|及|至|到|[-—~～]|调整|结转|结余|总结|回顾|评价|自评|完成|落实"
)
"""What a title says that may be of last year, or of both years."""
OF_THE_OTHER_STAGE = {False: re.compile("决算|执行"), True: re.compile("预算(?!财政拨款|收入|支出)")}
"""What a budget, and what final accounts (True), may report of another year."""
ABOUT_MONEY = re.compile("预算|决算|收支|收入|支出|经费|拨款|采购|情况|表$|表格|公开|说明")
_YEAR = re.compile("(?<![0-9])(20[0-9]{2})年(?!.?[0-9]{1,2}月)|^(20[0-9]{2})$")


@dataclass(frozen=True, slots=True)
class _Title:
    text: str
    place: str
    years: frozenset[int]


def last_year_in_titles(read: ReadDocument, tables: Sequence[RecognisedTable], year: int) -> Iterator[AuditFinding]:
    """Yield a warning for each title that names last year alone, where the document's other titles name this year.

    Titles that compare two years, or report of last year (上年决算, 执行情况), are left out. Titles of recognised
    tables are held by AU107.
    """
    final = is_of_final_accounts(read.paragraphs())
    titles = [*_of_paragraphs(list(read.paragraphs())), *_of_grids(read, tables)]
    right = sum(year in one.years for one in titles)
    wrong = [one for one in titles if one.years == {year - 1} and _is_of_this_year(one.text, final)]
    if year and right >= max(FEWEST, OTHERS * len(wrong)):
        for one in wrong:
            yield _finding(one, year)


def _of_paragraphs(paragraphs: Sequence[ReadParagraph]) -> Iterator[_Title]:
    cover = True
    for number, paragraph in enumerate(paragraphs):
        level = heading_level(paragraph)
        cover = cover and number < FIRST_LINES and not paragraph.in_contents
        is_title = level or paragraph.in_contents or (cover and len(paragraph.text.strip()) <= LONGEST_LINE)
        if is_title and not is_sentence(paragraph.text):
            yield _title(paragraph.text.partition("\t")[0], paragraph.place)


def _of_grids(read: ReadDocument, tables: Iterable[RecognisedTable]) -> Iterator[_Title]:
    """Yield the headings and titles in the first rows of the grids, but for the titles of recognised tables."""
    known = {table.title_place for table in tables}
    for table in read.tables():
        for (row, _), cell in table.grid.cells.items():
            is_first = row <= FIRST_ROWS and cell.place not in known
            if is_first and isinstance(cell.value, str) and plain(cell.value).endswith("表"):
                yield _title(cell.value, cell.place)


def _title(text: str, place: str) -> _Title:
    said = QUOTED.sub("", plain(text))
    return _Title(text.strip(), place, frozenset(int(match[1] or match[2]) for match in _YEAR.finditer(said)))


def _is_of_this_year(text: str, final: bool) -> bool:
    text = QUOTED.sub("", plain(text))
    if OF_LAST_YEAR.search(text) or OF_THE_OTHER_STAGE[final].search(text):
        return False
    return bool(ABOUT_MONEY.search(text)) or text.isdigit()


def _finding(one: _Title, year: int) -> AuditFinding:
    message = "标题“{title}”是 {found} 年，别的标题都是 {this} 年"
    values = {"title": one.text, "found": str(year - 1), "this": str(year)}
    hint = "多半是照抄了上年的标题：改正年份，下面的文字和金额也核对一遍"
    place = Place(printed=f"“{one.text}”", cell=one.place)
    return AuditFinding(Finding("AU118", Severity.WARNING, message, (place,), hint, values), "likely")
