"""Normalize edited texts: what counts as the same text, and what editors add that was not typed.

* Zero-width characters, soft hyphens and byte order marks are removed; runs of line breaks and tabs are removed between
  Chinese characters and become a blank between others; blanks at both ends are removed.
* White space and the shape of quotation marks (“ ” " ＂ ‘ ’ ') make no difference between two texts: they are no edit.
* In an edited text straight quotation marks become “ ” in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ..tree.edited_docx import EditedParagraph, Span

NUMERAL = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?")
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_BREAKS = re.compile(r"[ \u3000]*[\t\n\r\v\f\x85\u2028\u2029][\s]*")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'"})
ASCII = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
"""A translation of full-width digits, points and commas to ASCII."""


def text_key(text: str) -> str:
    """Return a text without white space and with one shape of quotation marks, for comparison.

    >>> text_key("“三公” 经费") == text_key('"三公"经费')
    True
    """
    return "".join(text.translate(_QUOTES).split())


def parse_number(text: str) -> Decimal:
    """Return the number of a numeral, which may be full-width or have thousands separators.

    >>> parse_number("１,017.90") == parse_number("1017.9")
    True
    """
    return Decimal(text.translate(ASCII).replace(",", ""))


def normalized(paragraph: EditedParagraph) -> EditedParagraph:
    """Return the paragraph without what was not typed; its spans still cover the same characters."""
    pieces = list(_pieces(paragraph.text))
    text, positions = "".join(piece for piece, _ in pieces), [0]
    for piece, length in pieces:
        positions += [positions[-1]] * (length - 1) + [positions[-1] + len(piece)] if length else []
    spans = (Span(name, positions[start], positions[end]) for name, start, end in paragraph.spans)
    return replace(paragraph, text=text, spans=tuple(spans))


def without_prefix(paragraph: EditedParagraph, length: int) -> EditedParagraph:
    """Return the paragraph without its first ``length`` characters and the white space after them."""
    rest = paragraph.text[length:]
    length += len(rest) - len(rest.lstrip())
    spans = (Span(name, max(0, start - length), max(0, end - length)) for name, start, end in paragraph.spans)
    return replace(paragraph, text=paragraph.text[length:], spans=tuple(spans))


def _pieces(text: str) -> Iterator[tuple[str, int]]:
    """Iterate over the normalized pieces of a text, each with the number of characters that it replaces."""
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    opening = True
    position = left
    yield "", left
    while position < right:
        if found := _DROPPED.match(text, position):
            yield "", len(found[0])
            position = found.end()
            continue
        if found := _BREAKS.match(text, position):
            between = text[position - 1 : position].isascii() and text[found.end() : found.end() + 1].isascii()
            yield (" " if between else ""), len(found[0])
            position = found.end()
            continue
        char = text[position]
        if char in '"＂':
            char, opening = "“" if opening else "”", not opening
        elif char in "“”":
            opening = char == "”"
        yield (" " if char == "\u00a0" else char), 1
        position += 1
    yield "", len(text) - right
