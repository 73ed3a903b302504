"""The workbook inside a DOCX that holds the figures of one chart: what Word opens for "edit data"."""

from __future__ import annotations

from collections.abc import Iterator

from ...tree.nodes import Chart, Document, Figure, plain
from ..opc import DECLARATION, R, escaped, package_parts, relationships
from ..zips import pack
from .cells import ChartCells
from .wording import label_format

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "Sheet1"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BOOK, _FIRST, _STYLES = "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"
_FIRST_FORMAT = 164
"""The first number that a workbook's own number formats have."""


def embedded_cells(chart: Chart) -> ChartCells:
    """Return the cells of the embedded workbook that hold the figures of ``chart``."""
    return ChartCells(SHEET, 1, len(chart.categories))


def embedded_workbook(chart: Chart, document: Document) -> bytes:
    """Return the workbook with the figures of ``chart``, dated as ``document`` is."""
    formats = [*dict.fromkeys(label_format(figure) for series in chart.series for figure in series.figures if figure)]
    types = {_BOOK: f"{_TYPES}.sheet.main+xml", _FIRST: f"{_TYPES}.worksheet+xml", _STYLES: f"{_TYPES}.styles+xml"}
    parts = {
        **package_parts(document, _BOOK, types),
        _BOOK: f'{DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{R}"><sheets>'
        f'<sheet name="{SHEET}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            ("rId1", f"{R}/worksheet", "worksheets/sheet1.xml"), ("rId2", f"{R}/styles", "styles.xml")
        ),
        _FIRST: f'{DECLARATION}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(_rows(chart, formats))}</sheetData>'
        "</worksheet>",
        _STYLES: _styles(formats),
    }
    return pack(parts, document.date)


def _rows(chart: Chart, formats: list[str]) -> Iterator[str]:
    yield _row(1, ["", *(_text(plain(series.name), chart.id) for series in chart.series)])
    for n, category in enumerate(chart.categories):
        figures = [_number(series.figures[n], formats) for series in chart.series]
        yield _row(n + 2, [_text(plain(category), chart.id), *figures])


def _row(number: int, contents: list[str]) -> str:
    cells = (f'<c r="{chr(ord("A") + n)}{number}"{content}' for n, content in enumerate(contents) if content)
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(text: str, where: str) -> str:
    return f' t="inlineStr"><is><t xml:space="preserve">{escaped(text, where)}</t></is></c>' if text else ""


def _number(figure: Figure | None, formats: list[str]) -> str:
    return f' s="{formats.index(label_format(figure)) + 1}"><v>{figure.value:f}</v></c>' if figure else ""


def _styles(formats: list[str]) -> str:
    codes = "".join(
        f'<numFmt numFmtId="{n}" formatCode="{escaped(code, "chart")}"/>'
        for n, code in enumerate(formats, _FIRST_FORMAT)
    )
    cells = "".join(
        f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for n in range(_FIRST_FORMAT, _FIRST_FORMAT + len(formats))
    )
    return (
        f'{DECLARATION}<styleSheet xmlns="{_MAIN}"><numFmts count="{len(formats)}">{codes}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats) + 1}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>{cells}'
        '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )
