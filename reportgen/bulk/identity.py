"""Which department or unit a document is of: its scope and code, read without checking the rest."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path
from typing import Any, NamedTuple

from ..budget.json_input import read_payload
from ..core.errors import ReportgenError
from ..intake.kinds import is_workbook

_CODE = re.compile(rb'"department"\s*:\s*\{[^{}\[\]]*?"code"\s*:\s*"([^"\\]{1,100})"')
_SCOPE = re.compile(rb'"scope"\s*:\s*"(department|unit)"')


class Identity(NamedTuple):
    """``scope`` and ``code`` of a document, each ``""`` if it is not known; ``damaged`` if the document is no JSON."""

    scope: str
    code: str
    damaged: bool = False


def identity_of(path: Path) -> Identity:
    """Return the identity of a document; of a damaged one, as far as its text still states it."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return Identity("", "", damaged=True)  # reading a pipe might never end
        payload = read_payload(path)
    except (ReportgenError, OSError, ValueError):
        return Identity("", "", damaged=True)
    if is_workbook(payload):
        return _of_workbook(payload)
    try:
        return identity(json.loads(payload))
    except (ValueError, RecursionError):
        scope, code = _SCOPE.search(payload), _CODE.search(payload)
        return Identity(_decoded(scope) or "department", _decoded(code), damaged=True)


def _of_workbook(payload: bytes) -> Identity:
    from ..intake.workbook import import_workbook  # most documents are JSON

    try:
        return identity(import_workbook(payload).data)
    except ReportgenError:
        return Identity("", "", damaged=True)


def identity(data: Any) -> Identity:
    """Return the identity that a parsed document states."""
    department = data.get("department") if isinstance(data, dict) else None
    code = department.get("code") if isinstance(department, dict) else None
    if not isinstance(code, str) or not code:
        return Identity("", "", damaged=True)
    return Identity("unit" if data.get("scope") == "unit" else "department", code)


def _decoded(match: re.Match[bytes] | None) -> str:
    return match[1].decode("utf-8", "replace") if match else ""
