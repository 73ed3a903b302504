"""The marks themselves: who, when, and a number for each."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from itertools import count
from typing import Any

from lxml import etree

from ..markup import W, is_of_both

AUTHOR = "reportgen"
_FIRST = 1_000_000  # the writer counts its bookmarks from 0
W_ = f"{{{W}}}"
P, R, PPR, RPR, T, DELETED_TEXT = (f"{W_}{name}" for name in ("p", "r", "pPr", "rPr", "t", "delText"))
_ROW, _TRPR = f"{W_}tr", f"{W_}trPr"
_BEFORE_A_MARK = {f"{W_}sectPr", f"{W_}pPrChange"}
_MARKS = (f"{W_}bookmarkStart", f"{W_}bookmarkEnd")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element = Any


class Stamp:
    """Marks what has come (``ins``) and what is gone (``del``). The date is the document's, never the clock's."""

    def __init__(self, when: date, bookmarks: set[str]) -> None:
        """``bookmarks`` are the names in the new document; what is gone may not have one of them."""
        self._when = f"{when.isoformat()}T00:00:00Z"
        self._numbers = count(_FIRST)
        self._bookmarks = bookmarks

    def mark(self, kind: str, *inner: Element) -> Element:
        """A ``w:ins`` or ``w:del`` around ``inner``."""
        found = element(f"{W_}{kind}")
        found.set(f"{W_}id", str(next(self._numbers)))
        found.set(f"{W_}author", AUTHOR)
        found.set(f"{W_}date", self._when)
        found.extend(inner)
        return found

    def paragraph(self, paragraph: Element, kind: str) -> Element:
        """``paragraph`` as one that is inserted or deleted whole: all its runs and its mark."""
        for run in [*paragraph.iter(R)]:
            if kind == "del":
                _delete_text(run)
            parent = run.getparent()
            at = parent.index(run)
            parent.insert(at, self.mark(kind, run))
        if kind == "del":
            self._release_bookmarks(paragraph)
        properties = paragraph.find(PPR)
        mark = element(RPR)
        mark.append(self.mark(kind))
        after = next((n for n, child in enumerate(properties) if child.tag in _BEFORE_A_MARK), len(properties))
        properties.insert(after, mark)
        return paragraph

    def row(self, row: Element, kind: str) -> Element:
        """``row`` of a table as one that is inserted or deleted whole, with all that stands in it."""
        for paragraph in row.iter(P):
            self.paragraph(paragraph, kind)
        row.find(_TRPR).append(self.mark(kind))
        return row

    def table(self, table: Element, kind: str) -> Element:
        """``table`` as one that is inserted or deleted whole, row by row."""
        for row in table.iterchildren(_ROW):
            self.row(row, kind)
        return table

    def _release_bookmarks(self, paragraph: Element) -> None:
        """Bookmarks of what is gone stay where the new document has none of that name."""
        kept: dict[str, str] = {}
        for mark in [*paragraph.iter(*_MARKS)]:
            number, name = mark.get(f"{W_}id"), mark.get(f"{W_}name")
            if name is not None and name not in self._bookmarks:
                self._bookmarks.add(name)
                kept[number] = str(next(self._numbers))
            if number in kept:
                mark.set(f"{W_}id", kept[number])
            else:
                mark.getparent().remove(mark)


def element(tag: str) -> Element:
    """An element of WordprocessingML under its usual prefix."""
    return etree.Element(tag, nsmap={"w": W})


def new_run(text: str, like: Element | None, tag: str = T) -> Element:
    """A ``w:r`` of ``text`` with the look of the run ``like``; line ends and tabs as the writer has them."""
    run = element(R)
    look = None if like is None else like.find(RPR)
    if look is not None:
        run.append(deepcopy(look))
    elif is_of_both(text):  # of what goes: what stays and comes has the look of the whole
        etree.SubElement(etree.SubElement(run, RPR), f"{W_}rFonts").set(f"{W_}hint", "eastAsia")
    run.extend(_pieces(text, tag))
    return run


def _pieces(text: str, tag: str) -> Iterator[Element]:
    words = ""
    for letter in f"{text}\0":
        if letter not in "\n\t\0":
            words += letter
            continue
        if words:
            piece = element(tag)
            piece.set(_SPACE, "preserve")
            piece.text = words
            yield piece
            words = ""
        if letter != "\0":
            yield element(f"{W_}br" if letter == "\n" else f"{W_}tab")


def _delete_text(run: Element) -> None:
    for piece in run.iter(T):
        piece.tag = DELETED_TEXT
