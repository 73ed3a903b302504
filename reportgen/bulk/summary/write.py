"""Save a summary as ``summary.json``, ``summary.xlsx`` and ``index.html``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ..output_target import OutputTarget
from .model import HTML, JSON, XLSX, Summary, as_data


def save(summary: Summary, target: OutputTarget) -> None:
    """Write the three files of the summary into ``target``, unless the same are there already.

    Raises:
        OutputError: they cannot be written.
    """
    payload = json_payload(as_data(summary))
    if not _is_current(target, payload):
        from .html import page  # not imported by a run that finds everything current
        from .xlsx import workbook

        target.save({JSON: payload, XLSX: workbook(summary), HTML: page(summary)})


def _is_current(target: OutputTarget, payload: bytes) -> bool:
    return target.read(JSON) == payload and target.holds(XLSX) and target.holds(HTML)


def json_payload(data: Mapping[str, Any]) -> bytes:
    """Return ``data`` as JSON, one line per member and per item of a list; unpaired surrogates become escapes.

    ``json``'s own indentation is many times slower, and a line per department is easier to read and compare.
    """
    members = ",\n".join(f" {_text(name)}: {_lines(value)}" for name, value in data.items())
    return f"{{\n{members}\n}}\n".encode("utf-8", "backslashreplace")


def _lines(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return _text(value)
    return "[\n" + ",\n".join(f"  {_text(item)}" for item in value) + "\n ]"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
