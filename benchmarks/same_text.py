"""Whether each peer's file holds every letter of the tree: a peer that leaves something out is no peer.

``python benchmarks/same_text.py`` compares letters and their numbers, not their places. Figures of a workbook are
numbers there and are counted as cells. It exits with 1 if something is missing.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from html import unescape

import checkout  # noqa: F401 - must come before what imports reportgen
from peers import ALL, installed, peer
from peers.common import figure_of
from seed import composed

from reportgen.tree import nodes


def main() -> int:
    seed = composed()
    failed = False
    for name in ALL:
        if not installed(name):
            print(f"{name:16} left out: {ALL[name]} is not installed")
            continue
        one = peer(name)
        made = one.write(seed.document, seed.style, one.ready(seed.document, seed.style))
        if one.FORMAT == "pdf" and not shutil.which("pdftotext"):
            print(f"{name:16} left out: pdftotext is not installed")
            continue
        missing = lacking(seed.document, made, one.FORMAT)
        failed |= bool(missing)
        print(f"{name:16} {f'lacks {missing}' if missing else 'says the same'}")
    return int(failed)


def lacking(document: nodes.Document, made: bytes, form: str) -> dict[str, int]:
    if form == "pdf":
        return dict(letters(texts_of(document)) - letters(pdf_text(made)))
    if form == "docx":
        return dict(letters(texts_of(document)) - letters(xml_text(made, r"word/document\.xml")))
    wanted = Counter("#" for cell in cells(document) if figure_of(cell))
    sheets = parts(made, r"xl/worksheets/.*\.xml")
    found = Counter("#" * len(re.findall(r'<c (?![^>]*t="(?:s|inlineStr)")[^>]*><v>', sheets)))
    words = "".join(cell.text for cell in cells(document) if not figure_of(cell))
    unique = set(letters(words)) - set(letters(xml_text(made, r"xl/(sharedStrings|worksheets/.*)\.xml")))
    return {**(wanted - found), **dict.fromkeys(unique, 1)}


def texts_of(document: nodes.Document) -> str:
    found = "".join(cell.text for cell in cells(document))
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, nodes.Heading | nodes.Paragraph):
                found += nodes.plain(block.runs)
    return found


def cells(document: nodes.Document) -> list[nodes.Cell]:
    return [cell for table in document.tables() for row in (*table.head, *table.body) for cell in row.cells]


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"\s", "", text))


def parts(made: bytes, names: str) -> str:
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if re.fullmatch(names, name))


def xml_text(made: bytes, names: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", parts(made, names)))


def pdf_text(made: bytes) -> str:
    run = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True)
    return run.stdout.decode()


if __name__ == "__main__":
    sys.exit(main())
