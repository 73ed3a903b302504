"""The parts of charts in a DOCX package: the chart, and the workbook of its figures beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ...tree.nodes import Chart, Document
from ...tree.style import Style
from ..charts.native import CONTENT_TYPE, chart_part
from ..charts.workbook import CONTENT_TYPE as WORKBOOK_TYPE
from ..charts.workbook import embedded_cells, embedded_workbook
from .chart_markup import chart_relationship

_WORKBOOK = "rId1"


def add_chart_parts(
    word: WordDocument, charts: Iterable[tuple[Chart, float]], style: Style, document: Document
) -> None:
    """Put the parts of ``charts`` into the package, each under the id by which its drawing refers to it.

    ``charts`` come with the width in points in which each is shown; one that is there twice is put in once.
    """
    package, main = word.part.package, word.part
    assert package is not None
    for n, (chart, width) in enumerate(_once(charts), 1):
        text = chart_part(chart, embedded_cells(chart), width, style, _WORKBOOK)
        part = Part(PackURI(f"/word/charts/chart{n}.xml"), CONTENT_TYPE, text.encode(), package)
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{n}.xlsx")
        workbook = Part(name, WORKBOOK_TYPE, embedded_workbook(chart, document), package)
        part.rels.add_relationship(RELATIONSHIP_TYPE.PACKAGE, workbook, _WORKBOOK)
        main.rels.add_relationship(RELATIONSHIP_TYPE.CHART, part, chart_relationship(chart))


def _once(charts: Iterable[tuple[Chart, float]]) -> Iterable[Any]:
    return {chart_relationship(chart): (chart, width) for chart, width in charts}.values()
