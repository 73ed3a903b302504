"""The structure tree of a PDF file: what is what, in the order of reading (ISO 32000-1, 14.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .file import NAME, VALUE, PdfFile, Reference, entries_of, value_of

Mark = tuple[int, int]
"""A stretch of a page: the page's number from 0, the stretch's mark on it."""

_KEYS = ("/S", "/K", "/Pg", "/A")
_END = r"(?=[\x00-\x20()<>\[\]{}/%])"
# An element whose values hold no more than plain values, in whatever order; of thousands, each in one go.
_ELEMENT = re.compile(
    rf"\s*+<<\s*+(?:(?:{'|'.join(f'{key}{_END}{chr(92)}s*+({VALUE})' for key in _KEYS)}"
    rf"|(?!(?:{'|'.join(_KEYS)}){_END}){NAME}\s*+(?:{VALUE}))\s*+)*>>\s*+",
    re.DOTALL,
)
# One whose entries stand in the order that most programs write them in: found in a third of the time.
_USUAL = re.compile(
    r"<</S(/[A-Za-z0-9]++)/P \d++ \d++ R(?:/ID\([^()\\]*+\))?(?:/A(<<[^<>()]*+>>))?(?:/Pg (\d++ \d++ R))?"
    r"(?:/K(?: (\d++)|(\[[^\[\]<>()]*+\])))?>>\s*+"
)
_KID = re.compile(r"(\d++)( \d++ R\b)?")


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
    return _Tree(file, pages).below(root)


class _Tree:
    def __init__(self, file: PdfFile, pages: Mapping[int, int]) -> None:
        self._file = file
        self._pages = pages
        self._known: dict[str, int] = {}
        self._spans: dict[str, tuple[int, int]] = {}

    def below(self, root: Reference) -> Sequence[Element]:
        """The elements below the root, which is none itself."""
        kids = self._kids(entries_of(self._file.text(root))["/K"], "")
        return [kid for kid in kids if isinstance(kid, Element)]

    def _kids(self, written: str, page: str) -> list[Element | Mark]:
        if not written:
            return []
        if written.isdigit():
            return [(self._page(page), int(written))]
        if "<" in written:
            found = value_of(written)
            return [kid for one in (found if isinstance(found, list) else [found]) for kid in self._kid(one, page)]
        kids: list[Element | Mark] = []
        for number, is_reference in _KID.findall(written):
            if is_reference:
                kids += self._referred(Reference(number), page)
            else:
                kids.append((self._page(page), int(number)))
        return kids

    def _kid(self, kid: Any, page: str) -> list[Element | Mark]:
        """A kid from among some that are written out as dictionaries."""
        if isinstance(kid, Reference):
            return self._referred(kid, page)
        if isinstance(kid, int):
            return [(self._page(page), kid)]
        if "/MCID" not in kid:
            return []
        return [(self._pages[kid["/Pg"]] if "/Pg" in kid else self._page(page), kid["/MCID"])]

    def _referred(self, reference: Reference, page: str) -> list[Element | Mark]:
        """What an object holds: an element, a mark, a list of kids, or nothing that counts (a link's area).

        Where an element names no page, its marks stand on ``page``.
        """
        text = self._file.text(reference)
        if usual := _USUAL.fullmatch(text):
            kind, look, own, mark, listed = usual.groups()
            page = own or page
            return [self._element(kind, self._kids(mark or listed or "", page), look)]
        found = _ELEMENT.fullmatch(text)
        entries = {} if found else entries_of(text)
        kind, kids, own, look = found.groups() if found else map(entries.get, _KEYS)
        page = own or page
        if kind:
            return [self._element(kind, self._kids(kids or "", page), look)]
        if found is None and not entries:
            return self._kids(text, page)
        mark = (entries or entries_of(text)).get("/MCID")
        return [(self._page(page), int(mark))] if mark else []

    def _element(self, kind: str, kids: list[Element | Mark], look: str | None) -> Element:
        if not look:
            return Element(kind, kids)
        spans = self._spans.get(look)
        if spans is None:
            found = self._file.get(value_of(look))
            spans = self._spans[look] = found.get("/RowSpan", 1), found.get("/ColSpan", 1)
        return Element(kind, kids, *spans)

    def _page(self, reference: str) -> int:
        """The number of the page that a written reference means."""
        found = self._known.get(reference)
        if found is None:
            found = self._known[reference] = self._pages[value_of(reference)]
        return found
