"""The sheets of an exported workbook that hold texts: 主要职能, 名词解释; a title, and paragraphs in one merged cell.

Which part of the document a sheet is, its title or its name says, by the words of ``data/recognition/texts.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..core.finding import Finding, Severity
from ..recognise.grid import Grid, GridCell
from ..recognise.words import plain
from .imported import Imported, RecognisedSheet
from .readers.docx import WordParagraph, WordTexts
from .texts import text_words, with_texts

LONGEST_TITLE = 40
"""Characters of the title of a sheet; a longer text is a paragraph."""
TEXT_SHEET = "文字"
_NUMBER = re.compile(
    r"^(?:[0-9]{1,2}[.、．]|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[一二三四五六七八九十]{1,3}、)\s*"
)
_LEAD = re.compile(r"(?:职[能责]|任务)(?:主要)?(?:包括|是|如下|有)?[：:]$")
_UNFILLED = re.compile(r"XX|xx|××|…|\.\.\.\.")
_UNUSED = "XL150"
"""The finding about texts that the document has no place for."""


def with_text_sheets(imported: Imported, grids: Sequence[Grid], given: Sequence[str]) -> Imported:
    """Return the document with the texts of the sheets among ``grids`` that hold texts.

    ``given`` are the parts that the basics have (``duties``, ``glossary``), which come before a sheet's.
    """
    found = [(grid, paragraphs) for grid in grids if (paragraphs := tuple(_paragraphs(grid, given)))]
    if not found:
        return imported
    texts = WordTexts(tuple(paragraph for _, paragraphs in found for paragraph in paragraphs))
    made = with_texts(imported, texts, "")
    added = [finding for finding in made.findings[len(imported.findings) :] if finding.code != _UNUSED]
    sheets = {grid.name: len(paragraphs) - 1 for grid, paragraphs in found}
    recognised = tuple(
        RecognisedSheet(one.name, TEXT_SHEET, "", sheets[one.name]) if one.name in sheets and not one.kind else one
        for one in imported.recognised
    )
    findings = (*imported.findings, *map(as_warning, added))
    return without_read(replace(made, findings=findings, recognised=recognised))


def as_warning(finding: Finding) -> Finding:
    """Return a finding about a text as a warning: it does not stop the amounts from being imported."""
    return replace(finding, severity=Severity.WARNING) if finding.severity is Severity.ERROR else finding


def without_read(imported: Imported) -> Imported:
    """Return the document with ``unread`` without the texts that were read after all."""
    read = {"/department/duties"} if "/department/duties/0" in imported.cells else set()
    read |= {"/glossary"} if imported.data.get("glossary") else set()
    unread = imported.unread - read
    data = {name: value for name, value in imported.data.items() if name != "unread"}
    return replace(imported, unread=unread, data={**data, "unread": sorted(unread)} if unread else data)


def _paragraphs(grid: Grid, given: Sequence[str]) -> Iterator[WordParagraph]:
    """Yield the title of a sheet of texts as a heading, then its paragraphs; nothing for any other sheet."""
    cells = [cell for _, row in grid.rows() for cell in row.values()]
    if not cells or any(not isinstance(cell.value, str) for cell in cells):
        return
    heading = _heading(grid, cells[0])
    part = text_words().part(heading) if heading else ""
    below = cells[1:] if plain(cells[0].value) == plain(heading) else cells
    paragraphs = [(line, cell.place) for cell in below for line in _lines(str(cell.value), part)]
    if not part or part in given or not paragraphs:
        return
    yield WordParagraph(1, heading, heading=True, level=1, place=cells[0].place)
    for number, (line, place) in enumerate(paragraphs, 2):
        yield WordParagraph(number, line, place=place)


def _heading(grid: Grid, first: GridCell) -> str:
    """Return the title in the first cell, or the name of the sheet, whichever says what part the texts are."""
    title = " ".join(str(first.value).split())
    if len(title) <= LONGEST_TITLE and text_words().part(title):
        return title
    return grid.name.strip() if text_words().part(grid.name) else ""


def _lines(text: str, part: str) -> Iterator[str]:
    """Yield the paragraphs of a cell, without their numbers in a list of duties, and what a form leaves open."""
    for line in text.splitlines():
        stripped = line.strip()
        if _UNFILLED.search(stripped) or _LEAD.search(stripped):
            continue
        if words := _NUMBER.sub("", stripped):
            yield words if part == "duties" else stripped
