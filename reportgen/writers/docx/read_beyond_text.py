"""Read what a DOCX file shows beyond its paragraphs and tables: notes, footers, formulas, pictures, charts.

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
from . import read_edited_charts
from .effective_styles import PART as STYLES
from .effective_styles import EffectiveStyles, Levels
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
_RUN = {"strike": "strike", "dstrike": "strike", "vanish": "hidden"}


def read_beyond_text(payload: bytes) -> tuple[Beyond, ...]:
    """Return what the file shows beyond its text; a part that cannot be read is ``unreadable``."""
    found: list[Beyond] = []
    roots: dict[str, Any] = {}
    left = _LARGEST
    with ZipFile(BytesIO(payload)) as archive:
        for member in archive.infolist():
            is_read = any(part.fullmatch(member.filename) for part in (_PART, read_edited_charts.PART))
            if not is_read and member.filename not in (MAIN, STYLES):
                continue
            try:
                if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or member.file_size > left:
                    raise BadZipFile
                with archive.open(member) as stream:
                    content = stream.read(left)
                left -= len(content)
                roots[member.filename] = _parsed(content)
            except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, etree.XMLSyntaxError):
                found.append(Beyond("unreadable", member.filename))
    looks = _Looks(EffectiveStyles(roots.pop(STYLES, None)))
    for name, root in roots.items():
        if read_edited_charts.PART.fullmatch(name):
            found += read_edited_charts.charted_values(root)
            continue
        part = _PART.fullmatch(name)
        found += _in_part(_PARTS[part[1]] if part else "", root, looks)
    return tuple(found)


def _parsed(content: bytes) -> Any:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    if root.getroottree().docinfo.doctype:
        raise BadZipFile
    return root


def _in_part(kind: str, root: Any, looks: _Looks) -> Iterator[Beyond]:
    yield from _in_element(root, looks)
    if kind in ("footnote", "endnote", "comment"):
        notes = (note for note in root.iter(f"{_W}{kind}") if note.get(f"{_W}type") in (None, "normal"))
        yield from (Beyond(kind, _text(note)) for note in notes)
    elif kind and (text := re.sub("[0-9]+", "#", _text(root))):
        yield Beyond(kind, text)


def _in_element(root: Any, looks: _Looks) -> Iterator[Beyond]:
    """Depth first, without recursion; what is shown as a whole is not entered."""
    open_elements = [(root, False)]
    while open_elements:
        element, in_cell = open_elements.pop()
        if element.tag in _SKIPPED or not isinstance(element.tag, str):
            continue
        if kind := _WHOLE.get(element.tag):
            box = element.find(f".//{_W}txbxContent") if kind == "picture" else None
            if kind == "picture" and read_edited_charts.has_chart(element):
                kind = "chart"
            yield Beyond("text box" if box is not None else kind, _shown(element))
            continue
        if element.tag == f"{_W}tbl" and in_cell:
            yield Beyond("table in a cell", _text(element))
            continue
        if element.tag == f"{_W}p":
            yield from _in_paragraph(element, looks)
        is_cell = in_cell or element.tag == f"{_W}tc"
        open_elements += [(child, is_cell) for child in reversed(element)]


def _in_paragraph(paragraph: Any, looks: _Looks) -> Iterator[Beyond]:
    """What its runs look like, neighbouring runs of one look together: editors cut runs as they like."""
    if looks.styles.is_numbered(paragraph) and _text(paragraph).strip():
        yield Beyond("list number", _text(paragraph))
    table = next(paragraph.iterancestors(f"{_W}tbl"), None)
    style = None if table is None else table.find(f"{_W}tblPr/{_W}tblStyle")
    of_table = None if style is None else style.get(f"{_W}val")
    texts: dict[str, str] = {}
    for run in paragraph.iter(f"{_W}r"):
        if _is_shown_in(paragraph, run):
            for kind in looks.of(run, paragraph, of_table):
                texts[kind] = texts.get(kind, "") + _text(run)
    yield from (Beyond(kind, text) for kind, text in texts.items() if text.strip())


def _is_shown_in(paragraph: Any, run: Any) -> bool:
    """Whether a run is the paragraph's own and not that of one inside it, and nothing between hides it."""
    for ancestor in run.iterancestors():
        if ancestor is paragraph:
            return True
        if ancestor.tag == paragraph.tag or ancestor.tag in _SKIPPED:
            return False
    return False


class _Looks:
    """What runs look like; most runs of a file have one of few combinations of styles and own properties."""

    def __init__(self, styles: EffectiveStyles) -> None:
        self.styles = styles
        self._known: dict[object, frozenset[str]] = {}

    def of(self, run: Any, paragraph: Any, of_table: str | None) -> frozenset[str]:
        properties = run.find(f"{_W}rPr")
        own = () if properties is None else tuple((one.tag, one.get(f"{_W}val")) for one in properties)
        levels = self.styles.levels(run, paragraph, of_table)
        if (known := self._known.get((levels, own))) is None:
            known = self._known[levels, own] = frozenset(self._kinds(run, levels))
        return known

    def _kinds(self, run: Any, levels: Levels) -> Iterator[str]:
        yield from (kind for name, kind in _RUN.items() if self.styles.is_on(run, name, levels))
        if self.styles.color(run, levels) == "FFFFFF":
            yield "hidden"


def _shown(element: Any) -> str:
    if element.tag == f"{_W}sym":
        return f"{element.get(f'{_W}font') or ''} {element.get(f'{_W}char') or ''}".strip()
    return _text(element)


def _text(element: Any) -> str:
    wanted = (f"{_W}t", f"{_MATH}t")
    return "".join(t.text or "" for t in element.iter(*wanted) if next(t.iterancestors(_FALLBACK), None) is None)
