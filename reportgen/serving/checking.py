"""What is wrong with a document; characters that cannot be printed are among its findings."""

from __future__ import annotations

from ..intake.clerk_words import for_clerks
from ..pipeline import Report, prepare
from ..pipeline.source import LoadedBudget
from ..writers.glyph_check import missing


def checked(source: LoadedBudget) -> Report:
    """Return all findings about a document, those about characters that no typeface has among them.

    Raises:
        ReportgenError: the layout is missing or wrong.
    """
    prepared = prepare(source)
    lacking = for_clerks(missing(prepared.document, prepared.layout.style), source.cells, source.blanks)
    return Report((*prepared.findings, *lacking), prepared=prepared)
