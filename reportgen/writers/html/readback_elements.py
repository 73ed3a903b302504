"""The elements of a page: strictly closed, without anything that runs, is loaded or is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

from ...tree.readback import Unreadable

_VOID = {"meta", "col", "br"}
_SHAPES = {"rect", "path", "circle"}
"""Elements of a drawing that close themselves."""
_KNOWN = {
    "html", "head", "meta", "title", "style", "body", "main", "div", "section", "nav", "ol", "li", "a", "h1", "h2",
    "h3", "h4", "h5", "h6", "p", "span", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td",
    "figure", "figcaption", "svg", "text", "tspan", *_SHAPES,
}  # fmt: skip
"""No other element is expected: one that runs or loads something is none of ours."""
_HIDING = {"hidden", "style", "aria-hidden"}


@dataclass(slots=True)
class Element:
    """An element with its attributes and what it contains, in order."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names in the attribute ``class``."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> list[Element]:
        """The elements directly within it."""
        return [child for child in self.children if isinstance(child, Element)]

    def text(self) -> str:
        """Return all text within it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def all(self) -> Iterator[Element]:
        """Iterate over it and all elements within it, in order."""
        yield self
        for child in self.elements:
            yield from child.all()

    def first(self, tag: str) -> Element:
        """Return the first element ``tag`` within it.

        Raises:
            Unreadable: there is none.
        """
        found = next((one for one in self.all() if one.tag == tag), None)
        if found is None:
            raise Unreadable(f"no element {tag}")
        return found


def parse(payload: bytes) -> Element:
    """Return the root of a page.

    Raises:
        Unreadable: its elements are not closed in order, one is unknown or hidden, an id is there twice, a link leads
            nowhere.
        UnicodeDecodeError: it is not UTF-8.
    """
    parser = _Parser()
    parser.feed(payload.decode("utf-8"))
    parser.close()
    (open_element,) = parser.open if len(parser.open) == 1 else [None]
    roots = open_element.elements if open_element else []
    if [(root.tag, [part.tag for part in root.elements]) for root in roots] != [("html", ["head", "body"])]:
        raise Unreadable("the elements are not closed, or the page is not one head and one body")
    _check_links(roots[0])
    return roots[0]


def _check_links(root: Element) -> None:
    ids = [one.attributes["id"] for one in root.all() if "id" in one.attributes]
    if len(ids) != len(set(ids)):
        raise Unreadable("an id is there twice")
    known = set(ids)
    for one in root.all():
        target = one.attributes.get("href")
        if target is not None and (target[:1] != "#" or unquote(target[1:]) not in known):
            raise Unreadable(f"the link {target} leads nowhere")


class _Parser(HTMLParser):
    """Builds the elements; the bottom of the stack stands for what is around the root."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = self._add(tag, attrs)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SHAPES:
            raise Unreadable(f"{tag} closes itself")
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag != tag:
            raise Unreadable(f"{tag} is closed within {self.open[-1].tag or 'nothing'}")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        names = {name for name, _ in attrs}
        if tag not in _KNOWN or names & _HIDING or any(name.startswith("on") for name in names):
            raise Unreadable(f"an element {tag} with {' '.join(sorted(names))} is none of a document")
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        return element
