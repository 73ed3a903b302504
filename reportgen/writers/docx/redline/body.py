"""The body of a redline: sections and blocks of both documents, one after the other, in reading order.

Blocks that are equal in both stay text as the writer made it; only the others are parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from ....tree.figure_ids import named_figures
from ....tree.matching import MatchKey, Pair, block_match_key, match
from ....tree.nodes import Block, Chart, Contents, Document, Section, Table
from ....tree.style import Style
from ...opc import DECLARATION
from ...tables import estimate
from .. import sections, style_ids
from ..blocks import BodyContext, blocks_markup
from ..figure_bookmarks import FigureBookmarks
from ..markup import NAMESPACES, paragraph
from .changed_text import mark_changed_text, text_of
from .revisions import W_, Element, P, RevisionMarker
from .tables import TableMarkup, can_stay, mark_table

_TABLE, _CONTENT = f"{W_}tbl", f"{W_}sdtContent"
_OLD_FIGURES = 500_000  # bookmarks of the old document are counted from here
Fits = Mapping[str, estimate.TableFit]


@dataclass(frozen=True, slots=True)
class BlockMarkup:
    """A block and its mark-up as the writer makes it."""

    block: Block
    markup: str

    def elements(self) -> list[Element]:
        """Return its paragraphs and tables, or its contents field."""
        return [*etree.fromstring(f"<w:body {NAMESPACES}>{self.markup}</w:body>")]


def redline_body(old: Document, new: Document, style: Style, old_fits: Fits, new_fits: Fits) -> str:
    """Return ``word/document.xml`` with tracked changes; ``old_fits`` and ``new_fits`` are of the tables of either."""
    old_blocks = _old_blocks(old, new)
    matches_by_section = [
        _pairs(before, section.blocks) for before, section in zip(old_blocks, new.sections, strict=True)
    ]
    changed = [
        _changed(*three) for three in zip(old_blocks, (s.blocks for s in new.sections), matches_by_section, strict=True)
    ]
    changed_sections = [replace(s, blocks=blocks) for s, blocks in zip(new.sections, changed, strict=True)]
    before = _block_markups(old, changed_sections, style, old_fits, _OLD_FIGURES)
    after = _block_markups(new, new.sections, style, new_fits, len(style_ids.bookmarks(new)))
    marker = RevisionMarker(
        new.date, {*style_ids.bookmarks(new).values(), *(name for _, _, name in named_figures(new))}
    )
    pieces = []
    for k, (section, matches) in enumerate(zip(new.sections, matches_by_section, strict=True)):
        marked = [
            *_section(old_blocks[k], dict(zip(map(id, changed[k]), before[k], strict=True)), after[k], matches, marker)
        ]
        whole = bool(matches) and None in matches[-1]
        setup = sections.section_markup(style.pages[section.page], style)
        pieces.append(_closed(marked, setup, whole, last=k == len(matches_by_section) - 1))
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(pieces)}</w:body></w:document>"


def _old_blocks(old: Document, new: Document) -> list[tuple[Block, ...]]:
    """The old blocks by the new section they are compared with; those of a deleted section go with the one before."""
    where = {section.id: n for n, section in enumerate(new.sections)}
    old_blocks: list[tuple[Block, ...]] = [()] * len(new.sections)
    index = 0
    for section in old.sections:
        index = where.get(section.id, index)
        old_blocks[index] += section.blocks
    return old_blocks


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> list[Pair]:
    return match([block_match_key(block) for block in old], [block_match_key(block) for block in new])


def _changed(old: Sequence[Block], new: Sequence[Block], matches: Sequence[Pair]) -> tuple[Block, ...]:
    """The old blocks that have no equal in the new document."""
    return tuple(old[i] for i, j in matches if i is not None and (j is None or old[i] != new[j]))


def _block_markups(
    document: Document, parts: Sequence[Section], style: Style, fits: Fits, figures: int
) -> list[list[BlockMarkup]]:
    """The blocks of each part of a document with their mark-up."""
    bookmarks = style_ids.bookmarks(document)
    ids = {name: number for number, name in enumerate(bookmarks.values())}
    bookmarked = FigureBookmarks(figures)
    markups = []
    for section in parts:
        context = BodyContext(style, style.pages[section.page], bookmarks, {}, ids, fits, bookmarked)
        markups.append([*map(BlockMarkup, section.blocks, blocks_markup(section, context))])
    return markups


def _section(
    old_blocks: Sequence[Block],
    old: Mapping[int, BlockMarkup],
    new: Sequence[BlockMarkup],
    matches: Sequence[Pair],
    marker: RevisionMarker,
) -> Iterator[str]:
    """The mark-up of each block; ``old`` has the old blocks that changed."""
    for i, j in matches:
        before = None if i is None else old.get(id(old_blocks[i]))
        if before is None and i is not None and j is not None:
            yield new[j].markup
        else:
            yield "".join(_written(element) for element in _block(before, None if j is None else new[j], marker))


def _block(old: BlockMarkup | None, new: BlockMarkup | None, marker: RevisionMarker) -> Iterator[Element]:
    if old is None or new is None:
        yield from _whole(old.elements() if old else [], "del", marker)
        yield from _whole(new.elements() if new else [], "ins", marker)
    elif isinstance(old.block, Contents) and isinstance(new.block, Contents):
        yield from _contents(old.block, old.elements(), new.block, new.elements(), marker)
    elif isinstance(old.block, Table) and isinstance(new.block, Table):
        yield from _table(old.block, old.elements(), new.block, new.elements(), marker)
    elif isinstance(old.block, Chart) and isinstance(new.block, Chart):
        yield from _chart(old.elements(), new.elements(), marker)
    else:
        yield from _paragraphs(old.elements(), new.elements(), marker)


def _written(element: Element) -> str:
    """The mark-up of one element; its namespaces are declared once for the whole document."""
    text: str = etree.tostring(element, encoding="unicode")
    return text.replace(f" {NAMESPACES}", "", 1)


def _whole(markup: Sequence[Element], kind: str, marker: RevisionMarker) -> Iterator[Element]:
    """A block that is in one document only, marked as inserted or deleted whole."""
    for element in markup:
        if element.tag == P:
            yield marker.paragraph(element, kind)
        elif element.tag == _TABLE:
            yield marker.table(element, kind)
        else:
            yield from _whole([*element.find(_CONTENT)], kind, marker)


def _paragraphs(old: Sequence[Element], new: Sequence[Element], marker: RevisionMarker) -> Iterator[Element]:
    """Paragraphs compared one by one; those that one side has more are inserted or deleted whole."""
    for before, after in zip(old, new, strict=False):
        mark_changed_text([after], text_of(before), marker)
        yield after
    yield from _whole(old[len(new) :], "del", marker)
    yield from _whole(new[len(old) :], "ins", marker)


def _table(
    old: Table, before: Sequence[Element], new: Table, after: Sequence[Element], marker: RevisionMarker
) -> Iterator[Element]:
    """The entry in the outline, the table, its notes."""
    old_markup, new_markup = TableMarkup(before[1], old), TableMarkup(after[1], new)
    if not can_stay(old_markup, new_markup):
        yield from _whole(before, "del", marker)
        yield from _whole(after, "ins", marker)
        return
    yield from _paragraphs(before[:1], after[:1], marker)
    mark_table(old_markup, new_markup, marker)
    yield new_markup.markup
    yield from _matched_paragraphs(before[2:], after[2:], _pairs(old.notes, new.notes), marker)


def _chart(before: Sequence[Element], after: Sequence[Element], marker: RevisionMarker) -> Iterator[Element]:
    """The drawing is replaced as a whole, the line below it compared."""
    yield from _whole(before[:1], "del", marker)
    yield from _whole(after[:1], "ins", marker)
    yield from _paragraphs(before[1:], after[1:], marker)


def _matched_paragraphs(
    old: Sequence[Element], new: Sequence[Element], matches: Sequence[Pair], marker: RevisionMarker
) -> Iterator[Element]:
    for i, j in matches:
        yield from _paragraphs([] if i is None else [old[i]], [] if j is None else [new[j]], marker)


def _contents(
    old: Contents, before: Sequence[Element], new: Contents, after: Sequence[Element], marker: RevisionMarker
) -> Iterator[Element]:
    """Title and entries; the first and the last entry always match, for they have the ends of the field."""
    content = after[0].find(_CONTENT)
    old_markup, new_markup = [*before[0].find(_CONTENT)], [*content]
    content[:] = [*_matched_paragraphs(old_markup, new_markup, match(_entries(old), _entries(new)), marker)]
    yield after[0]


def _entries(contents: Contents) -> list[MatchKey]:
    """The lines of the contents page, title first."""
    last = len(contents.entries) - 1
    ends = {0: "first", last: "last"}
    return [
        MatchKey("title", ""),
        *(MatchKey(ends.get(n, entry.key), "") for n, entry in enumerate(contents.entries)),
    ]


def _closed(marked: list[str], setup: str, whole: bool, last: bool) -> str:
    """The section with its set-up in its last paragraph, but not in one inserted or deleted ``whole``."""
    if last:
        return "".join(marked) + setup
    return sections.closed([*marked, paragraph(style_ids.ANCHOR, "")] if whole else marked, setup)
