"""Small layouts for tests: files in a folder, and the document that they make of a sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportgen.layout.load import load_layout
from reportgen.pipeline.in_memory import prepare, render
from reportgen.pipeline.report import Prepared
from reportgen.tree.nodes import Block, Document, Heading, Paragraph, Table, plain
from tests.bad_input.sample import DEMO

HEAD = "title: 试\nextends: zhejiang\n"


def outline(*blocks: str, more: str = "") -> str:
    """The ``layout.yaml`` of one section of blocks; ``more`` goes before it."""
    lines = "".join(f"      - {{{block}}}\n" for block in blocks)
    return f"{HEAD}{more}outline:\n  - page: prose\n    blocks:\n{lines}"


def written(folder: Path, layout: str, **files: str) -> Path:
    """Write a layout; ``files`` are ``text__x`` (a template) and ``tables__x`` (a table)."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "layout.yaml").write_text(layout, encoding="utf-8")
    for name, text in files.items():
        place = folder / (name.replace("__", "/") + (".j2" if name.startswith("text") else ".yaml"))
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def prepared(folder: Path, source: Any = DEMO) -> Prepared:
    return prepare(source, str(folder))


def files_read_back(folder: Path, source: Any = DEMO) -> dict[str, bytes]:
    """The files in all formats; each was read back and compared with its document."""
    done = render(source, ("docx", "pdf", "xlsx"), str(folder), sources=True)
    assert [finding for finding in done.findings if finding.code.startswith("RB")] == []
    assert len(done.files) == 4
    return dict(done.files)


def said(document: Document) -> list[str]:
    """The paragraphs and headings of a document."""
    return [plain(block.runs) for block in document.blocks() if isinstance(block, Paragraph | Heading)]


def table(document: Document, n: int = 0) -> list[list[str]]:
    """The cells of the body of the ``n``-th table."""
    tables: list[Block] = [block for block in document.blocks() if isinstance(block, Table)]
    found = tables[n]
    assert isinstance(found, Table)
    return [[cell.text for cell in row.cells] for row in found.body]


__all__ = ["HEAD", "files_read_back", "load_layout", "outline", "prepared", "said", "table", "written"]
