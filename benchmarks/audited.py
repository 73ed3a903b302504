"""Audit the documents of a folder: seconds of processor time, coverage, findings; against a list of known errors.

    python benchmarks/audited.py FOLDER [truth.csv]

``truth.csv`` has the columns file (without suffix), page, kind, place, printed, right. A known error counts as found if
a finding of that file is on its page, or says the figure that is printed or the one that is right. What else is found
is to be looked at on the page: a true error that the list lacks, or a false alarm.
"""

from __future__ import annotations

import csv
import re
import resource
import statistics
import sys
import time
from pathlib import Path

from reportgen.auditing.audit import audit
from reportgen.auditing.report import AuditFinding, AuditReport
from reportgen.core.finding import Severity


def main() -> int:
    folder = Path(sys.argv[1])
    truth = (
        list(csv.DictReader(Path(sys.argv[2]).read_text(encoding="utf-8-sig").splitlines()))
        if len(sys.argv) > 2
        else []
    )
    seconds, found_known, others = [], 0, 0
    print(f"{'document':36} {'s':>5} {'cells':>10} {'prose':>10} errors warnings known")
    for path in sorted(folder.glob("*.pdf")):
        start = time.process_time()
        report = audit(path.read_bytes(), isolated=False)
        seconds.append(time.process_time() - start)
        known = [row for row in truth if row["file"] == path.stem]
        met = [row for row in known if any(is_of(one, row) for one in report.findings)]
        found_known += len(met)
        others += sum(not any(is_of(one, row) for row in known) for one in report.of(Severity.ERROR))
        print(line(path.stem, seconds[-1], report, f"{len(met)}/{len(known)}" if truth else ""))
    median = statistics.median(seconds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"at most {memory} MB for all of them in one process")
    print(f"median {median:.2f} s; known errors: {found_known} of {len(truth)}; other errors: {others}")
    return 0


def line(name: str, seconds: float, report: AuditReport, known: str) -> str:
    coverage = report.coverage
    cells, prose = f"{coverage.tied}/{coverage.cells}", f"{coverage.understood}/{coverage.figures}"
    counts = [len(list(report.of(severity))) for severity in (Severity.ERROR, Severity.WARNING)]
    return f"{name:36} {seconds:5.2f} {cells:>10} {prose:>10} {counts[0]:6} {counts[1]:8} {known:>5}"


def is_of(one: AuditFinding, row: dict[str, str]) -> bool:
    """Whether a finding is about a known error: it is on its page, or names one of its figures."""
    text = str(one.finding).replace(",", "")
    if row["page"] and f"第 {row['page']} 页" in text:
        return True
    figures = re.findall(r"[0-9][0-9,]*\.[0-9]+", f"{row['printed']} {row['right']}")
    return any(figure.replace(",", "") in text for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
