"""The words of a chart: what is printed at a figure, and the text alternative that is made from the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...tree.nodes import Chart, Figure, plain
from ..tables.estimate import ems as table_ems

_DASHES = ("-", "—")
_CAPITALS, _CAPITAL = re.compile("[A-Zmw@&%]"), 0.35
_SMALLS, _SMALL = re.compile("[a-ln-vx-z]"), 0.1
"""Letters that are wider than half an em, and by how much at most."""
_KINDS = {"pie": "饼图", "bar": "柱形图", "grouped-bar": "柱形图"}


def value_label(figure: Figure) -> str:
    """Return a figure as a chart prints it, always with its unit: 4986.63万元, 71.72%."""
    return figure.text if figure.text in _DASHES else f"{figure.text}{figure.unit}"


def label_format(figure: Figure) -> str:
    """Return the number format that prints ``figure.value`` as :func:`value_label` does.

    >>> from decimal import Decimal
    >>> label_format(Figure("4,986.63", Decimal("4986.63"), "万元", "x", 2, True))
    '#,##0.00"万元"'
    """
    whole = "#,##0" if figure.grouped else "0"
    unit = '"' + figure.unit.replace('"', "") + '"' if figure.unit else ""
    pattern = f"{whole}.{'0' * figure.decimals}{unit}" if figure.decimals > 0 else f"{whole}{unit}"
    if figure.text in _DASHES:
        return f'{pattern};-{pattern};"{figure.text}"'
    is_unsigned = figure.value < 0 and not figure.text.startswith(("-", "−", "－"))
    return f"{pattern};{pattern}" if is_unsigned else pattern


def has_legend(chart: Chart) -> bool:
    """Return whether the names of the series are printed: there are several."""
    return len(chart.series) > 1


def alternative_text(chart: Chart) -> str:
    """Return what a chart shows as one sentence, for readers who do not see it."""
    parts = (f"{plain(category)}{_values(chart, n)}" for n, category in enumerate(chart.categories))
    return f"{_KINDS[chart.kind]}《{plain(chart.caption)}》：{'；'.join(parts)}。"


def _values(chart: Chart, n: int) -> str:
    named = [(plain(series.name) if has_legend(chart) else "", series.figures[n]) for series in chart.series]
    return "，".join(f"{name}{value_label(figure)}" for name, figure in named if figure)


def ems(text: str) -> float:
    """Return the width of a label in ems, by estimate and on the safe side: letters of any face fit it.

    >>> ems("行政运行"), ems("4986.63"), ems("ABC")
    (4.0, 3.5, 2.55)
    """
    return round(table_ems(text) + _CAPITAL * len(_CAPITALS.findall(text)) + _SMALL * len(_SMALLS.findall(text)), 3)


def wrapped(text: str, most: float) -> Iterator[str]:
    """Iterate over the lines of a text that are at most ``most`` characters of one em wide, by estimate."""
    line = ""
    for char in text:
        if line and ems(line + char) > most:
            yield line
            line = ""
        line += char
    yield line
