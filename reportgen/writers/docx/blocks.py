"""The blocks of a section: cover, contents, headings, prose, tables with their entry in the outline, charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ...tree.nodes import Block, Chart, Contents, Cover, Entry, Heading, Paragraph, Section, Table, Text, plain
from ...tree.style import Page, Style
from ..punctuation import number_of
from ..tables.estimate import TableFit, ems
from . import style_ids
from .chart_markup import chart_markup
from .figure_bookmarks import FigureBookmarks
from .markup import field, field_mark, mm_twips, paragraph, run, twips
from .properties import condensing, hanging_indent, spacing
from .table import table_markup

_COVER_CENTRE = 0.38  # of the page's height: the middle of the title on published covers
_CONTENTS_FIELD = r'TOC \o "1-2" \h \z \u'
_WITHOUT_PAGES, _LINK = r" \n", r"\h"
_PARAGRAPH_STYLES = {"body": style_ids.BODY, "item": style_ids.ITEM, "note": style_ids.TABLE_NOTE}


@dataclass(frozen=True, slots=True)
class BodyContext:
    """What the mark-up of blocks depends on beside themselves.

    ``bookmarks`` are names by block id, ``ids`` their numbers by name; ``fits`` has type size and columns of tables.

    ``hidden`` are hidden bookmarks by ``id()`` of the block (:func:`.style_ids.hidden_bookmarks`).
    """

    style: Style
    page: Page
    bookmarks: Mapping[str, str]
    hidden: Mapping[int, str]
    ids: Mapping[str, int]
    fits: Mapping[str, TableFit]
    figures: FigureBookmarks


def blocks_markup(section: Section, context: BodyContext) -> Iterator[str]:
    """Return the body mark-up of each block of ``section``, in order."""
    only_headings = True
    for k, block in enumerate(section.blocks):
        if isinstance(block, Cover):
            yield _cover(block, context, at_top=len(section.blocks) > 1)
        else:
            yield _block(block, context, new_page=k > 0 and not only_headings)
        only_headings = only_headings and isinstance(block, Heading)


def _block(block: Contents | Heading | Paragraph | Table | Chart, context: BodyContext, new_page: bool) -> str:
    if isinstance(block, Contents):
        return _contents(block, context)
    if isinstance(block, Heading):
        content = _bookmarked(context.figures.runs(block.runs, block.id), context, block.id)
        return paragraph(style_ids.heading(block.level), _hidden(content, block, context))
    if isinstance(block, Paragraph):
        return paragraph(_PARAGRAPH_STYLES[block.role], _prose(block, context))
    if isinstance(block, Chart):
        return chart_markup(block, context.style, context.page, context.figures)
    entry = _outline_entry(block, context, new_page)
    return entry + table_markup(block, context.style, context.page, context.fits[block.id], context.figures)


def _outline_entry(table: Table, context: BodyContext, new_page: bool) -> str:
    """The table's heading as a paragraph too small to see: Word's outline leaves out headings in cells."""
    ids = dict.fromkeys((table.heading.id, table.id))
    content = _bookmarked(run(plain(table.heading.runs), table.heading.id), context, *ids)
    page_break = "<w:pageBreakBefore/>" if new_page and table.new_page else ""
    outline = f'<w:outlineLvl w:val="{table.heading.level - 1}"/>'
    return paragraph(style_ids.HIDDEN_HEADING, content, page_break, outline)


def _bookmarked(content: str, context: BodyContext, *block_ids: str) -> str:
    """``content`` inside the bookmarks of ``block_ids``."""
    for block_id in block_ids:
        name = context.bookmarks[block_id]
        number = context.ids[name]
        content = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'
    return content


def _prose(block: Paragraph, context: BodyContext) -> str:
    """The runs in the paragraph's hidden bookmark, which ends before the last character.

    After a full last line the end of a bookmark makes LibreOffice begin another, empty one.
    """
    *before, last = block.runs or (Text(""),)
    if not (isinstance(last, Text) and len(last.text) > 1):
        return _hidden(context.figures.runs(block.runs, block.id), block, context)
    all_but_last = context.figures.runs((*before, Text(last.text[:-1])), block.id)
    return _hidden(all_but_last, block, context) + run(last.text[-1], block.id)


def _hidden(content: str, block: Block, context: BodyContext) -> str:
    """``content`` inside the block's hidden bookmark, if it has one."""
    name = context.hidden.get(id(block))
    return context.figures.bookmarked(name, content) if name else content


def _cover(cover: Cover, context: BodyContext, at_top: bool) -> str:
    """The lines of the cover in the upper half of their page, or ``at_top`` of it, where more is on it."""
    text, line, page = context.style.text["cover"], context.style.text["cover-line"], context.page
    further = style_ids.COVER if line == text else style_ids.COVER_LINE
    roles = [text, *[line] * (len(cover.lines) - 1)]
    half = sum((role.before if k else 0) + (role.leading or role.size * 1.3) for k, role in enumerate(roles)) / 2
    drop = max(0.0, (page.height * _COVER_CENTRE - page.top) * 72 / 25.4 - half)
    first = spacing(replace(text, before=0 if at_top else drop))
    lines = (run(plain(runs), cover.id) for runs in cover.lines)
    return "".join(
        paragraph(further if k else style_ids.COVER, text, "" if k else first) for k, text in enumerate(lines)
    )


def _contents(contents: Contents, context: BodyContext) -> str:
    """The title and a contents field with its result, wrapped as Word wraps its own."""
    title = paragraph(style_ids.CONTENTS_TITLE, run(contents.title, contents.id))
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="{_number(contents.id)}"/><w:docPartObj>'
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{title}{''.join(_entries(contents, context))}</w:sdtContent></w:sdt>"
    )


def _entries(contents: Contents, context: BodyContext) -> Iterator[str]:
    begin = (
        f'{field_mark("begin")}<w:r><w:instrText xml:space="preserve"> {_CONTENTS_FIELD}'
        f"{'' if contents.page_numbers else _WITHOUT_PAGES} </w:instrText></w:r>{field_mark('separate')}"
    )
    last = len(contents.entries) - 1
    for k, entry in enumerate(contents.entries):
        link = _link(entry, contents.id, context)
        content = f"{begin if k == 0 else ''}{link}{field_mark('end') if k == last else ''}"
        leader = _leader(context) if contents.page_numbers else ""
        yield paragraph(style_ids.contents(entry.level), content, leader, _hanging(entry, context))


def _hanging(entry: Entry, context: BodyContext) -> str:
    """The indent at which further lines begin below the first word after the number."""
    number = number_of(plain(entry.runs))
    if not number:
        return ""
    text = context.style.text[f"contents{entry.level}"]
    hanging = round(ems(number) * (twips(text.size) + condensing(context.style)))
    return hanging_indent(twips(text.left_indent * text.size) + hanging, hanging)


def _link(entry: Entry, where: str, context: BodyContext) -> str:
    anchor = style_ids.linked(context.bookmarks, entry.target, where)
    text = run(plain(entry.runs), where)
    if entry.page:
        text += f"<w:r><w:tab/></w:r>{field(f'PAGEREF {anchor} {_LINK}', run(entry.page, where))}"
    return f'<w:hyperlink w:anchor="{anchor}" w:history="1">{text}</w:hyperlink>'


def _leader(context: BodyContext) -> str:
    """The tab at the right edge that dots lead to."""
    edge = mm_twips(context.page.width) - mm_twips(context.page.left) - mm_twips(context.page.right)
    return f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{edge}"/></w:tabs>'


def _number(id: str) -> int:
    return int(style_ids.digest(id)[:7], 16)
