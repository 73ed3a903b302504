"""The year that a published document is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ..recognise.blocks import ReadDocument, ReadParagraph
from ..recognise.words import plain

_YEAR = re.compile("(20[0-9]{2})年")


def year_of(read: ReadDocument) -> int:
    """Return the year that titles, headings and first paragraphs name most often; 0 if none does."""
    first = [paragraph.text for paragraph in read.paragraphs()][:12]
    headings = [paragraph.text for paragraph in read.paragraphs() if paragraph.level]
    heads = [table.grid.text(row, 1) for table in read.tables() for row in range(1, 4)]
    years = Counter(found for text in (*first, *headings, *heads) for found in _YEAR.findall(plain(text)))
    return int(max(sorted(years), key=years.__getitem__)) if years else 0


def is_of_final_accounts(paragraphs: Iterable[ReadParagraph]) -> bool:
    """Whether a document is of final accounts: its headings say 决算 more often than 预算."""
    headings = "".join(paragraph.text for paragraph in paragraphs if paragraph.level)
    return headings.count("决算") > headings.count("预算") - headings.count("预算财政拨款")
