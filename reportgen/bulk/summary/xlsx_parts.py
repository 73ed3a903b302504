"""The parts of an openpyxl workbook without the time of saving: the same workbook gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter


def parts_of(workbook: Workbook) -> dict[str, bytes]:
    """Return the parts of ``workbook`` by name, dated by its properties."""
    # `Workbook.save` writes the present time into docProps/core.xml; `ExcelWriter` writes the properties as they are.
    payload = BytesIO()
    ExcelWriter(workbook, ZipFile(payload, "w", ZIP_STORED)).save()
    with ZipFile(payload) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
