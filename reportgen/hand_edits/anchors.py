"""Anchors: the places of a document that a paragraph of the edited file can belong to, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..compose.overrides import has_number, runs_without_number
from ..tree.figure_ids import named_figures
from ..tree.locations import CONTENTS, COVER, caption_place, note_place, printed_places
from ..tree.nodes import Chart, Contents, Cover, Document, Figure, Heading, Paragraph, Run, Table, plain
from ..writers.docx import style_ids
from .normalize import text_key

_COUNT = re.compile("[0-9一二三四五六七八九十百零]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph as the file was written: of prose (``block``), or one made from the data (cover, contents …).

    ``text`` is all of it, ``place`` its name for a reader, ``bookmarks`` are those that identify it. ``is_contents``:
    it is a line of the contents page, which every editor makes again; ``is_heading``: the contents list it.
    """

    text: str
    place: str
    bookmarks: tuple[str, ...] = ()
    block: Heading | Paragraph | None = None
    is_contents: bool = False
    is_heading: bool = False

    @property
    def key(self) -> str:
        """The text for comparison."""
        return text_key(self.text)

    @property
    def number(self) -> str:
        """The number it begins with, of a heading or an item; else ""."""
        return self.block.runs[0].text if self.block is not None and has_number(self.block) else ""

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its runs without the number."""
        return runs_without_number(self.block) if self.block is not None else ()

    def number_in(self, text: str) -> str:
        """Return the number that ``text`` begins with, in the form of this anchor's number; "" if there is none."""
        pattern = _COUNT.sub(lambda _: f"({_COUNT.pattern})", re.escape(self.number))
        number = re.match(pattern, text) if self.number else None
        return number[0] if number else ""


def anchors(document: Document) -> tuple[Anchor, ...]:
    """Return an anchor for every paragraph that the file shows outside of tables, without blank ones."""
    places, marks = printed_places(document), style_ids.hidden_bookmarks(document)
    return tuple(anchor for anchor in _anchors(document, places, marks) if anchor.text.strip())


def _anchors(document: Document, places: Mapping[str, str], marks: Mapping[int, str]) -> Iterator[Anchor]:
    for block in document.blocks():
        if isinstance(block, Heading):
            yield Anchor(plain(block.runs), places[block.id], (style_ids.bookmark(block.id),), block, is_heading=True)
        elif isinstance(block, Paragraph):
            yield Anchor(plain(block.runs), places[block.id], (marks[id(block)],), block)
        elif isinstance(block, Table):
            bookmarks = (style_ids.bookmark(block.heading.id), style_ids.bookmark(block.id))
            yield Anchor(plain(block.heading.runs), places[block.heading.id], bookmarks, is_heading=True)
            yield from (Anchor(plain(note.runs), note_place(block)) for note in block.notes)
        elif isinstance(block, Chart):
            yield Anchor(plain(block.caption_line), caption_place(block))
        elif isinstance(block, Cover):
            yield from (Anchor(plain(line), COVER) for line in block.lines)
        elif isinstance(block, Contents):
            yield Anchor(block.title, CONTENTS, is_contents=True)
            yield from (Anchor(plain(entry.runs), CONTENTS, is_contents=True) for entry in block.entries)


def bookmarked_figures(document: Document) -> dict[str, tuple[str, Figure]]:
    """Return the figures of prose and tables by their bookmarks, each with the id of its block (or of its cell)."""
    return {name: (block, figure) for block, figure, name in named_figures(document)}
