"""How much of a published document a layout prints, from a JSON document that holds its figures and free texts.

    python benchmarks/published.py PUBLISHED.pdf DOCUMENT.json [--layout NAME] [--differences]

Prose: a paragraph that the layout prints counts as equal if the published text has it, character by character without
blanks; what is left of the published prose afterwards counts as paragraphs that are missing. Tables: the cells of both
PDFs, read by the same reader, row by row; heads that pages repeat are read once, and lines
around a table that the reader takes for rows of it are left out.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber

from reportgen import render
from reportgen.pipeline.in_memory import prepare
from reportgen.tree.nodes import Table, plain

PAGE_NUMBER = re.compile(r"^[\s\-—–·第页]*[0-9]{1,3}[\s\-—–·页]*$")
SHORTEST = 4
"""Fewer characters left over between two paragraphs are not counted as a paragraph: a number, a mark."""
HEAD_ROWS = 4
"""A row on a further page that equals one of so many first rows of its table is its repeated head."""

Row = tuple[str, ...]


class Score(NamedTuple):
    """How many of all are equal, and what differs."""

    equal: int
    all: int
    differences: list[str]

    def __str__(self) -> str:
        """Return the counts and the share."""
        return f"{self.equal} of {self.all} ({100 * self.equal / self.all if self.all else 100:.1f} %)"


def squeezed(text: str) -> str:
    """Return a text without blanks."""
    return re.sub(r"\s+", "", text)


def prose_score(published: str, paragraphs: list[str], around: Iterable[str]) -> Score:
    """Compare the squeezed published prose with the paragraphs that a layout prints.

    ``around`` are the titles of tables and the lines above them, which are no prose.
    """
    rest, equal, wrong = published, 0, []
    for paragraph in sorted(paragraphs, key=len, reverse=True):
        before, found, after = rest.partition(paragraph)
        if found:
            rest, equal = f"{before}\n{after}", equal + 1
        else:
            wrong.append(f"+ {paragraph}")
    for text in sorted(filter(None, around), key=len, reverse=True):
        rest = rest.replace(text, "\n", 1)
    missing = [piece for piece in rest.split("\n") if len(piece) >= SHORTEST]
    unmet = max(len(missing), len(wrong))
    return Score(equal, equal + unmet, [*(f"- {piece}" for piece in missing), *wrong])


def published_prose(pdf: Any, pages: Iterable[int]) -> str:
    """Return the text of the pages outside their tables, without running heads, page numbers and blanks."""
    texts = [outside_tables(pdf.pages[n]).split("\n") for n in pages]
    firsts = Counter(lines[0] for lines in texts)
    lines = (line for text in texts for line in text[firsts[text[0]] > len(texts) / 2 :])
    return squeezed("".join(line for line in lines if not PAGE_NUMBER.match(line)))


def outside_tables(page: Any) -> str:
    """Return the text of a page without that of the tables on it."""
    for table in page.find_tables():
        page = page.outside_bbox(table.bbox)
    return page.extract_text() or ""


def printed_paragraphs(document: Path, layout: str) -> list[str]:
    """Return the headings, paragraphs and lines below charts that the layout prints, squeezed."""
    made = prepare(document, layout).document
    lines = [*(block.runs for block in made.prose()), *(chart.caption_line for chart in made.charts())]
    return [text for line in lines if (text := squeezed(plain(line)))]


def table_rows(pdf: Any, pages: Iterable[int]) -> Iterator[Row]:
    """Yield the rows of all tables without their empty cells, repeated heads once."""
    head: list[Row] = []
    for n in pages:
        for table in pdf.pages[n].extract_tables():
            rows = [tuple(squeezed(cell) for cell in row if cell and squeezed(cell)) for row in table]
            continued = bool(head) and bool(rows) and rows[0] in head
            repeated, head = (head if continued else []), (head if continued else rows[:HEAD_ROWS])
            yield from (row for row in rows if row and row not in repeated)


def lines_around(document: Path, layout: str) -> set[str]:
    """Return the titles and the lines above the tables that the layout prints, squeezed."""
    tables = [block for block in prepare(document, layout).document.blocks() if isinstance(block, Table)]
    texts = [table.label for table in tables]
    return {squeezed(text) for text in (*texts, *(plain(runs) for t in tables for runs in (t.title, t.left, t.right)))}


def table_score(published: list[Row], printed: list[Row]) -> Score:
    """Compare cells, row by row."""
    equal, wrong = 0, []
    for tag, a, b, c, d in SequenceMatcher(None, published, printed, autojunk=False).get_opcodes():
        if tag == "equal":
            equal += sum(map(len, published[a:b]))
            continue
        left, right = ([cell for row in rows for cell in row] for rows in (published[a:b], printed[c:d]))
        matches = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        equal += sum(match.size for match in matches)
        wrong += [
            *(f"- {' | '.join(row)}" for row in published[a:b]),
            *(f"+ {' | '.join(row)}" for row in printed[c:d]),
        ]
    return Score(equal, sum(map(len, published)), wrong)


def page_numbers(text: str, count: int) -> list[int]:
    """Return the pages, counted from 0, that ``3-12`` or ``3-6,21`` (from 1) names; all for an empty text."""
    pages: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        pages += range(int(first or 1) - 1, int(last or first or count))
    return pages


def main() -> int:
    """Print the scores of prose and tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("published", type=Path)
    parser.add_argument("document", type=Path)
    parser.add_argument("--layout", default="zhejiang")
    parser.add_argument(
        "--prose", default="", help="the published pages with prose, as 3-12 or 3-6,21; all if not given"
    )
    parser.add_argument("--tables", default="", help="the published pages with tables, as 13-30; all if not given")
    parser.add_argument("--differences", action="store_true", help="print what differs")
    options = parser.parse_args()
    with pdfplumber.open(options.published) as pdf:
        count = len(pdf.pages)
        prose = published_prose(pdf, page_numbers(options.prose, count))
        rows = list(table_rows(pdf, page_numbers(options.tables, count)))
    payload = render(options.document, formats=["pdf"], layout=options.layout).files
    with pdfplumber.open(BytesIO(next(iter(payload.values())))) as pdf:
        printed = list(table_rows(pdf, range(len(pdf.pages))))
    around = lines_around(options.document, options.layout)
    scores = {
        "paragraphs": prose_score(prose, printed_paragraphs(options.document, options.layout), around),
        "cells": table_score([row for row in rows if not around.issuperset(row)], printed),
    }
    for name, score in scores.items():
        print(f"{name}: {score}")
        if options.differences:
            print(*score.differences, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
