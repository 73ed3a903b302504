"""The rows of the first table: what is run, cold and warm, and which of our own rows it stands beside."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from processes import ROOT, child_command, own_command

SEED = ROOT / "data" / "samples" / "shaoxing-hrss-2023.json"
FORMATS = ("docx", "pdf", "xlsx")


@dataclass(frozen=True)
class Row:
    """``warm`` is the name of a part ("" for none); ``needs_ready`` a part whose template is made first."""

    name: str
    group: str
    cold: tuple[str, ...]
    warm: str = ""
    own: bool = False
    kept: str = ""


@dataclass(frozen=True)
class Missing:
    """A peer that is left out, and why."""

    name: str
    why: str


def rows(folder: Path) -> Iterator[Row | Missing]:
    """All rows, ours first in each group. ``folder`` is for what they write."""
    target = str(folder / "out")
    yield Row("load + facts + compose", "tree", tuple(child_command("once", "tree", target)), "tree", own=True)
    build = own_command("build", str(SEED), "-o", str(folder), "--force")  # or nothing is done the second time
    for group in FORMATS:
        command = (*build, "--format", group)
        yield Row(f"reportgen {group}", group, command, group, own=True)
        yield from _peers(group, folder)
    yield Row("reportgen, all three", "all", tuple(build), "build", own=True)
    for name, part, needs in TOGETHER:
        lacking = next((module for module in needs if not find_spec(module)), "")
        yield Missing(name, f"{lacking} is not installed") if lacking else _peer(name, "all", part, folder)


TYPST = "Typst, source from the tree"
STRAIGHT = "docxtpl + platypus + openpyxl"
TOGETHER = [
    ("docxtpl + platypus + XlsxWriter", "together", ("docxtpl", "xlsxwriter")),
    (STRAIGHT, "together_openpyxl", ("docxtpl", "openpyxl")),
]
"""Name, part, modules that it needs. openpyxl is the one with a style for each cell."""

PEERS = {
    "docx": [("docxtpl", "docxtpl_docx", "docxtpl")],
    "pdf": [
        ("reportlab platypus", "platypus", "reportlab"),
        (TYPST, "typst_pdf", "typst"),
        ("Typst, source lies ready", "typst_source", "typst"),
    ],
    "xlsx": [
        ("XlsxWriter", "xlsxwriter_xlsx", "xlsxwriter"),
        ("openpyxl, style per cell", "openpyxl_xlsx", "openpyxl"),
    ],
}
"""Format → name, module in ``peers``, module that it needs."""


def _peers(group: str, folder: Path) -> Iterator[Row | Missing]:
    for name, part, needs in PEERS[group]:
        yield _peer(name, group, part, folder) if find_spec(needs) else Missing(name, f"{needs} is not installed")
    if group == "pdf":
        yield _office(folder)


def _peer(name: str, group: str, part: str, folder: Path) -> Row:
    kept = str(folder / f"{part}.ready")
    command = child_command("once", part, str(folder / "out"), kept)
    return Row(name, group, tuple(command), "" if part == "typst_source" else part, kept=kept)


def _office(folder: Path) -> Row | Missing:
    """The common way to a PDF: let the office program print the DOCX (which must have been made before)."""
    name, program = "LibreOffice, from our DOCX", shutil.which("soffice")
    if not program:
        return Missing(name, "soffice is not installed")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    command = (program, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(folder / "own.docx"))
    return Row(name, "pdf", command)
