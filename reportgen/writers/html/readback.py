"""Read a page back: its texts in order, its tables with captions, its charts. Text outside all of them counts too."""

from __future__ import annotations

from dataclasses import replace

from ...tree.readback import BLANK, ReadCell, ReadChart, ReadDocument, ReadGrid, ReadTable, Unreadable
from .readback_elements import Element, parse

_HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
_LINES = ("label", "title", "left", "right")


def read_back(payload: bytes) -> ReadDocument:
    """Return what the page shows.

    Raises:
        Exception: it is no page of the kind that this writer makes.
    """
    root = parse(payload)
    title, body = root.first("title").text(), root.first("body")
    reader = _Reader()
    reader.walk(body)
    if any(other != title for other in reader.titles):
        title = f"{title} / {' / '.join(reader.titles)}"
    return ReadDocument(
        title, tuple(reader.paragraphs), tuple(reader.tables), tuple(reader.outline), charts=tuple(reader.charts),
        paged=False,
    )  # fmt: skip


class _Reader:
    """Goes through the body of a page from top to bottom."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.paragraphs: list[str] = []
        self.outline: list[str] = []
        self.tables: list[ReadTable] = []
        self.charts: list[ReadChart] = []
        self._below_table = False

    def walk(self, element: Element) -> None:
        """Read everything within ``element``."""
        for child in element.children:
            if isinstance(child, str):
                self._add(child)
            else:
                self._read(child)

    def _read(self, element: Element) -> None:
        match element.tag:
            case "h1" if "title" in element.classes:
                self.titles.append(element.text())
            case "p" if "note" in element.classes and self._below_table and element.text().strip():
                table = self.tables[-1]
                self.tables[-1] = replace(table, notes=(*table.notes, element.text()))
            case "p" | "a" | "span":
                self._add(element.text())
            case "figure":
                self._chart(element)
            case "section":
                self._table(element)
            case tag if tag in _HEADINGS:
                self.outline.append(element.text())
                self._add(element.text())
            case _:
                self.walk(element)

    def _add(self, text: str) -> None:
        if text.strip():
            self.paragraphs.append(text)
            self._below_table = False

    def _chart(self, figure: Element) -> None:
        drawing, caption = figure.first("svg"), figure.first("figcaption")
        shown = [part for part in drawing.all() if "shown" in part.classes]
        kind = next((name for name in figure.classes if name != "chart"), "")
        self._all_within(drawing, shown)
        cells = tuple(ReadCell(part.text()) for part in shown if part.text().strip())
        alternative = drawing.attributes.get("aria-label", "")
        self.charts.append(ReadChart(caption.text(), alternative, cells, kind=kind, after=len(self.paragraphs)))
        self._all_within(figure, [drawing, caption])
        self._below_table = False

    def _table(self, section: Element) -> None:
        after = len(self.paragraphs)
        for child in section.elements:
            if child.tag in _HEADINGS:
                self.outline.append(child.text())
            elif child.tag == "div":
                self.tables.append(self._grids(child, after))
                self._below_table = True
            else:
                self._read(child)
        self._all_within(section, section.elements)

    def _grids(self, box: Element, after: int) -> ReadTable:
        table = box.first("table")
        self._all_within(box, [table])
        parts = {part.tag: part for part in table.elements}
        caption = parts["caption"]
        lines = {name: line.text() for line in caption.elements for name in line.classes}
        if tuple(name for line in caption.elements for name in line.classes) != _LINES:
            raise Unreadable("a caption has other parts than label, title, department and unit")
        self._all_within(caption, caption.elements)
        self._all_within(table, table.elements)
        head, body = (self._rows(parts[tag]) if tag in parts else () for tag in ("thead", "tbody"))
        label, title, left, right = (lines[name] for name in _LINES)
        return ReadTable(label, title, left, right, head, body, after=after)

    def _rows(self, group: Element) -> ReadGrid:
        """The rows of a group with the cells in their places, by the spans of the cells."""
        self._all_within(group, group.elements)
        rows: list[tuple[ReadCell, ...]] = []
        covered: dict[int, int] = {}
        for row in group.elements:
            self._all_within(row, row.elements)
            line: list[ReadCell] = []
            for cell in row.elements:
                _skip_covered(line, covered)
                across, down = (int(cell.attributes.get(name, "1")) for name in ("colspan", "rowspan"))
                if down > 1:
                    covered |= dict.fromkeys(range(len(line), len(line) + across), down - 1)
                line += [ReadCell(cell.text()), *[BLANK] * (across - 1)]
            _skip_covered(line, covered)
            rows.append(tuple(line))
        return tuple(rows)

    def _all_within(self, element: Element, parts: list[Element]) -> None:
        """Count text of ``element`` that is in none of its ``parts`` as a paragraph: nothing else should be there."""
        chosen = {id(part) for part in parts}
        for child in element.children:
            if isinstance(child, str):
                self._add(child)
            elif id(child) not in chosen:
                self._all_within(child, parts)


def _skip_covered(line: list[ReadCell], covered: dict[int, int]) -> None:
    """Add the places that cells of earlier rows cover; in the next row they cover one row less."""
    while len(line) in covered:
        column = len(line)
        covered[column] -= 1
        if not covered[column]:
            del covered[column]
        line.append(BLANK)
