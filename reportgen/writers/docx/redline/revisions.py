"""The revision marks: each has an author, a date and a number."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from itertools import count
from typing import Any

from lxml import etree

from ..markup import W, needs_hint

AUTHOR = "reportgen"
_FIRST = 1_000_000  # the writer counts its bookmarks from 0
W_ = f"{{{W}}}"
P, R, PPR, RPR, T, DELETED_TEXT = (f"{W_}{name}" for name in ("p", "r", "pPr", "rPr", "t", "delText"))
_ROW, _TRPR = f"{W_}tr", f"{W_}trPr"
_BEFORE_A_MARK = {f"{W_}sectPr", f"{W_}pPrChange"}
_MARKS = (f"{W_}bookmarkStart", f"{W_}bookmarkEnd")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Element = Any


class RevisionMarker:
    """Marks insertions (``ins``) and deletions (``del``). The date is the document's, not that of the run."""

    def __init__(self, when: date, bookmarks: set[str]) -> None:
        """``bookmarks`` are the names in the new document; deleted elements may not have one of them."""
        self._when = f"{when.isoformat()}T00:00:00Z"
        self._numbers = count(_FIRST)
        self._bookmarks = bookmarks

    def mark(self, kind: str, *inner: Element) -> Element:
        """Return a ``w:ins`` or ``w:del`` around ``inner``."""
        revision = element(f"{W_}{kind}")
        revision.set(f"{W_}id", str(next(self._numbers)))
        revision.set(f"{W_}author", AUTHOR)
        revision.set(f"{W_}date", self._when)
        revision.extend(inner)
        return revision

    def paragraph(self, paragraph: Element, kind: str) -> Element:
        """Mark ``paragraph`` as inserted or deleted whole: all its runs and its paragraph mark."""
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
        """Mark ``row`` of a table as inserted or deleted whole, with all its paragraphs."""
        for paragraph in row.iter(P):
            self.paragraph(paragraph, kind)
        row.find(_TRPR).append(self.mark(kind))
        return row

    def table(self, table: Element, kind: str) -> Element:
        """Mark ``table`` as inserted or deleted whole, row by row."""
        for row in table.iterchildren(_ROW):
            self.row(row, kind)
        return table

    def _release_bookmarks(self, paragraph: Element) -> None:
        """Keep the bookmarks of a deleted paragraph whose names the new document does not have, remove the others."""
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
    """Return an element of WordprocessingML under its usual prefix."""
    return etree.Element(tag, nsmap={"w": W})


def new_run(text: str, like: Element | None, tag: str = T) -> Element:
    """Return a ``w:r`` of ``text`` with the properties of the run ``like``; line ends and tabs as in the writer."""
    run = element(R)
    properties = None if like is None else like.find(RPR)
    if properties is not None:
        run.append(deepcopy(properties))
    elif needs_hint(text):  # only for deleted text: the rest has the properties of the whole run
        etree.SubElement(etree.SubElement(run, RPR), f"{W_}rFonts").set(f"{W_}hint", "eastAsia")
    run.extend(_pieces(text, tag))
    return run


def _pieces(text: str, tag: str) -> Iterator[Element]:
    part = ""
    for letter in f"{text}\0":
        if letter not in "\n\t\0":
            part += letter
            continue
        if part:
            piece = element(tag)
            piece.set(_SPACE, "preserve")
            piece.text = part
            yield piece
            part = ""
        if letter != "\0":
            yield element(f"{W_}br" if letter == "\n" else f"{W_}tab")


def _delete_text(run: Element) -> None:
    for piece in run.iter(T):
        piece.tag = DELETED_TEXT
