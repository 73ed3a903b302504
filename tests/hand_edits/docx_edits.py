"""Hand edits made without a word processor: the steps of ``edits.yaml`` made in the XML of a DOCX, one by one.

The same steps are made by LibreOffice (``edits.bas``). Here bookmarks are left where they stand, as Word leaves them.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAIN = "word/document.xml"
STYLES = "word/styles.xml"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
Step = Sequence[str]


def edited(payload: bytes, steps: Sequence[Step]) -> bytes:
    """The file after the steps: each a name, where (words of the paragraph), and what."""
    with ZipFile(BytesIO(payload)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    body = etree.fromstring(parts[MAIN])
    for name, *rest in steps:
        if name == "part":
            parts[rest[0]] = rest[1].replace(">", f" {NAMESPACES}>", 1).encode()
        elif name == "add-style":
            parts[STYLES] = parts[STYLES].replace(b"</w:styles>", rest[0].encode() + b"</w:styles>")
        else:
            STEPS[name](body, *rest)
    parts[MAIN] = etree.tostring(body, xml_declaration=True, encoding="UTF-8")
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def texts(element: Any) -> list[Any]:
    return list(element.iter(f"{W}t"))


def words(element: Any) -> str:
    return "".join(text.text or "" for text in texts(element))


def found(body: Any, where: str, table: bool = False) -> Any:
    """The first paragraph with these words that is not of the contents, in a table or outside."""
    for paragraph in body.iter(f"{W}p"):
        wrapped = {ancestor.tag for ancestor in paragraph.iterancestors()}
        if where in words(paragraph) and f"{W}sdt" not in wrapped and (f"{W}tc" in wrapped) == table:
            return paragraph
    raise AssertionError(f"{where}: not in the document")


def replace(body: Any, where: str, text: str) -> None:
    """The words go where the first of the old ones stood, in the run that held it."""
    paragraph = found(body, where)
    start = words(paragraph).index(where)
    _cut(paragraph, start, start + len(where), text)


def _cut(paragraph: Any, start: int, end: int, text: str) -> None:
    at = 0
    for piece in texts(paragraph):
        value = piece.text or ""
        left, right = max(start, at), min(end, at + len(value))
        at += len(value)
        if left < right or (left == right == start and text):
            first = at - len(value)
            piece.text = value[: left - first] + (text if left == start else "") + value[right - first :]
            text = "" if left == start else text
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def insert(body: Any, where: str, text: str) -> None:
    replace(body, where, where + text)


def split(body: Any, where: str, _: str = "") -> None:
    """What stands behind the words becomes a paragraph of its own, in the same form."""
    paragraph = found(body, where)
    cut = words(paragraph).index(where) + len(where)
    behind = etree.SubElement(etree.Element("root"), f"{W}p")
    behind.append(copy.deepcopy(paragraph[0]))
    at = 0
    for child in list(paragraph)[1:]:
        length = len(words(child))
        if at >= cut:
            behind.append(child)
        elif at + length > cut:
            behind.append(copy.deepcopy(child))
            _cut(behind, 0, cut - at, "")
            _cut(child, cut - at, length, "")
        at += length
    paragraph.addnext(behind)


def soft_break(body: Any, where: str, _: str = "") -> None:
    split(body, where)
    first = found(body, where)
    merge(body, where, "")
    at = 0
    for child in first:
        at += len(words(child))
        if at == words(first).index(where) + len(where):
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}br")
            child.addnext(run)
            return


def merge(body: Any, where: str, text: str = "") -> None:
    """The next paragraph goes on in this one."""
    paragraph = found(body, where)
    following = paragraph.getnext()
    if text:
        paragraph.append(_run(text))
    paragraph.extend(list(following)[1:])
    following.getparent().remove(following)


def retype(body: Any, where: str, text: str) -> None:
    """All of it selected and typed over: bookmarks inside are gone."""
    paragraph = found(body, where)
    for child in list(paragraph)[1:]:
        paragraph.remove(child)
    paragraph.append(_run(text))


def new_paragraph(body: Any, where: str, text: str) -> None:
    paragraph = found(body, where)
    behind = etree.Element(f"{W}p")
    behind.append(copy.deepcopy(paragraph[0]))
    behind.append(_run(text))
    paragraph.addnext(behind)


def delete(body: Any, where: str, _: str = "") -> None:
    paragraph = found(body, where)
    paragraph.getparent().remove(paragraph)


def move_after(body: Any, where: str, text: str) -> None:
    found(body, text).addnext(found(body, where))


def bold(body: Any, where: str, _: str = "") -> None:
    """The words in a run of their own."""
    for piece in texts(found(body, where)):
        if where in (piece.text or ""):
            before, _, after = piece.text.partition(where)
            run = piece.getparent()
            for text, look in ((after, ""), (where, "b"), (before, "")):
                part = _run(text)
                if look:
                    etree.SubElement(part.makeelement(f"{W}rPr"), f"{W}{look}")
                    properties = etree.Element(f"{W}rPr")
                    etree.SubElement(properties, f"{W}{look}")
                    part.insert(0, properties)
                run.addnext(part)
            run.getparent().remove(run)
            return


def cell(body: Any, where: str, text: str) -> None:
    pieces = texts(found(body, where, table=True))
    for piece in pieces:
        piece.text = ""
    pieces[0].text = text


def replace_tracked(body: Any, where: str, text: str) -> None:
    """The run that holds the words is cut in three; the middle one is marked as deleted, the new words as inserted."""
    bold(body, where)
    run = next(piece.getparent() for piece in texts(found(body, where)) if piece.text == where)
    gone, come = etree.Element(f"{W}del"), etree.Element(f"{W}ins")
    run.addprevious(gone)
    run.addnext(come)
    gone.append(run)
    for piece in texts(run):
        piece.tag = f"{W}delText"
    come.append(_run(text))
    gone.addnext(come)


def delete_tracked(body: Any, where: str, _: str = "") -> None:
    paragraph = found(body, where)
    for run in paragraph.findall(f"{W}r"):
        gone = etree.Element(f"{W}del")
        run.addprevious(gone)
        gone.append(run)
        for piece in texts(run):
            piece.tag = f"{W}delText"
    look = etree.SubElement(paragraph[0], f"{W}rPr")
    etree.SubElement(look, f"{W}del")


def strip(body: Any, *_: str) -> None:
    """Every bookmark is gone, as when the text goes through a program that knows none."""
    for mark in list(body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
        mark.getparent().remove(mark)


def xml(body: Any, where: str, text: str) -> None:
    """Elements at the end of the paragraph."""
    found(body, where).extend(_parsed(text))


def xml_after(body: Any, where: str, text: str) -> None:
    """Elements after the paragraph."""
    for element in reversed(_parsed(text)):
        found(body, where).addnext(element)


def xml_in_cell(body: Any, where: str, text: str) -> None:
    for element in reversed(_parsed(text)):
        found(body, where, table=True).addprevious(element)


def run_property(body: Any, where: str, text: str) -> None:
    """The words in a run of their own, with a property."""
    bold(body, where)
    run = next(piece.getparent() for piece in texts(found(body, where)) if piece.text == where)
    run[0].extend(_parsed(text))


def style(body: Any, where: str, text: str) -> None:
    """The paragraph gets another style: its id."""
    found(body, where).find(f"{W}pPr/{W}pStyle").set(f"{W}val", text)


def style_in_cell(body: Any, where: str, text: str) -> None:
    """The paragraph of a cell gets another style."""
    found(body, where, table=True).find(f"{W}pPr/{W}pStyle").set(f"{W}val", text)


def move_table(body: Any, where: str, text: str) -> None:
    """The table goes after a paragraph, and leaves its heading where it is."""
    table = next(found(body, where, table=True).iterancestors(f"{W}tbl"))
    found(body, text).addnext(table)


def after_contents(body: Any, where: str, text: str) -> None:
    """A paragraph after the contents: behind its frame, or at its end."""
    frame = body.find(f".//{W}sdt")
    paragraph = etree.Element(f"{W}p")
    paragraph.append(_run(text))
    if where == "behind":
        frame.addnext(paragraph)
    else:
        frame.find(f"{W}sdtContent").append(paragraph)


def delete_table(body: Any, where: str, _: str = "") -> None:
    table = next(found(body, where, table=True).iterancestors(f"{W}tbl"))
    table.getparent().remove(table)


def delete_row(body: Any, where: str, _: str = "") -> None:
    row = next(found(body, where, table=True).iterancestors(f"{W}tr"))
    row.getparent().remove(row)


def _parsed(text: str) -> list[Any]:
    return list(etree.fromstring(f"<root {NAMESPACES}>{text}</root>"))


def _run(text: str) -> Any:
    run = etree.Element(f"{W}r")
    piece = etree.SubElement(run, f"{W}t")
    piece.text = text
    piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


STEPS: dict[str, Callable[..., None]] = {
    step.__name__.replace("_", "-"): step
    for step in (
        replace, insert, split, soft_break, merge, retype, new_paragraph, delete, move_after, bold, cell,
        replace_tracked, delete_tracked, strip, xml, xml_after, xml_in_cell, run_property, after_contents, delete_table,
        delete_row, style, style_in_cell, move_table,
    )
}  # fmt: skip
