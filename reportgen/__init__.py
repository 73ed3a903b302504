"""reportgen: official budget disclosures (部门预算公开) as DOCX, PDF and XLSX from one canonical JSON document.

One line does what the command line does::

    reportgen.build("budget.json", "out")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .core.version import __version__

if TYPE_CHECKING:
    from .pipeline import Report, build, check

__all__ = ["Report", "__version__", "build", "check"]


def __getattr__(name: str) -> Any:
    """The public names, brought when first asked for: whoever wants one room need not open the whole house."""
    if name in __all__:
        from . import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
