"""The audits of an inspection from run to run: a file that did not change is not read again.

They are kept beside each other like those of ``-o`` alone (``OUT/逐份结果/NAME.json``), with what the inspection needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, cast

from ..core.files import save_all
from ..core.stored_data import read_regular
from ..intake.readers.published import LARGEST
from ..manifest.hashes import of_bytes
from ..recognise.prose.statement import Direction
from .batch import common_root
from .batch_files import RESULTS
from .many import AuditedFile
from .record import AuditRecord, KeptDisclosed, KeptFinding, KeptReason, kept_findings, read_record, record_of
from .record import record_payload as payload_of
from .report import AuditFinding, AuditReport

if TYPE_CHECKING:
    from .inspection.disclosed import Disclosed


class KeptAudits:
    """The records of audits of ``paths`` below the folder ``out``."""

    def __init__(self, paths: Sequence[Path], out: Path) -> None:
        """Note where the record of each file is."""
        root = common_root(paths)
        self._names = {path: path.absolute().relative_to(root).as_posix() for path in paths}
        self._out = out / RESULTS

    def current(self) -> list[AuditedFile]:
        """Return what was found in the files that did not change since."""
        found = ((path, self._record(path)) for path in self._names)
        return [_audited(path, record) for path, record in found if record is not None]

    def keep(self, audited: AuditedFile) -> None:
        """Keep what was found in a file that was read.

        Raises:
            OutputError: it cannot be saved.
        """
        payload = read_regular(audited.path, LARGEST)
        if audited.report is None or audited.disclosed is None or payload is None:
            return
        record = replace(record_of(audited, payload), disclosed=(_kept(audited.disclosed),))
        name = PurePosixPath(self._names[audited.path])
        save_all(self._out / name.parent, {f"{name.name}.json": payload_of(record)})

    def _record(self, path: Path) -> AuditRecord | None:
        stored = read_regular(self._out / f"{self._names[path]}.json", LARGEST)
        record = read_record(stored) if stored is not None else None
        if record is None or not record.disclosed:
            return None
        payload = read_regular(path, LARGEST)
        return record if payload is not None and record.source == of_bytes(payload) else None


def _audited(path: Path, record: AuditRecord) -> AuditedFile:
    """Return an audit as it was, without its tables, the sizes of its pages and the places on them."""
    report = AuditReport(_findings(record.findings), record.coverage, (), record.pages, record.year)
    return AuditedFile(path, report, exit_code=record.exit_code, disclosed=_disclosed(record.disclosed[0]))


def _findings(kept: Sequence[KeptFinding]) -> tuple[AuditFinding, ...]:
    return tuple(AuditFinding(one.finding, "certain" if one.certain else "likely", one.consequences) for one in kept)


def _kept(content: Disclosed) -> KeptDisclosed:
    reasons = tuple(
        KeptReason(one.subject, one.name, one.text, one.place, one.required, one.direction, one.word)
        for one in content.reasons
    )
    published = content.published.isoformat() if content.published else ""
    return KeptDisclosed(
        content.codes, content.names, content.titles, content.unit_budget, published,
        kept_findings(content.findings), reasons,
    )  # fmt: skip


def _disclosed(kept: KeptDisclosed) -> Disclosed:
    from .inspection.disclosed import Disclosed
    from .inspection.reasons import Reason

    reasons = tuple(
        Reason(one.subject, one.name, one.text, one.place, one.required, cast("Direction", one.direction), one.word)
        for one in kept.reasons
    )
    try:
        published = date.fromisoformat(kept.published) if kept.published else None
    except ValueError:
        published = None
    return Disclosed(
        kept.codes, kept.names, kept.titles, kept.unit_budget, published, _findings(kept.findings), reasons
    )
