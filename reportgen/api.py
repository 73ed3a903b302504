"""The public functions and classes of reportgen: what ``docs/api.md`` describes and ``import reportgen`` offers.

``load``, ``check`` and ``render`` touch no files but the ones they are given to read, and may be called from several
threads at once. Problems in the data are returned as findings; exceptions are raised only when a run cannot go on.
"""

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
from .hand_edits import Pulled, pull
from .pipeline import LoadedBudget, LoadedLayout, Rendered, Report, build, check, load, load_layout, render, trace
from .pipeline.versions import Comparison, diff
from .tracing import Tracer

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
    "build",
    "check",
    "diff",
    "load",
    "load_layout",
    "pull",
    "render",
    "trace",
]
