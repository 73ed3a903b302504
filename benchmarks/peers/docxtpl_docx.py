"""docxtpl: a template in Word's format with loops for the paragraphs and the rows, filled from the tree."""

from __future__ import annotations

import io
from typing import Any

from docxtpl import DocxTemplate

from reportgen.tree import nodes
from reportgen.tree.style import Style

from .common import shown
from .docxtpl_template import merged_columns, template

NAME, FORMAT = "docxtpl", "docx"


def ready(document: nodes.Document, style: Style) -> bytes:
    return template(document, style)


def write(document: nodes.Document, style: Style, ready: bytes) -> bytes:
    made = DocxTemplate(io.BytesIO(ready))
    made.render(context(document), autoescape=True)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def context(document: nodes.Document) -> dict[str, Any]:
    found: dict[str, Any] = {"title": document.title}
    for n, section in enumerate(document.sections):
        found[f"blocks{n}"] = [line for block in section.blocks for line in lines(block)]
    for n, table in enumerate(document.tables()):
        found[f"table{n}"] = table_context(table)
    return found


def lines(block: nodes.Block) -> list[dict[str, str]]:
    if isinstance(block, nodes.Cover):
        return [{"role": "cover", "text": nodes.plain(line)} for line in block.lines]
    if isinstance(block, nodes.Contents):
        entries = [{"role": f"contents{e.level}", "text": nodes.plain(e.runs)} for e in block.entries]
        return [{"role": "contents-title", "text": block.title}, *entries]
    if isinstance(block, nodes.Heading):
        return [{"role": f"heading{block.level}", "text": nodes.plain(block.runs)}]
    if isinstance(block, nodes.Paragraph):
        return [{"role": block.role, "text": nodes.plain(block.runs)}]
    return []


def table_context(table: nodes.Table) -> dict[str, Any]:
    return {
        "heading": nodes.plain(table.heading.runs),
        "label": table.label,
        "title": nodes.plain(table.title),
        "left": nodes.plain(table.left),
        "right": nodes.plain(table.right),
        "groups": groups(table),
        "notes": [nodes.plain(note.runs) for note in table.notes],
    }


def groups(table: nodes.Table) -> list[list[list[str]]]:
    """The rows, those under common merged cells together; a covered place repeats the text (``vm`` blanks it)."""
    merged, width = merged_columns(table), len(table.columns)
    found: list[list[list[str]]] = []
    for row in table.body:
        if len(row.cells) == width:
            found.append([[shown(cell) for cell in row.cells]])
        else:
            own = iter(row.cells)
            found[-1].append(["" if c in merged else shown(next(own)) for c in range(width)])
    return found
