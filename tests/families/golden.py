"""What a layout makes of its sample, as a small text: paragraphs with their ids, tables by heads, first and last rows.

``python -m tests.families.golden NAME`` writes the text of a layout (of all layouts without a name).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from reportgen.core.paths import shipped
from reportgen.pipeline.in_memory import prepare
from reportgen.tree.nodes import Chart, Contents, Cover, Document, Row, Table, plain

SAMPLES = shipped("data") / "samples"
NAMED_OTHERWISE = {"zhejiang": "demo-2023"}
"""The layout whose sample is older than the rule that both have one name."""
FIRST_ROWS = 4
"""So many rows of each table are in the text, and the last one."""


def families() -> list[str]:
    """The names of the layouts that have a sample of their own."""
    layouts = sorted(path.parent.name for path in shipped("layouts").glob("*/layout.yaml"))
    return [name for name in layouts if (SAMPLES / f"{name}.json").exists()]


def sample(name: str) -> Path:
    return SAMPLES / f"{NAMED_OTHERWISE.get(name, name)}.json"


def golden_file(name: str) -> Path:
    return Path(__file__).parent / f"{name}.txt"


def text_of(name: str) -> str:
    """The text of the sample of a layout, made with it."""
    return "".join(f"{line}\n" for line in _lines(prepare(sample(name), name).document))


def _lines(document: Document) -> Iterator[str]:
    yield f"{document.title} | {document.author} | {document.subject}"
    for section in document.sections:
        yield f"=== {section.page}"
        for block in section.blocks:
            if isinstance(block, Cover):
                yield from (plain(line) for line in block.lines)
            elif isinstance(block, Contents):
                yield block.title
                yield from (f"{'  ' * entry.level}{plain(entry.runs)}" for entry in block.entries)
            elif isinstance(block, Table):
                yield from _table(block)
            elif isinstance(block, Chart):
                yield f"[{block.id}] {plain(block.caption_line)}"
                for n, category in enumerate(block.categories):
                    figures = (one.figures[n] for one in block.series)
                    yield f"{plain(category)} | {' | '.join(figure.text if figure else '' for figure in figures)}"
            else:
                yield f"[{block.id}] {plain(block.runs)}"


def _table(table: Table) -> Iterator[str]:
    yield f"--- {table.label} {plain(table.title)} | {plain(table.left)} | {plain(table.right)}"
    yield from (_cells(row) for row in (*table.head, *table.body[:FIRST_ROWS]))
    if len(table.body) > FIRST_ROWS:
        yield f"… {len(table.body)}"
        yield _cells(table.body[-1])
    yield from (plain(note.runs) for note in table.notes)


def _cells(row: Row) -> str:
    return " | ".join(cell.text for cell in row.cells)


if __name__ == "__main__":
    for layout in sys.argv[1:] or families():
        golden_file(layout).write_text(text_of(layout), encoding="utf-8")
