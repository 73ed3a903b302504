"""``outcome.json`` beside the files of a department: what the summary needs of it without reading its document again.

It holds the hash of the manifest it belongs to, so one that was left from an earlier build never counts as current.
Like the manifest it is data from outside: one that is damaged counts as absent.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ..core.files import save_all
from ..core.finding import Finding
from ..core.stored_data import json_object, read_regular, typed
from ..manifest import NAME as MANIFEST
from ..manifest.hashes import of_bytes
from ..manifest.record import YEARS, check_findings, json_fields
from .department_totals import Totals
from .outcome import Outcome

NAME = "outcome.json"
FORM = "reportgen-outcome/2"
KEPT = ("findings", "notes", "totals")
"""What of an outcome belongs to the department and not to the run."""


@dataclass(frozen=True, slots=True)
class KeptOutcome:
    """The file's content: its form, the hash of its manifest, and :data:`KEPT` of the outcome."""

    form: str
    manifest: str
    findings: tuple[Finding, ...]
    notes: int
    totals: Totals


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
    kept = _kept(payload)
    if not (kept and manifest and kept.manifest == of_bytes(manifest)):
        return None
    return Outcome(name, "generated", kept.findings, kept.notes, kept.totals, current=True)


def department_of(payload: bytes | None) -> Totals | None:
    """Return the department whose files an outcome is of, also if the manifest has changed since; else None."""
    kept = _kept(payload)
    return kept.totals if kept else None


def _kept(payload: bytes | None) -> KeptOutcome | None:
    try:
        kept = typed(KeptOutcome, json_object(payload))
        check_findings(kept.findings)
    except ValueError:
        return None
    totals = kept.totals
    known = totals.scope in ("department", "unit") and totals.money_unit in ("元", "万元") and totals.year in YEARS
    return kept if kept.form == FORM and known else None


def _read(path: Path) -> bytes:
    return read_regular(path) or b""
