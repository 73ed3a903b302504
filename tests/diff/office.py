"""LibreOffice as a judge: it opens redlines, accepts or rejects all changes, and says what then stands there."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from lxml import etree

ACCEPT, REJECT, NOTHING = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges", ""

MACRO = """
Sub Judge(sList As String)
  Dim sFrom As String, sWhat As String, sTo As String
  Open sList For Input As #1
  While Not EOF(1)
    Line Input #1, sFrom
    Line Input #1, sWhat
    Line Input #1, sTo
    Settle(sFrom, sWhat, sTo)
  Wend
  Close #1
End Sub

Sub Settle(sFrom As String, sWhat As String, sTo As String)
  Dim aHidden(0) As New com.sun.star.beans.PropertyValue
  aHidden(0).Name = "Hidden"
  aHidden(0).Value = True
  oDoc = StarDesktop.loadComponentFromURL(sFrom, "_blank", 0, aHidden())
  If sWhat <> "" Then
    oDispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
    oDispatcher.executeDispatch(oDoc.CurrentController.Frame, sWhat, "", 0, Array())
  End If
  Dim aHow(0) As New com.sun.star.beans.PropertyValue
  aHow(0).Name = "FilterName"
  aHow(0).Value = "OpenDocument Text Flat XML"
  oDoc.storeToURL(sTo, aHow())
  oDoc.close(True)
End Sub
"""
NAMES = 'xmlns:script="http://openoffice.org/2000/script" script:name="Judge" script:language="StarBasic"'
LIBRARY = 'xmlns:library="http://openoffice.org/2000/library"'
FILES = {
    "Standard/Judge.xba": f"<script:module {NAMES}>{escape(MACRO)}</script:module>",
    "Standard/script.xlb": f'<library:library {LIBRARY} library:name="Standard" library:readonly="false" '
    'library:passwordprotected="false"><library:element library:name="Judge"/></library:library>',
    "script.xlc": f'<library:libraries {LIBRARY}><library:library library:name="Standard" library:link="false"/>'
    "</library:libraries>",
}


def settled(folder: Path, jobs: Sequence[tuple[str, bytes, str]]) -> list[etree._Element]:
    """What LibreOffice has after each job (a name, a DOCX file, a command), as flat ODF."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice (soffice)")
    profile = folder / "profile"
    start = [office, "--headless", f"-env:UserInstallation={profile.as_uri()}"]
    subprocess.run(
        [*start, "--terminate_after_init"], check=True, timeout=120, capture_output=True
    )  # fills the profile
    for name, text in FILES.items():
        file = profile / "user" / "basic" / name
        file.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', encoding="utf-8")
    lines = []
    for name, payload, command in jobs:
        (folder / f"{name}.docx").write_bytes(payload)
        lines += [(folder / f"{name}.docx").as_uri(), command, (folder / f"{name}.fodt").as_uri()]
    (folder / "jobs").write_text("\n".join(lines), encoding="utf-8")
    macro = f'macro:///Standard.Judge.Judge("{folder / "jobs"}")'
    subprocess.run([*start, macro], check=True, timeout=300, capture_output=True)
    return [etree.parse(folder / f"{name}.fodt").getroot() for name, _, _ in jobs]


TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SHOWN = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
UNSEEN = {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{OFFICE}annotation"}


def shown(document: etree._Element) -> list[str]:
    """Text and tables as lines: paragraphs, and per row its cells with their spans."""
    return list(_lines(document.find(f"{OFFICE}body/{OFFICE}text")))


def columns(document: etree._Element) -> list[list[str]]:
    """For each table the texts of every column, one after the other: wherever a tall cell is cut, its text is one."""
    found = []
    for table in document.iter(f"{TABLE}table"):
        rows = [
            [_cell(cell).removesuffix("^").split(" [")[0] for cell in row] for row in table.iter(f"{TABLE}table-row")
        ]
        found.append(["".join(row[c] for row in rows if c < len(row)) for c in range(max(map(len, rows)))])
    return found


def _lines(element: etree._Element):  # type: ignore[no-untyped-def]
    for child in element:
        if child.tag in UNSEEN or not isinstance(child.tag, str):
            continue
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            if text := _text(child):
                yield text
        elif child.tag == f"{TABLE}table-row":
            yield "| " + " | ".join(_cell(cell) for cell in child)
        else:
            yield from _lines(child)


def _cell(cell: etree._Element) -> str:
    if cell.tag == f"{TABLE}covered-table-cell":
        return "^"
    spans = [cell.get(f"{TABLE}number-{part}-spanned", "1") for part in ("rows", "columns")]
    text = "\n".join(_text(paragraph) for paragraph in cell.iter(f"{TEXT}p"))
    return text if spans == ["1", "1"] else f"{text} [{spans[0]}×{spans[1]}]"


def _text(paragraph: etree._Element) -> str:
    text = paragraph.text or ""
    for child in paragraph:
        if child.tag not in UNSEEN:
            text += SHOWN.get(child.tag, "") * int(child.get(f"{TEXT}c", "1")) + _text(child)
        text += child.tail or ""
    return text
