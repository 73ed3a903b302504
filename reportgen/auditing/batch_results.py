"""The results of a run of audits as values: of each file its record, or why there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..core.finding import Finding, Severity
from .record import AuditRecord


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file: its record, or why its audit was ``lost``; neither if the run did not come to it."""

    name: str
    record: AuditRecord | None
    lost: Finding | None = None
    current: bool = False
    page: str = ""

    @property
    def why(self) -> str:
        """Why the file was not audited, in Chinese; "" if it was."""
        if self.lost is not None:
            return self.lost.text
        if self.record is None:
            return "没有审核到"
        return self.record.error.format(**self.record.values) if self.record.values else self.record.error

    @property
    def exit_code(self) -> int:
        """That of the audit: 0, 1 with an error, 3 unreadable, as :attr:`.AuditedFile.exit_code`."""
        return self.record.exit_code if self.record is not None else 3

    def count(self, severity: Severity) -> int:
        """Return the number of its findings of a severity."""
        findings = self.record.findings if self.record is not None else ()
        return sum(one.finding.severity is severity for one in findings)


@dataclass(frozen=True, slots=True)
class Batch:
    """All files of a run; ``complete`` is whether the run came to its end."""

    files: tuple[BatchFile, ...]
    complete: bool = True

    @property
    def exit_code(self) -> int:
        """The greatest exit code of the files."""
        return max((one.exit_code for one in self.files), default=0)

    def by_code(self) -> Iterator[tuple[str, Counter[Severity], int]]:
        """Yield each code that was found, how often with each severity, and in how many files."""
        counts: dict[str, Counter[Severity]] = {}
        files: dict[str, set[str]] = {}
        for file in self.files:
            for one in file.record.findings if file.record is not None else ():
                counts.setdefault(one.finding.code, Counter())[one.finding.severity] += 1
                files.setdefault(one.finding.code, set()).add(file.name)
        yield from ((code, counts[code], len(files[code])) for code in sorted(counts))
