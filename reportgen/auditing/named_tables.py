"""Tables that a document names, in its contents or as a heading, and does not have (AU105)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadDocument, ReadParagraph, ReadTable
from ..recognise.prose.read import heading_level
from ..recognise.recognise import Recognised
from ..recognise.titles import kind_of_title
from ..recognise.words import plain
from .report import AuditFinding

FEWEST = 4
"""So many of the tables that a document names have to be there: else they are in another file."""
MOST_MISSING = 3
HEAD_CELLS = 6
"""Cells at the top of a table that may be its title."""
_LOOSE = re.compile(r"20[0-9]{2}年度?|部门|单位|[\W_]|的|关于")
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十0-9]+部分|[一二三四五六七八九十]+、|\([一二三四五六七八九十0-9]+\)|[0-9]+[.、]|(?:附表|附件|公开|表)[一二三四五六七八九十0-9-]*表?[:、.]?)"
)
_PAGE = re.compile(r"[\t.…·]+[-—0-9]*$")


def named_and_missing(read: ReadDocument, recognised: Recognised, said: Collection[str]) -> Iterator[AuditFinding]:
    """Yield a finding for each title of the contents or of a heading of which there is no table.

    A title that some table has, or a kind that was recognised or is ``said`` to be missing, is none of them.
    """
    kinds = {table.kind.key for table in recognised.tables} | set(said)
    present = _titles_of_tables(read)
    named = [(name, paragraph) for paragraph in read.paragraphs() if (name := _title(paragraph))]
    there = {name for name, _ in named if name in present}
    missing: dict[str, ReadParagraph] = {}
    for name, paragraph in named:
        kind = kind_of_title(plain(_PAGE.sub("", paragraph.text)))
        if name not in present and kind is not None and kind.key not in kinds:
            missing.setdefault(name, paragraph)
    if len(there) < FEWEST or len(missing) > MOST_MISSING:
        return
    unknown = any(finding.code in ("XL130", "XL131") for finding in recognised.findings)
    for paragraph in missing.values():
        title = _PAGE.sub("", paragraph.text.strip())
        message = "文件里列有“{title}”，没有找到这张表"
        hint = "补上这张表，没有数据的也要列出空表并说明；确实不公开的，从目录和标题里删去"
        where = (Place(printed=f"“{title}”", cell=paragraph.place),)
        severity = Severity.NOTE if unknown else Severity.WARNING
        yield AuditFinding(Finding("AU105", severity, message, where, hint, {"title": title}), "likely")


def _title(paragraph: ReadParagraph) -> str:
    """Return the loose title of a table that a line of the contents or a heading is; "" if it is none."""
    text = plain(_PAGE.sub("", paragraph.text.strip()))
    if not (paragraph.in_contents or heading_level(paragraph)) or not re.sub(r"\([^()]*\)$", "", text).endswith("表"):
        return ""
    return _loose(text)


def _titles_of_tables(read: ReadDocument) -> set[str]:
    """Return the loose titles of all tables: texts at their top, and the headings that stand right above them."""
    found: set[str] = set()
    above: list[str] = []
    for block in read.blocks:
        if isinstance(block, ReadTable):
            cells = list(block.grid.cells.values())[:HEAD_CELLS]
            found |= {_loose(str(cell.value)) for cell in cells} | {_loose(block.grid.name)} | set(above[-1:])
            above = []
        elif not block.in_contents and (title := _title(block)):
            above.append(title)
    return found - {""}


def _loose(text: str) -> str:
    """Return a title without number, year, marks and words that say nothing."""
    return _LOOSE.sub("", _NUMBER.sub("", plain(text)))
