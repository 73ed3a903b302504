"""Check the words of a document: leftovers of its form, marks, full-width digits, the years of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..core.finding import Finding, Place, Severity
from ..recognise.blocks import ReadParagraph
from ..recognise.prose.read import heading_level, in_sections
from ..rules.texts import REPEATED, WRONG_YEAR, leftover_in, other_years

FULL_WIDTH = re.compile("[０-９]+")
SHARES = re.compile("占(?:比)?[0-9.]+[%％]")
SHARE_WITHOUT_SIGN = re.compile(r"占(?:比)?[0-9]{1,3}\.[0-9]{1,2}(?=[，。；,;])")
"""Shares as a list prints them (占76.23%), and one that lacks its sign."""
AROUND = 12
"""Characters that are shown on both sides of what was found."""


def check_texts(paragraphs: Iterable[ReadParagraph], year: int) -> list[Finding]:
    """Return what is wrong in the words of a document of ``year``, but for the lines of its contents."""
    found: list[Finding] = []
    for paragraph, _ in in_sections(paragraphs):
        found += _leftovers(paragraph)
        found += _marks(paragraph)
        if heading_level(paragraph):
            found += _years(paragraph, year)
    return found


def _leftovers(paragraph: ReadParagraph) -> Iterator[Finding]:
    if left := leftover_in(paragraph.text):
        message = "印出了没有填的空或写给填表人的话：“{found}”"
        yield _finding("AU119", Severity.ERROR, message, paragraph, left, "填上内容，或删去")


def _marks(paragraph: ReadParagraph) -> Iterator[Finding]:
    if match := REPEATED.search(paragraph.text):
        yield _finding("AU120", Severity.WARNING, "标点重复：“{found}”", paragraph, match[0], "只留一个")
    if match := WRONG_YEAR.search(paragraph.text):
        yield _finding("AU120", Severity.WARNING, "年份不是四位：“{found}”", paragraph, match[0], "改正年份")
    text = re.sub(r"\s", "", paragraph.text)
    if (match := SHARE_WITHOUT_SIGN.search(text)) and SHARES.search(text):
        yield _finding("AU120", Severity.WARNING, "占比没有百分号：“{found}”", paragraph, match[0], "补上“%”")
    if match := FULL_WIDTH.search(paragraph.text):
        yield _finding("AU120", Severity.NOTE, "用了全角数字：“{found}”", paragraph, match[0], "改为半角数字")


def _years(paragraph: ReadParagraph, year: int) -> Iterator[Finding]:
    for found in other_years(paragraph.text, year) if year else ():
        message = "标题里有 {found} 年，本文件是 {this} 年"
        yield _finding("AU118", Severity.WARNING, message, paragraph, found, "是否照抄了往年的标题", this=str(year))


def _finding(
    code: str, severity: Severity, message: str, paragraph: ReadParagraph, found: str, hint: str, **values: str
) -> Finding:
    place = paragraph.text.find(found)
    start, end = max(0, place - AROUND), place + len(found) + AROUND
    said = f"“{paragraph.text[start:end].strip()}”"
    return Finding(
        code, severity, message, (Place(printed=said, cell=paragraph.place),), hint, {"found": found, **values}
    )
