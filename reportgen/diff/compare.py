"""Both documents compared block by block: what reads otherwise, whatever the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..tree.matching import Known, known_block, pairs, reunited
from ..tree.nodes import Block, Contents, Cover, Document, Heading, Paragraph, Run, Table, Text, plain
from .change import Change, Location, LocationKind, change
from .locations import BlockLocation, sentences, standing
from .tables import compared_bodies


def compared(old: Document, new: Document) -> Iterator[Change]:
    """Every place that reads otherwise, in the order of the new document."""
    before, after = list(standing(old)), list(standing(new))
    known = [known_block(one.block) for one in before], [known_block(one.block) for one in after]
    found = pairs(*known)
    for i, j in reunited(found, *known):
        was, now = None if i is None else before[i], None if j is None else after[j]
        moved = (i, j) not in found
        yield from _block(was, now, moved)


def _block(was: BlockLocation | None, now: BlockLocation | None, moved: bool) -> Iterator[Change]:
    old, new = was.block if was else None, now.block if now else None
    kind = type(new or old)
    if kind is Table:
        yield from _table(was, now)
    elif kind is Paragraph:
        yield from _paragraph(was, now, moved)
    elif kind is Heading:
        yield from _numbered(was, now)
    else:
        yield from _lines(list(_spots_of(old)), list(_spots_of(new)))


def _lines(old: Sequence[tuple[str, Location]], new: Sequence[tuple[str, Location]]) -> Iterator[Change]:
    """Lines under names of their own."""
    for i, j in pairs([Known(name, "") for name, _ in old], [Known(name, "") for name, _ in new]):
        yield from change(None if i is None else old[i][1], None if j is None else new[j][1])


def _spots_of(block: Block | None) -> Iterator[tuple[str, Location]]:
    """The lines of a cover or of the contents page."""
    if isinstance(block, Cover):
        for n, line in enumerate(block.lines, 1):
            yield str(n), Location("line", f"封面第{n}行", block.id, line)
    elif isinstance(block, Contents):
        yield "title", Location("line", "目录标题", block.id, (Text(block.title),))
        for entry in block.entries:
            yield entry.target, Location("line", f"目录「{plain(entry.runs)}」", block.id, entry.runs)


def _numbered(was: BlockLocation | None, now: BlockLocation | None) -> Iterator[Change]:
    old, new = _heading(was), _heading(now)
    yield from change(old and old[1], new and new[1])
    if old and new:
        yield from change(old[0], new[0])


def _heading(one: BlockLocation | None) -> tuple[Location, Location] | None:
    if one is None or not isinstance(one.block, Heading):
        return None
    number, words = one.block.runs[:1], one.block.runs[1:]
    place, block = one.place, one.block.id
    return Location("number", place, block, number, under=one.under), Location(
        "heading", place, block, words, under=one.under
    )


def _paragraph(was: BlockLocation | None, now: BlockLocation | None, moved: bool) -> Iterator[Change]:
    (number, old), (other, new) = _sentences(was), _sentences(now)
    if number and other:
        yield from change(number, other)
    if moved and [spot.text for spot in old] == [spot.text for spot in new]:
        yield from change(_whole(was), _whole(now), moved)
        return
    known = [[Known(str(n), _words(spot)) for n, spot in enumerate(spots)] for spots in (old, new)]
    for i, j in pairs(*known):
        yield from change(None if i is None else old[i], None if j is None else new[j])


def _words(spot: Location) -> str:
    return plain(tuple(run for run in spot.runs if isinstance(run, Text)))


def _whole(one: BlockLocation | None) -> Location | None:
    if one is None or not isinstance(one.block, Paragraph):
        return None
    return Location("sentence", one.place, one.block.id, one.block.runs, one.block.basis, under=one.under)


def _sentences(one: BlockLocation | None) -> tuple[Location | None, list[Location]]:
    """The number of an item, and the sentences."""
    if one is None or not isinstance(one.block, Paragraph):
        return None, []
    block = one.block
    numbered = block.role == "item"
    number = Location("number", one.place, block.id, block.runs[:1], under=one.under) if numbered else None
    found = sentences(block.runs[numbered:])
    places = [one.place if len(found) == 1 else f"{one.place}第{n}句" for n in range(1, len(found) + 1)]
    spots = [
        Location("sentence", where, block.id, runs, block.basis, block.runs, under=one.under)
        for where, runs in zip(places, found, strict=True)
    ]
    return number, spots


def _table(was: BlockLocation | None, now: BlockLocation | None) -> Iterator[Change]:
    old, new = was.block if was else None, now.block if now else None
    before, after = (one if isinstance(one, Table) else None for one in (old, new))
    yield from _lines(list(_over(before)), list(_over(after)))
    yield from compared_bodies(before, after)
    yield from _lines(list(_notes(before)), list(_notes(after)))


def _over(table: Table | None) -> Iterator[tuple[str, Location]]:
    """The lines over a table, and its head."""
    if table is None:
        return
    parts: Iterable[tuple[str, tuple[Run, ...]]] = (
        ("题名", table.title), ("左上", table.left), ("右上", table.right), ("表号", (Text(table.label),))
    )  # fmt: skip
    for name, runs in parts:
        yield name, Location("line", f"{table.label}{name}", table.id, runs)
    for row in table.head:
        for n, cell in enumerate(row.cells, 1):
            yield f"{row.id}/{n}", Location("line", f"{table.label}表头", table.id, cell.runs)


def _notes(table: Table | None) -> Iterator[tuple[str, Location]]:
    kind: LocationKind = "line"
    for note in table.notes if table else ():
        yield note.id, Location(kind, f"{table.label if table else ''}表注", table.id if table else "", note.runs)
