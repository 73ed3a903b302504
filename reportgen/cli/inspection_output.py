"""Output of ``audit --roster``: a line for each department and unit, then what was written."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .console import Console, escape_controls

if TYPE_CHECKING:
    from ..auditing.inspection.inspect import InspectionFiles
    from ..auditing.inspection.ledger import Inspected, Ledger
    from ..auditing.inspection.roster import Entry
    from ..auditing.many import AuditedFile


def inspect_and_print(
    entries: Sequence[Entry], files: Sequence[AuditedFile], options: argparse.Namespace, console: Console
) -> int:
    """Put the audited files beside the list, write the list of problems and the notices, print the ledger.

    Returns:
        The exit code: 1 if a problem is an error, else 0.
    """
    from ..auditing.inspection.inspect import inspect, write_inspection

    given = Path(options.files[0])
    root = given if given.is_dir() else given.parent
    ledger = inspect(entries, files, root, options.date)
    written = write_inspection(ledger, files, root, Path(options.output), options.issuer or "")
    if console.json:
        console.print_data(_data(ledger, written, console))
    else:
        _print_lines(ledger, written, console)
    return 1 if ledger.blocking else 0


def _print_lines(ledger: Ledger, written: InspectionFiles, console: Console) -> None:
    if not console.quiet:
        for one in ledger.inspected:
            console.print_result(escape_controls(_line(one)))
    for file, finding in ledger.unlisted:
        values = {"file": file, "message": console.language.message(finding.message, finding.values)}
        console.print_message(escape_controls(console.language.message("{file}：{message}", values)))
    console.print_progress("问题清单写在 {path}", path=str(written.problems))
    if written.notices:
        values = {"count": str(len(written.notices)), "path": str(written.notices[0].parent)}
        console.print_progress("整改通知写了 {count} 份，在 {path}", **values)
    if written.left:
        count = str(len(written.left))
        console.print_message(
            console.language.message("文件夹里还有 {count} 份以前的整改通知，没有动", {"count": count})
        )


def _line(one: Inspected) -> str:
    from ..auditing.inspection.dimensions import DIMENSIONS

    said = "  ".join(f"{dimension} {one.says(dimension)}" for dimension in DIMENSIONS)
    return f"{one.entry.code} {one.entry.label}  {said}".strip()


def _data(ledger: Ledger, written: InspectionFiles, console: Console) -> dict[str, Any]:
    from ..auditing.inspection.dimensions import DIMENSIONS

    return {
        "year": ledger.year,
        "day": str(ledger.day),
        "entries": [
            {
                "code": one.entry.code, "name": one.entry.name, "kind": one.entry.kind, "parent": one.entry.parent,
                "files": list(one.files), "published": str(one.published or ""),
                "dimensions": [{"name": dimension, "says": one.says(dimension)} for dimension in DIMENSIONS],
                "findings": [
                    console.finding_data(problem.found.finding)
                    | {"confidence": problem.found.confidence, "dimension": problem.dimension, "file": problem.file}
                    | {"consequences": [console.line_of(finding) for finding in problem.found.consequences]}
                    for problem in one.problems
                ],
            }
            for one in ledger.inspected
        ],
        "unlisted": [file for file, _ in ledger.unlisted],
        "problems": str(written.problems),
        "notices": [str(path) for path in written.notices],
    }  # fmt: skip
