"""Compare a chart of a file with that of the document: its caption, its kind, its words and figures, its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest

from ..core.finding import Finding
from ..tree.locations import chart_name
from ..tree.nodes import Chart, Figure
from ..tree.readback import BLANK, ReadCell, ReadChart
from .findings import File, folded

_DASHES = ("-", "—")


def expected_cells(chart: Chart) -> tuple[ReadCell, ...]:
    """Return what a chart shows, in order: names of several series, then each category with its figures."""
    names = [series.name for series in chart.series] if len(chart.series) > 1 else []
    cells = [ReadCell(folded(name)) for name in names]
    for n, category in enumerate(chart.categories):
        cells.append(ReadCell(folded(category)))
        cells += [_figure(series.figures[n]) for series in chart.series]
    return tuple(cells)


def _figure(figure: Figure | None) -> ReadCell:
    if figure is None:
        return BLANK
    return ReadCell(figure.text if figure.text in _DASHES else f"{figure.text}{figure.unit}", figure.value)


def compare_chart(file: File, chart: Chart, read: ReadChart) -> Iterator[Finding]:
    """Iterate over the differences of a chart; a format without cells has no exact numbers either."""
    name = chart_name(chart)
    lines = [("题名", folded(chart.caption_line), folded(read.caption)), ("类型", chart.kind, read.kind or chart.kind)]
    for line, expected, found in lines:
        if expected != found:
            message = "读回文件：图的{line}是“{found}”，应为“{expected}”"
            yield file.finding("RB118", name, message, expected, found, line=line)
    cells = expected_cells(chart)
    alternative, caption = folded(read.alternative), folded(chart.caption)
    missing = [cell.text for cell in cells if cell.text not in alternative]
    if missing or caption not in alternative:
        message = "读回文件：图的替代文字是“{found}”，里面没有“{expected}”"
        yield file.finding("RB118", name, message, "，".join(missing) or caption, alternative)
    if read.source is None:
        yield from _compare(file, name, "RB119", [ReadCell(cell.text) for cell in cells if cell.text], read.shown)
        return
    yield from _compare(file, name, "RB119", cells, read.shown)
    yield from _compare(file, f"{name}的数据", "RB120", cells, read.source)


def _compare(
    file: File, name: str, code: str, expected: Sequence[ReadCell], found: Sequence[ReadCell]
) -> Iterator[Finding]:
    for n, (cell, other) in enumerate(zip_longest(expected, found, fillvalue=BLANK), 1):
        if cell.text != folded(other.text):
            message = "读回文件：图上这一处是“{found}”，应为“{expected}”"
            yield file.finding(code, f"{name}第{n}项", message, cell.text, folded(other.text))
        elif cell.value != other.value:
            message = "读回文件：图上这一处的数值是 {found}，应为 {expected}"
            yield file.finding(code, f"{name}第{n}项", message, _number(cell.value), _number(other.value))


def _number(value: Decimal | None) -> str:
    return "（文字）" if value is None else str(value)
