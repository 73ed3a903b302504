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
        Comparison,
        Finding,
        InputError,
        InternalError,
        LayoutError,
        LoadedBudget,
        LoadedLayout,
        OutputError,
        Place,
        Pulled,
        Rendered,
        Report,
        ReportgenError,
        Severity,
        Tracer,
        TypesettingError,
        UsageError,
        build,
        check,
        diff,
        load,
        load_layout,
        pull,
        render,
        trace,
    )

__all__ = [
    "Comparison",
    "Finding",
    "InputError",
    "InternalError",
    "LayoutError",
    "LoadedBudget",
    "LoadedLayout",
    "OutputError",
    "Place",
    "Pulled",
    "Rendered",
    "Report",
    "ReportgenError",
    "Severity",
    "Tracer",
    "TypesettingError",
    "UsageError",
    "__version__",
    "build",
    "check",
    "diff",
    "load",
    "load_layout",
    "pull",
    "render",
    "trace",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line starts without loading everything."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from . import api

    return getattr(api, name)
