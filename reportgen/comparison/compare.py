"""Compare two documents block by block: every location that reads differently, whatever the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..tree.locations import LocatedBlock, located_blocks
from ..tree.matching import MatchKey, block_match_key, join_moved, match
from ..tree.nodes import Chart, Document, Heading, Paragraph, Table, Text, plain
from .change import Change, change_between
from .locations import (
    Location,
    NamedLine,
    chart_lines,
    front_lines,
    heading_locations,
    note_lines,
    paragraph_locations,
    table_lines,
    whole_paragraph,
)
from .tables import compare_bodies


def compare_documents(old: Document, new: Document) -> Iterator[Change]:
    """Iterate over all changes, in the order of the new document; their causes are not known yet."""
    before, after = list(located_blocks(old)), list(located_blocks(new))
    keys = [block_match_key(located.block) for located in before], [block_match_key(located.block) for located in after]
    pairs = match(*keys)
    for i, j in join_moved(pairs, *keys):
        was, now = None if i is None else before[i], None if j is None else after[j]
        yield from _block(was, now, moved=(i, j) not in pairs)


def _block(was: LocatedBlock | None, now: LocatedBlock | None, moved: bool) -> Iterator[Change]:
    old, new = was.block if was else None, now.block if now else None
    kind = type(new or old)
    if kind is Table:
        yield from _table(old, new)
    elif kind is Chart:
        before, after = (block if isinstance(block, Chart) else None for block in (old, new))
        yield from _lines(list(chart_lines(before)), list(chart_lines(after)))
    elif kind is Paragraph:
        yield from _paragraph(was, now, moved)
    elif kind is Heading:
        yield from _heading(was, now)
    else:
        yield from _lines(list(front_lines(old)), list(front_lines(new)))


def _lines(old: Sequence[NamedLine], new: Sequence[NamedLine]) -> Iterator[Change]:
    for i, j in match([MatchKey(name, "") for name, _ in old], [MatchKey(name, "") for name, _ in new]):
        yield from change_between(None if i is None else old[i][1], None if j is None else new[j][1])


def _heading(was: LocatedBlock | None, now: LocatedBlock | None) -> Iterator[Change]:
    """The words of a heading; its number only where both documents have it."""
    old, new = heading_locations(was), heading_locations(now)
    yield from change_between(old and old[1], new and new[1])
    if old and new:
        yield from change_between(old[0], new[0])


def _paragraph(was: LocatedBlock | None, now: LocatedBlock | None, moved: bool) -> Iterator[Change]:
    """The sentences of a paragraph, and an item's number; a paragraph that only moved as a whole."""
    (old_number, old), (new_number, new) = paragraph_locations(was), paragraph_locations(now)
    if old_number and new_number:
        yield from change_between(old_number, new_number)
    if moved and [sentence.text for sentence in old] == [sentence.text for sentence in new]:
        yield from change_between(whole_paragraph(was), whole_paragraph(now), moved)
        return
    keys = [[MatchKey(str(n), _words(sentence)) for n, sentence in enumerate(side)] for side in (old, new)]
    for i, j in match(*keys):
        yield from change_between(None if i is None else old[i], None if j is None else new[j])


def _words(location: Location) -> str:
    return plain(tuple(run for run in location.runs if isinstance(run, Text)))


def _table(old: object, new: object) -> Iterator[Change]:
    before, after = (block if isinstance(block, Table) else None for block in (old, new))
    yield from _lines(list(table_lines(before)), list(table_lines(after)))
    yield from compare_bodies(before, after)
    yield from _lines(list(note_lines(before)), list(note_lines(after)))
