"""The structure tree of a PDF file: its elements in reading order (ISO 32000-1, 14.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .file import NAME, VALUE, PdfFile, Reference, entries_of, text_of, value_of

MarkedContent = tuple[int, int]
"""A marked-content sequence: the page's number from 0, the MCID."""

_FIGURE = "/Figure"
_KEYS = ("/S", "/K", "/Pg", "/A")
_END = r"(?=[\x00-\x20()<>\[\]{}/%])"
# An element whose entries are plain values in any order, matched as a whole: there are thousands.
_ELEMENT = re.compile(
    rf"\s*+<<\s*+(?:(?:{'|'.join(f'{key}{_END}{chr(92)}s*+({VALUE})' for key in _KEYS)}"
    rf"|(?!(?:{'|'.join(_KEYS)}){_END}){NAME}\s*+(?:{VALUE}))\s*+)*>>\s*+",
    re.DOTALL,
)
# An element whose entries are in the order that most programs write: matched in a third of the time.
_USUAL = re.compile(
    r"<</S(/[A-Za-z0-9]++)/P \d++ \d++ R(?:/ID\([^()\\]*+\))?(?:/A(<<[^<>()]*+>>))?(?:/Pg (\d++ \d++ R))?"
    r"(?:/K(?: (\d++)|(\[[^\[\]<>()]*+\])))?>>\s*+"
)
_KID = re.compile(r"(\d++)( \d++ R\b)?")


class Element:
    """An element: its structure type ("/TD"), its children, the rows and columns that a cell covers.

    ``alternative`` is the text that stands for a figure.
    """

    __slots__ = ("alternative", "children", "columns", "kind", "rows")

    def __init__(self, kind: str, children: Sequence[Element | MarkedContent], rows: int = 1, columns: int = 1) -> None:
        """Make an element with ``children``."""
        self.kind = kind
        self.children = children
        self.rows = rows
        self.columns = columns
        self.alternative = ""

    @property
    def elements(self) -> list[Element]:
        """Its children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def pages(self) -> Iterator[int]:
        """Return the pages of the element's content, in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                yield from child.pages()
            else:
                yield child[0]


def elements(file: PdfFile, root: Any, pages: Mapping[int, int]) -> Sequence[Element]:
    """Return the elements below the ``root`` of the tree; ``pages`` are page numbers by reference."""
    return _Tree(file, pages).below(root)


class _Tree:
    def __init__(self, file: PdfFile, pages: Mapping[int, int]) -> None:
        self._file = file
        self._pages = pages
        self._known: dict[str, int] = {}
        self._spans: dict[str, tuple[int, int]] = {}

    def below(self, root: Reference) -> Sequence[Element]:
        """Return the elements below the root, which is none itself."""
        children = self._children(entries_of(self._file.text(root))["/K"], "")
        return [child for child in children if isinstance(child, Element)]

    def _children(self, written: str, page: str) -> list[Element | MarkedContent]:
        if not written:
            return []
        if written.isdigit():
            return [(self._page(page), int(written))]
        if "<" in written:
            value = value_of(written)
            items = value if isinstance(value, list) else [value]
            return [child for item in items for child in self._child(item, page)]
        children: list[Element | MarkedContent] = []
        for number, is_reference in _KID.findall(written):
            if is_reference:
                children += self._referred(Reference(number), page)
            else:
                children.append((self._page(page), int(number)))
        return children

    def _child(self, item: Any, page: str) -> list[Element | MarkedContent]:
        """Return an item of an array of children, some of which are dictionaries."""
        if isinstance(item, Reference):
            return self._referred(item, page)
        if isinstance(item, int):
            return [(self._page(page), item)]
        if "/MCID" not in item:
            return []
        return [(self._pages[item["/Pg"]] if "/Pg" in item else self._page(page), item["/MCID"])]

    def _referred(self, reference: Reference, page: str) -> list[Element | MarkedContent]:
        """Return what an object is: an element, marked content, a list of children, or nothing (an annotation).

        If an element names no page, its content is on ``page``.
        """
        text = self._file.text(reference)
        if usual := _USUAL.fullmatch(text):
            kind, attributes, own_page, mcid, listed = usual.groups()
            page = own_page or page
            return [self._element(kind, self._children(mcid or listed or "", page), attributes)]
        match = _ELEMENT.fullmatch(text)
        entries = {} if match else entries_of(text)
        kind, children, own_page, attributes = match.groups() if match else map(entries.get, _KEYS)
        page = own_page or page
        if kind:
            element = self._element(kind, self._children(children or "", page), attributes)
            if kind == _FIGURE:
                element.alternative = text_of(value_of(entries_of(text).get("/Alt", "()")))
            return [element]
        if match is None and not entries:
            return self._children(text, page)
        mcid = (entries or entries_of(text)).get("/MCID")
        return [(self._page(page), int(mcid))] if mcid else []

    def _element(self, kind: str, children: list[Element | MarkedContent], attributes: str | None) -> Element:
        if not attributes:
            return Element(kind, children)
        spans = self._spans.get(attributes)
        if spans is None:
            entries = self._file.get(value_of(attributes))
            spans = self._spans[attributes] = entries.get("/RowSpan", 1), entries.get("/ColSpan", 1)
        return Element(kind, children, *spans)

    def _page(self, reference: str) -> int:
        """Return the number of the page that a written reference refers to."""
        number = self._known.get(reference)
        if number is None:
            number = self._known[reference] = self._pages[value_of(reference)]
        return number
