"""A full comparison of two documents without the diff: the texts of each column and of the prose, counted.

It does not pair anything. If every text that is gone from somewhere, and every text that has come, is in the list of
changes, and the list is no longer than it must be, then no change is missed and none is invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reportgen.comparison import Change
from reportgen.tree.grid import place
from reportgen.tree.nodes import Contents, Cover, Document, Heading, Paragraph, Run, Table, plain

Where = tuple[str, ...]
Texts = dict[Where, Counter[str]]


def texts(document: Document) -> Texts:
    """Where (the prose, a table's column …) → how often each text stands there; blanks are nothing."""
    found: Texts = {}
    for where, text in _all(document):
        if text:
            found.setdefault(where, Counter())[text] += 1
    return found


def _all(document: Document) -> Iterator[tuple[Where, str]]:
    for block in document.blocks():
        if isinstance(block, Heading):
            yield ("heading",), plain(block.runs[1:])
        elif isinstance(block, Paragraph):
            yield from ((("sentence",), one) for one in _sentences(block.runs[block.role == "item" :]))
        elif isinstance(block, Cover):
            yield from ((("line", block.id), plain(line)) for line in block.lines)
        elif isinstance(block, Contents):
            yield from ((("line", block.id), plain(entry.runs)) for entry in block.entries)
        elif isinstance(block, Table):
            yield from _table(block)


def _sentences(runs: tuple[Run, ...]) -> list[str]:
    found = plain(runs).split("。")
    return [f"{one}。" for one in found[:-1]] + ([found[-1]] if found[-1] else [])


def _table(table: Table) -> Iterator[tuple[Where, str]]:
    for runs in (table.title, table.left, table.right, *(note.runs for note in table.notes)):
        yield ("line", table.id), plain(runs)
    for r, line in enumerate(place(table.body, len(table.columns))):
        for c, placed in enumerate(line):
            if (placed.row, placed.column) == (r, c):
                yield ("cell", table.id, str(c)), placed.cell.text


def of_change(change: Change) -> Where:
    """Where a change belongs."""
    location = change.location
    if location.kind == "line":
        return ("line", location.block)
    return ("cell", location.block, str(location.at[1])) if location.at else (location.kind,)


def numbers(document: Document) -> dict[str, str]:
    """The number of every item whose text stands only once."""
    items = [block for block in document.blocks() if isinstance(block, Paragraph)]
    found = [(plain(one.runs[1:]), plain(one.runs[:1])) for one in items if one.role == "item"]
    times = Counter(text for text, _ in found)
    return {text: number for text, number in found if times[text] == 1}


def of_changes(changes: Iterable[Change]) -> tuple[Texts, Texts]:
    """What the changes say is gone, and what they say has come; a move is neither."""
    gone: Texts = {}
    come: Texts = {}
    for one in changes:
        if one.what != "moved" and one.location.kind != "number":
            for side, text in ((gone, one.was), (come, one.now)):
                if text:
                    side.setdefault(of_change(one), Counter())[text] += 1
    return gone, come
