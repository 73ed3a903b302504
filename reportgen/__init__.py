"""reportgen: official budget disclosures (部门预算公开) as DOCX, PDF and XLSX from one canonical JSON document.

One line does what the command line does::

    reportgen.build("budget.json", "out")
"""

from .core.version import __version__
from .pipeline import Report, build, check

__all__ = ["Report", "__version__", "build", "check"]
