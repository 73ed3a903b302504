"""reportgen: official budget disclosures (部门预算公开) as DOCX, PDF and XLSX from one canonical JSON document.

One line does what the command line does::

    reportgen.build("budget.json", "out")

``docs/api.md`` describes everything that can be imported from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .core.version import __version__

if TYPE_CHECKING:
    from .api import (
        AuditFinding,
        AuditReport,
        BudgetSource,
        Comparison,
        Coverage,
        FigureSource,
        Finding,
        InputError,
        InternalError,
        LayoutError,
        LayoutSource,
        LoadedBudget,
        LoadedLayout,
        Missing,
        OutputError,
        OutputStorage,
        Place,
        Pulled,
        PulledEdits,
        Rendered,
        Report,
        ReportgenError,
        Severity,
        Tracer,
        TypesettingError,
        UnitDocument,
        UnitDocuments,
        UsageError,
        Use,
        audit,
        build,
        check,
        diff,
        load,
        load_layout,
        pull,
        pull_edits,
        render,
        save_unit_documents,
        trace,
        unit_documents,
        workbook,
    )

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
    "__version__",
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


if not TYPE_CHECKING:  # a type checker would take every name for a public one

    def __getattr__(name: str) -> Any:
        """Import a public name when it is first used: the command line starts without loading everything."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from . import api

        return getattr(api, name)


def __dir__() -> list[str]:
    """List the public names, also those that are not imported yet."""
    return sorted({*globals(), *__all__})
