"""Accepting and rejecting all tracked changes on the mark-up itself (ECMA-376 part 1, §17.13.5), without an office."""

from __future__ import annotations

from io import BytesIO
from typing import Literal
from zipfile import ZipFile

from lxml import etree

from reportgen.writers.docx.style_ids import STATE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P, ROW, TEXT, RUN = f"{W}p", f"{W}tr", f"{W}t", f"{W}r"
Verdict = Literal["accept", "reject"]
KEPT = {"accept": f"{W}ins", "reject": f"{W}del"}
LOST = {"accept": f"{W}del", "reject": f"{W}ins"}


def body_of(payload: bytes) -> etree._Element:
    with ZipFile(BytesIO(payload)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def settled(payload: bytes, verdict: Verdict) -> etree._Element:
    """The main part after all changes were accepted or rejected."""
    root = body_of(payload)
    kept, lost = KEPT[verdict], LOST[verdict]
    for row in [*root.iter(ROW)]:
        if row.find(f"{W}trPr/{lost}") is not None:
            row.getparent().remove(row)
    for paragraph in [*root.iter(P)]:
        _settle(paragraph, kept, lost)
    for mark in [*root.iter(kept, lost)]:  # on rows and paragraphs that stay
        mark.getparent().remove(mark)
    for table in [*root.iter(f"{W}tbl")]:
        if table.find(ROW) is None:
            table.getparent().remove(table)
    return root


def _settle(paragraph: etree._Element, kept: str, lost: str) -> None:
    own = paragraph.find(f"{W}pPr/{W}rPr")
    gone = own is not None and own.find(lost) is not None
    for change in [*paragraph.iter(lost)]:
        if change.getparent().tag != f"{W}rPr":
            change.getparent().remove(change)
    for change in [*paragraph.iter(kept)]:
        if change.getparent().tag != f"{W}rPr":
            _unwrap(change)
    for text in paragraph.iter(f"{W}delText"):
        text.tag = TEXT
    if own is not None:
        own.getparent().remove(own)
    if gone:
        assert paragraph.find(f".//{RUN}") is None, "a paragraph that goes takes all its words along"
        paragraph.getparent().remove(paragraph)


def _unwrap(change: etree._Element) -> None:
    parent = change.getparent()
    at = parent.index(change)
    parent[at : at + 1] = [*change]


def joined(root: etree._Element) -> bytes:
    """The mark-up with runs of one look that meet as one run, and texts that meet as one text.

    Without the hidden bookmarks by which edits are brought back: a redline has none, so the others have other numbers.
    """
    _forget_hidden_marks(root)
    for run in [*root.iter(RUN)]:
        before = run.getprevious()
        if before is not None and before.tag == RUN and _look(before) == _look(run) and not _special(before, run):
            before.extend([child for child in run if child.tag != f"{W}rPr"])
            run.getparent().remove(run)
    for text in [*root.iter(TEXT)]:
        text.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", None)  # needed by a part that ends in a blank
        before = text.getprevious()
        if before is not None and before.tag == TEXT:
            before.text = (before.text or "") + (text.text or "")
            text.getparent().remove(text)
    return etree.tostring(root, method="c14n", exclusive=True)


def _forget_hidden_marks(root: etree._Element) -> None:
    hidden = {
        mark.get(f"{W}id") for mark in root.iter(f"{W}bookmarkStart") if mark.get(f"{W}name").startswith(("_p_", STATE))
    }
    for mark in [*root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        if mark.attrib.pop(f"{W}id") in hidden:
            mark.getparent().remove(mark)


def _look(run: etree._Element) -> bytes:
    look = run.find(f"{W}rPr")
    return b"" if look is None else etree.tostring(look, method="c14n", exclusive=True)


def _special(*runs: etree._Element) -> bool:
    return any(run.find(f"{W}{name}") is not None for run in runs for name in ("fldChar", "instrText"))


def rezipped(payload: bytes, root: etree._Element) -> bytes:
    """The file with another main part."""
    target = BytesIO()
    with ZipFile(BytesIO(payload)) as source, ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = etree.tostring(root) if name == "word/document.xml" else source.read(name)
            archive.writestr(name, part)
    return target.getvalue()
