"""The blocks of a document as elements: title, contents, headings, paragraphs, tables, charts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...tree.nodes import Chart, Contents, Cover, Document, Entry, Heading, Paragraph, Section, Table, plain
from ...tree.style import Style
from ..opc import escaped
from .charts import chart_markup
from .markup import PageIds, RunMarkup, element
from .table_fit import PageTable
from .tables import table_markup

_DEEPEST = 6
"""The lowest level of headings that HTML has; the title of the page is of level 1."""


class BlockMarkup:
    """The mark-up of the blocks of one document, in order."""

    def __init__(self, document: Document, style: Style, tables: Mapping[str, PageTable]) -> None:
        """Assign the ids of the page; ``tables`` are its tables by their ids.

        Raises:
            ValueError: two blocks have the same id.
        """
        self._document, self._style, self._tables = document, style, tables
        self._ids, self._runs = PageIds(document), RunMarkup()
        self._level = 1
        self._has_title = False

    def sections(self) -> Iterator[str]:
        """Yield each section; a document that does not begin with a cover gets its title as the page's heading."""
        if not isinstance(next(self._document.blocks(), None), Cover):
            self._has_title = True
            yield element("h1", escaped(self._document.title, "document"), class_="title")
        for section in self._document.sections:
            direction = "landscape" if self._style.pages[section.page].landscape else "portrait"
            content = "\n".join(self._blocks(section))
            yield element("div", f"\n{content}\n", class_=f"sheet {direction}")

    def _blocks(self, section: Section) -> Iterator[str]:
        only_headings = True
        for block in section.blocks:
            if isinstance(block, Table):
                yield self._table(block, new_page=not only_headings and block.new_page)
            elif content := self._block(block):
                yield content
            only_headings = only_headings and isinstance(block, Heading)

    def _block(self, block: Cover | Contents | Heading | Paragraph | Chart) -> str:
        match block:
            case Cover():
                return self._cover(block)
            case Contents():
                return self._contents(block)
            case Heading():
                return self._heading(block, self._runs.runs(block.runs, block.id))
            case Paragraph():
                return _paragraph(block, self._runs)
            case Chart():
                return chart_markup(block, self._ids.of(block.id), self._style.text["chart-label"], self._runs)

    def _cover(self, cover: Cover) -> str:
        """The first cover is the heading of the page, each of its lines in an element of its own."""
        texts = [escaped(plain(line), cover.id) for line in cover.lines]
        if self._has_title:
            return "\n".join(element("p", text, class_="cover") for text in texts if text.strip())
        self._has_title = True
        return element("h1", "\n".join(element("span", text, class_="line") for text in texts))

    def _contents(self, contents: Contents) -> str:
        """The list of links; entries below others are lists within their items. A page has no page numbers."""
        title = element("p", escaped(contents.title, contents.id), class_="title") if contents.title.strip() else ""
        label = escaped(contents.title, contents.id).strip()
        return element("nav", f"{title}\n{self._entries(contents)}", aria_label=label)

    def _entries(self, contents: Contents) -> str:
        parts: list[str] = []
        depth = 0
        for entry in contents.entries:
            level = min(entry.level, depth + 1)
            parts.append("<ol><li>" if level > depth else "</li></ol>" * (depth - level) + "</li>\n<li>")
            parts.append(self._link(entry, contents.id))
            depth = level
        return "".join(parts) + "</li></ol>" * depth

    def _link(self, entry: Entry, where: str) -> str:
        return element("a", escaped(plain(entry.runs), where), href=self._ids.link(entry.target, where))

    def _heading(self, heading: Heading, content: str) -> str:
        """A heading one level below its own, for the title is the first; no level is left out."""
        self._level = min(heading.level + 1, self._level + 1, _DEEPEST)
        return element(f"h{self._level}", content, id=self._ids.of(heading.id), class_=f"level{heading.level}")

    def _table(self, table: Table, new_page: bool) -> str:
        heading = self._heading(table.heading, escaped(plain(table.heading.runs), table.heading.id))
        content = table_markup(table, self._tables[table.id].id, self._runs)
        notes = [_paragraph(note, self._runs, "note") for note in table.notes]
        inner = "\n".join(filter(None, [heading, content, *notes]))
        own = self._ids.of(table.id) if table.id != table.heading.id else None
        return element("section", f"\n{inner}\n", id=own, class_="table new-page" if new_page else "table")


def _paragraph(block: Paragraph, runs: RunMarkup, role: str = "") -> str:
    """A paragraph, or "" for one of which nothing would be seen."""
    if not plain(block.runs).strip():
        return ""
    return element("p", runs.runs(block.runs, block.id), class_=role or block.role)
