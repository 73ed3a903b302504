"""The structure tree of a tagged file (ISO 32000-1, 14.7): elements, their ids, and the parent tree from the pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from ..tagging import Element
from .file_builder import PdfBuilder
from .syntax import literal, text_string

_WITHOUT_ID = frozenset(("TD", "TH"))
"""Cells are found by their row's id and their place in it; ids of their own would be a seventh of a file's objects."""


class StructureTree:
    """Collects the content of each element page by page, and writes all elements at the end."""

    def __init__(self, builder: PdfBuilder, pages: Sequence[str]) -> None:
        """Make the tree of a file with these references to its ``pages``."""
        self._builder, self._pages = builder, pages
        self._parents: list[Sequence[Element] | Element] = []
        self._first: dict[Element, tuple[str, int]] = {}  # by element: page, MCID
        self._further: dict[Element, list[tuple[str, int]]] = {}  # few elements have more than one content item
        self._links: dict[Element, list[tuple[str, str]]] = {}
        self._with_several: Set[Element] = frozenset()

    def add_page(self, number: int, elements: Sequence[Element]) -> int:
        """Assign the marked-content sequences of a page, in order, to ``elements``; return the page's key."""
        page, first = self._pages[number], self._first
        for mcid, element in enumerate(elements):
            if element in first:
                self._further.setdefault(element, []).append((page, mcid))
            else:
                first[element] = (page, mcid)
        self._parents.append(elements)
        return len(self._parents) - 1

    def next_key(self) -> int:
        """Return the key that :meth:`add_annotation` gives next."""
        return len(self._parents)

    def add_annotation(self, number: int, element: Element, reference: str) -> None:
        """Assign an annotation on a page to ``element``."""
        self._links.setdefault(element, []).append((self._pages[number], reference))
        self._parents.append(element)

    def finish(self, top: Element) -> str:
        """Write the element ``top`` and all within it; return the reference to the root of the structure tree."""
        builder, root = self._builder, self._builder.reserve()
        order = _with_descendants(top, [])
        for number, element in enumerate(order, builder.next_number):
            element.reference = f"{number} 0 R"
        top.parent = root
        ids: dict[str, str] = {}
        self._with_several = self._further.keys() | self._links.keys()
        builder.extend([self._element(element, ids) for element in order])
        names = " ".join([f"({id}){reference}" for id, reference in sorted(ids.items())])
        builder.fill(
            root,
            f"<< /Type /StructTreeRoot /K {top.reference} /ParentTree {self._parent_tree()}"
            f" /ParentTreeNextKey {self.next_key()} /IDTree {builder.add(f'<</Names[{names}]>>')} >>",
        )
        return root

    def _element(self, element: Element, ids: dict[str, str]) -> str:
        """Return an element as it is written, and add its id to ``ids``."""
        if element.id and element.kind not in _WITHOUT_ID:
            written = literal(element.id)
            if written in ids:
                written = _unused_id(element.id, ids)
            ids[written], id = element.reference, f"/ID({written})"
        else:
            id = ""
        if element.children or element not in self._first or element in self._with_several:
            content = self._content(element)
        else:  # one content item on one page, as thousands have
            page, mcid = self._first[element]
            content = f"/Pg {page}/K {mcid}"
        alternative = f"/Alt{text_string(element.alternative)}" if element.alternative else ""
        return f"<</S/{element.kind}/P {element.parent}{id}{element.attributes}{alternative}{content}>>"

    def _content(self, element: Element) -> str:
        """Return the entry of an element's content, its children or its content items; set its children's parent."""
        if element.children:
            for child in element.children:
                child.parent = element.reference
            return f"/K[{' '.join([child.reference for child in element.children])}]"
        first = self._first.get(element)
        if first is None:
            return ""
        marked, links = [first, *self._further.get(element, ())], self._links.get(element, ())
        items = [f"<</Type/MCR/Pg {page}/MCID {mcid}>>" for page, mcid in marked]
        items += [f"<</Type/OBJR/Pg {page}/Obj {link}>>" for page, link in links]
        return f"/K[{''.join(items)}]"

    def _parent_tree(self) -> str:
        numbers = []
        for key, parent in enumerate(self._parents):
            if isinstance(parent, Element):
                numbers.append(f"{key} {parent.reference}")
            else:
                references = " ".join([element.reference for element in parent])
                numbers.append(f"{key} {self._builder.add(f'[{references}]')}")
        return self._builder.add(f"<</Nums[{' '.join(numbers)}]>>")


def renumber_headings(top: Element) -> None:
    """Make the headings in ``top`` begin with H1, and none be more than a level below the last (ISO 14289-1, 7.4.2).

    A document may leave a level out; its outline, and what it prints, stay as they are.
    """
    path: list[str] = []
    for heading in _headings(top):
        while path and path[-1] >= heading.kind:
            path.pop()
        path.append(heading.kind)
        heading.kind = f"H{len(path)}"


def _headings(parent: Element) -> Iterator[Element]:
    for child in parent.children:
        if child.kind == "Sect":
            yield from _headings(child)
        elif child.kind[0] == "H":
            yield child


def _with_descendants(element: Element, order: list[Element]) -> list[Element]:
    """Return ``order`` with an element and all within it added, in reading order."""
    order.append(element)
    for child in element.children:
        if child.children:
            _with_descendants(child, order)
        else:
            order.append(child)
    return order


def _unused_id(id: str, ids: Mapping[str, str]) -> str:
    """Return ``id`` with the first number that makes it unique: two rows may have the same code."""
    count = 2
    while (written := literal(f"{id} #{count}")) in ids:
        count += 1
    return written
