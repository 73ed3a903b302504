"""``outcome.json`` in the state of a department: what the summary needs of it without reading its document again.

It is not beside the files, since its findings quote the document (:mod:`~reportgen.pipeline.state_folder`). It holds
the hash of the manifest it belongs to, so one that was left from an earlier build never counts as current. Like the
manifest it is data from outside: one that is damaged counts as absent.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from ..core.finding import Finding
from ..core.stored_data import json_object, typed
from ..manifest import NAME as MANIFEST
from ..manifest.findings import check_findings, json_fields
from ..manifest.hashes import of_bytes
from ..manifest.record import YEARS
from ..pipeline import OutputStorage
from .department_totals import STATED, Totals
from .outcome import Outcome

NAME = "outcome.json"
FORM = "reportgen-outcome/4"
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


def keep(outcome: Outcome, folder: OutputStorage, state: OutputStorage) -> None:
    """Write the outcome of the department whose files are in ``folder`` into ``state``, if it is not there already.

    Raises:
        OutputError: the state cannot be written.
    """
    payload = outcome_payload(outcome, folder.read(MANIFEST) or b"")
    if state.read(NAME) != payload:
        state.save({NAME: payload})


def recall(name: str, folder: OutputStorage, state: OutputStorage) -> Outcome | None:
    """Return the outcome kept in ``state`` if it belongs to the manifest in ``folder``; else None."""
    return outcome_of(name, state.read(NAME) or b"", folder.read(MANIFEST) or b"")


def outcome_payload(outcome: Outcome, manifest: bytes) -> bytes:
    """Return the file that keeps ``outcome``, which belongs to ``manifest``."""
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
    known = known and totals.amounts.keys() >= STATED
    return kept if kept.form == FORM and known else None
