"""What is kept of an audit beside its page: ``NAME.json``, so that a file that did not change is not audited again.

It is read as data from outside: one that is damaged, or of another version of the program, counts as absent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from ..core.finding import Finding, Severity
from ..core.stored_data import json_object, typed
from ..core.version import __version__
from ..manifest.findings import check_findings, json_fields
from ..manifest.hashes import of_bytes
from .many import AuditedFile
from .report import AuditFinding, Coverage

FORM = "reportgen-audit/1"


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding, whether its reading is certain, and what else is wrong because of it."""

    finding: Finding
    certain: bool
    consequences: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptReason:
    """The reason of a change, as :class:`.inspection.reasons.Reason` has it."""

    subject: str
    name: str
    text: str
    place: str
    required: bool
    direction: str
    word: str


@dataclass(frozen=True, slots=True)
class KeptDisclosed:
    """What an inspection knows of a document, as :class:`.inspection.disclosed.Disclosed` has it."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    titles: tuple[str, ...]
    unit_budget: bool
    published: str
    findings: tuple[KeptFinding, ...]
    reasons: tuple[KeptReason, ...]


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """The result of an audit: of which file (``source`` is the hash of its content), by which version of the program.

    ``error`` and ``hint`` are templates with ``values`` where the file could not be read. ``disclosed`` has what an
    inspection needs, where it was asked for.
    """

    source: str
    form: str = FORM
    version: str = __version__
    error: str = ""
    hint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    exit_code: int = 0
    pages: int = 0
    year: int = 0
    tables: int = 0
    coverage: Coverage = field(default_factory=Coverage)
    findings: tuple[KeptFinding, ...] = ()
    disclosed: tuple[KeptDisclosed, ...] = ()


def record_of(audited: AuditedFile, payload: bytes) -> AuditRecord:
    """Return what is kept of the audit of a file with the content ``payload``."""
    report = audited.report
    if report is None:
        return AuditRecord(
            of_bytes(payload), error=audited.error, hint=audited.hint, values=dict(audited.values),
            exit_code=audited.exit_code,
        )  # fmt: skip
    return AuditRecord(
        of_bytes(payload), exit_code=audited.exit_code, pages=report.pages, year=report.year,
        tables=len(report.tables), coverage=report.coverage, findings=kept_findings(report.findings),
    )  # fmt: skip


def kept_findings(findings: Iterable[AuditFinding]) -> tuple[KeptFinding, ...]:
    """Return findings as they are kept."""
    return tuple(KeptFinding(one.finding, one.confidence == "certain", one.consequences) for one in findings)


def record_payload(record: AuditRecord) -> bytes:
    """Return the record as JSON; its figures are those of findings, as texts."""
    plain = asdict(record, dict_factory=json_fields)
    return json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n"


def read_record(payload: bytes | None) -> AuditRecord | None:
    """Return the record in ``payload``; None if there is none of this version that can be printed."""
    try:
        record = typed(AuditRecord, json_object(payload))
        found = (*record.findings, *(one for content in record.disclosed for one in content.findings))
        check_findings(each for one in found for each in (one.finding, *one.consequences))
        check_findings([Finding("AU160", Severity.ERROR, record.error, (), record.hint, record.values)])
    except ValueError:
        return None
    return record if (record.form, record.version) == (FORM, __version__) else None
