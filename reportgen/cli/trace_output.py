"""Output of ``trace``: where figures come from, or where an input cell is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from .console import Console

if TYPE_CHECKING:
    from ..tracing import FigureSource, Use

MOST_CELLS = 12
"""Cells that are printed for one figure."""
LONGEST = 40
"""Characters of a text that are printed in one line."""


def print_sources(sources: Sequence[FigureSource], console: Console) -> int:
    """Print where figures come from; return the exit code, 1 when there are none."""
    if console.json:
        console.print_data([_source_data(source) for source in sources])
    else:
        for source in sources:
            console.print_result(_source(source, console))
    return _exit_code(bool(sources), console)


def print_uses(uses: Sequence[Use], console: Console) -> int:
    """Print where an input cell is used; return the exit code, 1 when it is used nowhere."""
    if console.json:
        console.print_data([_use_data(use) for use in uses])
    else:
        for use in uses:
            console.print_result(_use(use, console))
    return _exit_code(bool(uses), console)


def _exit_code(anything: bool, console: Console) -> int:
    if not anything and not console.json:
        message = "没有找到。数字照印出的样子写；位置如 二/（二）、表03；指针如 /expenditure/7/project。"
        console.print_message(console.language.gettext(message))
    return 0 if anything else 1


def _source(source: FigureSource, console: Console) -> str:
    language, cells = console.language, source.cells
    lines = [f"{source.use.text}  {source.use.place}"]
    lines.append(console.labelled("数据项：{text}", f"{source.fact.name} = {language.value(source.value)}"))
    if source.fact.formula:
        lines.append(console.labelled("算法：{text}", source.fact.formula))
    more = ""
    if len(cells) > MOST_CELLS:
        more = " " + language.message("…共 {count} 个", {"count": str(len(cells))})
    lines.append(console.labelled("读自：{text}", language.joined(cells[:MOST_CELLS], "、") + more))
    return "\n".join(lines)


def _use(use: Use, console: Console) -> str:
    how = use.fact if use.figure else console.language.gettext("措辞" if use.fact else "文字")
    text = use.text if len(use.text) <= LONGEST else use.text[: LONGEST - 1] + "…"
    return f"{use.place}  {text}  " + console.language.gettext("（{how}）").format(how=how)


def _source_data(source: FigureSource) -> dict[str, Any]:
    return {
        **_use_data(source.use),
        "value": source.value,
        "formula": source.fact.formula,
        "inputs": [fact.name for fact in source.fact.inputs],
        "cells": list(source.cells),
    }


def _use_data(use: Use) -> dict[str, Any]:
    kind = "figure" if use.figure else ("wording" if use.fact else "text")
    return {"place": use.place, "text": use.text, "kind": kind, "fact": use.fact, "block": use.block, "name": use.name}
