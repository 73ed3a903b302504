"""The places of a document that a paragraph of the edited file can belong to, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..compose.overrides import has_number, runs_without_number
from ..tree.figure_ids import named_figures
from ..tree.locations import CONTENTS, COVER, note_place, printed_places
from ..tree.nodes import Contents, Cover, Document, Figure, Heading, Paragraph, Run, Table, plain
from ..writers.docx import style_ids
from .normalize import key

_COUNT = re.compile("[0-9一二三四五六七八九十百零]+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A paragraph as the file was written: of prose (``block``), or one that follows from the data (cover, contents …).

    ``text`` is the whole of it, ``place`` where a reader finds it, ``marks`` are the bookmarks that tell it.
    ``quiet``: what becomes of it is not worth a word, for every editor makes the contents anew.
    """

    text: str
    place: str
    marks: tuple[str, ...] = ()
    block: Heading | Paragraph | None = None
    quiet: bool = False

    @property
    def key(self) -> str:
        """The text for comparison."""
        return key(self.text)

    @property
    def number(self) -> str:
        """The number it begins with, of a heading or an item."""
        return self.block.runs[0].text if self.block is not None and has_number(self.block) else ""

    @property
    def words(self) -> tuple[Run, ...]:
        """Its runs without the number."""
        return runs_without_number(self.block) if self.block is not None else ()

    def number_in(self, text: str) -> str:
        """The number that ``text`` begins with, in the form of this slot's; nothing if there is none."""
        form = _COUNT.sub(lambda _: f"({_COUNT.pattern})", re.escape(self.number))
        found = re.match(form, text) if self.number else None
        return found[0] if found else ""


def slots(document: Document) -> tuple[Anchor, ...]:
    """Every paragraph that the file shows outside of tables, blank ones left out."""
    places, marks = printed_places(document), style_ids.hidden_marks(document)
    return tuple(slot for slot in _slots(document, places, marks) if slot.text.strip())


def _slots(document: Document, places: Mapping[str, str], marks: Mapping[int, str]) -> Iterator[Anchor]:
    for block in document.blocks():
        if isinstance(block, Heading):
            yield Anchor(plain(block.runs), places[block.id], (style_ids.bookmark(block.id),), block)
        elif isinstance(block, Paragraph):
            yield Anchor(plain(block.runs), places[block.id], (marks[id(block)],), block)
        elif isinstance(block, Table):
            told = (style_ids.bookmark(block.heading.id), style_ids.bookmark(block.id))
            yield Anchor(plain(block.heading.runs), places[block.heading.id], told)
            yield from (Anchor(plain(note.runs), note_place(block)) for note in block.notes)
        elif isinstance(block, Cover):
            yield from (Anchor(plain(line), COVER) for line in block.lines)
        elif isinstance(block, Contents):
            yield Anchor(block.title, CONTENTS, quiet=True)
            yield from (Anchor(plain(entry.runs), CONTENTS, quiet=True) for entry in block.entries)


def figures(document: Document) -> dict[str, tuple[str, Figure]]:
    """Every figure of prose and tables by its bookmark: the id of its block (or of its cell), and the figure."""
    return {name: (block, figure) for block, figure, name in named_figures(document)}
