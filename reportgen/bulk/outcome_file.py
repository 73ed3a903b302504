"""``outcome.json`` beside the files of a published department: what the city needs of it without reading it again.

It names the hash of the manifest it belongs to, so one that was left from before is never taken for new. Like the
manifest it is data from outside: one that is damaged counts as absent.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..core.files import save_all
from ..manifest import NAME as MANIFEST
from ..manifest.hashes import of_file
from ..manifest.record import finding_of, json_fields
from .department_totals import Totals
from .outcome import Outcome

NAME = "outcome.json"
FORM = "reportgen-outcome/1"
KEPT = ("findings", "notes", "totals")
"""What of an outcome belongs to the department and not to the run."""


def keep(outcome: Outcome, folder: Path) -> None:
    """Write the outcome of the department whose files and manifest are in ``folder``, if it is not there already.

    Raises:
        OutputError: the folder cannot be written.
    """
    plain = asdict(outcome, dict_factory=json_fields)
    data = {"form": FORM, "manifest": of_file(folder / MANIFEST)} | {name: plain[name] for name in KEPT}
    payload = json.dumps(data, ensure_ascii=False, indent=1, default=str).encode("utf-8") + b"\n"
    if _bytes(folder / NAME) != payload:
        save_all(folder, {NAME: payload})


def recall(name: str, folder: Path) -> Outcome | None:
    """The outcome kept in ``folder``, if it belongs to the manifest that is there; else None."""
    try:
        data = json.loads(_bytes(folder / NAME))
        if data["form"] != FORM or not data["manifest"] or data["manifest"] != of_file(folder / MANIFEST):
            return None
        findings = tuple(finding_of(one) for one in data["findings"])
        return Outcome(name, "published", findings, int(data["notes"]), _totals(data["totals"]), current=True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, InvalidOperation):
        return None


def _totals(data: dict[str, Any]) -> Totals:
    amounts = {str(name): Decimal(str(amount)) for name, amount in data["amounts"].items()}
    units = tuple((str(code), str(name)) for code, name in data["units"])
    return Totals(**{**data, "amounts": amounts, "units": units})


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
