"""Compose the annex of sources: a document of one table, with a row for each printed figure."""

from __future__ import annotations

from dataclasses import replace

from ..tree.nodes import Cell, Column, Document, Heading, Row, Section, Table, Text
from .tracer import FigureSource, Tracer

HEADS = (
    ("位置", 22.0),
    ("印出", 9.0),
    ("单位", 5.0),
    ("准确值", 13.0),
    ("数据项", 17.0),
    ("算法", 17.0),
    ("输入单元", 12.0),
    ("文件中的名称", 15.0),
)
MOST_CELLS = 12
"""How many input cells of a figure are listed; a total of more is explained by its formula."""


def annex(tracer: Tracer, document: Document, page: str) -> Document:
    """Return the annex of ``document``; ``page`` names a page setup of the style."""
    rows = tuple(_row(n, source) for n, source in enumerate(tracer.of_place(""), 1))
    title = (Text(f"{document.title}：数字出处"),)
    table = Table(
        id="sources",
        heading=Heading("sources/heading", 1, title),
        title=title,
        label="",
        left=(Text("每个印出的数字一行"),),
        right=(Text("准确值以元、百分点或件数计"),),
        columns=tuple(Column(100 * width / sum(w for _, w in HEADS)) for _, width in HEADS),
        head=(Row("sources/head", tuple(Cell((Text(name),), align="center") for name, _ in HEADS), "head"),),
        body=rows,
    )
    return replace(document, title=f"{document.title}：数字出处", sections=(Section("sources", page, (table,)),))


def _row(n: int, source: FigureSource) -> Row:
    use, fact = source.use, source.fact
    cells = source.cells
    shown = "\n".join(cells[:MOST_CELLS]) + (f"\n…共 {len(cells)} 个" if len(cells) > MOST_CELLS else "")
    unit = use.figure.unit if use.figure else ""
    texts = (use.place, use.text, unit, source.value, fact.name, fact.formula[:500] or "读自输入", shown, use.name)
    return Row(f"sources/{n}", tuple(Cell((Text(text),) if text else ()) for text in texts))
