"""What leads the reader through the file: destinations, links to them, the outline (ISO 32000-1, 12.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ....core.errors import TypesettingError
from ....tree.figure_ids import named_figures
from ....tree.nodes import Document
from ..pages.sheets import MM, Link, Placed, Sheet
from ..tagging import Element
from .file import Store, text


class NoTarget(TypesettingError):
    """The contents list a block that the document does not hold. The message names both."""


@dataclass(slots=True)
class _Node:
    reference: str
    title: str
    target: str
    level: int
    children: list[_Node] = field(default_factory=list)


def destinations(sheets: Sequence[Sheet], pages: Sequence[str]) -> dict[str, str]:
    """Where the blocks stand, by id: the page and the height on it that a viewer scrolls to."""
    found = {}
    for sheet, page in zip(sheets, pages, strict=True):
        height = sheet.frame.page.height * MM
        for mark in sheet.marks:
            for key in mark.ids:
                found[key] = f"[{page} /XYZ null {height - mark.y:.2f} null]"
    return found


def figure_names(document: Document, sheets: Sequence[Sheet], pages: Sequence[str], store: Store) -> str:
    """The name tree that finds each printed figure by its stable name (ISO 32000-1, 12.3.2.3); a reference.

    A name leads to the paragraph or the cell in which the figure stands.
    """
    first: dict[str, tuple[str, float, Placed]] = {}
    for sheet, page in zip(sheets, pages, strict=True):
        height, last = sheet.frame.page.height * MM, None
        for placed in sheet.type:
            tag = placed.tag
            if tag is not last and isinstance(tag, Element) and tag.id not in first:
                first[tag.id] = (page, height, placed)
            last = tag
    named = sorted([(name, _spot(*first[at])) for at, _, name in named_figures(document)])
    return store.add(f"<< /Dests << /Names [{' '.join([f'({name}){spot}' for name, spot in named])}] >> >>")


def _spot(page: str, height: float, placed: Placed) -> str:
    return f"[{page} /XYZ {placed.x:.0f} {height - placed.y + placed.line.size:.0f} null]"


def link(link: Link, height: float, places: Mapping[str, str], key: int) -> str:
    """A link annotation on a page ``height`` points high, with its ``key`` among the parents of the structure.

    Raises:
        NoTarget: no block has the id it leads to.
    """
    if link.target not in places:
        raise NoTarget("目录的“{entry}”指向 {target}，文中没有这个标题或表", entry=link.text, target=repr(link.target))
    top = height - link.y
    return (
        f"<< /Type /Annot /Subtype /Link /Border [0 0 0] /F 4 /StructParent {key} /Contents {text(link.text)}"
        f" /Rect [{link.x:.2f} {top - link.height:.2f} {link.x + link.width:.2f} {top:.2f}]"
        f" /Dest {places[link.target]} >>"
    )


def outline(sheets: Sequence[Sheet], places: dict[str, str], store: Store) -> str:
    """The bookmarks of all headings and tables, nested by level, the first level open; a reference."""
    root = _Node(store.reserve(), "", "", 0)
    path = [root]
    for mark in (mark for sheet in sheets for mark in sheet.marks):
        while path[-1].level >= mark.level:
            path.pop()
        node = _Node(store.reserve(), mark.title, places[mark.ids[0]], mark.level)
        path[-1].children.append(node)
        path.append(node)
    shown = len(root.children) + sum(len(node.children) for node in root.children)
    store.fill(root.reference, f"<< /Type /Outlines {_children(root)} /Count {shown} >>" if shown else "<< >>")
    _fill(root, True, store)
    return root.reference


def _fill(parent: _Node, opened: bool, store: Store) -> None:
    siblings = parent.children
    for n, node in enumerate(siblings):
        entries = f"/Title {text(node.title)} /Parent {parent.reference} /Dest {node.target}"
        entries += f" /Prev {siblings[n - 1].reference}" if n else ""
        entries += f" /Next {siblings[n + 1].reference}" if n + 1 < len(siblings) else ""
        if node.children:
            entries += f" {_children(node)} /Count {'' if opened else '-'}{len(node.children)}"
        store.fill(node.reference, f"<< {entries} >>")
        _fill(node, False, store)


def _children(node: _Node) -> str:
    return f"/First {node.children[0].reference} /Last {node.children[-1].reference}"
