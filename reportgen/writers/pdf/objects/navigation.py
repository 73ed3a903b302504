"""Navigation: destinations, links, outline and the names of figures (ISO 32000-1, 12.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ....core.errors import TypesettingError
from ....tree.figure_ids import named_figures
from ....tree.nodes import Document
from ..pages.page import Link, Page, PlacedLine
from ..tagging import Element
from ..typeset.type_area import MM
from .file_builder import PdfBuilder
from .syntax import text_string


class MissingTarget(TypesettingError):
    """The contents list a block that the document does not hold. The message names both."""


@dataclass(slots=True)
class _OutlineItem:
    reference: str
    title: str
    destination: str
    level: int
    children: list[_OutlineItem] = field(default_factory=list)


def destinations(pages: Sequence[Page], references: Sequence[str]) -> dict[str, str]:
    """Return the destinations of blocks by id: the page, by its reference, and the height on it to scroll to."""
    by_id = {}
    for page, reference in zip(pages, references, strict=True):
        height = page.area.setup.height * MM
        for bookmark in page.bookmarks:
            for id in bookmark.ids:
                by_id[id] = f"[{reference} /XYZ null {height - bookmark.y:.2f} null]"
    return by_id


def figure_names(document: Document, pages: Sequence[Page], references: Sequence[str], builder: PdfBuilder) -> str:
    """Add the name tree from figures' stable names to their paragraphs and cells (12.3.2.3); return a reference."""
    first: dict[str, tuple[str, float, PlacedLine]] = {}
    for page, reference in zip(pages, references, strict=True):
        height, last_tag = page.area.setup.height * MM, None
        for placed in page.lines:
            tag = placed.tag
            if tag is not last_tag:
                last_tag = tag
                if isinstance(tag, Element) and tag.id not in first:
                    first[tag.id] = (reference, height, placed)
    names = sorted([(name, _line_destination(*first[id])) for id, _, name in named_figures(document)])
    return builder.add(f"<< /Dests << /Names [{' '.join([f'({name}){place}' for name, place in names])}] >> >>")


def _line_destination(reference: str, height: float, placed: PlacedLine) -> str:
    return f"[{reference} /XYZ {placed.x:.0f} {height - placed.y + placed.line.size:.0f} null]"


def link_annotation(link: Link, height: float, destinations: Mapping[str, str], key: int) -> str:
    """Return a link annotation on a page ``height`` points high, with its ``key`` in the structure's parent tree.

    Raises:
        MissingTarget: no block has the id that it leads to.
    """
    if link.target not in destinations:
        raise MissingTarget(
            "目录的“{entry}”指向 {target}，文中没有这个标题或表", entry=link.text, target=repr(link.target)
        )
    top = height - link.y
    return (
        f"<< /Type /Annot /Subtype /Link /Border [0 0 0] /F 4 /StructParent {key} /Contents {text_string(link.text)}"
        f" /Rect [{link.x:.2f} {top - link.height:.2f} {link.x + link.width:.2f} {top:.2f}]"
        f" /Dest {destinations[link.target]} >>"
    )


def outline(pages: Sequence[Page], destinations: Mapping[str, str], builder: PdfBuilder) -> str:
    """Add the outline of all headings and tables, nested by level, the first level open; return a reference."""
    root = _OutlineItem(builder.reserve(), "", "", 0)
    path = [root]
    for bookmark in (bookmark for page in pages for bookmark in page.bookmarks):
        while path[-1].level >= bookmark.level:
            path.pop()
        item = _OutlineItem(builder.reserve(), bookmark.title, destinations[bookmark.ids[0]], bookmark.level)
        path[-1].children.append(item)
        path.append(item)
    count = len(root.children) + sum(len(item.children) for item in root.children)
    builder.fill(root.reference, f"<< /Type /Outlines {_first_last(root)} /Count {count} >>" if count else "<< >>")
    _fill_children(root, True, builder)
    return root.reference


def _fill_children(parent: _OutlineItem, is_open: bool, builder: PdfBuilder) -> None:
    siblings = parent.children
    for n, item in enumerate(siblings):
        entries = f"/Title {text_string(item.title)} /Parent {parent.reference} /Dest {item.destination}"
        entries += f" /Prev {siblings[n - 1].reference}" if n else ""
        entries += f" /Next {siblings[n + 1].reference}" if n + 1 < len(siblings) else ""
        if item.children:
            entries += f" {_first_last(item)} /Count {'' if is_open else '-'}{len(item.children)}"
        builder.fill(item.reference, f"<< {entries} >>")
        _fill_children(item, False, builder)


def _first_last(parent: _OutlineItem) -> str:
    return f"/First {parent.children[0].reference} /Last {parent.children[-1].reference}"
