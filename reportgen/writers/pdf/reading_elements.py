"""The structure tree of a PDF file: what is what, in the order of reading (ISO 32000-1, 14.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .reading_file import PdfFile, Reference, value_of

Mark = tuple[int, int]
"""A stretch of a page: the page's number from 0, the stretch's mark on it."""

_REFERENCES = re.compile(r"\[?\s*(?:\d+ \d+ R\s*)*+\]?")
_REFERENCE = re.compile(r"(\d+) \d+ R")


class Element:
    """An element: its kind ("/TD"), the elements and marks it is made of, the places of a grid it covers."""

    __slots__ = ("columns", "kids", "kind", "rows")

    def __init__(self, kind: str, kids: Sequence[Element | Mark], rows: int = 1, columns: int = 1) -> None:
        """An element of ``kids``."""
        self.kind = kind
        self.kids = kids
        self.rows = rows
        self.columns = columns

    @property
    def elements(self) -> list[Element]:
        """The elements that it is made of."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def pages(self) -> Iterator[int]:
        """The pages where the element stands, in order of reading."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.pages()
            else:
                yield kid[0]


def elements(file: PdfFile, root: Any, pages: Mapping[int, int]) -> Sequence[Element]:
    """The elements below the ``root`` of the tree; ``pages`` are the numbers of pages by their references."""
    return _Tree(file, pages).element(file.entries(root), "").elements


class _Tree:
    def __init__(self, file: PdfFile, pages: Mapping[int, int]) -> None:
        self._file = file
        self._pages = pages
        self._known: dict[str, int] = {}

    def element(self, entries: Mapping[str, str], page: str) -> Element:
        """An element by its entries; where it names no page, its marks stand on ``page``."""
        page = entries.get("/Pg", page)
        kids = self._kids(entries.get("/K", "[]"), page)
        if "/A" not in entries:
            return Element(entries.get("/S", ""), kids)
        look = self._file.get(value_of(entries["/A"]))
        return Element(entries.get("/S", ""), kids, look.get("/RowSpan", 1), look.get("/ColSpan", 1))

    def _kids(self, written: str, page: str) -> list[Element | Mark]:
        if written.isdigit():
            return [(self._page(page), int(written))]
        kids: list[Element | Mark] = []
        if _REFERENCES.fullmatch(written):
            for number in _REFERENCE.findall(written):
                kids += self._referred(Reference(number), page)
            return kids
        found = value_of(written)
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, Reference):
                kids += self._referred(one, page)
            elif isinstance(one, int):
                kids.append((self._page(page), one))
            elif "/MCID" in one:
                kids.append((self._pages[one["/Pg"]] if "/Pg" in one else self._page(page), one["/MCID"]))
        return kids

    def _referred(self, reference: Reference, page: str) -> list[Element | Mark]:
        """What an object holds: an element, a mark, a list of kids, or nothing that counts (a link's area)."""
        entries = self._file.entries(reference)
        if "/S" in entries:
            return [self.element(entries, page)]
        if "/MCID" in entries:
            return [(self._page(entries.get("/Pg", page)), int(entries["/MCID"]))]
        return [] if entries else self._kids(self._file.text(reference), page)

    def _page(self, reference: str) -> int:
        """The number of the page that a written reference means."""
        found = self._known.get(reference)
        if found is None:
            found = self._known[reference] = self._pages[value_of(reference)]
        return found
