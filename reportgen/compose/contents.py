"""The contents of a document: which headings they list, with which titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..layout.outline_spec import SectionSpec
from ..tree.nodes import Contents, Entry, Heading, Run, Section, heading_of


@dataclass(slots=True)
class Titles:
    """What the contents print other than the headings.

    ``other`` are titles that differ from the printed ones, by the ids of the headings; ``before`` are the lines that
    come before a heading, by its id: those of blocks that print nothing else.
    """

    other: dict[str, tuple[Run, ...]] = field(default_factory=dict)
    before: dict[str, list[Entry]] = field(default_factory=dict)
    _waiting: list[Entry] = field(default_factory=list)

    def add_line(self, entry: Entry) -> None:
        """Add a line without a heading of its own; it is listed before the next heading."""
        self._waiting.append(entry)

    def list_before(self, heading: Heading | None) -> None:
        """Let the contents list before a heading what waits for one."""
        if heading and self._waiting:
            self.before[heading.id] = [replace(entry, target=heading.id) for entry in self._waiting]
            self._waiting = []


def with_contents(section: Section, spec: SectionSpec, sections: Sequence[Section], titles: Titles) -> Section:
    """Return the section with its contents block, if it has one, filled with headings of the whole document."""
    entries = tuple(_entries(sections, spec, titles))
    blocks = tuple(replace(b, entries=entries) if isinstance(b, Contents) else b for b in section.blocks)
    return replace(section, blocks=blocks)


def _entries(sections: Sequence[Section], spec: SectionSpec, titles: Titles) -> Iterator[Entry]:
    for block in (block for section in sections for block in section.blocks):
        heading = heading_of(block)
        if heading is None:
            continue
        yield from (entry for entry in titles.before.get(heading.id, ()) if _lists(spec, entry.level, entry.id))
        if _lists(spec, heading.level, block.id):
            yield Entry(heading.level, titles.other.get(heading.id, heading.runs), heading.id)


def _lists(spec: SectionSpec, level: int, block: str) -> bool:
    """Whether the contents list the heading of a block."""
    if level > spec.depth or _is_of(block, spec.without):
        return False
    return not spec.only or _is_of(block, spec.only)


def _is_of(block: str, ids: tuple[str, ...]) -> bool:
    """Whether a block of the document is one of the blocks ``ids`` of the outline, or is inside one."""
    return any(block == id or block.startswith(f"{id}/") for id in ids)
