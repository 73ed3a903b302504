"""Where a block stands, as a reader would name it: 二/（三）第2段."""

from __future__ import annotations

from .nodes import Block, Document, Heading, Paragraph, Table


def printed_places(document: Document) -> dict[str, str]:
    """Block id → its printed place, for headings, paragraphs, tables and their notes."""
    places: dict[str, str] = {}
    path: dict[int, str] = {}
    paragraphs = 0
    for block in (block for section in document.sections for block in section.blocks):
        if heading := _heading(block):
            path = {level: number for level, number in path.items() if level < heading.level}
            path[heading.level] = heading.runs[0].text.rstrip("、.") if heading.runs else ""
            paragraphs = 0
            places[heading.id] = "/".join(path.values()) + "标题"
        if isinstance(block, Table):
            places[block.id] = block.label
            places |= {note.id: f"{block.label}表注" for note in block.notes}
        elif isinstance(block, Paragraph):
            paragraphs += 1
            places.setdefault(block.id, f"{'/'.join(path.values())}第{paragraphs}段")
    return places


def _heading(block: Block) -> Heading | None:
    if isinstance(block, Heading):
        return block
    return block.heading if isinstance(block, Table) else None
