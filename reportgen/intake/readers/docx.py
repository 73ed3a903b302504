"""Read the paragraphs of a Word file with python-docx: their text, and which of them are headings."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...core.errors import InputError
from .package_check import check_word_package

LONGEST_HEADING = 40
"""Characters; a longer paragraph that begins with a number is one of a list."""
_NUMBERED = re.compile(
    r"\s*(?:第?[一二三四五六七八九十]{1,3}[、章部]|（[一二三四五六七八九十]{1,3}）|\([一二三四五六七八九十]{1,3}\))"
)
_END = re.compile(r"[。；：，,;:]\s*$")
_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])", re.I)


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph that is not blank: its ``number`` in the file (from 1), its ``text``, whether it is a heading.

    ``level`` is that of the heading, 0 where it is not known; ``place`` is what messages call the place of the
    paragraph, "" for its number.
    """

    number: int
    text: str
    heading: bool = False
    level: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table of the file: the number of the paragraph before it (0 before the first), the text of its first cells."""

    after: int
    text: str


@dataclass(frozen=True, slots=True)
class WordTexts:
    """What a Word file holds: its paragraphs, and the tables between them, which are not read."""

    paragraphs: tuple[WordParagraph, ...]
    tables: tuple[WordTable, ...] = ()


def read_docx(payload: bytes) -> WordTexts:
    """Return the paragraphs of the body, and where there are tables.

    Raises:
        InputError: the file is damaged, or reading it is not safe.
    """
    check_word_package(payload)
    from docx import Document  # slow to import, and few runs need it

    try:
        document = Document(io.BytesIO(payload))
        return WordTexts(tuple(_paragraphs(document.paragraphs)), tuple(_tables(document)))
    except MemoryError:
        raise
    except Exception as error:  # python-docx raises many kinds for a damaged part
        raise InputError("Word 文件损坏，读不了", "在 Word 或 WPS 里打开，另存为新的 .docx") from error


def _paragraphs(body: Any) -> Iterator[WordParagraph]:
    for number, paragraph in enumerate(body, 1):
        text = str(paragraph.text).strip()
        if text:
            yield WordParagraph(number, text, _is_heading(paragraph, text))


def _tables(document: Any) -> Iterator[WordTable]:
    from docx.table import Table

    before = 0
    for one in document.iter_inner_content():
        if isinstance(one, Table):
            texts = (" ".join(cell.text.split()) for row in one.rows for cell in row.cells)
            yield WordTable(before, next(filter(None, texts), ""))
        else:
            before += 1


def _is_heading(paragraph: Any, text: str) -> bool:
    style = paragraph.style.name if paragraph.style is not None else ""
    if _STYLE.search(style or ""):
        return True
    return len(text) <= LONGEST_HEADING and bool(_NUMBERED.match(text)) and not _END.search(text)
