"""All that a reader sees of a DOCX, found by python-docx and not by the readers under test: to compare two files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.text.paragraph import Paragraph
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NUMBER = re.compile("^(?:[（(][0-9一二三四五六七八九十]+[）)]|[0-9一二三四五六七八九十]+[、.．])")
_QUOTES = str.maketrans("“”‘’＂", '""\'\'"')
_OBJECTS = ("drawing", "pict", "object", "sym", "altChunk")
_PARTS = re.compile("word/(?:header|footer|footnotes|endnotes|comments)[^/]*[.]xml")


def visible(payload: bytes) -> list[tuple[Any, ...]]:
    """Paragraphs and table rows in order, each with its look, then the texts of notes, headers and footers."""
    document = docx.Document(BytesIO(payload))
    seen = list(_blocks(document.element.body, document))
    with ZipFile(BytesIO(payload)) as archive:
        parts = [_words(etree.fromstring(archive.read(name))) for name in archive.namelist() if _PARTS.fullmatch(name)]
    return [*seen, *sorted(("part", re.sub("[0-9]+", "#", text)) for text in set(parts) if text)]


def _blocks(container: Any, document: Any) -> Iterator[tuple[Any, ...]]:
    joined: list[Any] = []
    for element in container:
        if element.tag == f"{W}p":
            joined.append(element)
            line = _line(joined, document)
            joined = []
            if any(line[1:]):
                yield line
        elif element.tag == f"{W}tbl":
            for row in element.iter(f"{W}tr"):
                yield ("row", *(tuple(_blocks(cell, document)) for cell in row.findall(f"{W}tc")))
        elif element.tag == f"{W}sdt":
            continue  # the contents are made from the headings
        elif element.tag in (f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from _blocks(element, document)


def _line(elements: list[Any], document: Any) -> tuple[Any, ...]:
    (element,) = elements
    paragraph = Paragraph(element, document)
    shown, struck, hidden = "", "", ""
    for run in element.iter(f"{W}r"):
        text = _words(run)
        if any(ancestor.tag == f"{W}del" for ancestor in run.iterancestors()):
            continue
        shown += text
        struck += text if _has(run, paragraph, "strike") or _has(run, paragraph, "dstrike") else ""
        hidden += text if _has(run, paragraph, "vanish") or _color(run) == "FFFFFF" else ""
    formulas = "".join(piece.text or "" for piece in element.iter(f"{M}t"))
    objects = tuple(len(list(element.iter(f"{W}{name}"))) for name in _OBJECTS)
    level = _level(paragraph) if shown else 0
    numbered = bool(shown) and element.find(f"{W}pPr/{W}numPr") is not None
    return ("line", _plain(shown), level, _plain(struck), _plain(hidden), formulas, any(objects) and objects, numbered)


def _has(run: Any, paragraph: Paragraph, name: str) -> bool:
    own = run.find(f"{W}rPr/{W}{name}")
    if own is not None:
        return own.get(f"{W}val") not in ("0", "false")
    style = run.find(f"{W}rPr/{W}rStyle")
    if style is None:
        return False
    found = paragraph.part.document.styles.element.xpath(f'w:style[@w:styleId="{style.get(f"{W}val")}"]')
    while found:
        if found[0].find(f"{W}rPr/{W}{name}") is not None:
            return True
        base = found[0].find(f"{W}basedOn")
        name_of_base = "" if base is None else base.get(f"{W}val")
        found = paragraph.part.document.styles.element.xpath(f'w:style[@w:styleId="{name_of_base}"]')
    return False


def _color(run: Any) -> str:
    color = run.find(f"{W}rPr/{W}color")
    return "" if color is None else (color.get(f"{W}val") or "").upper()


def _level(paragraph: Paragraph) -> int:
    """Of a heading: the level that the paragraph states itself, else that of its style (known by its name)."""
    own = paragraph._p.find(f"{W}pPr/{W}outlineLvl")
    if own is not None:
        return (int(own.get(f"{W}val")) + 1) % 10
    name = (paragraph.style.name or "").lower() if paragraph.style else ""
    return int(name[-1]) if re.fullmatch("heading [1-9]", name) else 0


def _words(element: Any) -> str:
    pieces = []
    for child in element.iter(f"{W}t", f"{W}noBreakHyphen"):
        if not any(ancestor.tag == f"{W}del" for ancestor in child.iterancestors()):
            pieces.append(child.text or "" if child.tag == f"{W}t" else "-")
    return "".join(pieces)


def _plain(text: str) -> str:
    """Without white space, shapes of quotation marks, and the number that the program gives."""
    return _NUMBER.sub("", "".join(text.translate(_QUOTES).split()))
