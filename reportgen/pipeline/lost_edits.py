"""Refuse a JSON that lacks hand edits which the files in the folder have, or which were pulled from them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..budget.json_input import parse_json
from ..core.errors import OutputError, ReportgenError
from ..manifest.state import State, unpacked
from ..tree.locations import printed_places
from ..tree.nodes import Document

FIELD = "overrides"
_MOST = 5
"""Paragraphs that a message names."""


def refuse_lost_edits(state: State | None, payload: bytes, generated: Document, folder: str) -> None:
    """Raise if the JSON ``payload`` lacks overrides that the last build or pull into the folder knew.

    Of what was pulled and not built yet, an override with other words is lacking too. An override of a paragraph that
    the ``generated`` document does not have is none: it would not be printed.

    Raises:
        OutputError: some are lacking; the message names their paragraphs.
    """
    if state is None:
        return
    exact = bool(state.pulled)
    try:
        before = unpacked(state.pulled or state.data)
        if f'"{FIELD}"'.encode() not in before:
            return
        lost = Counter(_keys(before, exact)) - Counter(_keys(payload, exact))
    except (ValueError, ReportgenError):
        return  # the state was changed, or is of an earlier version of the document
    places = printed_places(generated)
    blocks = dict.fromkeys(block for block, _ in lost if block in places)
    if not blocks:
        return
    raise OutputError(
        "{path} 里有取回的手工改动，这份 JSON 的 overrides 里没有：{paragraphs}；没有写出文件，原有的文件没有改动",
        "把 overrides 放回 JSON（从预算系统重新导出的，从旧 JSON 抄过来）；确定不要这些改动，就加 --force",
        path=folder,
        paragraphs="、".join([places[block] for block in blocks][:_MOST]) + ("……" if len(blocks) > _MOST else ""),
    )


def _keys(payload: bytes, exact: bool) -> Iterator[tuple[str, str]]:
    """What tells one override from another, each with its block: its kind, and if ``exact`` its words."""
    data = parse_json(payload)
    overrides = data.get(FIELD) if isinstance(data, Mapping) else None
    for override in overrides if isinstance(overrides, list) else ():
        if isinstance(override, Mapping) and isinstance(override.get("block"), str):
            words = _words(override.get("runs")) if exact else ""
            yield override["block"], f"{bool(override.get('after'))}{words}"


def _words(runs: Any) -> str:
    """The words and figures of an override, whatever the figures printed."""
    pieces = [run.get("figure") if isinstance(run, Mapping) else run for run in runs if run] if runs else []
    return json.dumps(pieces, ensure_ascii=False, default=str)
