"""What the tests of the DOCX writer need to read a file part by part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from reportgen.tree.nodes import Contents, Cover, Document, Heading, Paragraph, Section, Table, plain
from reportgen.writers.docx import write
from tests import nodes

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TOP_ROWS = 3  # label, title, department and unit


def xml_parts(payload: bytes) -> dict[str, etree._Element]:
    with ZipFile(BytesIO(payload)) as archive:
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def written(*blocks: object, page: str = "prose") -> etree._Element:
    """The body of a document of one section."""
    document = Document("t", "a", "s", "slug", date(2023, 1, 1), (Section("s", page, blocks),))  # type: ignore[arg-type]
    return xml_parts(write(document, nodes.style()))["word/document.xml"]


def text_of(element: etree._Element) -> str:
    marks = {f"{W}t": None, f"{W}br": "\n", f"{W}tab": "\t"}
    return "".join(marks[e.tag] or e.text or "" for e in element.iter(*marks))


def style_of(paragraph: etree._Element) -> str:
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def val(element: etree._Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(f"{W}{name}")


def spans_resolved(rows: list[etree._Element]) -> list[list[str]]:
    """The text in every place of the grid; parts of a tall cell joined again."""
    above: dict[int, list[str]] = {}
    origins: list[list[list[str]]] = []
    for row in rows:
        line: list[list[str]] = []
        for tc in row.iter(f"{W}tc"):
            merge, top = tc.find(f"{W}tcPr/{W}vMerge"), tc.find(f"{W}tcPr/{W}tcBorders/{W}top")
            text = "\n".join(text_of(p) for p in tc.iter(f"{W}p"))
            column = len(line)
            if merge is not None and val(merge) != "restart":
                assert text == ""
                origin = above[column]
            elif top is not None:
                origin = above[column]
                origin.append(text)
            else:
                origin = [text]
            for _ in range(int(val(tc.find(f"{W}tcPr/{W}gridSpan")) or 1)):
                above[len(line)] = origin
                line.append(origin)
        origins.append(line)
    return [["".join(origin) for origin in line] for line in origins]


def prose_of(document: Document) -> Iterator[str]:
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Cover):
                yield from (plain(line) for line in block.lines)
            elif isinstance(block, Contents):
                yield block.title
                yield from (plain(entry.runs) for entry in block.entries)
            elif isinstance(block, Heading | Paragraph):
                yield plain(block.runs)
            elif isinstance(block, Table):
                yield plain(block.heading.runs)
                yield from (plain(note.runs) for note in block.notes)
