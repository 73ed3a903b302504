"""The public functions and classes of reportgen: what ``docs/api.md`` describes and ``import reportgen`` offers.

``load``, ``check`` and ``render`` touch no files but the ones they are given to read, and may be called from several
threads at once. Problems in the data are returned as findings; exceptions are raised only when a run cannot go on.
"""

from pathlib import Path

from .auditing.report import AuditFinding, AuditReport, Coverage
from .core.errors import (
    InputError,
    InternalError,
    LayoutError,
    OutputError,
    ReportgenError,
    TypesettingError,
    UsageError,
)
from .core.finding import Finding, Place, Severity
from .hand_edits import Pulled, PulledEdits, pull, pull_edits
from .pipeline import (
    BudgetSource,
    LayoutSource,
    LoadedBudget,
    LoadedLayout,
    OutputStorage,
    Rendered,
    Report,
    build,
    check,
    load,
    load_layout,
    render,
    trace,
)
from .pipeline.fill_in import workbook
from .pipeline.unit_documents import UnitDocument, UnitDocuments, save_unit_documents, unit_documents
from .pipeline.unit_missing import Missing
from .pipeline.versions import Comparison, diff
from .tracing import FigureSource, Tracer, Use

__all__ = [
    "AuditFinding",
    "AuditReport",
    "BudgetSource",
    "Comparison",
    "Coverage",
    "FigureSource",
    "Finding",
    "InputError",
    "InternalError",
    "LayoutError",
    "LayoutSource",
    "LoadedBudget",
    "LoadedLayout",
    "Missing",
    "OutputError",
    "OutputStorage",
    "Place",
    "Pulled",
    "PulledEdits",
    "Rendered",
    "Report",
    "ReportgenError",
    "Severity",
    "Tracer",
    "TypesettingError",
    "UnitDocument",
    "UnitDocuments",
    "UsageError",
    "Use",
    "audit",
    "build",
    "check",
    "diff",
    "load",
    "load_layout",
    "pull",
    "pull_edits",
    "render",
    "save_unit_documents",
    "trace",
    "unit_documents",
    "workbook",
]


def audit(
    source: bytes | str | Path,
    isolated: bool = True,
    data: BudgetSource | None = None,
    last: BudgetSource | None = None,
    layout: LayoutSource | None = None,
) -> AuditReport:
    """Return what is wrong in a published document of any origin: its path or its content (PDF, DOCX, XLSX).

    Args:
        source: the published document.
        isolated: read it in a worker process of its own; otherwise the caller is in one.
        data: the canonical document that it was made from: everything printed is held against it.
        last: last year's document, as it was published (path or content) or canonical: the bases are held against it.
        layout: the layout that ``data`` is composed with, by default its own.

    Raises:
        InputError: one of the files cannot be read, has no text, or breaks the contract.
        UsageError: one is a PDF, and the extra ``reportgen[audit]`` is not installed; there is no such layout.
    """
    from .auditing.audit import audit as audit_document  # the recogniser is loaded by those who audit
    from .auditing.beside import Beside

    return audit_document(source, isolated, Beside(data, last, layout))
