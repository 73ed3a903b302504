"""The body of a redline: sections and blocks of both documents, one after the other, as the reader meets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from ....tree.nodes import Block, Contents, Document, Table
from ....tree.pairing import Known, Pair, known_block, pairs
from ....tree.style import Style
from ... import fit
from ...opc import DECLARATION
from .. import names, sections
from ..blocks import Frame, blocks_markup
from ..figures import FigureMarks
from ..markup import NAMESPACES, paragraph
from .stamp import PPR, RPR, W_, Element, P, Stamp
from .tables import Marked, can_stay, mark_table
from .words import mark_words, text_of

_TABLE, _CONTENT, _NAME = f"{W_}tbl", f"{W_}sdtContent", f"{W_}name"
_MARK = f"{PPR}/{RPR}"  # the paragraph's own mark is tracked
_OLD_FIGURES = 500_000  # bookmarks of the old document are counted from here
Fits = Mapping[str, fit.Fit]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with its mark-up: paragraphs, tables, a contents field."""

    block: Block
    markup: list[Element]


def redline_body(old: Document, new: Document, style: Style, old_fits: Fits, new_fits: Fits) -> str:
    """``word/document.xml`` with tracked changes; the fits are those of the tables of either document."""
    before = _homes(old, new, _placed(old, style, old_fits, _OLD_FIGURES))
    after = _placed(new, style, new_fits, len(names.bookmarks(new)))
    stamp = Stamp(new.date, {mark.get(_NAME) for blocks in after for one in blocks for mark in _bookmarks(one)})
    pieces: list[str] = []
    for k, (section, blocks) in enumerate(zip(new.sections, after, strict=True), 1):
        marked = [*_section(before[k - 1], blocks, stamp)]
        setup = parsed(sections.section_markup(style.pages[section.page], style))[0]
        pieces += [_written(element) for element in _closed(marked, setup, last=k == len(after))]
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(pieces)}</w:body></w:document>"


def parsed(markup: str) -> Element:
    """Blocks of mark-up as the children of one element."""
    return etree.fromstring(f"<w:body {NAMESPACES}>{markup}</w:body>")


def _written(block: Element) -> str:
    """The mark-up of one block; its namespaces are declared once for the whole document."""
    text: str = etree.tostring(block, encoding="unicode")
    return text.replace(f" {NAMESPACES}", "", 1)


def _placed(document: Document, style: Style, fits: Fits, figures: int) -> list[list[Placed]]:
    """The blocks of each section with their mark-up, as the writer makes it."""
    bookmarks = names.bookmarks(document)
    ids = {name: number for number, name in enumerate(bookmarks.values())}
    marks = FigureMarks(figures)
    found = []
    for section in document.sections:
        frame = Frame(style, style.pages[section.page], bookmarks, ids, fits, marks)
        pieces = blocks_markup(section, frame)
        found.append([Placed(b, [*parsed(piece)]) for b, piece in zip(section.blocks, pieces, strict=True)])
    return found


def _homes(old: Document, new: Document, placed: list[list[Placed]]) -> list[list[Placed]]:
    """The old blocks by the new section they are compared with; a section that is gone goes with the one before it."""
    where = {section.id: n for n, section in enumerate(new.sections)}
    homes: list[list[Placed]] = [[] for _ in new.sections]
    home = 0
    for section, blocks in zip(old.sections, placed, strict=True):
        home = where.get(section.id, home)
        homes[home] += blocks
    return homes


def _bookmarks(placed: Placed) -> Iterator[Element]:
    for element in placed.markup:
        yield from element.iter(f"{W_}bookmarkStart")


def _section(old: Sequence[Placed], new: Sequence[Placed], stamp: Stamp) -> Iterator[Element]:
    for i, j in pairs([known_block(one.block) for one in old], [known_block(one.block) for one in new]):
        if i is None and j is not None:
            yield from _whole(new[j].markup, "ins", stamp)
        elif j is None and i is not None:
            yield from _whole(old[i].markup, "del", stamp)
        elif i is not None and j is not None:
            yield from _both(old[i], new[j], stamp)


def _whole(markup: Sequence[Element], kind: str, stamp: Stamp) -> Iterator[Element]:
    """A block that only one document has."""
    for element in markup:
        if element.tag == P:
            yield stamp.paragraph(element, kind)
        elif element.tag == _TABLE:
            yield stamp.table(element, kind)
        else:
            yield from _whole([*element.find(_CONTENT)], kind, stamp)


def _both(old: Placed, new: Placed, stamp: Stamp) -> Iterator[Element]:
    if isinstance(old.block, Contents) and isinstance(new.block, Contents):
        _mark_contents(old, new, stamp)
        yield new.markup[0]
    elif isinstance(old.block, Table) and isinstance(new.block, Table):
        yield from _table(old, new, stamp)
    else:
        yield from _lines(old.markup, new.markup, stamp)


def _lines(old: Sequence[Element], new: Sequence[Element], stamp: Stamp) -> Iterator[Element]:
    """Paragraphs that are the same one after the other; what one side has more is whole."""
    for before, after in zip(old, new, strict=False):
        mark_words([after], text_of(before), stamp)
        yield after
    yield from _whole(old[len(new) :], "del", stamp)
    yield from _whole(new[len(old) :], "ins", stamp)


def _table(old: Placed, new: Placed, stamp: Stamp) -> Iterator[Element]:
    """The entry in the outline, the table, its notes."""
    assert isinstance(old.block, Table)
    assert isinstance(new.block, Table)
    before, after = Marked(old.markup[1], old.block), Marked(new.markup[1], new.block)
    if not can_stay(before, after):
        yield from _whole(old.markup, "del", stamp)
        yield from _whole(new.markup, "ins", stamp)
        return
    yield from _lines(old.markup[:1], new.markup[:1], stamp)
    mark_table(before, after, stamp)
    yield after.markup
    notes = pairs([known_block(note) for note in old.block.notes], [known_block(note) for note in new.block.notes])
    yield from _known(old.markup[2:], new.markup[2:], notes, stamp)


def _known(old: Sequence[Element], new: Sequence[Element], found: Iterable[Pair], stamp: Stamp) -> Iterator[Element]:
    for i, j in found:
        yield from _lines([] if i is None else [old[i]], [] if j is None else [new[j]], stamp)


def _mark_contents(old: Placed, new: Placed, stamp: Stamp) -> None:
    """Title and entries; the first entry and the last stay what they are, for they hold the ends of the field."""
    assert isinstance(old.block, Contents)
    assert isinstance(new.block, Contents)
    content = new.markup[0].find(_CONTENT)
    before, after = [*old.markup[0].find(_CONTENT)], [*content]
    found = pairs(_entries(old.block), _entries(new.block))
    content[:] = [*_known(before, after, found, stamp)]


def _entries(contents: Contents) -> list[Known]:
    """The lines of the contents page, title first."""
    last = len(contents.entries) - 1
    ends = {0: "first", last: "last"}
    return [Known("title", ""), *(Known(ends.get(n, e.target), "") for n, e in enumerate(contents.entries))]


def _closed(marked: list[Element], setup: Element, last: bool) -> list[Element]:
    """The section's set-up goes into its last paragraph, if that is one which neither comes nor goes."""
    if last:
        return [*marked, setup]
    if not marked or marked[-1].tag != P or marked[-1].find(_MARK) is not None:
        marked.append(parsed(paragraph(names.ANCHOR, ""))[0])
    marked[-1].find(PPR).append(setup)
    return marked
