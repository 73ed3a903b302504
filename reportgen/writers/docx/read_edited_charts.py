"""Read the figures of charts in a DOCX file that a person has edited, to tell which were changed there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...tree.edited_docx import Beyond

PART = re.compile(r"word/charts/chart[^/]*\.xml")
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def has_chart(drawing: Any) -> bool:
    """Return whether a drawing shows a chart."""
    return next(drawing.iter(f"{_C}chart"), None) is not None


def charted_values(root: Any) -> Iterator[Beyond]:
    """Iterate over the figures of a chart part, each with its category and its series: 基本支出 2023年 4986.63."""
    for series in root.iter(f"{_C}ser"):
        name, categories, figures = (_points(series.find(f"{_C}{part}")) for part in ("tx", "cat", "val"))
        for n, figure in figures.items():
            words = (categories.get(n, ""), name.get("0", ""), _number(figure))
            yield Beyond("chart value", " ".join(filter(None, words)))


def _points(data: Any) -> dict[str, str]:
    """The cached texts or numbers of a reference by their places."""
    points = data.iter(f"{_C}pt") if data is not None else ()
    return {point.get("idx") or "": point.findtext(f"{_C}v") or "" for point in points}


def _number(text: str) -> str:
    """A number as far as every program keeps it: word processors write the digits of a float."""
    try:
        return f"{float(text):.12g}"
    except ValueError:
        return text
