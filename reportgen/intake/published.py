"""A published document becomes a document: its official tables and, by their headings, its texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..recognise.blocks import ReadDocument, ReadTable
from ..recognise.titles import publisher_in, titles_year
from ..recognise.words import is_note, plain
from .imported import Imported
from .kinds import Kind, kind_of
from .readers.docx import WordParagraph, WordTexts
from .readers.published import read_document
from .text_sheets import as_warning, without_read
from .texts import with_texts
from .workbook import import_tables

PUBLISHED = frozenset({Kind.PDF, Kind.DOCX})
"""The kinds of files that are read as published documents."""
_YEAR = re.compile(r"(20[0-9]{2})年")
_COVER = re.compile(r"([一-鿿()]{4,40}?)20[0-9]{2}年度?(?:部门|单位)?(?:决算|预算)")
COVER = 6
"""Paragraphs in which the cover is looked for."""
_AS_PRINTED = ("XL141",)
"""Sums that do not agree are taken as they were published: what is published is not corrected any more."""
_UNUSED = "XL150"
"""The finding about texts that the document has no place for: most of what is published."""


def is_published(payload: bytes) -> bool:
    """Whether a file is read as a published document."""
    return kind_of(payload) in PUBLISHED


def import_published(payload: bytes, basics: Mapping[str, Any] | None = None, isolated: bool = True) -> Imported:
    """Return the document that a PDF or a Word file was made of, as far as it is printed.

    Args:
        payload: the content of the file.
        basics: a document, or a part of one, with what is not printed.
        isolated: read it in a worker process of its own; otherwise the caller is in one.

    Raises:
        InputError: the file cannot be read.
        UsageError: it is a PDF, and the libraries that read it are not installed.
    """
    read = read_document(payload, isolated)
    texts = WordTexts(tuple(_paragraphs(read)))
    known = {"year": _year(read), **(basics or {})}
    if duties := with_texts(Imported({}, {}), texts, "").data.get("department", {}).get("duties"):
        known["department"] = {"duties": duties, **known.get("department", {})}
    if name := _name_on_cover(read):
        known["department"] = {"name": name, **known.get("department", {})}
    imported = import_tables(tuple(table.grid for table in read.tables()), known)
    with_prose = with_texts(imported, texts, "")
    added = with_prose.findings[len(imported.findings) :]
    findings = (
        *(as_warning(one) if one.code in _AS_PRINTED else one for one in imported.findings),
        *(as_warning(finding) for finding in added if finding.code != _UNUSED),
    )
    return without_read(replace(with_prose, findings=findings, published=True))


def _paragraphs(read: ReadDocument) -> Iterator[WordParagraph]:
    """Yield the paragraphs of the prose, without the table of contents; a table ends what stands before it."""
    for number, one in enumerate(read.blocks, 1):
        if isinstance(one, ReadTable):
            yield WordParagraph(number, one.grid.name, heading=True, level=1, place=one.grid.name)
        elif not one.in_contents and not is_note(one.text):
            yield WordParagraph(number, one.text, one.level > 0, one.level, one.place)


def _name_on_cover(read: ReadDocument) -> str:
    """Return the name before the year on the cover, for a document whose tables do not say whose they are."""
    rows = (cells.values() for table in read.tables() for _, cells in table.grid.rows())
    if any(publisher_in(cells) for cells in rows):
        return ""
    first = "".join(plain(one.text) for one in list(read.paragraphs())[:COVER])
    found = _COVER.match(first)
    return found[1] if found else ""


def _year(read: ReadDocument) -> int:
    """Return the year of the document: that of its tables' titles, else the first that its prose names."""
    if year := titles_year([table.grid for table in read.tables()]):
        return year
    years = (found for one in read.paragraphs() if (found := _YEAR.search(plain(one.text))))
    return next((int(found[1]) for found in years), 0)
