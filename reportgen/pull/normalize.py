"""What counts as the same text, and what an editor adds that nobody typed.

* Zero-width characters, soft hyphens and byte order marks go; runs of line breaks and tabs go between Chinese words and
  become a blank between others; blanks at both ends go.
* White space and the shape of quotation marks (“ ” " ＂ ‘ ’ ') make no difference between two texts: they are no edit.
* In a text that is an edit, straight quotation marks become “ ” in turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..tree.edited_docx import EditedParagraph, Span

NUMERAL = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?")
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")
_BREAKS = re.compile(r"[ \u3000]*[\t\n\r\v\f\x85\u2028\u2029][\s]*")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"', "＂": '"', "‘": "'", "’": "'", "＇": "'"})
ASCII = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
"""Full-width digits and their marks."""


def key(text: str) -> str:
    """A text without what makes no difference.

    >>> key("“三公” 经费") == key('"三公"经费')
    True
    """
    return "".join(text.translate(_QUOTES).split())


def number(text: str) -> Decimal:
    """The number that a numeral states, full-width or with thousands separators.

    >>> number("１,017.90") == number("1017.9")
    True
    """
    return Decimal(text.translate(ASCII).replace(",", ""))


def settled(paragraph: EditedParagraph) -> EditedParagraph:
    """The paragraph with what nobody typed taken out; its spans still cover the same characters."""
    pieces = list(_settled(paragraph.text))
    text, places = "".join(piece for piece, _ in pieces), [0]
    for piece, length in pieces:
        places += [places[-1]] * (length - 1) + [places[-1] + len(piece)] if length else []
    spans = (Span(name, places[start], places[end]) for name, start, end in paragraph.spans)
    return EditedParagraph(text, tuple(spans))


def cut(paragraph: EditedParagraph, length: int) -> EditedParagraph:
    """The paragraph without its first characters, nor what white space follows them."""
    rest = paragraph.text[length:]
    length += len(rest) - len(rest.lstrip())
    spans = (Span(name, max(0, start - length), max(0, end - length)) for name, start, end in paragraph.spans)
    return EditedParagraph(paragraph.text[length:], tuple(spans))


def _settled(text: str) -> Iterator[tuple[str, int]]:
    """What stands for each piece of the text, and how many characters it stands for."""
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
