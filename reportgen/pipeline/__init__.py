"""From a budget document to its files: ``load``, ``check``, ``render`` in memory, ``build`` into a folder.

``in_memory`` holds the pipeline itself; ``docs/architecture.md`` describes it in the same words.
"""

from .document_layout import layout_name, layout_of_payload
from .in_memory import check, prepare, render, trace
from .into_folder import build, build_files, current_report
from .loaded_layout import LayoutSource, LoadedLayout, load_layout
from .report import Prepared, Rendered, Report
from .source import BudgetSource, LoadedBudget, load
from .state_folder import StateFolder, default_state
from .storage import LocalFolder, OutputStorage

__all__ = [
    "BudgetSource",
    "LayoutSource",
    "LoadedBudget",
    "LoadedLayout",
    "LocalFolder",
    "OutputStorage",
    "Prepared",
    "Rendered",
    "Report",
    "StateFolder",
    "build",
    "build_files",
    "check",
    "current_report",
    "default_state",
    "layout_name",
    "layout_of_payload",
    "load",
    "load_layout",
    "prepare",
    "render",
    "trace",
]
