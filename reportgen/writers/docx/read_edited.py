"""Read a DOCX file that a person has edited: its paragraphs, tables and bookmarks.

Unlike :mod:`.readback` it does not use styles (every program renames them), and the file may be hostile: only its main
part is read, with a limit on size, without entities, without a DTD; no reference in it is followed.

Changes that are tracked but not yet accepted are taken as accepted: deleted runs are left out, and where the mark that
ends a paragraph is deleted the next paragraph continues it.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree

from ...core.errors import InputError
from ...tree.edited_docx import Edited, EditedParagraph, EditedTable, Span
from .effective_styles import PART as STYLES
from .effective_styles import EffectiveStyles
from .markup import W as _SPACE
from .part_names import MAIN

LARGEST_PART = 64 * 1024 * 1024
"""Bytes of the unpacked main part. A department's document is below 2 MB of it."""
LONGEST = 20_000
"""Characters of a paragraph."""
_W = f"{{{_SPACE}}}"
_P, _TABLE, _ROW, _CELL = f"{_W}p", f"{_W}tbl", f"{_W}tr", f"{_W}tc"
_START, _END = f"{_W}bookmarkStart", f"{_W}bookmarkEnd"
_GONE = {f"{_W}del", f"{_W}moveFrom"}
_TRACKED = {*_GONE, f"{_W}ins", f"{_W}moveTo"}
_NOT_SHOWN = {
    f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", f"{_W}delText", f"{_W}txbxContent", f"{_W}sdtPr", f"{_W}rt",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}  # fmt: skip
_SHOWN = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}


def read_edited(payload: bytes) -> Edited:
    """Return what the file holds.

    Raises:
        InputError: it is not a DOCX file, is damaged, or is too large.
    """
    from .package import opened_body  # python-docx is loaded only where a file is written or read

    try:
        body = opened_body(_main_part(payload)).element.find(f"{_W}body")
    except (BadZipFile, ZlibError, EOFError, KeyError, NotImplementedError, RuntimeError, etree.XMLSyntaxError):
        body = None
    if body is None or body.getroottree().docinfo.doctype:
        raise InputError("这不是能读的 DOCX 文件", "用 Word 或 WPS 打开，另存为 .docx 再取回")
    styles = _styles(payload)
    return Edited(tuple(_joined(_blocks(body, styles))), next(body.iter(*_TRACKED), None) is not None)


def _main_part(payload: bytes) -> bytes:
    with ZipFile(BytesIO(payload)) as archive:
        if archive.getinfo(MAIN).compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise BadZipFile  # for other methods the library unpacks without a limit
        with archive.open(MAIN) as part:
            content = part.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise InputError("文件展开后超过 {most} MB，没有读", "这不像部门预算公开文件", most=str(LARGEST_PART >> 20))
    return content


def _styles(payload: bytes) -> EffectiveStyles:
    """The styles of the file; none if they cannot be read, which is reported with what is beyond the text."""
    try:
        with ZipFile(BytesIO(payload)) as archive:
            if archive.getinfo(STYLES).compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                return EffectiveStyles()
            with archive.open(STYLES) as part:
                content = part.read(LARGEST_PART + 1)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return EffectiveStyles(etree.fromstring(content, parser) if len(content) <= LARGEST_PART else None)
    except (BadZipFile, ZlibError, EOFError, KeyError, NotImplementedError, RuntimeError, etree.XMLSyntaxError):
        return EffectiveStyles()


def _blocks(container: Any, styles: EffectiveStyles) -> Iterator[tuple[EditedParagraph | EditedTable, bool]]:
    """Paragraphs and tables in order, through all wrappers, each with whether the next block continues it."""
    for element in container:
        if element.tag == _P:
            yield _paragraph(element, styles), element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None
        elif element.tag == _TABLE:
            yield _table(element, styles), False
        elif element.tag not in _GONE and element.tag not in _NOT_SHOWN:
            yield from _blocks(element, styles)


def _joined(blocks: Iterator[tuple[EditedParagraph | EditedTable, bool]]) -> Iterator[EditedParagraph | EditedTable]:
    """The blocks, with paragraphs joined where the mark between them is deleted."""
    open_end: EditedParagraph | None = None
    for block, goes_on in blocks:
        if open_end is not None and isinstance(block, EditedParagraph):
            block = _concatenated(open_end, block)
        elif open_end is not None:
            yield open_end
        open_end = block if goes_on and isinstance(block, EditedParagraph) else None
        if open_end is None:
            yield block
    if open_end is not None:
        yield open_end


def _concatenated(first: EditedParagraph, second: EditedParagraph) -> EditedParagraph:
    shift = len(first.text)
    moved = (Span(name, start + shift, end + shift) for name, start, end in second.spans)
    return EditedParagraph(first.text + second.text, (*first.spans, *moved), second.level)


def _paragraph(element: Any, styles: EffectiveStyles) -> EditedParagraph:
    reading = _Reading()
    reading.read(element)
    text = "".join(reading.pieces)
    if len(text) > LONGEST:
        raise InputError("有一段超过 {most} 字，没有读", "这不像部门预算公开文件", most=str(LONGEST))
    spans = (Span(name, start, reading.ends.get(id, len(text))) for id, name, start in reading.starts)
    return EditedParagraph(text, tuple(spans), styles.outline_level(element))


class _Reading:
    """The text of one paragraph, and where bookmarks begin and end in it."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.starts: list[tuple[str, str, int]] = []
        self.ends: dict[str, int] = {}
        self._length = 0

    def read(self, element: Any) -> None:
        for child in element:
            if child.tag == _START:
                self.starts.append((child.get(f"{_W}id"), child.get(f"{_W}name") or "", self._length))
            elif child.tag == _END:
                self.ends[child.get(f"{_W}id")] = self._length
            elif child.tag == f"{_W}t":
                self._put(child.text or "")
            elif child.tag in _SHOWN:
                self._put("" if child.get(f"{_W}type") in ("page", "column") else _SHOWN[child.tag])
            elif isinstance(child.tag, str) and child.tag not in _NOT_SHOWN and child.tag not in _GONE:
                self.read(child)

    def _put(self, text: str) -> None:
        self.pieces.append(text)
        self._length += len(text)


def _table(table: Any, styles: EffectiveStyles) -> EditedTable:
    rows = (row for row in _inner(table, _ROW) if row.find(f"{_W}trPr/{_W}del") is None)
    cells = [list(_inner(row, _CELL)) for row in rows]
    paragraphs = (paragraph for row in cells for cell in row for paragraph in cell.iter(f"{_W}p"))
    headings = tuple("".join(one.itertext(f"{_W}t")) for one in paragraphs if styles.outline_level(one))
    return EditedTable(tuple(tuple(_cell(cell, styles) for cell in row) for row in cells), headings)


def _inner(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table, the cells of a row: through wrappers, but not into a table inside a cell."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (_ROW, _CELL, _P, _TABLE) and child.tag not in _NOT_SHOWN:
            yield from _inner(child, tag)


def _cell(cell: Any, styles: EffectiveStyles) -> str:
    return "\n".join(block.text for block, _ in _blocks(cell, styles) if isinstance(block, EditedParagraph))
