"""The structure of a tagged file as PDF objects (ISO 32000-1, 14.7): elements, ids, the way back from pages."""

from __future__ import annotations

from collections.abc import Sequence

from .store import Store, byte_string
from .tagging import Element

class Structure:
    """Collects what the pages hold of each element, and writes the elements at the end."""

    def __init__(self, store: Store, pages: Sequence[str]) -> None:
        """For a file with these ``pages``."""
        self._store, self._pages = store, pages
        self._root = store.reserve()
        self._references: dict[Element, str] = {}
        self._parents: list[Sequence[Element] | Element] = []
        self._ids: dict[bytes, str] = {}

    def page(self, number: int, elements: Sequence[Element]) -> int:
        """Note that the stretches of content on a page, in order, belong to ``elements``; the page's key."""
        for mark, element in enumerate(elements):
            element.marks.append((number, mark))
        self._parents.append(elements)
        return len(self._parents) - 1

    def next_key(self) -> int:
        """The key that :meth:`annotation` will give next."""
        return len(self._parents)

    def annotation(self, number: int, element: Element, reference: str) -> None:
        """Note that an annotation on a page belongs to ``element``."""
        element.notes.append((number, reference))
        self._parents.append(element)

    def finish(self, top: Element) -> str:
        """Write everything, the element ``top`` with all in it first; the reference to the root of the structure."""
        self._number(top)
        self._write(top, self._root)
        store, refs = self._store, self._references
        nums = []
        for key, owner in enumerate(self._parents):
            value = refs[owner] if isinstance(owner, Element) else store.add(f"[{' '.join([refs[e] for e in owner])}]")
            nums.append(f"{key} {value}")
        parents = store.add(f"<</Nums[{' '.join(nums)}]>>")
        names = " ".join(f"{byte_string(id)}{ref}" for id, ref in sorted(self._ids.items()))
        ids = store.add(f"<</Names[{names}]>>")
        store.fill(
            self._root,
            f"<< /Type /StructTreeRoot /K {refs[top]} /ParentTree {parents} /ParentTreeNextKey {len(nums)}"
            f" /IDTree {ids} >>",
        )
        return self._root

    def _number(self, element: Element) -> None:
        self._references[element] = self._store.reserve()
        for kid in element.kids:
            self._number(kid)

    def _write(self, element: Element, parent: str) -> None:
        reference = self._references[element]
        entries = f"/S/{element.kind}/P {parent}"
        if element.id:
            entries += f"/ID{byte_string(self._unique(element.id, reference))}"
        if element.look:
            entries += f"/A{element.look}"
        self._store.fill(reference, f"<<{entries}{self._content(element)}>>")
        for kid in element.kids:
            self._write(kid, reference)

    def _unique(self, id: str, reference: str) -> bytes:
        """``id`` as it is written; one that was used before gets a number (two rows may carry the same code)."""
        key, count = id.encode("utf-8"), 1
        while key in self._ids:
            count += 1
            key = f"{id} #{count}".encode()
        self._ids[key] = reference
        return key

    def _content(self, element: Element) -> str:
        """The entry of what is in an element: its kids, or its stretches of content and its annotations."""
        marks, notes = element.marks, element.notes
        if element.kids:
            return f"/K[{' '.join([self._references[kid] for kid in element.kids])}]"
        if len(marks) == 1 and not notes:
            return f"/Pg {self._pages[marks[0][0]]}/K {marks[0][1]}"
        parts = [f"<</Type/MCR/Pg {self._pages[page]}/MCID {mark}>>" for page, mark in marks]
        parts += [f"<</Type/OBJR/Pg {self._pages[page]}/Obj {reference}>>" for page, reference in notes]
        return f"/K[{' '.join(parts)}]" if parts else ""
