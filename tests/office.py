"""LibreOffice as an editor and as a judge: a Basic macro in a throwaway profile opens files, changes them, saves them.

:func:`run_basic` runs any macro; :func:`settled` has one that accepts or rejects all changes of many files, and what
then stands in each is read from flat ODF. Nothing more need be installed than LibreOffice, which brings Basic along.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from lxml import etree

ACCEPT, REJECT, NOTHING = ".uno:AcceptAllTrackedChanges", ".uno:RejectAllTrackedChanges", ""

JUDGE = """
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

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SHOWN = {f"{TEXT}s": " ", f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
UNSEEN = {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{OFFICE}annotation"}

MODULE = "Tests"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DTD = '<!DOCTYPE {root} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{file}">\n'
_NAMESPACES = 'xmlns:{prefix}="http://openoffice.org/2000/{prefix}"'


def needed() -> str:
    """The office program; without it the test is skipped."""
    office = shutil.which("soffice")
    if not office:
        pytest.skip("needs LibreOffice (soffice)")
    return office


def run_basic(source: str, sub: str, *arguments: str, profile: Path, timeout: float = 120) -> None:
    """Run ``sub`` of the Basic module ``source`` with text arguments, in a profile made in the folder ``profile``.

    Whatever the macro does not tell in a file of its own is lost: an error in it ends the program without a word.
    """
    office = needed()
    start = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    subprocess.run([*start, "--terminate_after_init"], check=True, capture_output=True, timeout=timeout)
    _library(source, profile / "user" / "basic")
    given = ",".join(f'"{argument}"' for argument in arguments)
    call = f"macro:///Standard.{MODULE}.{sub}({given})"
    subprocess.run([*start, call], check=True, capture_output=True, timeout=timeout)


def _library(source: str, folder: Path) -> None:
    """The one module put into the library Standard of a profile that has been started once."""
    standard = folder / "Standard"
    script, library = (_NAMESPACES.format(prefix=prefix) for prefix in ("script", "library"))
    (standard / f"{MODULE}.xba").write_text(
        f"{_HEAD}{_DTD.format(root='script:module', file='module.dtd')}"
        f'<script:module {script} script:name="{MODULE}" script:language="StarBasic">{escape(source)}</script:module>',
        encoding="utf-8",
    )
    (standard / "script.xlb").write_text(
        f"{_HEAD}{_DTD.format(root='library:library', file='library.dtd')}"
        f'<library:library {library} library:name="Standard" library:readonly="false"'
        f' library:passwordprotected="false"><library:element library:name="{MODULE}"/></library:library>',
        encoding="utf-8",
    )


def settled(folder: Path, jobs: Sequence[tuple[str, bytes, str]]) -> list[etree._Element]:
    """What LibreOffice has after each job (a name, a DOCX file, a command), as flat ODF."""
    lines = []
    for name, payload, command in jobs:
        (folder / f"{name}.docx").write_bytes(payload)
        lines += [(folder / f"{name}.docx").as_uri(), command, (folder / f"{name}.fodt").as_uri()]
    (folder / "jobs").write_text("\n".join(lines), encoding="utf-8")
    run_basic(JUDGE, "Judge", f"{folder}/jobs", profile=folder / "profile", timeout=300)
    return [etree.parse(folder / f"{name}.fodt").getroot() for name, _, _ in jobs]


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


def _lines(element: etree._Element) -> Iterator[str]:
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


def saved_by_office(payload: bytes, folder: Path) -> bytes:
    """A workbook as LibreOffice saves it after opening it."""
    (folder / "book.xlsx").write_bytes(payload)
    command = [
        needed(), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
        "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "saved"), str(folder / "book.xlsx"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return (folder / "saved" / "book.xlsx").read_bytes()
