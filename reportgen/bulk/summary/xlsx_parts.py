"""A workbook of openpyxl as parts that hold no clock: the same workbook gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter


def parts_of(workbook: Workbook) -> dict[str, bytes]:
    """The parts of ``workbook``, by name, dated as its properties say."""
    # `Workbook.save` writes the clock into docProps/core.xml; the class below it writes what it is told.
    payload = BytesIO()
    ExcelWriter(workbook, ZipFile(payload, "w", ZIP_STORED)).save()
    with ZipFile(payload) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
