"""The structure of a tagged file as PDF objects (ISO 32000-1, 14.7): elements, ids, the way back from pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from ..tagging import Element
from .file import Store, literal

_COUNTED = frozenset(("TD", "TH"))
"""Cells are found by their row's id and their place in it; ids of their own would be a seventh of a file's objects."""


class Structure:
    """Collects what the pages hold of each element, and writes the elements at the end."""

    def __init__(self, store: Store, pages: Sequence[str]) -> None:
        """For a file with these ``pages``."""
        self._store, self._pages = store, pages
        self._parents: list[Sequence[Element] | Element] = []
        self._first: dict[Element, tuple[str, int]] = {}
        self._more: dict[Element, list[tuple[str, int]]] = {}  # few elements have more than one stretch
        self._links: dict[Element, list[tuple[str, str]]] = {}
        self._several: Set[Element] = frozenset()

    def page(self, number: int, elements: Sequence[Element]) -> int:
        """Note that the stretches of content on a page, in order, belong to ``elements``; the page's key."""
        page, first = self._pages[number], self._first
        for mark, element in enumerate(elements):
            if element in first:
                self._more.setdefault(element, []).append((page, mark))
            else:
                first[element] = (page, mark)
        self._parents.append(elements)
        return len(self._parents) - 1

    def next_key(self) -> int:
        """The key that :meth:`annotation` will give next."""
        return len(self._parents)

    def annotation(self, number: int, element: Element, reference: str) -> None:
        """Note that an annotation on a page belongs to ``element``."""
        self._links.setdefault(element, []).append((self._pages[number], reference))
        self._parents.append(element)

    def finish(self, top: Element) -> str:
        """Write everything, the element ``top`` with all in it first; the reference to the root of the structure."""
        store, root = self._store, self._store.reserve()
        order = _all_in(top, [])
        for number, element in enumerate(order, store.next_number):
            element.reference = f"{number} 0 R"
        top.parent = root
        ids: dict[str, str] = {}
        self._several = self._more.keys() | self._links.keys()
        store.extend([self._written(element, ids) for element in order])
        names = " ".join([f"({id}){reference}" for id, reference in sorted(ids.items())])
        store.fill(
            root,
            f"<< /Type /StructTreeRoot /K {top.reference} /ParentTree {self._parent_tree()}"
            f" /ParentTreeNextKey {self.next_key()} /IDTree {store.add(f'<</Names[{names}]>>')} >>",
        )
        return root

    def _written(self, element: Element, ids: dict[str, str]) -> str:
        if element.id and element.kind not in _COUNTED:
            written = literal(element.id)
            if written in ids:
                written = _another(element.id, ids)
            ids[written], id = element.reference, f"/ID({written})"
        else:
            id = ""
        if element.kids or element not in self._first or element in self._several:
            content = self._content(element)
        else:  # one stretch on one page, as thousands
            page, mark = self._first[element]
            content = f"/Pg {page}/K {mark}"
        return f"<</S/{element.kind}/P {element.parent}{id}{element.look}{content}>>"

    def _content(self, element: Element) -> str:
        """The entry of what is in an element: its kids, which learn of it, or its stretches and its links."""
        if element.kids:
            for kid in element.kids:
                kid.parent = element.reference
            return f"/K[{' '.join([kid.reference for kid in element.kids])}]"
        first = self._first.get(element)
        if first is None:
            return ""
        marks, links = [first, *self._more.get(element, ())], self._links.get(element, ())
        parts = [f"<</Type/MCR/Pg {page}/MCID {mark}>>" for page, mark in marks]
        parts += [f"<</Type/OBJR/Pg {page}/Obj {link}>>" for page, link in links]
        return f"/K[{''.join(parts)}]"

    def _parent_tree(self) -> str:
        nums = []
        for key, owner in enumerate(self._parents):
            if isinstance(owner, Element):
                nums.append(f"{key} {owner.reference}")
            else:
                nums.append(f"{key} {self._store.add('[' + ' '.join([e.reference for e in owner]) + ']')}")
        return self._store.add(f"<</Nums[{' '.join(nums)}]>>")


def level(top: Element) -> None:
    """Let the headings in ``top`` begin with H1 and none go down by more than a level (ISO 14289-1, 7.4.2).

    A document may leave a level out; its outline, and what it prints, stay as they are.
    """
    path: list[str] = []
    for heading in _headings(top):
        while path and path[-1] >= heading.kind:
            path.pop()
        path.append(heading.kind)
        heading.kind = f"H{len(path)}"


def _headings(part: Element) -> Iterator[Element]:
    for kid in part.kids:
        if kid.kind == "Sect":
            yield from _headings(kid)
        elif kid.kind[0] == "H":
            yield kid


def _all_in(element: Element, order: list[Element]) -> list[Element]:
    """``order`` with an element and all within it, in reading order."""
    order.append(element)
    for kid in element.kids:
        if kid.kids:
            _all_in(kid, order)
        else:
            order.append(kid)
    return order


def _another(id: str, ids: Mapping[str, str]) -> str:
    """``id`` with the first number that is free: two rows may carry the same code."""
    count = 2
    while (written := literal(f"{id} #{count}")) in ids:
        count += 1
    return written
