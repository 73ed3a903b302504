"""Ledgers: rows of a budget system (单位, 项目, 科目, 资金性质, 金额) as CSV, TSV or XLSX become documents.

``mapping.py`` says which column is what, ``rows.py`` reads the file, ``readings.py`` and ``amounts.py`` its columns,
``checks.py`` holds rows together, ``tables.py`` groups them, ``document.py`` makes a document of each department, and
``totals.py`` proves that nothing was lost. polars does the grouping; it is an extra (``ledger``), imported when used.
"""

from __future__ import annotations

from .ledger import DepartmentDocument, LedgerImport, import_ledger
from .write import write_documents

__all__ = ["DepartmentDocument", "LedgerImport", "import_ledger", "write_documents"]
