"""The year that a published document is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from ..recognise.blocks import ReadDocument, ReadParagraph
from ..recognise.words import plain

LONGEST_LINE = 60
"""Characters of a title or a heading; what is longer is a sentence."""
_YEAR = re.compile("(20[0-9]{2})年")
_SENTENCE = re.compile("[。；;]|[，,、：:]$|[，,].*[，,]")


def year_of(read: ReadDocument) -> int:
    """Return the year that titles, headings and first lines name most often; 0 if none does.

    Sentences name last year as often: they count only where no title does, long ones only where no short one does. Of
    two years that stand alike the later one is taken, with which the other is compared.
    """
    first = [paragraph.text for paragraph in read.paragraphs()][:12]
    headings = [paragraph.text for paragraph in read.paragraphs() if paragraph.level]
    heads = [table.grid.text(row, 1) for table in read.tables() for row in range(1, 4)]
    said = [plain(text) for text in (*first, *headings, *heads)]
    lines = [text for text in said if len(text) <= LONGEST_LINE]
    for texts in ([text for text in lines if not is_sentence(text)], lines, said):
        years = Counter(found for text in texts for found in set(_YEAR.findall(text)))
        if years:
            return int(max(years, key=lambda year: (years[year], year)))
    return 0


def is_sentence(text: str) -> bool:
    """Whether a line is a sentence, or a part of one, and no title."""
    return bool(_SENTENCE.search(text.strip()))


def is_of_final_accounts(paragraphs: Iterable[ReadParagraph]) -> bool:
    """Whether a document is of final accounts: its headings say 决算 more often than 预算."""
    headings = "".join(paragraph.text for paragraph in paragraphs if paragraph.level)
    return headings.count("决算") > headings.count("预算") - headings.count("预算财政拨款")
