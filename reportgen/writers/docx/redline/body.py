"""The body of a redline: sections and blocks of both documents, one after the other, as the reader meets them.

Blocks that are equal in both stay the text that the writer made; only the others are taken apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ....tree.figure_ids import named_figures
from ....tree.matching import MatchKey, Pair, block_match_key, match
from ....tree.nodes import Block, Contents, Document, Section, Table
from ....tree.style import Style
from ...opc import DECLARATION
from ...tables import estimate
from .. import sections, style_ids
from ..blocks import Frame, blocks_markup
from ..figure_bookmarks import FigureMarks
from ..markup import NAMESPACES, paragraph
from .changed_text import mark_words, text_of
from .revisions import W_, Element, P, Stamp
from .tables import Marked, can_stay, mark_table

_TABLE, _CONTENT = f"{W_}tbl", f"{W_}sdtContent"
_OLD_FIGURES = 500_000  # bookmarks of the old document are counted from here
Fits = Mapping[str, estimate.Fit]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block with the mark-up that the writer makes of it."""

    block: Block
    markup: str

    def elements(self) -> list[Element]:
        """Its paragraphs and tables, or its contents field."""
        return [*etree.fromstring(f"<w:body {NAMESPACES}>{self.markup}</w:body>")]


def redline_body(old: Document, new: Document, style: Style, old_fits: Fits, new_fits: Fits) -> str:
    """``word/document.xml`` with tracked changes; the fits are those of the tables of either document."""
    homes = _homes(old, new)
    matched = [_pairs(before, section.blocks) for before, section in zip(homes, new.sections, strict=True)]
    changed = [_changed(*three) for three in zip(homes, (s.blocks for s in new.sections), matched, strict=True)]
    gone = [replace(s, blocks=blocks) for s, blocks in zip(new.sections, changed, strict=True)]
    before = _placed(old, gone, style, old_fits, _OLD_FIGURES)
    after = _placed(new, new.sections, style, new_fits, len(style_ids.bookmarks(new)))
    stamp = Stamp(new.date, {*style_ids.bookmarks(new).values(), *(name for _, _, name in named_figures(new))})
    pieces = []
    for k, (section, found) in enumerate(zip(new.sections, matched, strict=True)):
        marked = [*_section(homes[k], dict(zip(map(id, changed[k]), before[k], strict=True)), after[k], found, stamp)]
        whole = bool(found) and None in found[-1]
        setup = sections.section_markup(style.pages[section.page], style)
        pieces.append(_closed(marked, setup, whole, last=k == len(matched) - 1))
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(pieces)}</w:body></w:document>"


def _homes(old: Document, new: Document) -> list[tuple[Block, ...]]:
    """The old blocks by the new section they are compared with; a section that is gone goes with the one before it."""
    where = {section.id: n for n, section in enumerate(new.sections)}
    homes: list[tuple[Block, ...]] = [()] * len(new.sections)
    home = 0
    for section in old.sections:
        home = where.get(section.id, home)
        homes[home] += section.blocks
    return homes


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    return match([block_match_key(block) for block in old], [block_match_key(block) for block in new])


def _changed(old: Sequence[Block], new: Sequence[Block], found: Sequence[Pair]) -> tuple[Block, ...]:
    """The old blocks that have no equal in the new document."""
    return tuple(old[i] for i, j in found if i is not None and (j is None or old[i] != new[j]))


def _placed(document: Document, parts: Sequence[Section], style: Style, fits: Fits, figures: int) -> list[list[Placed]]:
    """The blocks of each part of a document with their mark-up."""
    bookmarks = style_ids.bookmarks(document)
    ids = {name: number for number, name in enumerate(bookmarks.values())}
    marks = FigureMarks(figures)
    found = []
    for section in parts:
        frame = Frame(style, style.pages[section.page], bookmarks, {}, ids, fits, marks)
        found.append([*map(Placed, section.blocks, blocks_markup(section, frame))])
    return found


def _section(
    homes: Sequence[Block], old: Mapping[int, Placed], new: Sequence[Placed], found: Sequence[Pair], stamp: Stamp
) -> Iterator[str]:
    """The mark-up of each block; ``old`` has the old blocks that changed."""
    for i, j in found:
        before = None if i is None else old.get(id(homes[i]))
        if before is None and i is not None and j is not None:
            yield new[j].markup
        else:
            yield "".join(_written(one) for one in _block(before, None if j is None else new[j], stamp))


def _block(old: Placed | None, new: Placed | None, stamp: Stamp) -> Iterator[Element]:
    if old is None or new is None:
        yield from _whole(old.elements() if old else [], "del", stamp)
        yield from _whole(new.elements() if new else [], "ins", stamp)
    elif isinstance(old.block, Contents) and isinstance(new.block, Contents):
        yield from _contents(old.block, old.elements(), new.block, new.elements(), stamp)
    elif isinstance(old.block, Table) and isinstance(new.block, Table):
        yield from _table(old.block, old.elements(), new.block, new.elements(), stamp)
    else:
        yield from _lines(old.elements(), new.elements(), stamp)


def _written(element: Element) -> str:
    """The mark-up of one element; its namespaces are declared once for the whole document."""
    text: str = etree.tostring(element, encoding="unicode")
    return text.replace(f" {NAMESPACES}", "", 1)


def _whole(markup: Sequence[Element], kind: str, stamp: Stamp) -> Iterator[Element]:
    """A block that only one document has."""
    for element in markup:
        if element.tag == P:
            yield stamp.paragraph(element, kind)
        elif element.tag == _TABLE:
            yield stamp.table(element, kind)
        else:
            yield from _whole([*element.find(_CONTENT)], kind, stamp)


def _lines(old: Sequence[Element], new: Sequence[Element], stamp: Stamp) -> Iterator[Element]:
    """Paragraphs that are the same one after the other; what one side has more is whole."""
    for before, after in zip(old, new, strict=False):
        mark_words([after], text_of(before), stamp)
        yield after
    yield from _whole(old[len(new) :], "del", stamp)
    yield from _whole(new[len(old) :], "ins", stamp)


def _table(
    old: Table, before: Sequence[Element], new: Table, after: Sequence[Element], stamp: Stamp
) -> Iterator[Element]:
    """The entry in the outline, the table, its notes."""
    gone, come = Marked(before[1], old), Marked(after[1], new)
    if not can_stay(gone, come):
        yield from _whole(before, "del", stamp)
        yield from _whole(after, "ins", stamp)
        return
    yield from _lines(before[:1], after[:1], stamp)
    mark_table(gone, come, stamp)
    yield come.markup
    yield from _known(before[2:], after[2:], _pairs(old.notes, new.notes), stamp)


def _known(old: Sequence[Element], new: Sequence[Element], found: Sequence[Pair], stamp: Stamp) -> Iterator[Element]:
    for i, j in found:
        yield from _lines([] if i is None else [old[i]], [] if j is None else [new[j]], stamp)


def _contents(
    old: Contents, before: Sequence[Element], new: Contents, after: Sequence[Element], stamp: Stamp
) -> Iterator[Element]:
    """Title and entries; the first entry and the last stay what they are, for they hold the ends of the field."""
    content = after[0].find(_CONTENT)
    gone, come = [*before[0].find(_CONTENT)], [*content]
    content[:] = [*_known(gone, come, match(_entries(old), _entries(new)), stamp)]
    yield after[0]


def _entries(contents: Contents) -> list[MatchKey]:
    """The lines of the contents page, title first."""
    last = len(contents.entries) - 1
    ends = {0: "first", last: "last"}
    return [MatchKey("title", ""), *(MatchKey(ends.get(n, one.target), "") for n, one in enumerate(contents.entries))]


def _closed(marked: list[str], setup: str, whole: bool, last: bool) -> str:
    """The section's set-up goes into its last paragraph, but not into one that comes or goes (``whole``)."""
    if last:
        return "".join(marked) + setup
    return sections.closed([*marked, paragraph(style_ids.ANCHOR, "")] if whole else marked, setup)
