"""``outcome.json`` beside the files of a department: what the summary needs of it without reading its document again.

It holds the hash of the manifest it belongs to, so one that was left from an earlier build never counts as current.
Like the manifest it is data from outside: one that is damaged counts as absent.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..core.files import save_all
from ..manifest import NAME as MANIFEST
from ..manifest.hashes import of_bytes
from ..manifest.record import finding_of, json_fields
from .department_totals import Totals
from .outcome import Outcome

NAME = "outcome.json"
FORM = "reportgen-outcome/2"
KEPT = ("findings", "notes", "totals")
"""What of an outcome belongs to the department and not to the run."""


def keep(outcome: Outcome, folder: Path) -> None:
    """Write the outcome of the department whose files and manifest are in ``folder``, if it is not there already.

    Raises:
        OutputError: the folder cannot be written.
    """
    payload = outcome_payload(outcome, _read(folder / MANIFEST))
    if _read(folder / NAME) != payload:
        save_all(folder, {NAME: payload})


def recall(name: str, folder: Path) -> Outcome | None:
    """Return the outcome kept in ``folder`` if it belongs to the manifest there; else None."""
    return outcome_of(name, _read(folder / NAME), _read(folder / MANIFEST))


def outcome_payload(outcome: Outcome, manifest: bytes) -> bytes:
    """Return the file that keeps ``outcome`` beside ``manifest``."""
    plain = asdict(outcome, dict_factory=json_fields)
    data = {"form": FORM, "manifest": of_bytes(manifest)} | {name: plain[name] for name in KEPT}
    return json.dumps(data, ensure_ascii=False, indent=1, default=str).encode("utf-8") + b"\n"


def outcome_of(name: str, payload: bytes, manifest: bytes) -> Outcome | None:
    """Return the outcome kept in ``payload`` if it belongs to ``manifest``; else None."""
    try:
        data = json.loads(payload)
        if not manifest or data["form"] != FORM or data["manifest"] != of_bytes(manifest):
            return None
        findings = tuple(finding_of(finding) for finding in data["findings"])
        return Outcome(name, "generated", findings, int(data["notes"]), _totals(data["totals"]), current=True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidOperation):
        return None


def _totals(data: dict[str, Any]) -> Totals:
    amounts = {str(name): Decimal(str(amount)) for name, amount in data["amounts"].items()}
    units = tuple((str(code), str(name)) for code, name in data["units"])
    return Totals(**{**data, "amounts": amounts, "units": units})


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
