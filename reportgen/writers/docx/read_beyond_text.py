"""Read what a DOCX file shows beyond its paragraphs and tables: notes, footers, formulas, pictures, text boxes.

It is read to be compared with the file as it was written, not to be brought back. The file may be hostile: parts are
limited in size, entities and DTDs are not read, no reference is followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree

from ...tree.edited_docx import Beyond
from .markup import W as _SPACE
from .part_names import MAIN

_W = f"{{{_SPACE}}}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST = 64 * 1024 * 1024  # bytes of all parts that are read, unpacked
_PARTS = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote", "comments": "comment"}
_PART = re.compile(rf"word/({'|'.join(_PARTS)})[^/]*\.xml")
_SKIPPED = {_FALLBACK, f"{_W}del", f"{_W}moveFrom"}
_WHOLE = {
    f"{_MATH}oMath": "formula", f"{_W}txbxContent": "text box", f"{_W}altChunk": "chunk", f"{_W}subDoc": "chunk",
    f"{_W}rt": "ruby", f"{_W}sym": "symbol", f"{_W}drawing": "picture", f"{_W}pict": "picture",
    f"{_W}object": "picture", f"{_W}control": "picture",
}  # fmt: skip
_RUN = {"strike": "strike", "dstrike": "strike", "vanish": "hidden", "webHidden": ""}
_OFF = {"0", "false", "off", "none"}


def read_beyond_text(payload: bytes) -> tuple[Beyond, ...]:
    """Return what the file shows beyond its text; a part that cannot be read is ``unreadable``."""
    found: list[Beyond] = []
    left = _LARGEST
    with ZipFile(BytesIO(payload)) as archive:
        for member in archive.infolist():
            part = _PART.fullmatch(member.filename)
            if not part and member.filename != MAIN:
                continue
            try:
                if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or member.file_size > left:
                    raise BadZipFile
                with archive.open(member) as stream:
                    content = stream.read(left)
                left -= len(content)
                found += _in_part(_PARTS[part[1]] if part else "", _parsed(content))
            except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, etree.XMLSyntaxError):
                found.append(Beyond("unreadable", member.filename))
    return tuple(found)


def _parsed(content: bytes) -> Any:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise BadZipFile
    return root


def _in_part(kind: str, root: Any) -> Iterator[Beyond]:
    yield from _in_element(root)
    if kind in ("footnote", "endnote", "comment"):
        notes = (note for note in root.iter(f"{_W}{kind}") if note.get(f"{_W}type") in (None, "normal"))
        yield from (Beyond(kind, _text(note)) for note in notes)
    elif kind and (text := re.sub("[0-9]+", "#", _text(root))):
        yield Beyond(kind, text)


def _in_element(root: Any) -> Iterator[Beyond]:
    """Depth first, without recursion; what is shown as a whole is not entered."""
    open_elements = [(root, False)]
    while open_elements:
        element, in_cell = open_elements.pop()
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            continue
        if kind := _WHOLE.get(element.tag):
            box = element.find(f".//{_W}txbxContent") if kind == "picture" else None
            yield Beyond("text box" if box is not None else kind, _shown(element))
            continue
        if element.tag == f"{_W}tbl" and in_cell:
            yield Beyond("table in a cell", _text(element))
            continue
        if element.tag == f"{_W}r":
            yield from _in_run(element)
        elif element.tag == f"{_W}p" and _is_numbered(element):
            yield Beyond("list number", _text(element))
        is_cell = in_cell or element.tag == f"{_W}tc"
        open_elements += [(child, is_cell) for child in reversed(element)]


def _in_run(run: Any) -> Iterator[Beyond]:
    properties, text = run.find(f"{_W}rPr"), _text(run)
    if properties is None or not text.strip():
        return
    for name, kind in _RUN.items():
        if kind and _is_on(properties.find(f"{_W}{name}")):
            yield Beyond(kind, text)
    color = properties.find(f"{_W}color")
    if color is not None and (color.get(f"{_W}val") or "").upper() == "FFFFFF":
        yield Beyond("hidden", text)


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{_W}val") not in _OFF


def _is_numbered(paragraph: Any) -> bool:
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    return number is not None and number.get(f"{_W}val") not in (None, "0") and bool(_text(paragraph).strip())


def _shown(element: Any) -> str:
    if element.tag == f"{_W}sym":
        return f"{element.get(f'{_W}font') or ''} {element.get(f'{_W}char') or ''}".strip()
    return _text(element)


def _text(element: Any) -> str:
    wanted = (f"{_W}t", f"{_MATH}t")
    return "".join(t.text or "" for t in element.iter(*wanted) if next(t.iterancestors(_FALLBACK), None) is None)
